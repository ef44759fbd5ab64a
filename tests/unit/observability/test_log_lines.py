"""One event is one line, whatever is put into it (threat 13)."""

import json
import logging
import random
from collections.abc import Callable
from enum import IntEnum, StrEnum
from logging.handlers import BufferingHandler

import pytest

from bot.observability.logs import FIELDS, NAMELESS, SCRUBBED, WITHHELD, OneLine, as_json
from tests.unit.observability.conftest import Page

log = logging.getLogger("latchkey.test")

HOSTILE = [
    "\n", "\r\n", "\x85", "\u2028", "\u2029", "\v", "\f",  # line ends, by anybody's count
    "\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x08", "\x7f",  # terminal codes
    '"', "\\", '","level":"critical","x":"', "}\n{", "</script>", "'", "\\u000a",  # JSON and quotes
    "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff",  # direction and invisible
    "\0", "\ud800", "\udfff", "\U0010ffff", "é", "%s", "%(name)s", "{0}", "{event}",
]  # fmt: skip


def hostile_payloads(count: int = 500) -> list[str]:
    dice = random.Random(13)  # noqa: S311 - the same payloads in every run
    words = [*HOSTILE, "flip", "level=info", "a" * 300]
    return HOSTILE + ["".join(dice.choices(words, k=dice.randint(1, 8))) for _ in range(count - len(HOSTILE))]


@pytest.mark.parametrize("fmt", ["json", "text"])
def test_500_hostile_payloads_are_one_line_of_printable_ascii_each(logging_to: Callable[..., Page], fmt: str) -> None:
    page = logging_to(fmt=fmt)
    payloads = hostile_payloads()

    for payload in payloads:
        log.warning("hostile.payload", extra={"reason": payload, "user": 7})

    assert 500 == len(payloads)
    assert 500 == len(page.text.split("\n")) - 1
    assert 500 == len(page.lines)
    assert all(line.isascii() and line.isprintable() for line in page.lines)
    assert all("hostile.payload" in line and "critical" not in line for line in page.lines)


def test_hostile_payloads_leave_the_rest_of_the_record_as_it_was(page: Page) -> None:
    for payload in hostile_payloads():
        log.warning("hostile.payload", extra={"reason": payload, "user": 7})

    expected = {"level": "warning", "event": "hostile.payload", "logger": "latchkey.test", "user": 7}
    assert all(expected == {name: event[name] for name in expected} for event in page.events)
    assert {"timestamp", "reason", *expected} == {name for event in page.events for name in event}


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_name_of_a_logger_event_or_level_breaks_no_line(payload: str) -> None:
    for name in (f"latchkey.{payload}", payload):
        record = logging.LogRecord(name, 35, payload, 7, f"event{payload}", (), None)
        record.levelname = payload

        line = OneLine(as_json).format(record)

        assert {"timestamp", "level", "event", "logger"} <= set(json.loads(line))
        assert line.isascii()
        assert line.isprintable()


def test_an_event_shows_its_facts_and_nothing_that_is_not_on_the_list(page: Page) -> None:
    log.info("flip", extra={"connection": "aB3_-x", "new": "error", "label": "My savings", "text": "hello"})

    event = page.events[0]
    del event["timestamp"]
    assert {
        "level": "info", "event": "flip", "logger": "latchkey.test", "connection": "aB3_-x", "new": "error",
    } == event  # fmt: skip


def test_a_fact_that_is_none_is_left_out(page: Page) -> None:
    log.info("flip", extra={"failure": None, "side": "status"})

    assert "failure" not in page.events[0]
    assert "status" == page.events[0]["side"]


class Status(StrEnum):
    ERROR = "error"


class Code(IntEnum):
    GONE = 410


class Sly:
    def __str__(self) -> str:
        raise AssertionError("was asked for its text")

    __repr__ = __str__


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7, 7),
        (-1_002_000_000_001, -1_002_000_000_001),
        (True, True),
        (0.25, 0.25),
        (float("inf"), "inf"),
        (Status.ERROR, "error"),
        (Code.GONE, 410),
        ("chat gone", "chat gone"),
        ("refused: TelegramBadRequest", "refused: TelegramBadRequest"),
        ("poller.py:90 _turn > wire.py:70 make_request", "poller.py:90 _turn > wire.py:70 make_request"),
        ("9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d659a2feaa0c55ad015"),
        ("k" * 64, SCRUBBED),
        ("10" * 10_000, WITHHELD),
        ("a name: Zoë", WITHHELD),
        (10**60, WITHHELD),
        (b"bytes", WITHHELD),
        (["list"], WITHHELD),
        ({"a": "dict"}, WITHHELD),
        (Sly(), WITHHELD),
        (ValueError("text"), WITHHELD),
    ],
)
def test_facts_are_numbers_and_plain_words(page: Page, value: object, shown: object) -> None:
    log.info("fact", extra={"reason": value})

    assert shown == page.events[0]["reason"]


@pytest.mark.parametrize("message", ["Connected to %s", "User 7 said hello", "key=abc", "a" * 70, "Flip", "", 7, Sly()])
def test_what_is_no_constant_event_name_is_not_shown(page: Page, message: object) -> None:
    log.info(message)
    log.info(message, "argument")

    assert [NAMELESS, NAMELESS] == [event["event"] for event in page.events]


def test_a_logger_whose_name_only_begins_like_ours_is_foreign(page: Page) -> None:
    logging.getLogger("latchkeyring").info("flip", extra={"reason": "quoted"})

    assert "foreign" == page.events[0]["event"]
    assert "reason" not in page.events[0]


def test_a_foreign_record_is_told_by_logger_level_and_place(page: Page) -> None:
    logging.getLogger("a.foreign.library").error("GET https://x/?signature=%s", "abc", extra={"reason": "x", "user": 5})

    event = page.events[0]
    assert ("a.foreign.library", "error", "foreign") == (event["logger"], event["level"], event["event"])
    assert event["where"].startswith("test_log_lines:")
    assert {"timestamp", "level", "event", "logger", "where"} == set(event)


def test_other_handlers_still_get_the_record_as_it_was(page: Page) -> None:
    after = BufferingHandler(10)
    logging.getLogger().addHandler(after)

    logging.getLogger("foreign.library").warning("as %s", "written")

    assert "as written" == after.buffer[0].getMessage()
    assert 1 == len(page.events)


def test_foreign_libraries_are_heard_from_warning_up_unless_at_debug(logging_to: Callable[..., Page]) -> None:
    page = logging_to("INFO")
    logging.getLogger("aiogram").info("Start polling")
    logging.getLogger("aiogram").warning("Slow")
    log.debug("quiet")
    log.info("heard")

    assert [("aiogram", "foreign"), ("latchkey.test", "heard")] == [(e["logger"], e["event"]) for e in page.events]


def test_the_text_format_reads_left_to_right(logging_to: Callable[..., Page]) -> None:
    page = logging_to(fmt="text")

    log.warning("relay.later", extra={"item": 12, "reason": "too many requests"})

    _, _, rest = page.lines[0].partition(" ")
    assert "warning  relay.later logger='latchkey.test' item=12 reason='too many requests'" == rest


def test_the_list_of_fields_holds_no_name_that_a_record_has_by_itself() -> None:
    assert set() == FIELDS & set(vars(logging.makeLogRecord({})))
    assert json.loads(json.dumps(sorted(FIELDS))) == sorted(FIELDS)
