"""Between rows and the words of the domain.

A row is read by position, in the order of the ``*_COLUMNS`` beside each function: thousands are read every second, and
looking columns up by name costs more than the query.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from bot.domain.connection import Connection, ConnectionId, Environment, Market, Place, Purpose
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Flip, Gate, Health, PausedBy, Side, Status
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.store.tables import connections, credentials, flips
from bot.usecases.ports import SealedCredential

_c = connections.c

HEALTH_COLUMNS = (
    _c.status,
    _c.gate,
    _c.status_since,
    _c.gate_since,
    _c.paused_by,
    _c.trouble,
    _c.streak,
    _c.trouble_since,
    _c.told,
)
CONNECTION_COLUMNS = (
    _c.id,
    _c.owner_id,
    _c.exchange,
    _c.market,
    _c.environment,
    _c.purpose,
    _c.label,
    credentials.c.key_tail,
    _c.revision,
    _c.report,
    _c.created_at,
    _c.withdrawal_unverified,
    _c.latency,
    _c.last_probe_at,
    _c.last_ok_at,
    _c.previous_revision,
    *HEALTH_COLUMNS,
)
CREDENTIAL_COLUMNS = (
    credentials.c.connection_id,
    credentials.c.revision,
    credentials.c.sealed,
    credentials.c.term,
    credentials.c.fingerprint,
    credentials.c.key_tail,
    credentials.c.account,
)
FLIP_COLUMNS = (flips.c.side, flips.c.old, flips.c.new, flips.c.at, flips.c.trouble, flips.c.by)


def health_of(row: Sequence[Any]) -> Health:
    """Reads ``HEALTH_COLUMNS``."""
    status, gate, status_since, gate_since, paused_by, trouble, streak, trouble_since, told = row
    return Health(
        Status(status),
        Gate(gate),
        status_since,
        gate_since,
        None if paused_by is None else PausedBy(paused_by),
        None if trouble is None else trouble_of(trouble),
        streak,
        trouble_since,
        told,
    )


def health_row(health: Health) -> dict[str, Any]:
    """Writes ``HEALTH_COLUMNS``."""
    return {
        "status": health.status,
        "gate": health.gate,
        "status_since": health.status_since,
        "gate_since": health.gate_since,
        "paused_by": health.paused_by,
        "trouble": None if health.trouble is None else trouble_text(health.trouble),
        "streak": health.streak,
        "trouble_since": health.trouble_since,
        "told": health.told,
    }


def connection_of(row: Sequence[Any]) -> Connection:
    """Reads ``CONNECTION_COLUMNS``."""
    (
        connection_id,
        owner_id,
        exchange,
        market,
        environment,
        purpose,
        label,
        key_tail,
        revision,
        report,
        created_at,
        withdrawal_unverified,
        latency,
        last_probe_at,
        last_ok_at,
        previous_revision,
        *health,
    ) = row
    return Connection(
        id=ConnectionId(connection_id),
        owner_id=owner_id,
        place=place_of(exchange, market, environment),
        purpose=Purpose(purpose),
        label=label,
        key_tail=key_tail,
        revision=revision,
        health=health_of(health),
        report=report_of(report),
        created_at=created_at,
        withdrawal_unverified=withdrawal_unverified,
        latency=latency,
        last_probe_at=last_probe_at,
        last_ok_at=last_ok_at,
        rotating=previous_revision is not None,
    )


def connection_row(connection: Connection) -> dict[str, Any]:
    """A new row of ``connections``."""
    return {
        "id": connection.id,
        "owner_id": connection.owner_id,
        "exchange": connection.place.exchange,
        "market": connection.place.market,
        "environment": connection.place.environment,
        "purpose": connection.purpose,
        "label": connection.label,
        "created_at": connection.created_at,
        "withdrawal_unverified": connection.withdrawal_unverified,
        "revision": connection.revision,
        "previous_revision": None,
        "last_revision": connection.revision,
        "latency": connection.latency,
        "last_probe_at": connection.last_probe_at,
        "last_ok_at": connection.last_ok_at,
        "report": report_text(connection.report),
        "sealed_ip_list": None,
        **health_row(connection.health),
    }


def place_of(exchange: str, market: str, environment: str) -> Place:
    """Where a key is used."""
    return Place(exchange, Market(market), Environment(environment))


def credential_of(row: Sequence[Any]) -> SealedCredential:
    """Reads ``CREDENTIAL_COLUMNS``."""
    connection_id, revision, sealed, term, fingerprint, key_tail, account = row
    return SealedCredential(ConnectionId(connection_id), revision, sealed, term, fingerprint, key_tail, account)


def credential_row(credential: SealedCredential) -> dict[str, Any]:
    """A row of ``credentials``."""
    return {
        "connection_id": credential.connection_id,
        "revision": credential.revision,
        "sealed": credential.record,
        "term": credential.term,
        "fingerprint": credential.fingerprint,
        "key_tail": credential.key_tail,
        "account": credential.account,
    }


def flip_of(row: Sequence[Any]) -> Flip:
    """Reads ``FLIP_COLUMNS``."""
    side, old, new, at, trouble, by = row
    return Flip(Side(side), old, new, at, None if trouble is None else trouble_of(trouble), by)


def flip_row(connection_id: ConnectionId, flip: Flip) -> dict[str, Any]:
    """A new row of ``flips``."""
    return {
        "connection_id": connection_id,
        "side": flip.side,
        "old": flip.old,
        "new": flip.new,
        "at": flip.at,
        "trouble": None if flip.trouble is None else trouble_text(flip.trouble),
        "by": flip.by,
    }


def trouble_text(trouble: Trouble) -> str:
    """A trouble as JSON."""
    return json_text(
        {
            "failure": trouble.failure,
            "code": trouble.code,
            "reason": trouble.reason,
            "seen_ip": trouble.seen_ip,
            "retry_after": trouble.retry_after,
            "boxes": trouble.boxes,
        }
    )


def trouble_of(text: str) -> Trouble:
    """A trouble from JSON."""
    facts = orjson.loads(text)
    return Trouble(
        Failure(facts["failure"]),
        facts["code"],
        facts["reason"],
        facts["seen_ip"],
        facts["retry_after"],
        tuple(facts["boxes"]),
    )


def report_text(report: KeyReport) -> str:
    """A key report as JSON, by allow-list: the IP list and the account's id have no place in a readable column."""
    return json_text(
        {
            "findings": {
                permission.value: [finding.grant, finding.certainty, finding.boxes]
                for permission, finding in report.findings.items()
            },
            "ip_restricted": report.ip_restricted,
            "expires_at": report.expires_at,
            "label": report.label,
            "opens_live": report.opens_live,
        }
    )


def report_of(text: str) -> KeyReport:
    """A key report from JSON."""
    facts = orjson.loads(text)
    return KeyReport(
        findings={
            Permission(permission): Finding(Grant(grant), Certainty(certainty), tuple(boxes))
            for permission, (grant, certainty, boxes) in facts["findings"].items()
        },
        ip_restricted=facts["ip_restricted"],
        expires_at=facts["expires_at"],
        label=facts["label"],
        # Rows from before this was written down.
        opens_live=facts.get("opens_live", False),
    )


def json_text(value: Any) -> str:
    """Compact JSON. Raises ``TypeError`` for what JSON cannot hold, never a lossy copy."""
    return orjson.dumps(value).decode()
