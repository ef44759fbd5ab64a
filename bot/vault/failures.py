"""Why something sealed does not open: four reasons, none of which says anything about what is inside."""

from enum import StrEnum


class UnsealFailure(StrEnum):
    """The closed list of reasons; safe to log, to count and to show to an operator."""

    NOT_A_RECORD = "not_a_record"
    """Too short, or it does not begin as our records do: something else was stored here."""

    UNKNOWN_SUITE = "unknown_suite"
    """Ours, but made by a newer version of Latchkey."""

    UNKNOWN_TERM = "unknown_term"
    """Sealed under a master key that the keyring does not hold: retired too early, or another deployment's."""

    TAMPERED = "tampered"
    """Altered, or moved: it belongs to another owner, connection, revision, purpose or deployment.

    One reason for all of these on purpose. Saying which check failed first would help nobody but an attacker.
    """


class CannotUnseal(Exception):  # noqa: N818 - says what happened, as design.md names its refusals
    """The one exception of everything that opens. It carries its reason and nothing else."""

    def __init__(self, reason: UnsealFailure) -> None:
        super().__init__(f"cannot unseal: {reason.value}")
        self.reason = reason
