"""What goes to somebody else's chat never holds what only the owner may know, whatever is posted."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.connection import Connection, ConnectionId, Environment, Market, Place, Purpose
from bot.domain.health import Health
from bot.domain.permissions import KeyReport
from bot.usecases.audience import facts_for

ALICE = 1001
CONNECTION = Connection(
    ConnectionId("c" * 32),
    ALICE,
    Place("binance", Market.SPOT, Environment.LIVE),
    Purpose.TRADE,
    "Main",
    "…x7Qz",
    1,
    Health.new(0.0),
    KeyReport({}),
    0.0,
)
OWNERS_ONLY = {"tail", "old_tail", "seen_ip", "boxes", "then"}
FACTS = st.dictionaries(st.sampled_from(["label", "failure", "role", "gate", *sorted(OWNERS_ONLY)]), st.text())
CHATS = st.integers(-(2**52), 2**52)


@given(FACTS, CHATS.filter(lambda chat: chat != ALICE))
def test_nobody_else_is_told_what_leads_to_the_key(facts: dict[str, str], chat: int) -> None:
    told = facts_for(CONNECTION, chat, facts)
    assert not OWNERS_ONLY & told.keys()
    assert {name: told[name] for name in facts.keys() - OWNERS_ONLY} == {
        name: facts[name] for name in facts.keys() - OWNERS_ONLY
    }
    assert "role" in told


@given(FACTS)
def test_the_owner_is_told_all(facts: dict[str, str]) -> None:
    assert facts_for(CONNECTION, ALICE, facts) == facts
