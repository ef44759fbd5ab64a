"""What is remembered of a key: for that key alone, as long as it holds, and without the key."""

from bot.domain.connection import Credential
from bot.domain.failures import Failure, Trouble
from bot.exchanges.memory import Memory

KEY = Credential("0x" + "a" * 40, "b" * 64)
DEAD = Trouble(Failure.INVALID_KEY)


class HandClock:
    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


async def test_a_finding_holds_until_it_is_too_old() -> None:
    clock = HandClock()
    memory = Memory(clock)
    memory.keep(KEY, "found")
    await clock.sleep(299)

    recalled = memory.recall(KEY)

    assert recalled is not None
    assert (recalled.found, recalled.holds(300), recalled.holds(299)) == ("found", True, False)


def test_a_trouble_holds_only_once_it_was_found_twice_in_a_row() -> None:
    memory = Memory(HandClock())
    held = []
    for found in (DEAD, DEAD, "well", DEAD, Trouble(Failure.KEY_EXPIRED), DEAD, DEAD):
        memory.keep(KEY, found)
        recalled = memory.recall(KEY)
        held.append(recalled is not None and recalled.holds(1))

    assert held == [False, True, True, False, False, False, True]


def test_each_part_of_a_credential_tells_it_from_others() -> None:
    memory = Memory(HandClock())
    memory.keep(KEY, "found")

    for other in (
        Credential(KEY.api_key, "c" * 64),
        Credential("0x" + "c" * 40, KEY.secret),
        Credential(KEY.api_key, KEY.secret, "phrase"),
        Credential(KEY.api_key + KEY.secret[:1], KEY.secret[1:]),
    ):
        assert memory.recall(other) is None


def test_nothing_of_the_key_is_in_it() -> None:
    memory = Memory(HandClock())
    memory.keep(KEY, "found")

    assert KEY.secret not in repr(vars(memory))
    assert KEY.secret.encode() not in b"".join(memory._found)
