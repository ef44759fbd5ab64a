"""Announcements as exchanges write them: read where they are whole, left out where they are not, and never invented."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.domain.announced import Announcement, Span
from bot.domain.connection import Environment, Market
from bot.exchanges.announcing import MOST, announcements
from bot.exchanges.registry import adapter_of

NOW = 1_700_000_000.0
BEGIN, END = 1_700_003_600_000, 1_700_010_800_000
SPAN = Span(1_700_003_600.0, 1_700_010_800.0)

OKX: Mapping[str, Any] = {
    "begin": str(BEGIN),
    "end": str(END),
    "env": "1",
    "href": "",
    "maintType": "1",
    "preOpenBegin": "",
    "scheDesc": "",
    "serviceType": "5",
    "state": "scheduled",
    "system": "unified",
    "title": "Trading account system upgrade",
}
BYBIT: Mapping[str, Any] = {
    "id": "4d95b2a0-587f-11f0-bcc9-56f28c94d6ea",
    "title": "t06",
    "state": "scheduled",
    "begin": str(BEGIN),
    "end": str(END),
    "href": "",
    "serviceTypes": [2, 3, 4, 5],
    "product": [1, 2],
    "uidSuffix": [],
    "maintainType": 1,
    "env": 1,
}


def read(exchange: str, *rows: Any) -> Sequence[Announcement]:
    answer: Any = {"code": "0", "msg": "", "data": list(rows)}
    if exchange == "bybit":
        answer = {"retCode": 0, "retMsg": "", "result": {"list": list(rows)}, "retExtInfo": {}, "time": 1}
    announcing = adapter_of(exchange).DIALECT.announcing
    assert announcing is not None
    return announcements(exchange, announcing, answer, NOW)


def row_of(exchange: str, **other: Any) -> dict[str, Any]:
    return {**(OKX if exchange == "okx" else BYBIT), **other}


both = pytest.mark.parametrize("exchange", ["okx", "bybit"])


@both
def test_what_is_ahead_and_what_goes_on_is_read(exchange: str) -> None:
    assert (
        read(exchange, row_of(exchange), row_of(exchange, state="ongoing"))
        == [Announcement(Environment.LIVE, frozenset(Market), SPAN)] * 2
    )


@both
def test_numbers_may_be_numbers(exchange: str) -> None:
    assert read(exchange, row_of(exchange, begin=BEGIN, end=END))[0].span == SPAN


@both
@pytest.mark.parametrize("state", ["completed", "canceled", "", None, ["scheduled"], {"a": 1}])
def test_what_is_over_or_called_off_or_not_said_to_be_ahead_is_none(exchange: str, state: Any) -> None:
    assert read(exchange, row_of(exchange, state=state)) == []


@both
def test_what_has_ended_by_our_clock_is_none(exchange: str, caplog: pytest.LogCaptureFixture) -> None:
    assert read(exchange, row_of(exchange, begin=str(BEGIN - 20_000_000), end=str(BEGIN - 10_000_000))) == []
    assert caplog.records == []


@pytest.mark.parametrize(("env", "environment"), [("1", Environment.LIVE), ("2", Environment.DEMO)])
def test_demo_is_told_apart(env: str, environment: Environment) -> None:
    assert read("okx", row_of("okx", env=env))[0].environment is environment
    assert read("bybit", row_of("bybit", env=int(env)))[0].environment is environment


@pytest.mark.parametrize("other", [{"env": "9"}, {"serviceType": "0"}, {"serviceType": "11"}, {"maintType": "3"}])
def test_at_okx_other_services_and_disruptions_are_no_maintenance_of_ours(other: dict[str, str]) -> None:
    assert read("okx", row_of("okx", **other)) == []


@pytest.mark.parametrize(
    "other",
    [{"env": 9}, {"env": None}, {"serviceTypes": [3, 4]}, {"maintainType": 3}, {"uidSuffix": [4, 5]}, {"product": [3]}],
)
def test_at_bybit_other_services_incidents_and_some_accounts_are_no_maintenance_of_ours(other: dict[str, Any]) -> None:
    assert read("bybit", row_of("bybit", **other)) == []


@pytest.mark.parametrize(
    ("product", "markets"), [([2], {Market.SPOT}), ([1, 3], {Market.LINEAR, Market.INVERSE}), (["2"], {Market.SPOT})]
)
def test_bybit_names_its_markets(product: list[Any], markets: set[Market]) -> None:
    assert read("bybit", row_of("bybit", product=product))[0].markets == markets


@both
@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"end": ""}, "no end"),
        ({"end": None}, "no end"),
        ({"end": "soon"}, "no end"),
        ({"end": "0"}, "no end"),
        ({"end": str(BEGIN)}, "ends before it begins"),
        ({"end": str(BEGIN - 1)}, "ends before it begins"),
        ({"end": str(BEGIN + 366 * 86_400_000)}, "too long"),
        ({"begin": "now"}, "no beginning"),
        ({"begin": True}, "no beginning"),
        ({"begin": 1.7e12}, "no beginning"),
        ({"begin": "-1700003600000"}, "no beginning"),
        ({"begin": "1" * 5000}, "no beginning"),
        ({"begin": "١٧٠٠٠٠٣٦٠٠٠٠٠"}, "no beginning"),
        ({"begin": [BEGIN]}, "no beginning"),
        ({"begin": str(BEGIN * 100), "end": str(BEGIN * 100 + 1000)}, "far away"),
    ],
)
def test_what_is_not_whole_is_left_out_with_a_word_in_the_log_and_takes_nothing_else_along(
    exchange: str, other: dict[str, Any], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "latchkey"):
        assert [each.span for each in read(exchange, row_of(exchange, **other), row_of(exchange))] == [SPAN]
    [record] = caplog.records
    assert (record.getMessage(), record.__dict__["exchange"], record.__dict__["reason"]) == (
        "announcement.ignored",
        exchange,
        reason,
    )


@both
@pytest.mark.parametrize("row", [None, "x", 5, [], [{}]])
def test_an_entry_that_is_none_is_left_out(exchange: str, row: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert [each.span for each in read(exchange, row, row_of(exchange))] == [SPAN]
    assert [record.__dict__["reason"] for record in caplog.records] == ["not read"]


@both
@pytest.mark.parametrize(
    "answer", [None, [], "x", {}, {"data": None}, {"data": {}}, {"result": []}, {"result": {"list": 1}}]
)
def test_an_answer_of_another_shape_announces_nothing_and_takes_nothing_back(exchange: str, answer: Any) -> None:
    announcing = adapter_of(exchange).DIALECT.announcing
    assert announcing is not None
    with pytest.raises(TypeError):
        announcements(exchange, announcing, answer, NOW)


@both
def test_nobody_is_read_for_ever(exchange: str, caplog: pytest.LogCaptureFixture) -> None:
    assert len(read(exchange, *[row_of(exchange)] * (MOST + 100))) == MOST
    assert [record.getMessage() for record in caplog.records] == ["announcements.too_many"]
