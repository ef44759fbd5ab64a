"""A key that may not come in: every reason, in the exchange's own words, and **Check again** without pasting twice."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.connection import Credential, Place
from bot.domain.permissions import UNKNOWABLE, KeyReport, Permission
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.faults import Faults
from bot.store.connections import SqlConnections
from bot.usecases.ports import Progress
from bot.usecases.storage import StoreUnavailable
from tests.acceptance.conftest import Service
from tests.acceptance.walk import gives, is_refused, to_the_label, to_the_question


def buttons(person: Person) -> list[str]:
    return [button.text for row in person.last().buttons for button in row]


async def test_withdrawal_is_refused_by_the_name_of_its_box_and_checked_again(service: Service, alice: Person) -> None:
    key = service.key()
    key.allow("enableWithdrawals")
    await is_refused(alice, key)
    refusal = alice.last().text
    assert "❌ Withdrawal enabled — please disable" in refusal
    assert "Untick Enable Withdrawals and save" in refusal
    assert "Nothing was kept" in refusal
    assert [] == list(await service.app.services.manage.of(alice.id))
    key.forbid("enableWithdrawals")
    said = [message for message in alice.screen() if not message.from_bot]
    await alice.taps("Check again")
    await alice.sees("Binance Spot Main is connected")
    assert said == [message for message in alice.screen() if not message.from_bot]


async def test_every_reason_is_told_at_once(service: Service, alice: Person) -> None:
    key = service.key()
    key.allow("enableWithdrawals", "enableInternalTransfer", "permitsUniversalTransfer")
    key.forbid("enableSpotAndMarginTrading")
    await is_refused(alice, key)
    refusal = alice.last().text
    assert "Withdrawal enabled" in refusal
    assert "Untick Enable Internal Transfer, Permits Universal Transfer and save" in refusal
    assert "Enable Spot & Margin Trading" in refusal


async def test_the_refusal_shows_how_far_the_checklist_got(service: Service, alice: Person) -> None:
    key = service.key()
    key.allow("enableWithdrawals")
    await is_refused(alice, key)
    lines = alice.last().text.splitlines()
    assert "✅ Key and signature" in lines
    assert "❌ Withdrawal off" in lines
    assert "✅ Transfers off" in lines


@pytest.mark.parametrize(
    ("choices", "spoil", "told"),
    [
        ({}, lambda key: key.forbid("enableReading"), "may not read the account"),
        ({}, lambda key: key.forbid("enableSpotAndMarginTrading", "enableFutures"), "may not trade"),
        ({"market": "USDⓈ-M futures"}, lambda key: key.forbid("enableFutures"), "but not in this market"),
        ({}, lambda key: key.revoke(), "❌ Binance"),
        ({}, lambda key: key.rotate_secret(), "the secret does not belong to it"),
        ({}, lambda key: key.suspend(), "has suspended"),
    ],
)
async def test_each_cause_is_told_apart(
    service: Service, alice: Person, choices: dict[str, str], spoil: Callable[[Account], None], told: str
) -> None:
    key = service.key()
    await to_the_label(alice, key, **choices)
    spoil(key)
    await alice.taps("Main")
    refusal = await alice.sees("Not connected")
    assert told in refusal.text
    assert "1. " in refusal.text
    assert "Check again" in " ".join(buttons(alice))


async def test_a_wrong_address_is_named_and_ours_can_be_copied(service: Service, alice: Person) -> None:
    key = service.key()
    key.restrict_ips(["198.51.100.1"])
    await is_refused(alice, key)
    copies = [button.copy for row in alice.last().buttons for button in row if button.copy]
    assert {"203.0.113.7", "203.0.113.8"} <= set(copies)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda faults: faults.down(), "does not answer properly"),
        (lambda faults: faults.maintenance(), "maintenance"),
        (lambda faults: faults.rate_limit(30), "stay away for"),
        (lambda faults: faults.geo_block(), "does not serve the country"),
        (lambda faults: faults.garbage(), "Binance"),
    ],
)
async def test_what_passes_by_itself_blames_nobodys_key(
    service: Service, alice: Person, fault: Callable[[Faults], object], told: str
) -> None:
    key = service.key()
    await to_the_label(alice, key)
    fault(service.binance.faults)
    await alice.taps("Main")
    shown = await alice.sees("Not connected yet")
    assert told in shown.text
    service.binance.faults.clear()


async def test_after_an_outage_check_again_connects(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    service.binance.faults.down()
    await alice.taps("Main")
    await alice.sees("Not connected yet")
    service.binance.faults.clear()
    await alice.taps("Check again")
    await alice.sees("is connected")


async def test_another_key_can_be_entered_instead(service: Service, alice: Person) -> None:
    bad, good = service.key("k1"), service.key("k2")
    bad.allow("enableWithdrawals")
    await is_refused(alice, bad)
    await alice.taps("Enter another key")
    await alice.sees("Send the other key")
    await gives(alice, good)
    await alice.sees("What shall we call")
    await alice.taps("Main")
    await alice.sees("is connected")


# -------------------------------------------------------------------------------------------- what cannot be known


def keeps_silent_about_withdrawal(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Binance states every right on live; this is how the exchanges look that do not."""
    gateway = service.app.services.connect._gateway
    really = gateway.inspect

    async def inspect(place: Place, credential: Credential, progress: Progress) -> KeyReport:
        report = await really(place, credential, progress)
        return replace(report, findings=dict(report.findings) | {Permission.WITHDRAW: UNKNOWABLE})

    monkeypatch.setattr(gateway, "inspect", inspect)


async def test_whoever_vouches_types_the_name_and_the_card_says_so(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps_silent_about_withdrawal(service, monkeypatch)
    await is_refused(alice, service.key())
    assert "❔ Binance does not say whether this key may withdraw" in alice.last().text
    await alice.taps("I looked")
    await alice.sees("name: Binance")
    wrong = await alice.says("yes")
    await alice.sees("not “Binance”")
    await alice.sees_gone(wrong)
    await alice.says("binance")
    card = await alice.sees("is connected")
    assert "you vouched that it is off" in card.text
    (connection,) = await service.app.services.manage.of(alice.id)
    assert connection.withdrawal_unverified


async def test_nobody_can_vouch_for_a_right_that_is_on(service: Service, alice: Person) -> None:
    key = service.key()
    key.allow("enableWithdrawals")
    await is_refused(alice, key)
    refusal = alice.last()
    assert not any("I looked" in text for text in buttons(alice))
    vouch = next(b.data for row in refusal.buttons for b in row if b.data and "refused_again" in b.data)
    await alice.presses_data(refusal, vouch.replace("refused_again", "refused_vouch"))
    await asyncio.sleep(0.3)
    assert "You vouch" not in alice.last().text


# ----------------------------------------------------------------------------------------------- while it is checked


async def test_the_checklist_moves_while_a_slow_exchange_answers(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    service.binance.faults.latency(0.9)
    await alice.taps("Main")
    await alice.sees("Checking the key")
    await alice.sees("⏳", timeout=4)
    await alice.sees("✅ Clock", timeout=4)
    await alice.sees("is connected", timeout=15)


async def test_a_slow_check_does_not_hold_up_what_the_person_does_beside_it(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    service.binance.faults.latency(3)
    await alice.taps("Main")
    await alice.sees("Checking the key")
    await alice.says("/help")
    await alice.sees("/connect", timeout=1.5)
    service.binance.faults.clear()


async def test_words_said_while_checking_change_nothing(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    service.binance.faults.latency(0.5)
    await alice.taps("Main")
    await alice.sees("Checking the key")
    service.sandbox.clock.advance(3)
    await alice.says("is it done?")
    await alice.sees("is connected", timeout=10)


async def test_cancelled_while_checking_nothing_is_stored(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    service.binance.faults.latency(0.5)
    await alice.taps("Main")
    await alice.sees("Checking the key")
    await alice.taps("Cancel")
    await alice.sees("Cancelled.")
    await asyncio.sleep(3)
    assert [] == list(await service.app.services.manage.of(alice.id))
    assert "Cancelled." in alice.last().text


async def test_whoever_leaves_too_late_to_stop_it_is_told_that_the_key_was_taken(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = service.app.services.connect
    really = connect._describe

    def while_she_leaves(*facts: Any) -> Any:
        """After the last question to the exchange, before anything is stored."""
        service.app.front.dispatcher["wizards"].entries.drop(alice.id)
        return really(*facts)

    monkeypatch.setattr(connect, "_describe", while_she_leaves)
    await to_the_label(alice, service.key())
    wizard = alice.last()
    await alice.taps("Main")
    await alice.sees("Binance Spot Main is connected", after=wizard)


async def test_a_busy_telegram_shows_the_result_a_little_later(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    service.binance.faults.latency(0.2)
    await alice.taps("Main")
    await alice.sees("Checking the key")
    service.sandbox.telegram.faults.once(
        "editMessageText", 429, "Too Many Requests: retry after 1", retry_after=1, times=2
    )
    await alice.sees("is connected", timeout=10)


async def test_a_full_disk_connects_nothing_and_keeps_the_draft(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_room(*_: object) -> None:
        raise StoreUnavailable("no room")

    await to_the_label(alice, service.key())
    with monkeypatch.context() as patch:
        patch.setattr(SqlConnections, "add", no_room)
        await alice.taps("Main")
        await alice.sees("keep anything safe right now")
    await alice.taps("Check again")
    await alice.sees("is connected")


async def test_a_question_reopened_is_a_question_to_the_guard(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    await gives(alice, service.key())
    await alice.sees("What shall we call")
    await alice.taps("Back")
    await alice.sees("Send me the API key")
    said = await alice.says("any words at all")
    await alice.sees_gone(said)
