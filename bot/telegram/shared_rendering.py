"""What those hear who do not own the connection, and what is told of who hears.

Label, exchange, market, environment, status and reason: nothing here leads to the key, to its page or to its owner.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from aiogram.types import InlineKeyboardMarkup

from bot.domain.connection import Connection, Environment, Market, Place
from bot.domain.failures import Failure, Trouble, policy_of
from bot.domain.repeating import is_repeated
from bot.domain.roles import Role
from bot.telegram.alert_keyboard import (
    news_keyboard,
    shared_keyboard,
    shared_quiet_keyboard,
    shared_repeat_keyboard,
)
from bot.telegram.alert_text import gate_word, loudness, trouble_told
from bot.telegram.describing import Profiles, answer_of, cause_of, isolated, moment, place_line, since_line
from bot.telegram.rendered import lines_of, rendered
from bot.telegram.sender import Edit, Rendered
from bot.telegram.texts import Html, Speaker, Value
from bot.usecases.acknowledge import Attention
from bot.usecases.audience import ROLE
from bot.usecases.delivery import Alert, Kind, OutboxItem
from bot.usecases.news_of_sharing import SharingEvent
from bot.usecases.ports import Clock

_TO_HEARERS: Final = frozenset({SharingEvent.REMOVED, SharingEvent.DISCONNECTED})


@dataclass(frozen=True, slots=True)
class Told:
    """A connection and its trouble, as far as those may know who do not own it."""

    label: str
    place: Place
    trouble: Trouble
    since: float
    gate: str

    @classmethod
    def of(cls, connection: Connection, trouble: Trouble) -> "Told":
        """As it is now."""
        health = connection.health
        since = health.trouble_since if health.trouble_since is not None else health.status_since
        bare = replace(trouble, seen_ip=None, boxes=())
        return cls(connection.label, connection.place, bare, since, gate_word(health))


def is_shared(item: OutboxItem) -> bool:
    """Whether it is told here: to somebody who is not the owner, or of sharing itself."""
    return item.kind is Kind.SHARING or item.args.get(ROLE, Role.OWNER) != Role.OWNER


class SharedRenderer:
    """``sender.Renderer`` for these. A kind that is for owners only cannot be rendered, and so is told to nobody."""

    def __init__(self, profiles: Profiles, clock: Clock) -> None:
        self._profiles = profiles
        self._clock = clock
        self._render_kind: Mapping[Kind, Callable[[Speaker, OutboxItem, Alert | None], Rendered]] = {
            Kind.ALERT: self._alert,
            Kind.REPEAT: self._repeat,
            Kind.RECOVERED: self._recovered,
            Kind.UNSTEADY: self._unsteady,
            Kind.STEADY: self._steady,
            Kind.SHARING: self._sharing,
        }

    def __call__(self, say: Speaker, item: OutboxItem, alert: Alert | None) -> Rendered:
        """The message, ready to go."""
        return self._render_kind[item.kind](say, item, alert)

    def text(self, say: Speaker, told: Told, footer: Html | None = None) -> Html:
        """A trouble in words; ``footer`` is what a later check found."""
        return Html("\n\n".join([*self._blocks(say, told), *([footer] if footer else [])]))

    def over_text(self, say: Speaker, connection: Connection, footer: Html) -> Html:
        """All is well again, as a check found."""
        title = say("alert-over", label=isolated(connection.label))
        return lines_of(title, place_line(say, connection.place, self._profiles), footer)

    def keyboard(
        self,
        say: Speaker,
        alert_id: str,
        role: Role,
        failure: Failure,
        gate: str,
        *,
        group: bool,
        attention: Attention | None = None,
    ) -> InlineKeyboardMarkup:
        """The buttons, by the role in which the chat hears. In a group an owner or an operator may be among them."""
        attention = attention or Attention()
        return shared_keyboard(
            say,
            alert_id,
            gate,
            controls=group or role is Role.OPERATOR,
            leave=role is Role.SUBSCRIBER,
            acknowledge=is_repeated(policy_of(failure).severity) and attention.acked_at is None,
            muted=attention.muted_until is not None,
        )

    def quiet_keyboard(
        self, say: Speaker, alert_id: str, role: Role, gate: str, *, group: bool
    ) -> InlineKeyboardMarkup | None:
        """What is left of them when the trouble is over."""
        resume = gate == "paused_by_person" and (group or role is Role.OPERATOR)
        return shared_quiet_keyboard(say, alert_id, resume=resume)

    # ------------------------------------------------------------------------------------------------------------ kinds

    def _alert(self, say: Speaker, item: OutboxItem, alert: Alert | None) -> Rendered:
        args, place = item.args, _place(item.args)
        told = Told(str(args["label"]), place, trouble_told(args), float(args["since"]), str(args["gate"]))
        html = self.text(say, told, say("alert-escalated") if args.get("escalated") else None)
        if alert is None:
            return rendered(html)
        keyboard = self.keyboard(say, alert.id, _role(args), told.trouble.failure, told.gate, group=item.chat_id < 0)
        moved = (Edit(alert.message_id),) if alert.message_id is not None else ()
        return rendered(html, keyboard, edits=moved)

    def _repeat(self, say: Speaker, item: OutboxItem, alert: Alert | None) -> Rendered:
        args, place, trouble, since = item.args, _place(item.args), trouble_told(item.args), float(item.args["since"])
        controls = item.chat_id < 0 or _role(args) is Role.OPERATOR
        again = say.duration(float(args["again_in"]))
        html = lines_of(
            say(f"repeat-{loudness(trouble.failure)}", label=isolated(str(args["label"]))),
            place_line(say, place, self._profiles),
            Html(),
            cause_of(say, trouble, place, self._profiles),
            say("repeat-lasts", since=moment(since), duration=say.duration(self._clock.now() - since)),
            Html(),
            say("repeat-stop" if controls else "shared-repeat-stop", next=again),
        )
        return rendered(html, None if alert is None else shared_repeat_keyboard(say, alert.id, controls=controls))

    def _recovered(self, say: Speaker, item: OutboxItem, alert: Alert | None) -> Rendered:
        args, gate = item.args, str(item.args["gate"])
        html = lines_of(
            say("recovered-title", label=isolated(str(args["label"]))),
            place_line(say, _place(args), self._profiles),
            Html(),
            say("recovered-lasted", duration=say.duration(float(args["lasted"])), until=moment(float(args["until"]))),
            say(f"shared-recovered-gate-{gate}"),
        )
        if alert is None:
            return rendered(html)
        keyboard = self.quiet_keyboard(say, alert.id, _role(args), gate, group=item.chat_id < 0)
        return rendered(html, keyboard, edits=(Edit(alert.message_id),) if alert.message_id is not None else ())

    def _unsteady(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        since = moment(float(item.args["since"]))
        return self._news(say, item, "unsteady", changes=int(item.args["changes"]), since=since)

    def _steady(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return self._news(say, item, "steady-well" if item.args["well"] else "steady-bad")

    def _news(self, say: Speaker, item: OutboxItem, message: str, **more: Value) -> Rendered:
        args = item.args
        place = Place(args["exchange"], Market(args["market"]), Environment(args["environment"]))
        line = place_line(say, place, self._profiles)
        return rendered(say(message, label=isolated(args["label"]), place=line, **more))

    def _sharing(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        args, event = item.args, SharingEvent(item.args["event"])
        html = say(
            f"sharing-told-{event.value}",
            label=isolated(str(args["label"])),
            place=place_line(say, _place(args), self._profiles),
            name=isolated(str(args.get("name", ""))),
        )
        if event in _TO_HEARERS or item.connection_id is None:
            return rendered(html)
        return rendered(html, news_keyboard(say, item.connection_id))

    def _blocks(self, say: Speaker, told: Told) -> Iterator[Html]:
        title = say(f"alert-{loudness(told.trouble.failure)}", label=isolated(told.label))
        yield lines_of(title, place_line(say, told.place, self._profiles))
        why = [cause_of(say, told.trouble, told.place, self._profiles)]
        if answer := answer_of(say, told.trouble, told.place.exchange, self._profiles):
            why.append(answer)
        why.append(since_line(say, told.since, self._clock.now()))
        yield lines_of(*why)
        yield lines_of(say(f"shared-gate-{told.gate}"), say("shared-owner-knows"))


def _place(args: Mapping[str, Any]) -> Place:
    return Place(str(args["exchange"]), Market(args["market"]), Environment(args["environment"]))


def _role(args: Mapping[str, Any]) -> Role:
    return Role(args.get(ROLE, Role.SUBSCRIBER))
