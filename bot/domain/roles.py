"""Who may do what to a connection: one table, asked at every press and every command."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is to a connection. Held on our side, and asked anew at each press."""

    OWNER = "owner"
    OPERATOR = "operator"
    """Of the connection, not of the service: hears, and may pause, resume, check and acknowledge."""
    SUBSCRIBER = "subscriber"
    """Hears, and controls nothing."""


class Deed(StrEnum):
    """What can be done to a connection, or to what a chat hears of it."""

    PAUSE = "pause"
    RESUME = "resume"
    CHECK = "check"
    ACKNOWLEDGE = "acknowledge"
    """To take an alert up, for everybody who hears of it."""
    MUTE = "mute"
    """For one's own chat alone."""
    LEAVE = "leave"
    """To hear no more of it in one's own chat."""
    SPEAK_FOR_GROUP = "speak_for_group"
    """To mute a group, or to take it out: a group is nobody, so somebody answers for it."""
    MANAGE = "manage"
    """Everything else: the card, the key, the name, who hears, the end."""


MAY: Final[Mapping[Role, frozenset[Deed]]] = {
    Role.OWNER: frozenset(Deed),
    Role.OPERATOR: frozenset(Deed) - {Deed.MANAGE},
    Role.SUBSCRIBER: frozenset({Deed.MUTE, Deed.LEAVE}),
}


def may(role: Role, deed: Deed) -> bool:
    """Whether a role admits a deed."""
    return deed in MAY[role]
