"""How often an account is asked: by whichever of its keys, and never more often than it may be."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.exchanges.accounts import Account, Accounts, Allowance
from tests.unit.exchanges.test_memory import HandClock

TEN_A_MINUTE = Allowance(10, 60.0)


async def test_an_account_with_few_keys_is_asked_whenever_one_of_them_is_looked_at() -> None:
    clock = HandClock()
    account = Account(TEN_A_MINUTE, clock)
    allowed = []
    for _ in range(6):
        allowed.append(account.may_be_asked())
        account.was_asked()

    assert allowed == [True, True, True, True, False, False]


async def test_of_many_keys_one_asks_every_ten_seconds() -> None:
    clock = HandClock()
    account = Account(TEN_A_MINUTE, clock)
    asked = []
    for second in range(200):
        if account.may_be_asked():
            account.was_asked()
            asked.append(second)
        await clock.sleep(1)

    assert asked[:6] == [0, 1, 2, 3, 13, 23]
    assert {later - earlier for earlier, later in pairwise(asked) if earlier >= 60} == {10}


async def test_people_are_let_ask_where_the_watch_waits() -> None:
    account = Account(TEN_A_MINUTE, HandClock())
    for _ in range(4):
        account.was_asked()

    assert (account.may_be_asked(), account.may_be_asked(by_hand=True)) == (False, True)


async def test_a_question_on_its_way_counts_already() -> None:
    account = Account(TEN_A_MINUTE, HandClock())
    for _ in range(3):
        account.was_asked()
    with account.asking():
        assert not account.may_be_asked()


async def test_after_a_refusal_nobody_asks_for_a_window() -> None:
    clock = HandClock()
    account = Account(TEN_A_MINUTE, clock)
    account.stay_away()
    before = account.may_be_asked(by_hand=True)
    await clock.sleep(60)

    assert (before, account.may_be_asked()) == (False, True)


@given(st.lists(st.tuples(st.floats(0, 30), st.booleans()), max_size=80))
def test_whoever_asks_whenever_no_window_holds_more_than_nine(story: list[tuple[float, bool]]) -> None:
    """The tenth is for a key that is not known yet."""
    clock = HandClock()
    account = Account(TEN_A_MINUTE, clock)
    asked: list[float] = []
    for passed, by_hand in story:
        clock.time += passed
        if account.may_be_asked(by_hand=by_hand):
            account.was_asked()
            asked.append(clock.time)

    assert all(sum(1 for at in asked if begins <= at < begins + 60) <= 9 for begins in asked)


async def test_what_was_told_stands_for_a_while() -> None:
    clock = HandClock()
    account = Account(TEN_A_MINUTE, clock)
    before = account.recall(300)
    account.keep("list")
    await clock.sleep(300)

    assert (before, account.recall(300), account.recall(299)) == (None, "list", None)


async def test_the_keys_of_an_account_are_known_once_one_has_shown_them_and_none_is_in_memory() -> None:
    accounts = Accounts(HandClock())
    account = accounts.named("12523", TEN_A_MINUTE)
    accounts.belong({accounts.tag("first-api-key"), accounts.tag("second-api-key")}, account)

    assert accounts.of("first-api-key") is accounts.of("second-api-key") is account
    assert accounts.named("12523", TEN_A_MINUTE) is account
    assert accounts.of("third-api-key") is None
    assert b"first-api-key" not in b"".join(accounts._by_key)
