"""A digest: its words, which say everything, and its picture, which shows the same."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain.digests import Every
from bot.domain.history import State, Uptime
from bot.telegram.describing import isolated, moment, unverified
from bot.telegram.history_words import overview_sheet, percent
from bot.telegram.rendered import rendered
from bot.telegram.sender import Rendered, utf16_length
from bot.telegram.texts import Html, Speaker, Texts
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.digest import SendDigests
from bot.usecases.pictures import HistoryPictures
from bot.usecases.ports import Person

log = logging.getLogger("latchkey.digest")

LONGEST_CAPTION: Final = 1024
_SIGNS: Final = {State.UP: "🟢", State.PAUSED: "⏸", State.ERROR: "🟠", State.REAUTH: "🔴", State.UNKNOWN: "⚪️"}


def digest_rendered(say: Speaker, args: Mapping[str, Any]) -> Rendered:
    """The words, as many as fit under a picture: what lies ahead is never left out for the sake of what was."""
    message = rendered(digest_text(say, args, 0))
    for left_out in range(1, len(args["connections"]) + 1):
        if utf16_length(message.plain) <= LONGEST_CAPTION:
            break
        message = rendered(digest_text(say, args, left_out))
    return message


def digest_text(say: Speaker, args: Mapping[str, Any], left_out: int) -> Html:
    """All of it, without the last few connections' lines."""
    connections = args["connections"]
    shown = connections[: len(connections) - left_out]
    lines = [say(f"digest-title-{args['every']}"), Html(), *(_line(say, each) for each in shown)]
    if more := int(args["more"]) + left_out:
        lines.append(say("digest-more", count=more))
    ahead = [line for each in connections for line in _ahead(say, each, float(args["at"]))]
    return Html("\n".join([*lines, Html(), *(ahead or [say("digest-nothing-ahead")])]))


def _line(say: Speaker, facts: Mapping[str, Any]) -> Html:
    uptime, changes = Uptime(*facts["uptime"]), int(facts["changes"])
    parts = [say("digest-share", share=percent(say, uptime)) if uptime.known else say("digest-unwatched")]
    if changes:
        parts.append(say("digest-changes", count=changes))
    # What was queued by an older version does not say it.
    parts += unverified(say, vouched=bool(facts.get("vouched")))
    sign = _SIGNS[State(facts["state"])]
    return say("digest-line", sign=sign, label=isolated(str(facts["label"])), what=Html(", ".join(parts)))


def _ahead(say: Speaker, facts: Mapping[str, Any], now: float) -> Iterator[Html]:
    label = isolated(str(facts["label"]))
    if "expires_at" in facts:
        yield say("digest-ending", label=label, at=moment(float(facts["expires_at"])))
    if "rotate_at" in facts:
        late = float(facts["rotate_at"]) <= now
        at, age = moment(float(facts["rotate_at"])), say.duration(float(facts["age"]))
        yield say("digest-rotate-now", label=label, age=age) if late else say("digest-rotate", label=label, at=at)


class DigestPicture:
    """Draws the picture of a digest at the moment it is sent; ``sender.Photographer``."""

    def __init__(self, digests: SendDigests, pictures: HistoryPictures, texts: Texts) -> None:
        self._digests = digests
        self._pictures = pictures
        self._texts = texts

    async def __call__(self, item: OutboxItem, person: Person | None) -> bytes | None:
        """A PNG; None for messages that have none. Whatever fails here, the words go alone."""
        if item.kind is not Kind.DIGEST:
            return None
        say = self._texts.for_person(person)
        every = Every(item.args["every"])
        try:
            looked = await self._digests.histories(item.chat_id, every, float(item.args["at"]))
            if not looked:
                return None
            return await self._pictures.draw(overview_sheet(say, say.plain("digest-picture-title"), looked))
        except Exception as error:  # noqa: BLE001 - a picture is no reason to keep the words back
            log.warning("digest.no_picture", extra={"item": item.id, "error": type(error).__name__})
            return None
