"""The sandbox through the eyes of the library the service uses."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    ChatMemberAdministrator,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Pause", callback_data="pause", style="danger")],
        [
            InlineKeyboardButton(text="Keys", url="https://www.binance.com/en/my/settings/api-management"),
            InlineKeyboardButton(text="Copy IP", copy_text=CopyTextButton(text="203.0.113.7")),
        ],
    ]
)


@pytest.fixture(autouse=True)
def _no_violations(sandbox: Sandbox) -> Iterator[None]:
    """The library itself never breaks the schema."""
    yield
    assert sandbox.telegram.violations == []


async def test_a_message_with_everything_survives_both_ways(bot: Bot, alice: Person) -> None:
    asked = await alice.says("/connect")
    sent = await bot.send_message(
        alice.id,
        "<b>Copy</b> <code>203.0.113.7</code>",
        reply_markup=KEYBOARD,
        reply_parameters=ReplyParameters(message_id=asked.message_id),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
        disable_notification=True,
    )
    assert sent.html_text == "<b>Copy</b> <code>203.0.113.7</code>"
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == KEYBOARD.model_dump()
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/connect"
    message = alice.last()
    assert (message.urls, message.copy_texts) == (
        ["https://www.binance.com/en/my/settings/api-management"],
        ["203.0.113.7"],
    )


async def test_updates_parse_into_aiograms_types(bot: Bot, alice: Person) -> None:
    await alice.says("/start deep-link")
    await alice.sends_document("key.txt", b"secret", caption="my key")
    await bot.send_message(alice.id, "Card", reply_markup=KEYBOARD)
    await alice.taps("Pause")
    command, document, press = await bot.get_updates()
    assert command.message is not None
    assert command.message.entities is not None
    assert command.message.entities[0].type == "bot_command"
    assert document.message is not None
    assert (document.message.document, document.message.caption) != (None, None)
    assert press.callback_query is not None
    assert press.callback_query.message is not None
    assert press.callback_query.message.chat.id == alice.id


async def test_documents_travel_both_ways(bot: Bot, alice: Person) -> None:
    await alice.sends_document("key.txt", b"its bytes")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    received = await bot.download(update.message.document, BytesIO())
    assert received is not None
    assert received.read() == b"its bytes"
    sent = await bot.send_document(alice.id, BufferedInputFile(b"a report", "report.csv"), caption="<b>Here</b>")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("report.csv", 8)
    await bot.edit_message_caption(chat_id=alice.id, message_id=sent.message_id, caption="There")
    assert (await alice.sees("There")).content["document"]["file_name"] == "report.csv"
    await bot.send_photo(alice.id, BufferedInputFile(b"\x89PNG", "qr.png"))
    assert "photo" in alice.last().content


async def test_a_picture_takes_the_place_of_a_text_and_of_another_picture(
    bot: Bot, sandbox: Sandbox, alice: Person
) -> None:
    sent = await bot.send_message(alice.id, "Drawing…")
    place: dict[str, Any] = {"chat_id": alice.id, "message_id": sent.message_id}
    first = InputMediaPhoto(media=BufferedInputFile(b"first", "day.png"), caption="<b>A day</b>", parse_mode="HTML")
    shown = await bot.edit_message_media(first, **place, reply_markup=KEYBOARD)
    assert isinstance(shown, Message)
    assert shown.photo is not None
    seen = await alice.sees("A day")
    assert (seen.message_id, seen.button_texts[0]) == (sent.message_id, ["Pause"])
    assert sandbox.telegram.files.get(shown.photo[-1].file_id).content == b"first"
    second = InputMediaPhoto(media=BufferedInputFile(b"second", "quarter.png"), caption="90 days")
    again = await bot.edit_message_media(second, **place)
    assert isinstance(again, Message)
    assert again.photo is not None
    assert again.photo[-1].file_id != shown.photo[-1].file_id
    assert (await alice.sees("90 days")).earlier == ["Drawing…", "A day"]
    same = InputMediaPhoto(media=again.photo[-1].file_id, caption="90 days")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_media(same, **place)
    assert sandbox.telegram.calls.of("editMessageMedia")[0].params["media"]["media"] == "day.png"


async def test_errors_become_aiograms_own(bot: Bot, sandbox: Sandbox, alice: Person) -> None:
    desk = sandbox.group("Desk", owner=alice)
    desk.add(sandbox.bot)
    old_id = desk.id
    desk.migrate()
    with pytest.raises(TelegramMigrateToChat) as migration:
        await bot.send_message(old_id, "hi")
    assert migration.value.migrate_to_chat_id == desk.id
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(alice.id, 99)
    sandbox.telegram.faults.once("sendMessage", retry_after=5)
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot.send_message(alice.id, "hi")
    assert flood.value.retry_after == 5
    sandbox.telegram.faults.once("sendMessage", drop=True)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(alice.id, "hi")
    sandbox.telegram.faults.once("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    await alice.blocks_bot()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(alice.id, "hi")


async def test_another_token_is_turned_away(bot: Bot) -> None:
    stranger = Bot("1000002:not-the-token-of-this-sandbox", session=bot.session)
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()


async def test_the_bots_face_is_set_per_scope_and_language(bot: Bot, sandbox: Sandbox, alice: Person) -> None:
    english = [BotCommand(command="connect", description="Connect an exchange")]
    polish = [BotCommand(command="connect", description="Podłącz giełdę")]
    hers = [BotCommand(command="keys", description="For her alone")]
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(english, scope=private)
    await bot.set_my_commands(polish, scope=private, language_code="pl")
    (kept,) = await bot.get_my_commands(scope=private, language_code="pl")
    assert (kept.command, kept.description) == ("connect", "Podłącz giełdę")
    assert await bot.get_my_commands() == []
    karol = sandbox.person("Karol", language="pl")

    def shown(person: Person) -> str:
        commands = sandbox.telegram.profile.commands_shown(person.chat, person.user)
        return str(commands[0]["description"])

    assert [shown(alice), shown(karol)] == ["Connect an exchange", "Podłącz giełdę"]
    await bot.set_my_commands(hers, scope=BotCommandScopeChat(chat_id=alice.id))
    assert shown(alice) == "For her alone"
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=alice.id))
    assert shown(alice) == "Connect an exchange"
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.set_my_commands(hers, scope=BotCommandScopeChat(chat_id=42))
    await bot.set_my_description("Guards your keys")
    await bot.set_my_short_description("Guards", language_code="pl")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert sandbox.telegram.profile.descriptions == {"": "Guards your keys"}


async def test_small_acts_are_possible_too(bot: Bot, alice: Person) -> None:
    hello = await alice.says("hello")
    await bot.send_chat_action(alice.id, "typing")
    await bot.set_message_reaction(alice.id, hello.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert hello.reactions == ["👍"]
    chat = await bot.get_chat(alice.id)
    assert chat.first_name == "Alice"
    assert (await bot.get_me()).is_bot


async def test_members_are_read_as_aiograms_types(bot: Bot, sandbox: Sandbox, alice: Person) -> None:
    desk = sandbox.group("Desk", owner=alice)
    desk.add(sandbox.bot)
    desk.promote(sandbox.bot, rights={"can_delete_messages": True})
    await bot.get_updates(allowed_updates=["chat_member", "my_chat_member", "message"])
    member = await bot.get_chat_member(desk.id, sandbox.bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_delete_messages
    owners = await bot.get_chat_administrators(desk.id)
    assert [owner.status for owner in owners] == ["creator", "administrator"]
    for update in sandbox.telegram.updates.pending():
        Update.model_validate(update.to_json())


async def test_time_is_the_sandboxs_own(bot: Bot, sandbox: Sandbox, alice: Person) -> None:
    before = await bot.send_message(alice.id, "now")
    sandbox.clock.advance(3600)
    after = await bot.send_message(alice.id, "later")
    assert timedelta(minutes=59) < after.date - before.date < timedelta(minutes=61)
