"""Rows as the use cases would write them; only what a test is about needs to be said."""

import os
from dataclasses import replace
from itertools import count
from typing import Any

from bot.domain.connection import Connection, ConnectionId, Environment, Market, Place, Purpose
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Flip, Health, Side
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.usecases.delivery import Alert, Kind, OutboxItem
from bot.usecases.ports import Deletion, InboxRow, SealedCredential
from bot.usecases.storage import ProbeRecord, Store

NOW = 1_800_000_000.0
ALICE = 5_000_000_001
BOB = 5_000_000_002

REPORT = KeyReport(
    findings={
        Permission.READ: Finding(Grant.GRANTED, Certainty.STATED, ("Enable Reading",)),
        Permission.SPOT_TRADE: Finding(Grant.GRANTED, Certainty.INFERRED, ("Enable Spot & Margin Trading",)),
        Permission.WITHDRAW: Finding(Grant.DENIED, Certainty.STATED),
        Permission.TRANSFER: Finding(Grant.UNKNOWN, Certainty.UNKNOWABLE),
    },
    ip_restricted=True,
    opens_live=True,
    expires_at=NOW + 90 * 86400,
    label="main key",
)
REVOKED = Trouble(
    Failure.INVALID_KEY, code="-2015", reason="Invalid API-key", seen_ip="203.0.113.7", boxes=("Enable Reading",)
)
_numbers = count(1)


def connection(owner_id: int = ALICE, **facts: Any) -> Connection:
    """A connection of Alice's, fresh and well."""
    plain = Connection(
        id=ConnectionId(f"{next(_numbers):032x}"),
        owner_id=owner_id,
        place=Place("binance", Market.SPOT, Environment.LIVE),
        purpose=Purpose.TRADE,
        label="Binance Spot Main",
        key_tail="x7Qz",
        revision=1,
        health=Health.new(NOW),
        report=REPORT,
        created_at=NOW,
    )
    return replace(plain, **facts)


def credential(of: Connection, **facts: Any) -> SealedCredential:
    """The first credential of a connection."""
    plain = SealedCredential(
        connection_id=of.id,
        revision=1,
        record=os.urandom(320),
        term=7,
        fingerprint=os.urandom(32).hex(),
        key_tail=of.key_tail,
        account=os.urandom(32).hex(),
    )
    return replace(plain, **facts)


async def connected(store: Store, owner_id: int = ALICE, **facts: Any) -> Connection:
    """A connection that is in the store already."""
    new = connection(owner_id, **facts)
    async with store.transaction() as tx:
        await tx.connections.add(new, credential(new))
    return new


def probe_record(of: Connection, **facts: Any) -> ProbeRecord:
    """A good probe a minute later."""
    plain = ProbeRecord(id=of.id, health=of.health, ok=True, answered_at=NOW + 60, latency=0.2)
    return replace(plain, **facts)


def flip(at: float = NOW, side: Side = Side.STATUS, **facts: Any) -> Flip:
    """A key that stopped working."""
    return replace(Flip(side, "connected", "reauth_needed", at, REVOKED), **facts)


def alert(of: Connection, **facts: Any) -> Alert:
    """A trouble as told in Alice's chat."""
    plain = Alert(f"alert-{next(_numbers):010}", of.id, ALICE, Failure.INVALID_KEY.value, opened_at=NOW, flip_id=1)
    return replace(plain, **facts)


def message(chat_id: int = ALICE, **facts: Any) -> OutboxItem:
    """A message that is due at once."""
    plain = OutboxItem(
        id=0,
        chat_id=chat_id,
        kind=Kind.ALERT,
        args={"label": "Binance Spot Main", "lasted": 61.5, "boxes": ["Enable Reading"], "code": None},
        created_at=NOW,
        not_before=NOW,
    )
    return replace(plain, **facts)


def update(update_id: int, **facts: Any) -> InboxRow:
    """An ordinary update."""
    plain = InboxRow(update_id, NOW, chat_id=ALICE, user_id=ALICE, message_id=update_id, payload=b"boxed")
    return replace(plain, **facts)


def deletion(message_id: int, **facts: Any) -> Deletion:
    """A message of Alice's that answered a question for a secret."""
    plain = Deletion(ALICE, message_id, ALICE, "answer", sent_at=NOW - 1, seen_at=NOW, private=True, asked=True)
    return replace(plain, **facts)
