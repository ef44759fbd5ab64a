"""What a key may do, how sure we are of it, and everything else the exchange says of a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """One right of a key, in words that fit every exchange."""

    READ = "read"
    SPOT_TRADE = "spot_trade"
    FUTURES_TRADE = "futures_trade"
    MARGIN = "margin"
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"


class Grant(StrEnum):
    """Whether the key has the right. ``UNKNOWN`` is never read as off."""

    GRANTED = "granted"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """Where a grant comes from."""

    STATED = "stated"
    """The exchange says so."""
    INFERRED = "inferred"
    """A harmless probe showed it."""
    UNKNOWABLE = "unknowable"
    """The exchange has no way to tell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one permission of one key.

    Attributes:
        grant: whether the key has it.
        certainty: how we know.
        boxes: the tick boxes that are on and grant it, in the exchange's own words; of an unknown one, those that may.
    """

    grant: Grant
    certainty: Certainty
    boxes: tuple[str, ...] = ()


UNKNOWABLE = Finding(Grant.UNKNOWN, Certainty.UNKNOWABLE)


@dataclass(frozen=True, slots=True)
class KeyReport:
    """What the exchange says of a key.

    Attributes:
        findings: by permission; a permission that is missing here is unknown.
        ip_restricted: whether the key answers only to listed addresses; None where the exchange does not say.
        ip_list: those addresses; None where the exchange does not list them. Sealed at rest.
        expires_at: epoch seconds when the key, or its trading right, ends; None if never or not said.
        account_uid: the exchange's id of the account; None where it does not tell. Only its fingerprint is kept.
        label: the key's name at the exchange, if told.
        opens_live: whether the key opens the live account too, though it is used on testnet or demo: where an exchange
            has one key for all its worlds, real money is at stake in each of them.
    """

    findings: Mapping[Permission, Finding]
    ip_restricted: bool | None = None
    ip_list: tuple[str, ...] | None = field(default=None, repr=False)
    expires_at: float | None = None
    account_uid: str | None = field(default=None, repr=False)
    label: str | None = None
    opens_live: bool = False

    def of(self, permission: Permission) -> Finding:
        """What is known of one permission; unknown if nothing was said."""
        return self.findings.get(permission, UNKNOWABLE)

    def grants(self, permission: Permission) -> bool:
        """True only if the key surely has the permission."""
        return self.of(permission).grant is Grant.GRANTED

    def cannot_part(self, permission: Permission, other: Permission) -> bool:
        """Whether all boxes that grant ``permission`` grant ``other`` too, or may: nobody can have the other alone."""
        boxes, beside = set(self.of(permission).boxes), self.of(other)
        return (
            self.grants(permission) and beside.grant is not Grant.DENIED and bool(boxes) and boxes <= set(beside.boxes)
        )

    @property
    def transfers_with_trading(self) -> bool:
        """Whether the right to transfer is part of the right to trade, or even to read, and cannot be had off.

        Only adapters of exchanges where such transfers stay between the user's own accounts report it so.
        """
        rights = (Permission.READ, Permission.SPOT_TRADE, Permission.FUTURES_TRADE)
        return any(self.grants(right) and self.cannot_part(Permission.TRANSFER, right) for right in rights)
