from bot.telegram.downtime import SILENCE, Contact
from bot.telegram.questions import OpenQuestions
from bot.usecases.storage import Store


class Time:
    at = 100.0

    def now(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


def contact(time: Time, store: Store | None = None) -> Contact:
    return Contact(store, OpenQuestions(store, time), time)  # type: ignore[arg-type] # nothing here is kept


def test_before_telegram_has_answered_our_own_network_is_not_vouched_for() -> None:
    assert not contact(Time()).seems_up()


def test_an_answer_vouches_for_a_while() -> None:
    time = Time()
    ours = contact(time)
    ours.heard()
    assert ours.seems_up()
    time.at += SILENCE + 1
    assert not ours.seems_up()


def test_a_lost_connection_says_so_at_once_and_the_next_answer_mends_it() -> None:
    ours = contact(Time())
    ours.heard()
    ours.lost()
    assert not ours.seems_up()
    ours.heard()
    assert ours.seems_up()


def test_while_telegram_gives_everything_to_somebody_else_our_network_works_and_we_are_not_served() -> None:
    time = Time()
    ours = contact(time)
    ours.heard()
    for _ in range(10):
        time.at += SILENCE / 2
        ours.refused()
    assert ours.seems_up()
    assert not ours.is_served()
    ours.heard()
    assert ours.is_served()
