"""What a chat hears, as a table."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choices import UNTIL_RECOVERY, ChatChoice, ConnectionChoice, Hearing, hearing, wants
from bot.domain.failures import Severity
from bot.domain.muting import MuteFor, muted_until
from bot.domain.quiet import QuietHours

INFO, WARNING, CRITICAL = Severity.INFO, Severity.WARNING, Severity.CRITICAL


def at(clock: str, day: int = 10) -> float:
    return datetime.fromisoformat(f"2026-01-{day} {clock}").replace(tzinfo=UTC).timestamp()


NOON, NIGHT, MORNING = at("12:00"), at("23:00"), at("07:00", day=11)
EVERYTHING = ChatChoice()
QUIET = ChatChoice(quiet=QuietHours(22 * 60, 7 * 60, "UTC"))
DEAD_QUIET = ChatChoice(quiet=QUIET.quiet, critical_passes=False)
NO_OTHER = ConnectionChoice()


@pytest.mark.parametrize(
    ("chat", "connection", "heard"),
    [
        (INFO, None, {INFO, WARNING, CRITICAL}),
        (WARNING, None, {WARNING, CRITICAL}),
        (CRITICAL, None, {CRITICAL}),
        (CRITICAL, INFO, {INFO, WARNING, CRITICAL}),
        (INFO, CRITICAL, {CRITICAL}),
        (WARNING, WARNING, {WARNING, CRITICAL}),
    ],
)
def test_the_connections_choice_goes_before_the_chats(
    chat: Severity, connection: Severity | None, heard: set[Severity]
) -> None:
    choices = ChatChoice(least=chat), ConnectionChoice(least=connection)
    assert heard == {severity for severity in Severity if wants(severity, *choices)}


def test_who_comes_second_hears_of_nothing_but_what_is_critical() -> None:
    second = ConnectionChoice(least=INFO, escalate_after=900.0)
    assert {CRITICAL} == {severity for severity in Severity if wants(severity, EVERYTHING, second)}


@pytest.mark.parametrize(
    ("severity", "chat", "now", "muted", "heard_at"),
    [
        # By day everything comes at once.
        (INFO, QUIET, NOON, None, NOON),
        (WARNING, QUIET, NOON, None, NOON),
        (CRITICAL, QUIET, NOON, None, NOON),
        # At night only what is critical does, unless the chat said otherwise.
        (INFO, QUIET, NIGHT, None, MORNING),
        (WARNING, QUIET, NIGHT, None, MORNING),
        (CRITICAL, QUIET, NIGHT, None, NIGHT),
        (CRITICAL, DEAD_QUIET, NIGHT, None, MORNING),
        # A mute holds everything; one that is over holds nothing.
        (CRITICAL, EVERYTHING, NOON, NOON + 3600, NOON + 3600),
        (CRITICAL, EVERYTHING, NOON, NOON - 1, NOON),
        (CRITICAL, QUIET, NOON, UNTIL_RECOVERY, UNTIL_RECOVERY),
        # A mute that ends at night ends into the quiet hours.
        (WARNING, QUIET, NOON, NIGHT, MORNING),
        (CRITICAL, QUIET, NOON, NIGHT, NIGHT),
        # One that outlasts them goes on.
        (WARNING, QUIET, NIGHT, MORNING + 60, MORNING + 60),
    ],
)
def test_when_a_chat_hears(
    severity: Severity, chat: ChatChoice, now: float, muted: float | None, heard_at: float
) -> None:
    heard = hearing(severity, chat, NO_OTHER, now, muted_until=muted)
    assert Hearing(heard_at, silent=severity is INFO) == heard


@pytest.mark.parametrize(
    ("of", "chat", "now", "heard_at"),
    [
        (CRITICAL, QUIET, NIGHT, NIGHT),
        (CRITICAL, DEAD_QUIET, NIGHT, MORNING),
        (WARNING, QUIET, NIGHT, MORNING),
        (WARNING, ChatChoice(least=CRITICAL), NOON, NOON),
    ],
)
def test_an_end_goes_the_way_of_what_it_ends_but_without_a_sound(
    of: Severity, chat: ChatChoice, now: float, heard_at: float
) -> None:
    assert Hearing(heard_at, silent=True) == hearing(INFO, chat, NO_OTHER, now, ends=of)


def test_what_nobody_wants_to_hear_is_not_heard() -> None:
    assert None is hearing(WARNING, ChatChoice(least=CRITICAL), NO_OTHER, NOON)


@pytest.mark.parametrize(
    ("choice", "until"),
    [
        (MuteFor.HOUR, NIGHT + 3600),
        (MuteFor.EIGHT_HOURS, NIGHT + 8 * 3600),
        (MuteFor.MORNING, at("08:00", day=11)),
        (MuteFor.RECOVERY, UNTIL_RECOVERY),
    ],
)
def test_the_four_mutes(choice: MuteFor, until: float) -> None:
    assert until == muted_until(choice, NIGHT - 3600 if choice is MuteFor.MORNING else NIGHT, "Europe/Warsaw")


def test_tomorrow_without_a_zone_is_tomorrow_in_utc() -> None:
    assert at("09:00", day=11) == muted_until(MuteFor.MORNING, NIGHT, None)


CHATS = st.builds(
    ChatChoice,
    least=st.sampled_from(Severity),
    quiet=st.none()
    | st.builds(
        lambda start, length: QuietHours(start, (start + length) % 1440, "Europe/Warsaw"),
        st.integers(0, 1439),
        st.integers(1, 1439),
    ),
    critical_passes=st.booleans(),
)


@given(CHATS, st.sampled_from(Severity), st.floats(1.7e9, 1.9e9), st.none() | st.floats(1.7e9, 1.9e9))
def test_nothing_is_heard_too_early_or_never(
    chat: ChatChoice, severity: Severity, now: float, muted: float | None
) -> None:
    heard = hearing(severity, chat, NO_OTHER, now, muted_until=muted)
    if heard is None:
        assert not wants(severity, chat, NO_OTHER)
        return
    held_until = max(now, muted or 0.0)
    assert held_until <= heard.at <= held_until + 26 * 3600
    again = hearing(severity, chat, NO_OTHER, heard.at, muted_until=muted)
    assert heard == again, "what is due is heard, and not put off again"


@given(CHATS, st.floats(1.7e9, 1.9e9))
def test_what_is_critical_is_never_dropped(chat: ChatChoice, now: float) -> None:
    assert None is not hearing(Severity.CRITICAL, chat, NO_OTHER, now)
