"""Ids of open dialogs that do not meet.

aiogram-dialog 2.6 makes an intent's id of the second and a number below 100 (``api/entities/stack.py``, ``new_id``). Of
two dialogs that a person opens within one second, one in a hundred pairs has the same id: the second overwrites the
first, going back destroys both, and the person is told that the button is an old one.
"""

import secrets
import string

from aiogram_dialog.api.entities import stack

LENGTH = 8
"""Characters. Two of somebody's 100 open dialogs meet once in 4 * 10^10 times; callback data is short of room."""

_CHARACTERS = string.digits + string.ascii_letters


def use_random_intent_ids() -> None:
    """From now on in this process. aiogram-dialog offers no other place to say it."""
    stack.new_id = _random_id


def _random_id() -> str:
    return "".join(secrets.choice(_CHARACTERS) for _ in range(LENGTH))
