"""Check now, Pause and Resume: one row of buttons, on a card of one's own and on one that one only hears of.

Whoever presses is asked about anew, at every press.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button, Row

from bot.domain.connection import ConnectionId
from bot.domain.health import Gate, Health, PausedBy
from bot.telegram.check_presses import CheckPresses
from bot.telegram.dialogs.backstage import Backstage, CannotEnter
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.owned import connection_of, refuse
from bot.telegram.dialogs.steps import at
from bot.telegram.dialogs.widgets import PRIMARY, Caption, services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of
from bot.usecases.access import Gone, NotYours
from bot.usecases.check import CheckNow
from bot.usecases.gate import GateOutcome
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.dialogs")

TOAST_OF_GATE: Final[Mapping[GateOutcome, str]] = {
    GateOutcome.PAUSED: "toast-paused",
    GateOutcome.ALREADY_PAUSED: "toast-already-paused",
    GateOutcome.KEPT_PAUSED: "toast-kept-paused",
    GateOutcome.RESUMED: "toast-resumed",
    GateOutcome.ALREADY_OPEN: "toast-already-open",
    GateOutcome.WAITS_FOR_RECOVERY: "toast-waits-for-recovery",
}

GATE: Final = "gate"
"""In the window's data: which of the gate's buttons makes sense (``gate_button``)."""


def gate_button(health: Health) -> str:
    """Which of the gate's three buttons makes sense now; the end of the name of its caption."""
    if health.gate is Gate.OPEN:
        return "pause"
    return "resume" if health.paused_by is PausedBy.PERSON else "keep-paused"


@dataclass(frozen=True, slots=True)
class Controls:
    """The row, for one window.

    Attributes:
        shown: the window; shown again after a check, if the person still looks at it.
        admit: raises ``Gone`` or ``NotYours`` if this person may not have a check made.
        toasts: what is said of the gate.
    """

    shown: State
    admit: Callable[[DialogManager], Awaitable[object]]
    toasts: Mapping[GateOutcome, str]

    def row(self, when: str) -> Row:
        """The buttons, shown when the window's data says so."""
        return Row(
            Button(Caption("button-check"), id="check", on_click=self._check, style=PRIMARY),
            Button(Caption("button-pause"), id="pause", on_click=self._pause, when=_gate_is("pause")),
            Button(Caption("button-keep-paused"), id="keep", on_click=self._pause, when=_gate_is("keep-paused")),
            Button(Caption("button-resume"), id="resume", on_click=self._resume, when=_gate_is("resume")),
            when=when,
        )

    def checking(self, manager: DialogManager) -> bool:
        """Whether a check is under way that this person waits for here."""
        return _presses_of(manager).under_way(self._place(manager))

    async def _pause(self, press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        await self._turn_gate(press, manager, services_of(manager).gate.pause)

    async def _resume(self, press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        await self._turn_gate(press, manager, services_of(manager).gate.resume)

    async def _turn_gate(
        self, press: CallbackQuery, manager: DialogManager, verb: Callable[[int, ConnectionId], Awaitable[GateOutcome]]
    ) -> None:
        try:
            outcome = await verb(person_of(manager), connection_of(manager))
        except (Gone, NotYours) as error:
            await refuse(press, manager, error)
        else:
            await toast(press, speaker(manager).plain(self.toasts[outcome]))

    async def _check(self, press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        try:
            await self.admit(manager)
        except (Gone, NotYours) as error:
            await refuse(press, manager, error)
            return
        person_id, connection_id = person_of(manager), connection_of(manager)
        then = partial(self._show_again, wizards_of(manager).backstage, person_id, connection_id)
        started = _presses_of(manager).start(self._place(manager), connection_id, then)
        await toast(press, speaker(manager).plain("toast-checking" if started else "toast-checking-already"))

    async def _show_again(
        self, backstage: Backstage, person_id: int, connection_id: ConnectionId, _found: CheckNow
    ) -> None:
        """The card as it is after the check, if the person still looks at it."""
        try:
            async with backstage.enter(person_id) as manager:
                if at(manager, self.shown) and connection_of(manager) == connection_id:
                    await manager.show(ShowMode.EDIT)
        except (CannotEnter, StoreUnavailable) as error:
            log.warning("card.not_shown_again", extra={"error": type(error).__name__})

    def _place(self, manager: DialogManager) -> tuple[str | None, int, ConnectionId]:
        return (self.shown.state, person_of(manager), connection_of(manager))


def _presses_of(manager: DialogManager) -> CheckPresses:
    presses = manager.middleware_data["check_presses"]
    assert isinstance(presses, CheckPresses)
    return presses


def _gate_is(name: str) -> Callable[[dict[str, Any], Any, DialogManager], bool]:
    return lambda data, _widget, _manager: bool(data.get(GATE) == name)
