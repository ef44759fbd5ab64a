"""``/status``, in private and in groups."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message

from bot.telegram.services import Services
from bot.telegram.texts import Speaker
from bot.usecases.status import Asked

_CHATS = {ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP}


def status_router() -> Router:
    """Before the groups' own router, which answers commands with that they are for private chats."""
    router = Router(name="status")
    router.message(F.chat.type.in_(_CHATS), Command("status"))(_status)
    return router


async def _status(message: Message, services: Services, say: Speaker) -> None:
    """In a group anybody in it may ask: the card says what its alerts say there anyway."""
    asked = await services.status.show(message.chat.id)
    if asked is Asked.NOTHING:
        await message.answer(say("status-nothing" if message.chat.id > 0 else "status-nothing-group"))
    elif asked is Asked.FAILED:
        await message.answer(say("status-failed"))
