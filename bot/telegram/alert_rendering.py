"""What the outbox tells, in the words and the language of whoever is told. One method for each ``Kind``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from bot.domain.failures import Failure, policy_of
from bot.domain.repeating import is_repeated
from bot.telegram.alert_keyboard import alert_keyboard, key_page_of, news_keyboard, quiet_keyboard, repeat_keyboard
from bot.telegram.alert_text import News, Subject, alert_text, loudness, subject_line, trouble_told
from bot.telegram.attention_text import then_lines
from bot.telegram.describing import NONE, Profiles, cause_of, isolated, moment, place_line, title_of
from bot.telegram.digest_words import digest_rendered
from bot.telegram.incident_text import again_text, incident_text, over_news
from bot.telegram.rendered import lines_of as _lines
from bot.telegram.rendered import rendered
from bot.telegram.secret_text import delete_by_hand_text, removed_text
from bot.telegram.sender import Edit, Rendered
from bot.telegram.shared_rendering import SharedRenderer, is_shared
from bot.telegram.texts import Html, Speaker, Texts, Value
from bot.usecases.acknowledge import Attention
from bot.usecases.audience import THEN
from bot.usecases.delivery import Alert, Kind, OutboxItem
from bot.usecases.ports import Clock, Person

ABOUT_ADDRESSES: Final = frozenset({Failure.IP_NOT_ALLOWED, Failure.AMBIGUOUS_AUTH})
"""Troubles that an address on the key's whitelist mends."""
IPS_ON_BUTTONS: Final = 3


class AlertRenderer:
    """``sender.Renderer``."""

    def __init__(self, texts: Texts, profiles: Profiles, clock: Clock, egress_ips: Sequence[str] = ()) -> None:
        self._texts = texts
        self._profiles = profiles
        self._clock = clock
        self._ips = tuple(egress_ips)
        self.shared = SharedRenderer(profiles, clock)
        self._render_kind: Mapping[Kind, Callable[[Speaker, OutboxItem, Alert | None], Rendered]] = {
            Kind.ALERT: self._alert,
            Kind.REPEAT: self._repeat,
            Kind.RECOVERED: self._recovered,
            Kind.INCIDENT: self._incident,
            Kind.INCIDENT_AGAIN: self._incident_again,
            Kind.INCIDENT_OVER: self._incident_over,
            Kind.UNSTEADY: self._unsteady,
            Kind.STEADY: self._steady,
            Kind.ROTATED: self._rotated,
            Kind.ROTATION_FAILED: self._rotation_failed,
            Kind.KEY_USED_ELSEWHERE: self._key_used_elsewhere,
            Kind.KEY_ENDING: self._key_ending,
            Kind.KEY_AGED: self._key_aged,
            Kind.DELETE_BY_HAND: self._delete_by_hand,
            Kind.SECRET_REMOVED: self._secret_removed,
            Kind.WAS_OFFLINE: self._was_offline,
            Kind.WAS_BLIND: self._was_blind,
            Kind.DIGEST: self._digest,
            Kind.OPERATOR: self._operator,
        }

    def __call__(self, item: OutboxItem, alert: Alert | None, person: Person | None) -> Rendered:
        """The message, ready to go. Groups, which are nobody, are spoken to in the default language."""
        say = self._texts.for_person(person)
        if is_shared(item):
            return self.shared(say, item, alert)
        return self._render_kind[item.kind](say, item, alert)

    # ------------------------------------------------------------------------------------------------------ connections

    def _alert(self, say: Speaker, item: OutboxItem, alert: Alert | None) -> Rendered:
        args, trouble = item.args, trouble_told(item.args)
        subject, gate, now = Subject.told(args), str(args["gate"]), self._clock.now()
        footer = Html("\n".join(then_lines(say, args.get(THEN, ()), now))) or None
        news = News(subject, trouble, float(args["since"]), now, gate)
        html = alert_text(say, news, self._profiles, self._ips, footer)
        if alert is None:
            return rendered(html)
        keyboard = self.keyboard(say, alert.id, subject, trouble.failure, gate)
        # Later news of the same trouble answers the first message and takes its buttons along.
        moved = (Edit(alert.message_id),) if alert.message_id is not None else ()
        return rendered(html, keyboard, edits=moved)

    def keyboard(
        self,
        say: Speaker,
        alert_id: str,
        subject: Subject,
        failure: Failure,
        gate: str,
        attention: Attention | None = None,
    ) -> InlineKeyboardMarkup:
        """The buttons under an alert, as they make sense now; ``attention`` is what people have done about it."""
        attention = attention or Attention()
        about_us = failure in ABOUT_ADDRESSES
        return alert_keyboard(
            say,
            alert_id,
            gate,
            our_ips=self._ips[:IPS_ON_BUTTONS] if about_us else (),
            key_page=self._key_page(subject),
            acknowledge=is_repeated(policy_of(failure).severity) and attention.acked_at is None,
            muted=attention.muted_until is not None,
        )

    def _repeat(self, say: Speaker, item: OutboxItem, alert: Alert | None) -> Rendered:
        args, trouble = item.args, trouble_told(item.args)
        subject, since = Subject.told(args), float(args["since"])
        html = _lines(
            say(f"repeat-{loudness(trouble.failure)}", label=isolated(subject.label)),
            subject_line(say, subject, self._profiles),
            Html(),
            cause_of(say, trouble, subject.place, self._profiles, self._ips),
            say("repeat-lasts", since=moment(since), duration=say.duration(self._clock.now() - since)),
            Html(),
            say("repeat-stop", next=say.duration(float(args["again_in"]))),
            *then_lines(say, args.get(THEN, ()), self._clock.now()),
        )
        return rendered(html, None if alert is None else repeat_keyboard(say, alert.id))

    def _recovered(self, say: Speaker, item: OutboxItem, alert: Alert | None) -> Rendered:
        args = item.args
        subject, gate = Subject.told(args), str(args["gate"])
        html = _lines(
            say("recovered-title", label=isolated(subject.label)),
            subject_line(say, subject, self._profiles),
            Html(),
            say("recovered-lasted", duration=say.duration(float(args["lasted"])), until=moment(float(args["until"]))),
            say(f"recovered-gate-{gate}"),
        )
        if alert is None:
            return rendered(html)
        keyboard = quiet_keyboard(say, alert.id, resume=gate == "paused_by_person")
        over = (Edit(alert.message_id, keyboard=quiet_keyboard(say, alert.id)),) if alert.message_id is not None else ()
        return rendered(html, keyboard, edits=over)

    def _incident(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return rendered(incident_text(say, item.args, self._clock.now(), self._profiles))

    def _incident_again(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return rendered(again_text(say, item.args, self._profiles))

    def _incident_over(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return rendered(over_news(say, item.args, self._profiles))

    def _unsteady(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        since = moment(float(item.args["since"]))
        return self._news(say, item, "unsteady", changes=int(item.args["changes"]), since=since)

    def _steady(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return self._news(say, item, "steady-well" if item.args["well"] else "steady-bad")

    def _rotated(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return self._news(say, item, "rotated", old_tail=str(item.args["old_tail"]))

    def _rotation_failed(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        place = Subject.told(item.args).place
        cause = cause_of(say, trouble_told(item.args), place, self._profiles, self._ips)
        return self._news(say, item, "rotation-failed", rotate=True, old_tail=str(item.args["old_tail"]), cause=cause)

    def _key_used_elsewhere(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return self._news(say, item, "key-used-elsewhere", rotate=True)

    def _key_ending(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        at, days = moment(float(item.args["expires_at"])), int(item.args["days"])
        return self._news(say, item, "key-ending", rotate=True, at=at, count=days)

    def _key_aged(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return self._news(say, item, "key-aged", rotate=True, age=say.duration(float(item.args["age"])))

    def _news(self, say: Speaker, item: OutboxItem, message: str, *, rotate: bool = False, **more: Value) -> Rendered:
        subject = Subject.told(item.args)
        html = say(
            say.at(subject.place.exchange, message),
            label=isolated(subject.label),
            place=place_line(say, subject.place, self._profiles),
            tail=subject.tail,
            exchange=title_of(subject.place.exchange, self._profiles),
            **more,
        )
        keyboard = None
        if item.connection_id is not None:
            keyboard = news_keyboard(say, item.connection_id, rotate=rotate, key_page=self._key_page(subject))
        return rendered(html, keyboard)

    def _key_page(self, subject: Subject) -> tuple[str, str] | None:
        place = subject.place
        return key_page_of(self._profiles.get(place.exchange), place.environment.value)

    # --------------------------------------------------------------------------------------------- secrets and absences

    def _delete_by_hand(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        message_id = item.args.get("message_id")
        return rendered(delete_by_hand_text(say, item.args), reply_to=int(message_id) if message_id else None)

    def _secret_removed(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return rendered(removed_text(say, item.args))

    def _was_offline(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return rendered(say("was-offline", away=say.duration(float(item.args["away"]))))

    def _was_blind(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        since, until = float(item.args["since"]), float(item.args["until"])
        lasted = say.duration(until - since)
        return rendered(say("was-blind", since=moment(since), until=moment(until), duration=lasted))

    def _digest(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        return digest_rendered(say, item.args)

    # -------------------------------------------------------------------------------------------------------- operators

    def _operator(self, say: Speaker, item: OutboxItem, _alert: Alert | None) -> Rendered:
        event = str(item.args.get("event", ""))
        if not say.knows(f"operator-{event}"):
            return rendered(say("operator-other", event=event))
        facts: dict[str, Value] = {name: str(value) or NONE for name, value in item.args.items() if name != "event"}
        facts |= {"count": int(item.args.get("count", 0)), "age": say.duration(float(item.args.get("age", 0)))}
        return rendered(say(f"operator-{event}", **facts))
