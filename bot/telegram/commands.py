"""The commands people type, and how Telegram's menu shows them. All of them work at any time, also within a wizard."""

import logging
from typing import Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Message,
)
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.telegram.address_list import addresses_keyboard, addresses_text
from bot.telegram.dialogs.asking import cancel_wizard
from bot.telegram.dialogs.choosing import search_kept
from bot.telegram.dialogs.connect import start_connect
from bot.telegram.dialogs.rename import cancel_rename
from bot.telegram.dialogs.states import ChatAlerts, Digest, Guide, Home, Language, Maintenance
from bot.telegram.leak import leak_messages
from bot.telegram.services import Services
from bot.telegram.texts import DEFAULT, Speaker, Texts

log = logging.getLogger("latchkey.commands")

COMMANDS: Final = (
    "start",
    "connections",
    "status",
    "connect",
    "guide",
    "ips",
    "leaked",
    "alerts",
    "maintenance",
    "digest",
    "language",
    "leave",
    "help",
    "cancel",
)
"""In the order of private chats' menu. The guard knows them too: an answer to a question for a secret may begin with a
slash."""

IN_GROUPS: Final = ("status", "alerts", "leave")
"""In the order of groups' menu."""


def commands_router() -> Router:
    """The commands, in private chats."""
    router = Router(name="commands")
    router.message.filter(F.chat.type == ChatType.PRIVATE)
    router.message(Command("start", "connections"))(_home)
    router.message(Command("connect"))(_connect)
    router.message(Command("guide"))(_guide)
    router.message(Command("ips"))(_ips)
    router.message(Command("leaked"))(_leaked)
    router.message(Command("alerts"))(_alerts)
    router.message(Command("maintenance"))(_maintenance)
    router.message(Command("digest"))(_digest)
    router.message(Command("language"))(_language)
    router.message(Command("help"))(_help)
    router.message(Command("cancel"))(_cancel)
    return router


async def _home(_message: Message, dialog_manager: DialogManager) -> None:
    """What a deep link brings along is ignored here: by following one, nothing happens to anybody but being asked."""
    await dialog_manager.start(Home.connections, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def _connect(_message: Message, dialog_manager: DialogManager) -> None:
    await start_connect(dialog_manager, ShowMode.SEND)


async def _guide(_message: Message, command: CommandObject, dialog_manager: DialogManager, services: Services) -> None:
    """``/guide`` lets one choose; ``/guide binance`` goes there."""
    searched = search_kept(command.args, services.profiles) if command.args else None
    await dialog_manager.start(Guide.exchange, searched, StartMode.RESET_STACK, ShowMode.SEND)


async def _ips(message: Message, services: Services, say: Speaker) -> None:
    profiles, ips = services.profiles, services.egress_ips
    await message.answer(addresses_text(say, profiles, ips), reply_markup=addresses_keyboard(say, profiles, ips))


async def _leaked(message: Message, services: Services, say: Speaker) -> None:
    """To a private chat, whose id is the person's."""
    connections = await services.manage.of(message.chat.id)
    for text, keyboard in leak_messages(say, connections, services.profiles):
        await message.answer(text, reply_markup=keyboard)


async def _alerts(_message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(ChatAlerts.shown, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def _maintenance(_message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Maintenance.shown, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def _digest(_message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Digest.shown, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def _language(_message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Language.choice, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def _help(message: Message, services: Services, say: Speaker) -> None:
    await message.answer(say("help", interval=say.interval(services.interval)))


async def _cancel(message: Message, dialog_manager: DialogManager, say: Speaker) -> None:
    if not await cancel_wizard(dialog_manager) and not await cancel_rename(dialog_manager):
        await message.answer(say("cancel-nothing"))


async def publish(bot: Bot, texts: Texts) -> None:
    """Puts the commands into the menus of private chats and of groups, and says what the bot is, by language."""
    try:
        for code, say in texts.speakers.items():
            language = "" if code == DEFAULT else code
            for names, scope in (
                (COMMANDS, BotCommandScopeAllPrivateChats()),
                (IN_GROUPS, BotCommandScopeAllGroupChats()),
            ):
                menu = [BotCommand(command=name, description=say.plain(f"command-{name}")) for name in names]
                await bot.set_my_commands(menu, scope=scope, language_code=language)
            await bot.set_my_short_description(say.plain("about-short"), language_code=language)
            await bot.set_my_description(say.plain("about-long"), language_code=language)
    except TelegramAPIError as error:
        # The menus of the last start are still there, and every command works without them.
        log.warning("commands.not_published", extra={"error": type(error).__name__})
