"""Whom Telegram shows for nobody in particular."""

from typing import Final

from aiogram.types import User

FACELESS: Final = frozenset({777_000, 136_817_688, 1_087_968_824})
"""Its service account, channels, anonymous administrators."""


def is_faceless(user: User) -> bool:
    """Whether nobody can tell who acted: whoever hides behind a group or a channel has no role."""
    return user.is_bot or user.id in FACELESS
