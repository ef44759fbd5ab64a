"""The ways out that are not Telegram, to a real server: what it hears, and that nothing of its address is told."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.outbound import BeaconAt, Heartbeat, Outbound, PlainPost
from tests import canaries


@dataclass
class OtherEnd:
    """A server that keeps what it hears."""

    url: str = ""
    heard: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    delay: float = 0.0

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append((request.path_qs, await request.text()))
        await asyncio.sleep(self.delay)
        headers = {"Location": f"{self.url}/elsewhere"} if 300 <= self.status < 400 else {}
        return web.Response(status=self.status, headers=headers)


@pytest.fixture
async def end() -> AsyncIterator[OtherEnd]:
    end = OtherEnd()
    app = web.Application()
    app.router.add_post("/{path:.*}", end.answer)
    app.router.add_head("/{path:.*}", end.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    end.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield end
    await runner.cleanup()


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    outbound = Outbound(timeout=0.5)
    yield outbound
    await outbound.close()


class Counted:
    def __init__(self) -> None:
        self.counts: list[tuple[str, str]] = []

    def outbound(self, channel: str, outcome: str) -> None:
        self.counts.append((channel, outcome))


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.mark.parametrize(
    ("path", "well", "unwell"),
    [
        ("/ping/abc", "/ping/abc", "/ping/abc/fail"),
        ("/ping/abc/", "/ping/abc/", "/ping/abc/fail"),
        ("/ping/abc?create=1", "/ping/abc?create=1", "/ping/abc/fail?create=1"),
        ("", "/", "/fail"),
    ],
)
async def test_a_heartbeat_says_how_it_is(
    end: OtherEnd, outbound: Outbound, counted: Counted, path: str, well: str, unwell: str
) -> None:
    heart = Heartbeat(end.url + path, outbound, counted)
    assert await heart.signal(well=True)
    assert await heart.signal(well=False)
    assert end.heard == [(well, ""), (unwell, "")]
    assert counted.counts == [("heartbeat", "ok")] * 2


async def test_the_second_channel_gets_the_plain_text(end: OtherEnd, outbound: Outbound, counted: Counted) -> None:
    assert await PlainPost(f"{end.url}/topic", outbound, counted).say("3 messages wait — ó")
    assert end.heard == [("/topic", "3 messages wait — ó")]


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_what_is_not_taken_did_not_arrive_and_no_redirect_is_followed(
    end: OtherEnd, outbound: Outbound, counted: Counted, status: int
) -> None:
    end.status = status
    assert not await PlainPost(f"{end.url}/topic", outbound, counted).say("text")
    assert [path for path, _ in end.heard] == ["/topic"]
    assert counted.counts == [("fallback", "failed")]


async def test_a_server_that_hangs_is_left(end: OtherEnd, outbound: Outbound, counted: Counted) -> None:
    end.delay = 5.0
    async with asyncio.timeout(3):
        assert not await Heartbeat(f"{end.url}/ping", outbound, counted).signal(well=True)


async def test_nothing_of_the_address_is_logged_when_nobody_answers(
    outbound: Outbound, counted: Counted, caplog: pytest.LogCaptureFixture
) -> None:
    token = canaries.secret("ping token")
    with caplog.at_level(logging.DEBUG, "latchkey"):
        assert not await Heartbeat(f"http://127.0.0.1:9/{token}", outbound, counted).signal(well=True)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("latchkey")] == [
        "outbound.heartbeat_failed"
    ]


@pytest.mark.parametrize("status", [200, 204, 302, 404, 503])
async def test_whatever_a_beacon_answers_it_is_there(
    end: OtherEnd, outbound: Outbound, counted: Counted, status: int
) -> None:
    end.status = status
    assert await BeaconAt(f"{end.url}/there", outbound, counted).answers()
    assert [path for path, _ in end.heard] == ["/there"]
    assert counted.counts == [("beacon", "ok")]


async def test_a_beacon_that_hangs_or_is_not_there_does_not_answer(
    end: OtherEnd, outbound: Outbound, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BeaconAt, "SECONDS", 0.3)
    end.delay = 5.0
    async with asyncio.timeout(3):
        assert not await BeaconAt(f"{end.url}/there", outbound, counted).answers()
        assert not await BeaconAt("http://127.0.0.1:9/", outbound, counted).answers()
    assert counted.counts == [("beacon", "failed")] * 2
