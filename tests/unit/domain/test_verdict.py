"""Who gets in: every combination of rights that matters, in one place."""

import itertools
from dataclasses import replace

import pytest

from bot.domain.connection import Environment, Market, Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, Verdict, judge

P = Permission


def key(*granted: Permission, unknown: tuple[Permission, ...] = (), restricted: bool | None = True) -> KeyReport:
    findings = {
        permission: Finding(Grant.GRANTED if permission in granted else Grant.DENIED, Certainty.STATED)
        for permission in Permission
    }
    return KeyReport(findings | dict.fromkeys(unknown, UNKNOWABLE), ip_restricted=restricted)


def verdict_on(
    report: KeyReport,
    market: Market = Market.SPOT,
    purpose: Purpose = Purpose.TRADE,
    environment: Environment = Environment.LIVE,
    *,
    vouched: bool = False,
) -> Verdict:
    return judge(report, market=market, environment=environment, purpose=purpose, vouched=vouched)


def refused(verdict: Verdict) -> list[Failure]:
    return [trouble.failure for trouble in verdict.refusals]


def test_a_key_with_just_what_is_needed_comes_in_without_a_word() -> None:
    assert verdict_on(key(P.READ, P.SPOT_TRADE)) == Verdict()


@pytest.mark.parametrize(("market", "purpose"), list(itertools.product(Market, Purpose)))
def test_a_key_that_can_withdraw_never_comes_in(market: Market, purpose: Purpose) -> None:
    report = key(P.READ, P.SPOT_TRADE, P.FUTURES_TRADE, P.WITHDRAW)
    assert refused(verdict_on(report, market, purpose)) == [Failure.WITHDRAW_ENABLED]


def test_every_reason_is_told_at_once() -> None:
    report = key(P.READ, P.WITHDRAW, P.TRANSFER)
    assert refused(verdict_on(report)) == [
        Failure.WITHDRAW_ENABLED,
        Failure.TRANSFER_ENABLED,
        Failure.NO_TRADE_PERMISSION,
    ]


def test_the_boxes_that_are_on_are_named() -> None:
    report = KeyReport({P.TRANSFER: Finding(Grant.GRANTED, Certainty.STATED, ("Permits Universal Transfer",))})
    transfer = next(t for t in verdict_on(report).refusals if t.failure is Failure.TRANSFER_ENABLED)
    assert transfer.boxes == ("Permits Universal Transfer",)


def test_unknown_is_never_read_as_off() -> None:
    report = key(P.READ, P.SPOT_TRADE, unknown=(P.WITHDRAW,))
    assert refused(verdict_on(report)) == [Failure.PERMISSIONS_UNKNOWN]


def test_a_report_that_says_nothing_at_all_lets_nobody_in() -> None:
    assert not verdict_on(KeyReport({}), purpose=Purpose.WATCH).accepted


def test_where_the_exchange_cannot_say_the_user_may_vouch_and_the_caution_stays() -> None:
    verdict = verdict_on(key(P.READ, P.SPOT_TRADE, unknown=(P.WITHDRAW,)), vouched=True)
    assert verdict == Verdict(cautions=(Caution.WITHDRAWAL_UNVERIFIED,))


def test_vouching_never_helps_a_key_that_surely_can_withdraw() -> None:
    assert refused(verdict_on(key(P.READ, P.SPOT_TRADE, P.WITHDRAW), vouched=True)) == [Failure.WITHDRAW_ENABLED]


def test_on_testnet_unknown_rights_are_a_caution_since_no_money_is_at_stake() -> None:
    report = key(P.READ, P.SPOT_TRADE, unknown=(P.WITHDRAW, P.TRANSFER), restricted=None)
    assert verdict_on(report, environment=Environment.TESTNET) == Verdict(cautions=(Caution.NOT_VERIFIABLE_HERE,))


def test_on_demo_a_key_that_opens_the_live_account_too_is_judged_as_there() -> None:
    report = replace(key(P.READ, P.SPOT_TRADE, unknown=(P.WITHDRAW,), restricted=None), opens_live=True)
    assert refused(verdict_on(report, environment=Environment.DEMO)) == [Failure.PERMISSIONS_UNKNOWN]
    assert verdict_on(report, environment=Environment.DEMO, vouched=True).cautions == (
        Caution.WITHDRAWAL_UNVERIFIED,
        Caution.IP_WHITELIST_UNKNOWN,
    )


def test_reading_off_is_refused_for_any_purpose() -> None:
    for purpose in Purpose:
        assert refused(verdict_on(key(P.SPOT_TRADE), purpose=purpose)) == [Failure.NO_READ_PERMISSION]


def test_trading_off_is_fine_to_watch_and_refused_to_trade() -> None:
    assert verdict_on(key(P.READ), purpose=Purpose.WATCH).accepted
    assert refused(verdict_on(key(P.READ), purpose=Purpose.TRADE)) == [Failure.NO_TRADE_PERMISSION]


def test_a_key_made_for_spot_and_used_for_futures_is_told_as_that() -> None:
    assert refused(verdict_on(key(P.READ, P.SPOT_TRADE), Market.LINEAR)) == [Failure.WRONG_MARKET]


def test_no_ip_whitelist_is_accepted_with_a_caution() -> None:
    assert verdict_on(key(P.READ, P.SPOT_TRADE, restricted=False)) == Verdict(cautions=(Caution.NO_IP_WHITELIST,))


def test_more_rights_than_the_purpose_needs_are_a_caution() -> None:
    assert Caution.MORE_THAN_NEEDED in verdict_on(key(P.READ, P.SPOT_TRADE), purpose=Purpose.WATCH).cautions
    assert Caution.MORE_THAN_NEEDED in verdict_on(key(P.READ, P.SPOT_TRADE, P.MARGIN)).cautions


def test_a_trading_right_that_has_ended_is_told_as_expired_and_does_not_trouble_who_only_watches() -> None:
    denied = key(P.READ)
    ended = KeyReport(denied.findings, ip_restricted=True, expires_at=1_000.0)
    trade = judge(ended, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.TRADE, now=2_000.0)
    assert refused(trade) == [Failure.KEY_EXPIRED]
    watch = judge(ended, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.WATCH, now=2_000.0)
    assert watch.accepted


def one_box(*granted: Permission, box: str = "Trade") -> KeyReport:
    """A key of an exchange where one box grants all of this."""
    findings = {permission: Finding(Grant.GRANTED, Certainty.STATED, (box,)) for permission in granted}
    return KeyReport({**key(P.READ).findings, **findings}, ip_restricted=True)


@pytest.mark.parametrize("market", list(Market))
def test_transfers_that_cannot_be_had_off_without_trading_are_a_caution(market: Market) -> None:
    report = one_box(P.SPOT_TRADE, P.FUTURES_TRADE, P.MARGIN, P.TRANSFER)
    assert verdict_on(report, market) == Verdict(cautions=(Caution.TRANSFERS_WITH_TRADING,))


def test_who_only_watches_is_told_that_trading_could_be_off_too() -> None:
    report = one_box(P.SPOT_TRADE, P.FUTURES_TRADE, P.TRANSFER)
    expected = Verdict(cautions=(Caution.TRANSFERS_WITH_TRADING, Caution.MORE_THAN_NEEDED))
    assert verdict_on(report, purpose=Purpose.WATCH) == expected


def test_transfers_that_cannot_be_had_off_without_reading_are_a_caution() -> None:
    watches = one_box(P.READ, P.TRANSFER, box="Query")
    assert verdict_on(watches, purpose=Purpose.WATCH) == Verdict(cautions=(Caution.TRANSFERS_WITH_TRADING,))


def test_transfers_with_a_box_of_their_own_are_refused_even_beside_trading() -> None:
    report = KeyReport(
        {
            **one_box(P.SPOT_TRADE).findings,
            P.TRANSFER: Finding(Grant.GRANTED, Certainty.STATED, ("Trade", "Transfer")),
        }
    )
    assert refused(verdict_on(report)) == [Failure.TRANSFER_ENABLED]


def test_a_withdrawal_in_the_same_box_as_trading_stays_a_withdrawal() -> None:
    assert refused(verdict_on(one_box(P.SPOT_TRADE, P.WITHDRAW))) == [Failure.WITHDRAW_ENABLED]


def test_a_box_that_may_grant_what_is_needed_is_not_told_to_be_turned_off() -> None:
    trade = Finding(Grant.GRANTED, Certainty.STATED, ("Trade",))
    perhaps = Finding(Grant.UNKNOWN, Certainty.UNKNOWABLE, ("Trade",))
    off = Finding(Grant.DENIED, Certainty.STATED)
    findings = {P.READ: trade, P.SPOT_TRADE: trade, P.FUTURES_TRADE: perhaps, P.TRANSFER: off, P.WITHDRAW: off}
    report = KeyReport(findings, ip_restricted=True)

    assert verdict_on(report, market=Market.LINEAR) == Verdict()
    assert verdict_on(report, purpose=Purpose.WATCH).cautions == (Caution.MORE_THAN_NEEDED,)
    separate = KeyReport({**findings, P.FUTURES_TRADE: UNKNOWABLE}, ip_restricted=True)
    assert verdict_on(separate, market=Market.LINEAR).cautions == (Caution.MORE_THAN_NEEDED,)


def test_a_transfer_beside_a_right_that_is_only_perhaps_there_is_still_refused() -> None:
    moving = Finding(Grant.GRANTED, Certainty.STATED, ("Trade",))
    perhaps = Finding(Grant.UNKNOWN, Certainty.UNKNOWABLE, ("Trade",))
    off = Finding(Grant.DENIED, Certainty.STATED)
    report = KeyReport({P.READ: off, P.SPOT_TRADE: perhaps, P.TRANSFER: moving, P.WITHDRAW: off})

    assert Failure.TRANSFER_ENABLED in refused(verdict_on(report))
