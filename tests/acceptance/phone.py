"""The chat page in somebody's hand: a phone-sized Chromium, a real sandbox and a small echo bot."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    Message,
    ReplyKeyboardMarkup,
)
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect

from bot.sandbox.world import Sandbox

CHROMIUM = shutil.which("chromium")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
EGRESS_IP = "203.0.113.7"


@dataclass(frozen=True)
class Phone:
    """The page as a person holds it."""

    page: Page
    sandbox: Sandbox

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def conversation(self) -> Locator:
        return self.page.get_by_role("log")

    def bubble(self, text: str) -> Locator:
        return self.conversation.get_by_role("article").filter(has_text=text)

    async def says(self, text: str) -> None:
        await self.composer.fill(text)
        await self.page.get_by_role("button", name="Send").tap()

    async def taps(self, label: str) -> None:
        await self.conversation.get_by_role("button", name=label).last.tap()

    async def chooses(self, bubble: Locator, entry: str) -> None:
        await bubble.locator(".bubble").click(button="right")
        await self.page.get_by_role("menuitem", name=entry).tap()

    async def opens_panel(self) -> Locator:
        await self.page.get_by_role("button", name="Panel", exact=True).tap()
        return self.page.get_by_role("complementary", name="Sandbox panel")

    async def clipboard(self) -> str:
        text: str = await self.page.evaluate("navigator.clipboard.readText()")
        return text


@asynccontextmanager
async def echoing(sandbox: Sandbox) -> AsyncIterator[None]:
    """A bot that repeats what it hears, deletes what is called secret, and has one button of each kind."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.telegram_url))
    bot = Bot(sandbox.token, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher()
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text="Pause", callback_data="toast", style="danger"),
                InlineKeyboardButton(text="Explain", callback_data="alert"),
            ],
            [InlineKeyboardButton(text="Correct yourself", callback_data="edit")],
            [
                InlineKeyboardButton(text=EGRESS_IP, copy_text=CopyTextButton(text=EGRESS_IP)),
                InlineKeyboardButton(text="Key page", url="https://www.binance.com/en/my/settings/api-management"),
            ],
        ]
    )

    @dispatcher.message(F.text.startswith("secret"))
    async def deletes(message: Message) -> None:
        await message.delete()

    @dispatcher.message(F.text.startswith("pin "))
    async def pins(message: Message) -> None:
        card = await message.answer(f"\n{(message.text or '')[4:]}\nand a second line", reply_markup=keyboard)
        await card.pin(disable_notification=True)

    @dispatcher.message(F.document)
    async def receives(message: Message) -> None:
        await message.answer(f"A file named <b>{message.document.file_name if message.document else ''}</b>")

    @dispatcher.message(F.text == "choose somebody")
    async def asks(message: Message) -> None:
        people = KeyboardButtonRequestUsers(request_id=7, user_is_bot=False, request_name=True)
        button = KeyboardButton(text="Choose a person", request_users=people)
        await message.answer("Whom?", reply_markup=ReplyKeyboardMarkup(keyboard=[[button]], one_time_keyboard=True))

    @dispatcher.message(F.users_shared)
    async def chosen(message: Message) -> None:
        assert message.users_shared is not None
        await message.answer(f"shared {message.users_shared.users[0].user_id}")

    @dispatcher.message(F.text)
    async def repeats(message: Message) -> None:
        await message.answer(f"You said <b>{message.html_text}</b>", reply_markup=keyboard)

    @dispatcher.callback_query(F.data == "edit")
    async def edits(press: CallbackQuery) -> None:
        assert isinstance(press.message, Message)
        await press.message.edit_text("I take it back", reply_markup=keyboard)
        await press.answer()

    @dispatcher.callback_query()
    async def answers(press: CallbackQuery) -> None:
        await press.answer("Already paused", show_alert=press.data == "alert")

    await bot.set_my_commands([BotCommand(command="connect", description="Connect an exchange account")])
    stack = AsyncExitStack()
    stack.push_async_callback(session.close)
    tasks = await stack.enter_async_context(asyncio.TaskGroup())
    tasks.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    stack.push_async_callback(dispatcher.stop_polling)
    try:
        yield
    finally:
        # Closed by hand, so that the group does not wrap a test's failure in one of its own.
        await stack.aclose()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def a_phone() -> AsyncIterator[Phone]:
    """The page opened by Alice, with a toy key in the panel; afterwards it has complained of nothing."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    async with Sandbox() as sandbox, chromium() as browser:
        sandbox.person("Alice")
        sandbox.person("Bob", language="pl")
        sandbox.exchanges["binance"].account("k1")
        context = await browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = await context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        async with echoing(sandbox):
            await page.goto(sandbox.page_url)
            await expect(page.get_by_text("Nothing here is real")).to_be_visible()
            yield Phone(page, sandbox)
            wider = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            await context.close()
    assert complaints == []
    assert wider == 0, "the page scrolls sideways on a phone"
    assert sandbox.telegram.violations == []
