"""The choice of what is sent: by severity, for everything or for one connection."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Column, Select
from aiogram_dialog.widgets.text import Format

from bot.domain.failures import Severity
from bot.telegram.texts import Speaker

AS_CHAT: Final = "chat"
"""A connection's choice that is none: what holds for everything holds for it."""
_CODES: Final = (*(severity.value for severity in Severity), AS_CHAT)

Choose = Callable[[CallbackQuery, DialogManager, Severity | None], Awaitable[None]]


def severity_choices(say: Speaker, chosen: Severity | None, *, as_chat: bool) -> list[tuple[str, str]]:
    """Captions and codes, the present choice ticked; ``as_chat`` offers to have no choice."""
    present = AS_CHAT if chosen is None else chosen.value
    choices = []
    for code in _CODES if as_chat else _CODES[:-1]:
        name = say.plain(f"least-{code}")
        choices.append((say.plain("least-chosen", name=name) if code == present else name, code))
    return choices


def severity_buttons(choose: Choose) -> Column:
    """One button for each of the window's ``choices``."""

    async def tapped(press: CallbackQuery, _select: Any, manager: DialogManager, code: str) -> None:
        if code in _CODES:
            await choose(press, manager, None if code == AS_CHAT else Severity(code))

    return Column(
        Select(
            Format("{item[0]}"),
            id="least",
            item_id_getter=lambda choice: choice[1],
            items="choices",
            on_click=tapped,
        )
    )
