"""The closed list of what can be wrong with a key, a check or the way to the exchange, and what follows from each.

One entry per failure, in one table. The sentences people read are in the locales, under ``failure-<name>`` (cause) and
``remedy-<name>`` (what to do); a test holds the two lists together.
"""

from dataclasses import dataclass
from enum import StrEnum


class Failure(StrEnum):
    """The cause of a failed probe or validation."""

    INVALID_KEY = "invalid_key"
    BAD_SIGNATURE = "bad_signature"
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - the name of a failure
    KEY_EXPIRED = "key_expired"
    IP_NOT_ALLOWED = "ip_not_allowed"
    NO_READ_PERMISSION = "no_read_permission"
    NO_TRADE_PERMISSION = "no_trade_permission"
    WRONG_MARKET = "wrong_market"
    WITHDRAW_ENABLED = "withdraw_enabled"
    TRANSFER_ENABLED = "transfer_enabled"
    PERMISSIONS_UNKNOWN = "permissions_unknown"
    AMBIGUOUS_AUTH = "ambiguous_auth"
    ACCOUNT_SUSPENDED = "account_suspended"
    CLOCK_SKEW = "clock_skew"
    RATE_LIMITED = "rate_limited"
    BANNED = "banned"
    REGION_BLOCKED = "region_blocked"
    EXCHANGE_UNAVAILABLE = "exchange_unavailable"
    MAINTENANCE = "maintenance"
    NETWORK_DOWN = "network_down"
    MALFORMED_CREDENTIAL = "malformed_credential"
    UNEXPECTED = "unexpected"


class Severity(StrEnum):
    """How loud the news of a failure is."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Retry(StrEnum):
    """When a failure is believed, and when the next probe comes."""

    AT_ONCE = "at_once"
    """Believed at once: the exchange itself stated something dangerous."""
    CONFIRM = "confirm"
    """Believed after one more probe within seconds says so too."""
    KEEP = "keep"
    """May pass by itself: probed at the usual pace, told when it lasts."""
    BACK_OFF = "back_off"
    """As KEEP, and everybody stays away from that exchange for a while."""
    SKIP = "skip"
    """Our own trouble: no key is blamed, nothing changes."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What follows from a failure."""

    severity: Severity
    user_must_act: bool
    retry: Retry


_THEIRS = Policy(Severity.CRITICAL, user_must_act=True, retry=Retry.CONFIRM)
_DANGER = Policy(Severity.CRITICAL, user_must_act=True, retry=Retry.AT_ONCE)
_PASSING = Policy(Severity.WARNING, user_must_act=False, retry=Retry.KEEP)
_CROWDED = Policy(Severity.WARNING, user_must_act=False, retry=Retry.BACK_OFF)

POLICIES: dict[Failure, Policy] = {
    Failure.INVALID_KEY: _THEIRS,
    Failure.BAD_SIGNATURE: _THEIRS,
    Failure.WRONG_PASSPHRASE: _THEIRS,
    Failure.KEY_EXPIRED: _THEIRS,
    Failure.IP_NOT_ALLOWED: _THEIRS,
    Failure.NO_READ_PERMISSION: _THEIRS,
    Failure.NO_TRADE_PERMISSION: _THEIRS,
    Failure.WRONG_MARKET: _THEIRS,
    Failure.WITHDRAW_ENABLED: _DANGER,
    Failure.TRANSFER_ENABLED: _DANGER,
    Failure.PERMISSIONS_UNKNOWN: _PASSING,
    Failure.AMBIGUOUS_AUTH: _THEIRS,
    Failure.ACCOUNT_SUSPENDED: _THEIRS,
    Failure.CLOCK_SKEW: _PASSING,
    Failure.RATE_LIMITED: _CROWDED,
    Failure.BANNED: _CROWDED,
    Failure.REGION_BLOCKED: _PASSING,
    Failure.EXCHANGE_UNAVAILABLE: _PASSING,
    Failure.MAINTENANCE: _PASSING,
    Failure.NETWORK_DOWN: Policy(Severity.INFO, user_must_act=False, retry=Retry.SKIP),
    Failure.MALFORMED_CREDENTIAL: _THEIRS,
    Failure.UNEXPECTED: _PASSING,
}


def policy_of(failure: Failure) -> Policy:
    """The one entry for a failure."""
    return POLICIES[failure]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure with the little that may be shown of it.

    Attributes:
        failure: the cause.
        code: the exchange's own code, such as ``-2015`` or ``HTTP 503``.
        reason: the exchange's own words, scrubbed of anything that could be a secret and cut to 160 characters.
        seen_ip: our address as the exchange saw it, where it says so.
        retry_after: seconds to stay away, where the exchange says so.
        boxes: the tick boxes concerned, in the exchange's own words.
    """

    failure: Failure
    code: str | None = None
    reason: str | None = None
    seen_ip: str | None = None
    retry_after: float | None = None
    boxes: tuple[str, ...] = ()


class ExchangeTrouble(Exception):  # noqa: N818 - it is the field's word; "TroubleError" would say it twice
    """Raised by an exchange adapter, always ``from None``: its text is ours, nothing in it is from the exchange."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.failure.value)
        self.trouble = trouble
