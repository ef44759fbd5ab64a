"""One bad answer of an exchange, and what it means to us."""

from typing import Final, NamedTuple

from bot.domain.connection import Place
from bot.domain.failures import Failure

HTML: Final = b"<html><head><title>503 Service Unavailable</title></head><body>nginx api_key=leak</body></html>"


class Bad(NamedTuple):
    """One answer; it comes from every path of ``place``."""

    name: str
    place: Place
    status: int
    body: bytes
    failure: Failure
    code: str
    reason: str | None = None


def from_anybody(place: Place) -> tuple[Bad, ...]:
    """What says the same at every exchange, since no exchange wrote it."""
    return (
        Bad("wall, page", place, 403, HTML, Failure.REGION_BLOCKED, "HTTP 403"),
        Bad("wall, nothing", place, 403, b"", Failure.REGION_BLOCKED, "HTTP 403"),
        Bad("region, page", place, 451, HTML, Failure.REGION_BLOCKED, "HTTP 451"),
        Bad("too many requests, page", place, 429, HTML, Failure.RATE_LIMITED, "HTTP 429"),
        Bad("banned, page", place, 418, HTML, Failure.BANNED, "HTTP 418"),
        Bad("500 page", place, 500, HTML, Failure.EXCHANGE_UNAVAILABLE, "HTTP 500"),
        Bad("502 page", place, 502, HTML, Failure.EXCHANGE_UNAVAILABLE, "HTTP 502"),
        Bad("503 page", place, 503, HTML, Failure.EXCHANGE_UNAVAILABLE, "HTTP 503"),
        Bad("504 nothing", place, 504, b"", Failure.EXCHANGE_UNAVAILABLE, "HTTP 504"),
        Bad("404 page", place, 404, HTML, Failure.EXCHANGE_UNAVAILABLE, "HTTP 404"),
        Bad("401 nothing", place, 401, b"", Failure.AMBIGUOUS_AUTH, "HTTP 401"),
        Bad("good status, page", place, 200, HTML, Failure.EXCHANGE_UNAVAILABLE, "unreadable answer"),
        Bad("good status, cut off", place, 200, b'{"result":{"re', Failure.EXCHANGE_UNAVAILABLE, "unreadable answer"),
    )
