"""Reads what a person pastes when asked for a credential.

People paste from exchanges' pages, password managers, e-mails and notes: with labels in their language, quotes,
invisible characters, broken lines, key and secret together or one by one. ``reading`` makes the fields out of that, or
says in one closed list of problems why it cannot, before any call is made. ``shape`` is what an exchange's adapter
states of its credentials; ``captions`` knows what people and pages call the fields.
"""

from bot.domain.pasting.problems import PasteProblem
from bot.domain.pasting.reading import Reading, read_paste
from bot.domain.pasting.shape import CredentialShape, Field, FieldShape

__all__ = ["CredentialShape", "Field", "FieldShape", "PasteProblem", "Reading", "read_paste"]
