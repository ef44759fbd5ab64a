"""The health of a connection: a pure state machine from probe results to flips and news.

The states a person sees are ``status`` and ``gate``; the rest is memory between probes.

- A failure that may pass flips the status to ``error`` at once, so the card tells the truth, and is told only when it
  lasts (``Patience.lasting`` probes in a row). The gate pauses at that moment too: one slow answer is no reason to stop
  anybody's trading.
- A failure the user must mend is confirmed by one more probe within seconds, then flips to ``reauth_needed``, pauses
  the gate and is told.
- A right to withdraw or transfer is stated by the exchange itself: believed, paused and told at once.
- A key that stays dead is looked at less and less often, down to every fifteenth turn: exchanges lock out who knocks
  with dead keys. A dangerous right is no dead key, and is looked at as often as ever.
- Our own network trouble changes nothing and blames nobody.
- A good probe flips everything back by itself, and is told if the trouble was. The gate reopens unless a person
  paused it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.failures import Retry, Trouble, policy_of


class Status(StrEnum):
    """Whether the key works."""

    CONNECTED = "connected"
    ERROR = "error"
    """Transient: it may pass by itself."""
    REAUTH_NEEDED = "reauth_needed"
    """The user must act."""


class Gate(StrEnum):
    """Whether trading may go through the connection. Pausing stops new orders, never the watch, and never an exit."""

    OPEN = "open"
    PAUSED = "paused"


class PausedBy(StrEnum):
    """Who paused the gate: only what the watch paused, the watch reopens."""

    PERSON = "person"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Health:
    """What is remembered of a connection between probes.

    Attributes:
        status_since: epoch seconds of the last change of status.
        gate_since: epoch seconds of the last change of gate.
        trouble: why the status is not ``connected``, or what is being confirmed.
        streak: bad probes in a row.
        trouble_since: epoch seconds of the first bad probe of the present trouble.
        told: an alert was made for the present trouble, so its end will be told too.
    """

    status: Status
    gate: Gate
    status_since: float
    gate_since: float
    paused_by: PausedBy | None = None
    trouble: Trouble | None = None
    streak: int = 0
    trouble_since: float | None = None
    told: bool = False

    @classmethod
    def new(cls, now: float) -> "Health":
        """A connection just accepted: connected, gate open."""
        return cls(Status.CONNECTED, Gate.OPEN, status_since=now, gate_since=now)


@dataclass(frozen=True, slots=True)
class Patience:
    """How much is needed before a failure is believed.

    Attributes:
        lasting: bad probes in a row before a transient failure is told.
        confirm_after: seconds until the probe that confirms a failure the user must mend; at most 10.
    """

    lasting: int = 3
    confirm_after: float = 5.0


KEEN = 6
"""Bad probes in a row of a key its owner must mend before turns are left out: who mends it at once sees it at once."""
RAREST = 15
"""Turns from one look at a dead key to the next, at most: a quarter of an hour at a check a minute."""


class Side(StrEnum):
    """Which of the two visible states a flip changes."""

    STATUS = "status"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Flip:
    """A change of status or gate: alerts are made from flips and nothing else.

    Attributes:
        at: epoch seconds.
        trouble: the reason, if the change is for the worse.
        by: the Telegram id of the person who did it; None for the watch.
    """

    side: Side
    old: str
    new: str
    at: float
    trouble: Trouble | None = None
    by: int | None = None


class News(StrEnum):
    """What the people concerned are to be told."""

    TROUBLE = "trouble"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of one probe for one connection.

    Attributes:
        health: the new memory.
        flips: what changed, in order.
        news: what is to be told, if anything.
        about: the trouble that is told, or that has ended.
        probe_again_in: seconds until an extra probe, if one is needed to confirm.
        lasted: seconds the trouble lasted, with ``News.RECOVERED``.
        rest: turns of the watch to leave out before the next look.
    """

    health: Health
    flips: tuple[Flip, ...] = ()
    news: News | None = None
    about: Trouble | None = None
    probe_again_in: float | None = None
    lasted: float | None = None
    rest: int = 0


def next_state(health: Health, trouble: Trouble | None, now: float, patience: Patience | None = None) -> Step:
    """Where one probe leads.

    Args:
        health: the memory before it.
        trouble: what was wrong; None after a good probe.
        now: epoch seconds.
        patience: the thresholds; the defaults if None.
    """
    patience = patience or Patience()
    if trouble is None:
        return _recover(health, now)
    policy = policy_of(trouble.failure)
    if policy.retry is Retry.SKIP:
        return Step(health)
    if policy.user_must_act:
        return _must_act(health, trouble, now, patience, at_once=policy.retry is Retry.AT_ONCE)
    return _may_pass(health, trouble, now, patience)


def _recover(health: Health, now: float) -> Step:
    if health.status is Status.CONNECTED and health.streak == 0:
        return Step(health)
    since = health.trouble_since if health.trouble_since is not None else health.status_since
    well = replace(health, trouble=None, streak=0, trouble_since=None, told=False)
    well, flips = _flip_status(well, Status.CONNECTED, now, None)
    if health.paused_by is PausedBy.WATCH:
        well, more = _flip_gate(well, Gate.OPEN, now, None, None)
        flips += more
    if health.told:
        return Step(well, flips, News.RECOVERED, health.trouble, lasted=now - since)
    return Step(well, flips)


def _must_act(health: Health, trouble: Trouble, now: float, patience: Patience, *, at_once: bool) -> Step:
    if health.status is Status.REAUTH_NEEDED:
        return _stays_broken(health, trouble, now, at_once=at_once)
    before = health.trouble
    confirmed = before is not None and policy_of(before.failure).user_must_act
    sick = replace(health, trouble=trouble, streak=health.streak + 1, trouble_since=_or(health.trouble_since, now))
    if not (at_once or confirmed):
        return Step(sick, probe_again_in=patience.confirm_after)
    sick = replace(sick, told=True)
    sick, flips = _flip_status(sick, Status.REAUTH_NEEDED, now, trouble)
    sick, more = _pause_by_watch(sick, now, trouble)
    return Step(sick, flips + more, News.TROUBLE, trouble)


def _stays_broken(health: Health, trouble: Trouble, now: float, *, at_once: bool) -> Step:
    """Already waiting for the user: told again only when the danger is new."""
    before = health.trouble.failure if health.trouble else None
    sick = replace(health, trouble=trouble, streak=health.streak + 1, told=True)
    if not at_once:
        return Step(sick, rest=_rest(sick.streak))
    if before is trouble.failure:
        return Step(sick)
    sick, flips = _pause_by_watch(sick, now, trouble)
    again = Flip(Side.STATUS, Status.REAUTH_NEEDED, Status.REAUTH_NEEDED, now, trouble)
    return Step(sick, (again, *flips), News.TROUBLE, trouble)


def _rest(streak: int) -> int:
    return min(2 ** (streak - KEEN), RAREST) - 1 if streak > KEEN else 0


def _may_pass(health: Health, trouble: Trouble, now: float, patience: Patience) -> Step:
    if health.status is Status.REAUTH_NEEDED:
        return Step(health)  # an outage cures no key: what the user must mend stays on the card
    suspected = health.trouble if health.trouble and policy_of(health.trouble.failure).user_must_act else None
    # A key under suspicion stays so through an outage: the next answer of the exchange confirms or clears it.
    sick = replace(
        health,
        trouble=suspected or trouble,
        streak=health.streak + 1,
        trouble_since=_or(health.trouble_since, now),
    )
    sick, flips = _flip_status(sick, Status.ERROR, now, trouble)
    if sick.told or sick.streak < patience.lasting:
        return Step(sick, flips)
    sick = replace(sick, told=True)
    sick, more = _pause_by_watch(sick, now, trouble)
    return Step(sick, flips + more, News.TROUBLE, trouble)


def pause(health: Health, now: float, by: int) -> Step:
    """A person stops trading through the connection. It stays so until a person resumes it."""
    held, flips = _flip_gate(health, Gate.PAUSED, now, None, by)
    return Step(replace(held, paused_by=PausedBy.PERSON), flips)


def resume(health: Health, now: float, by: int) -> Step:
    """A person lets trading go on: at once if the key is well, otherwise as soon as the watch sees it recover."""
    if health.gate is Gate.OPEN:
        return Step(health)
    if health.told:
        return Step(replace(health, paused_by=PausedBy.WATCH))
    opened, flips = _flip_gate(health, Gate.OPEN, now, None, by)
    return Step(opened, flips)


def _flip_status(health: Health, new: Status, now: float, trouble: Trouble | None) -> tuple[Health, tuple[Flip, ...]]:
    if health.status is new:
        return health, ()
    flip = Flip(Side.STATUS, health.status, new, now, trouble)
    return replace(health, status=new, status_since=now), (flip,)


def _pause_by_watch(health: Health, now: float, trouble: Trouble) -> tuple[Health, tuple[Flip, ...]]:
    if health.gate is Gate.PAUSED:
        return health, ()
    paused, flips = _flip_gate(health, Gate.PAUSED, now, trouble, None)
    return replace(paused, paused_by=PausedBy.WATCH), flips


def _flip_gate(
    health: Health, new: Gate, now: float, trouble: Trouble | None, by: int | None
) -> tuple[Health, tuple[Flip, ...]]:
    if health.gate is new:
        return health, ()
    flip = Flip(Side.GATE, health.gate, new, now, trouble, by)
    return replace(health, gate=new, gate_since=now, paused_by=None), (flip,)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
