"""A history in words: those in its picture, and those under it, which say the same to whoever cannot see it.

A picture shows one time to everybody, so its hours are UTC and said to be; under it each moment is the reader's own.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.domain.connection import Connection
from bot.domain.health import Flip, Gate, Side, Status
from bot.domain.history import Cell, History, Span, State, Uptime, hundredths
from bot.telegram.describing import Profiles, badge, isolated, market_name, moment, place_line, title_of
from bot.telegram.texts import Html, Speaker
from bot.usecases.history import LookedBack
from bot.usecases.pictures import Latency, Sheet, Strip

FLIPS_IN_PICTURE: Final = 4
FLIPS_IN_CAPTION: Final = 5
"""A caption takes 1,024 characters."""
SECOND: Final = 1000
NEARLY_ALL: Final = 0.995
TICK_HOURS: Final = 6
TICK_DAYS: Final = {Span.WEEK: 1, Span.QUARTER: 15}

_STATE_AFTER: Final = {
    (Side.STATUS, Status.CONNECTED): State.UP,
    (Side.STATUS, Status.ERROR): State.ERROR,
    (Side.STATUS, Status.REAUTH_NEEDED): State.REAUTH,
    (Side.GATE, Gate.OPEN): State.UP,
    (Side.GATE, Gate.PAUSED): State.PAUSED,
}


def history_sheet(say: Speaker, looked: LookedBack, profiles: Profiles) -> Sheet:
    """The picture of one connection."""
    connection, history = looked.connection, looked.history
    strip = Strip(say.plain(f"history-strip-{_name(history.span)}"), _watched(say, history.uptime), history.cells)
    return Sheet(
        title=connection.label,
        subtitle=_place(say, connection, profiles),
        figure=percent(say, history.uptime),
        figure_says=say.plain("history-figure" if history.uptime.known else "history-figure-none"),
        strips=(strip,),
        ticks=_ticks(say, history.cells, history.span),
        legend=_legend(say, history.cells),
        latency=_latency(say, history),
        changes_title=say.plain("history-changes"),
        changes=tuple(_change(say, flip) for flip in history.flips[:FLIPS_IN_PICTURE]),
        footer=say.plain("history-footer", at=_day_and_time(say, looked.now)),
    )


def overview_sheet(say: Speaker, title: str, looked: Sequence[LookedBack]) -> Sheet:
    """The picture of several connections over the same span, for a digest.

    Args:
        say: the reader's language.
        title: what the picture is called.
        looked: one of each connection, at least one; more than a dozen are too small to read on a phone.
    """
    span, now = looked[0].history.span, looked[0].now
    return Sheet(
        title=title,
        subtitle=say.plain(f"history-strip-{_name(span)}"),
        figure="",
        figure_says="",
        strips=tuple(
            Strip(each.connection.label, percent(say, each.history.uptime), each.history.cells) for each in looked
        ),
        ticks=_ticks(say, looked[0].history.cells, span),
        legend=_legend(say, [cell for each in looked for cell in each.history.cells]),
        latency=None,
        changes_title="",
        changes=(),
        footer=say.plain("history-footer", at=_day_and_time(say, now)),
    )


def history_caption(say: Speaker, looked: LookedBack, profiles: Profiles) -> Html:
    """What the picture says, for under it."""
    connection, history = looked.connection, looked.history
    lines = [
        say("history-title", label=isolated(connection.label), span=say.plain(f"history-last-{_name(history.span)}")),
        place_line(say, connection.place, profiles),
        "",
        *_uptime_lines(say, history),
    ]
    if not history.flips:
        return Html("\n".join([*lines, say("history-no-changes")]))
    shown = [
        say("history-change", at=moment(flip.at), what=_caption_change(say, flip, connection.owner_id))
        for flip in history.flips[:FLIPS_IN_CAPTION]
    ]
    title = say("history-changes")
    return Html("\n".join([*lines, f"<blockquote><b>{title}</b>", *shown]) + "</blockquote>")


def percent(say: Speaker, uptime: Uptime) -> str:
    """``99.87 %``, never rounded up; a dash where nothing was watched."""
    if uptime.share is None:
        return "–"  # noqa: RUF001 - the dash of a table where there is no number
    whole, _, part = f"{hundredths(uptime.share):.2f}".rstrip("0").rstrip(".").partition(".")
    return say.plain("history-percent", share=say.plain("history-decimal", whole=whole, part=part) if part else whole)


# --------------------------------------------------------------------------------------------------------------- words


def _name(span: Span) -> str:
    return span.name.lower()


def _uptime_lines(say: Speaker, history: History) -> Iterator[Html]:
    uptime = history.uptime
    if not uptime.known:
        yield say("history-uptime-none")
    elif uptime.watched >= NEARLY_ALL:
        yield say("history-uptime-all", share=percent(say, uptime))
    else:
        yield say("history-uptime", share=percent(say, uptime), watched=_whole_percent(uptime.watched))
    if history.latency is not None:
        usual, highest = history.latency
        yield say("history-latency", usual=_short(say, usual), highest=_short(say, highest))


def _watched(say: Speaker, uptime: Uptime) -> str:
    if uptime.watched >= NEARLY_ALL:
        return say.plain("history-watched-all")
    return say.plain("history-watched", share=_whole_percent(uptime.watched))


def _whole_percent(share: float) -> str:
    return str(int(share * 100))


def _short(say: Speaker, milliseconds: int) -> str:
    if milliseconds < SECOND:
        return say.plain("history-ms", ms=str(milliseconds))
    whole, _, part = f"{milliseconds / SECOND:.1f}".partition(".")
    return say.plain("history-seconds", s=say.plain("history-decimal", whole=whole, part=part))


def _latency(say: Speaker, history: History) -> Latency | None:
    if history.latency is None:
        return None
    usual, highest = (_short(say, each) for each in history.latency)
    value = say.plain("history-latency-short", usual=usual, highest=highest)
    return Latency(say.plain("history-latency-title"), value, history.cells)


def _place(say: Speaker, connection: Connection, profiles: Profiles) -> str:
    place = connection.place
    parts = [title_of(place.exchange, profiles), market_name(say, profiles.get(place.exchange), place.market)]
    if world := badge(say, place.environment):
        parts.append(world)
    return " · ".join(parts)


def _legend(say: Speaker, cells: Sequence[Cell]) -> tuple[tuple[State, str], ...]:
    """Only what there is to see."""
    there = [state for state in State if any(cell.seconds[state] for cell in cells)]
    return tuple((state, say.plain(f"history-state-{state.value}")) for state in there or [State.UP])


def _change(say: Speaker, flip: Flip) -> tuple[State, str]:
    words = say.plain(f"history-flip-{flip.side.value}-{flip.new}")
    if flip.trouble is not None and flip.side is Side.STATUS:
        words = say.plain("history-because", what=words, why=say.plain(f"reason-{flip.trouble.failure.value}"))
    at = _day_and_time(say, flip.at)
    return _STATE_AFTER[flip.side, _new(flip)], say.plain("history-change-plain", at=at, what=words)


def _new(flip: Flip) -> Status | Gate:
    return Status(flip.new) if flip.side is Side.STATUS else Gate(flip.new)


def _caption_change(say: Speaker, flip: Flip, owner_id: int) -> str:
    words = say.plain(f"flip-{flip.side.value}-{flip.new}")
    if flip.trouble is not None and flip.side is Side.STATUS:
        return say.plain("history-because", what=words, why=say.plain(f"reason-{flip.trouble.failure.value}"))
    return f"{words}, {say.plain('flip-by-you')}" if flip.by == owner_id else words


# --------------------------------------------------------------------------------------------------------------- times


def _ticks(say: Speaker, cells: Sequence[Cell], span: Span) -> tuple[tuple[float, str], ...]:
    """At every sixth hour of a day, each day of a week, every fifteenth of ninety; a day in its middle."""
    ticks = []
    for number, cell in enumerate(cells):
        at = datetime.fromtimestamp(cell.start, UTC)
        if span is Span.DAY and at.hour % TICK_HOURS == 0:
            ticks.append((number / len(cells), at.strftime("%H:%M")))
        elif span is not Span.DAY and (len(cells) - 1 - number) % TICK_DAYS[span] == 0:
            ticks.append(((number + 0.5) / len(cells), _day(say, cell.start)))
    return tuple(ticks)


def _day(say: Speaker, at: float) -> str:
    day = datetime.fromtimestamp(at, UTC)
    return say.plain("history-day", d=day.day, month=say.plain(f"month-{day.month}"))


def _day_and_time(say: Speaker, at: float) -> str:
    return say.plain("history-moment", day=_day(say, at), time=datetime.fromtimestamp(at, UTC).strftime("%H:%M"))
