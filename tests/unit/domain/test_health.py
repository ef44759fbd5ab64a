"""The state machine, line by line: what a connection's owner lives through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.failures import POLICIES, Failure, Retry, Trouble, policy_of
from bot.domain.health import Gate, Health, News, Patience, PausedBy, Side, Status, Step, next_state, pause, resume

DOWN = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
DEAD = Trouble(Failure.INVALID_KEY, code="-2008")
WITHDRAW = Trouble(Failure.WITHDRAW_ENABLED, boxes=("Enable Withdrawals",))
OURS = Trouble(Failure.NETWORK_DOWN)

ALICE = 7


def live(*answers: Trouble | None, health: Health | None = None) -> list[Step]:
    """Probes a minute apart; each step from the health the one before left."""
    steps: list[Step] = []
    current = health or Health.new(0.0)
    for minute, answer in enumerate(answers, start=1):
        steps.append(next_state(current, answer, minute * 60.0))
        current = steps[-1].health
    return steps


def test_a_good_probe_of_a_good_key_changes_nothing() -> None:
    (step,) = live(None)
    assert step == Step(Health.new(0.0))


def test_one_bad_answer_is_on_the_card_at_once_but_wakes_nobody_and_stops_no_trading() -> None:
    (step,) = live(DOWN)
    assert step.health.status is Status.ERROR
    assert step.health.trouble == DOWN
    assert step.health.gate is Gate.OPEN
    assert step.news is None
    assert [(flip.side, flip.new) for flip in step.flips] == [(Side.STATUS, "error")]


def test_a_failure_that_lasts_three_probes_is_told_and_pauses_the_gate() -> None:
    steps = live(DOWN, DOWN, DOWN)
    assert [step.news for step in steps] == [None, None, News.TROUBLE]
    assert steps[2].health.gate is Gate.PAUSED
    assert steps[2].health.paused_by is PausedBy.WATCH
    assert steps[2].about == DOWN


def test_it_is_told_once_however_long_it_lasts() -> None:
    steps = live(*[DOWN] * 50)
    assert sum(step.news is News.TROUBLE for step in steps) == 1


def test_a_blip_that_ends_before_it_was_told_is_never_told() -> None:
    steps = live(DOWN, DOWN, None)
    assert [step.news for step in steps] == [None, None, None]
    assert steps[2].health.status is Status.CONNECTED
    assert steps[2].health.streak == 0


def test_recovery_reopens_the_gate_and_tells_how_long_it_lasted() -> None:
    last = live(DOWN, DOWN, DOWN, DOWN, None)[-1]
    assert last.news is News.RECOVERED
    assert last.lasted == 4 * 60.0
    assert last.about == DOWN
    assert (last.health.status, last.health.gate) == (Status.CONNECTED, Gate.OPEN)
    assert [(flip.side, flip.new) for flip in last.flips] == [(Side.STATUS, "connected"), (Side.GATE, "open")]


def test_a_dead_key_is_asked_once_more_within_ten_seconds_before_anything_is_said() -> None:
    (step,) = live(DEAD)
    assert step.health.status is Status.CONNECTED
    assert step.flips == ()
    assert step.probe_again_in is not None
    assert 0 < step.probe_again_in <= 10


def test_a_dead_key_confirmed_needs_its_owner_pauses_the_gate_and_is_told() -> None:
    _, step = live(DEAD, DEAD)
    assert step.health.status is Status.REAUTH_NEEDED
    assert (step.health.gate, step.health.paused_by) == (Gate.PAUSED, PausedBy.WATCH)
    assert step.news is News.TROUBLE


def test_a_suspicion_that_is_not_confirmed_is_dropped_without_a_word() -> None:
    steps = live(DEAD, None, DEAD)
    assert all(step.news is None for step in steps)
    assert steps[1].health == Health.new(0.0)


def test_an_outage_between_two_refusals_does_not_wash_the_suspicion_away() -> None:
    steps = live(DEAD, DOWN, DEAD)
    assert steps[-1].health.status is Status.REAUTH_NEEDED


def test_a_key_that_stays_dead_is_looked_at_less_and_less_often_down_to_a_quarter_of_an_hour() -> None:
    steps = live(*[DEAD] * 13)
    assert [step.rest for step in steps] == [0, 0, 0, 0, 0, 0, 1, 3, 7, 14, 14, 14, 14]


def test_a_dead_key_that_works_again_is_looked_at_as_often_as_any() -> None:
    assert live(*[DEAD] * 12, None)[-1].rest == 0
    assert live(*[DEAD] * 12, None, DEAD, DEAD, DEAD)[-1].rest == 0


def test_a_dangerous_key_is_looked_at_as_often_as_ever() -> None:
    assert {step.rest for step in live(*[WITHDRAW] * 40)} == {0}


def test_an_outage_is_looked_at_as_often_as_ever() -> None:
    assert {step.rest for step in live(*[DOWN] * 40)} == {0}


@pytest.mark.parametrize("danger", [Failure.WITHDRAW_ENABLED, Failure.TRANSFER_ENABLED])
def test_a_dangerous_right_is_believed_paused_and_told_at_once(danger: Failure) -> None:
    (step,) = live(Trouble(danger))
    assert step.health.status is Status.REAUTH_NEEDED
    assert step.health.gate is Gate.PAUSED
    assert step.news is News.TROUBLE


def test_it_stays_refused_until_the_right_is_off() -> None:
    steps = live(WITHDRAW, WITHDRAW, WITHDRAW, None)
    assert [step.health.status for step in steps] == [Status.REAUTH_NEEDED] * 3 + [Status.CONNECTED]
    assert [step.news for step in steps] == [News.TROUBLE, None, None, News.RECOVERED]


def test_an_outage_does_not_cure_a_key_that_waits_for_its_owner() -> None:
    steps = live(DEAD, DEAD, DOWN, DOWN, DOWN)
    assert steps[-1].health.status is Status.REAUTH_NEEDED
    assert steps[-1].health.trouble == DEAD
    assert [step.news for step in steps[2:]] == [None, None, None]


def test_a_new_danger_on_a_key_that_waits_for_its_owner_is_told_too() -> None:
    steps = live(DEAD, DEAD, WITHDRAW)
    assert steps[-1].news is News.TROUBLE
    assert steps[-1].about == WITHDRAW


def test_a_lasting_error_that_turns_out_to_be_a_dead_key_is_told_as_that() -> None:
    steps = live(DOWN, DOWN, DOWN, DEAD, DEAD)
    assert [step.news for step in steps] == [None, None, News.TROUBLE, None, News.TROUBLE]
    assert steps[-1].health.status is Status.REAUTH_NEEDED


def test_our_own_network_blames_nobody_however_long() -> None:
    steps = live(*[OURS] * 20)
    assert all(step == Step(Health.new(0.0)) for step in steps)


def test_what_a_person_paused_only_a_person_reopens() -> None:
    paused = pause(Health.new(0.0), 1.0, ALICE).health
    last = live(DEAD, DEAD, None, health=paused)[-1]
    assert (last.health.gate, last.health.paused_by) == (Gate.PAUSED, PausedBy.PERSON)
    assert last.news is News.RECOVERED


def test_a_lasting_trouble_is_told_even_while_a_person_keeps_the_gate_paused() -> None:
    paused = pause(Health.new(0.0), 1.0, ALICE).health
    assert live(DOWN, DOWN, DOWN, health=paused)[-1].news is News.TROUBLE


def test_pausing_what_the_watch_paused_makes_it_stay_paused_after_recovery() -> None:
    sick = live(DEAD, DEAD)[-1].health
    held = pause(sick, 130.0, ALICE)
    assert held.flips == ()
    assert live(None, health=held.health)[-1].health.gate is Gate.PAUSED


def test_resuming_a_sick_connection_waits_for_its_recovery() -> None:
    sick = pause(live(DEAD, DEAD)[-1].health, 130.0, ALICE).health
    asked = resume(sick, 140.0, ALICE)
    assert asked.health.gate is Gate.PAUSED
    assert live(None, health=asked.health)[-1].health.gate is Gate.OPEN


def test_pausing_and_resuming_twice_flips_once_each() -> None:
    once = pause(Health.new(0.0), 1.0, ALICE)
    twice = pause(once.health, 2.0, ALICE)
    assert (len(once.flips), len(twice.flips)) == (1, 0)
    back = resume(twice.health, 3.0, ALICE)
    again = resume(back.health, 4.0, ALICE)
    assert (len(back.flips), len(again.flips)) == (1, 0)
    assert again.health.gate is Gate.OPEN


def test_every_failure_has_its_entry_and_confirming_ones_ask_the_user_to_act() -> None:
    assert set(POLICIES) == set(Failure)
    for policy in POLICIES.values():
        assert (policy.retry in {Retry.CONFIRM, Retry.AT_ONCE}) == policy.user_must_act


answers = st.lists(st.one_of(st.none(), st.sampled_from([Trouble(failure) for failure in Failure])), max_size=60)


@settings(max_examples=300, deadline=None)
@given(answers)
def test_every_alert_that_opens_is_closed_once_and_nothing_is_told_twice_in_a_row(given_answers: list[Trouble]) -> None:
    told = False
    for step in live(*given_answers, None):
        if step.news is News.RECOVERED:
            assert told, "a recovery of what nobody was told"
            told = False
        elif step.news is News.TROUBLE:
            told = True
    assert not told, "an alert was left open although all is well"


@settings(max_examples=300, deadline=None)
@given(answers)
def test_the_memory_agrees_with_itself_after_any_history(given_answers: list[Trouble]) -> None:
    before = Health.new(0.0)
    for step in live(*given_answers):
        after = step.health
        assert (after.gate is Gate.PAUSED) == (after.paused_by is not None)
        assert (after.status is Status.CONNECTED) or after.trouble is not None
        if after.status is Status.REAUTH_NEEDED:
            assert after.told
            assert after.gate is Gate.PAUSED
        for flip in step.flips:
            assert flip.old != flip.new or flip.side is Side.STATUS
        changed = (before.status, before.gate) != (after.status, after.gate)
        assert not changed or step.flips, "a change without a flip"
        before = after


@settings(max_examples=200, deadline=None)
@given(answers, st.sampled_from([f for f in Failure if policy_of(f).user_must_act]))
def test_a_key_that_is_really_dead_is_told_within_two_probes(history: list[Trouble], failure: Failure) -> None:
    health = live(*history)[-1].health if history else Health.new(0.0)
    already = health.status is Status.REAUTH_NEEDED
    steps = live(Trouble(failure), Trouble(failure), health=health)
    assert already or any(step.news is News.TROUBLE for step in steps)
    assert steps[-1].health.status is Status.REAUTH_NEEDED


def test_patience_can_be_set() -> None:
    step = next_state(Health.new(0.0), DOWN, 1.0, Patience(lasting=1))
    assert step.news is News.TROUBLE
