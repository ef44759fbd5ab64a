"""The steps that connecting and rotating share, so that their windows and handlers are written once."""

from dataclasses import dataclass
from typing import Final

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from bot.telegram.dialogs.states import Connect, Rotate


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the shared part of a wizard happens.

    Attributes:
        guide: how to create the key; **Back** from the question leads here.
        key: the question for the credential's fields, one after the other.
        after_key: where the whole credential leads to: to the label, or straight to the check.
        done: the result card.
        stopped: every ending without one.
    """

    guide: State
    key: State
    after_key: State
    checking: State
    refused: State
    vouch: State
    done: State
    stopped: State

    @property
    def with_draft(self) -> tuple[State, ...]:
        """Where a draft may be under way: what is entered there is lost if the draft is."""
        return (self.key, self.after_key, self.checking, self.refused, self.vouch)


CONNECT: Final = Steps(
    guide=Connect.guide,
    key=Connect.key,
    after_key=Connect.label,
    checking=Connect.checking,
    refused=Connect.refused,
    vouch=Connect.vouch,
    done=Connect.connected,
    stopped=Connect.stopped,
)
ROTATE: Final = Steps(
    guide=Rotate.guide,
    key=Rotate.key,
    after_key=Rotate.checking,
    checking=Rotate.checking,
    refused=Rotate.refused,
    vouch=Rotate.vouch,
    done=Rotate.rotated,
    stopped=Rotate.stopped,
)


def steps_of(manager: DialogManager) -> Steps:
    """The wizard this conversation is in. Raises ``LookupError`` if it is in none."""
    steps = standing_in(manager)
    if steps is None:
        raise LookupError("this conversation is in no wizard")
    return steps


def standing_in(manager: DialogManager) -> Steps | None:
    """The wizard this conversation is in, if it is in one."""
    if not manager.has_context():
        return None
    group = manager.current_context().state.group
    return {Connect: CONNECT, Rotate: ROTATE}.get(group)


def at(manager: DialogManager, *states: State) -> bool:
    """Whether the conversation stands at one of these states."""
    return manager.has_context() and manager.current_context().state in states
