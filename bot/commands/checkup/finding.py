"""A finding: what is well or wrong, and the one sentence that mends it."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a finding is marked."""

    GOOD = "✓"
    CAUTION = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's.

    Attributes:
        about: the part that was looked at: ``database``, or a setting's name.
        says: what was found, without a full stop; nothing secret.
        remedy: what to do about it, one sentence; empty if nothing has to be done.
    """

    grade: Grade
    about: str
    says: str
    remedy: str = ""


def good(about: str, says: str) -> Finding:
    """All is well."""
    return Finding(Grade.GOOD, about, says)


def caution(about: str, says: str, remedy: str) -> Finding:
    """It works, and could be better."""
    return Finding(Grade.CAUTION, about, says, remedy)


def bad(about: str, says: str, remedy: str) -> Finding:
    """It will not work, or not safely."""
    return Finding(Grade.BAD, about, says, remedy)


def split(sentence: str) -> tuple[str, str]:
    """What a refusal of ours says, and its remedy: they are written ``what is wrong: what to do``.

    A colon that is not followed by a space, as in a URL, divides nothing.
    """
    says, _, remedy = sentence.rstrip(".").partition(": ")
    return says, f"{remedy[:1].upper()}{remedy[1:]}." if remedy else ""
