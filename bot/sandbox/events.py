"""What happened, in order, and a way to wait for what happens next."""

import asyncio
from collections import deque
from typing import Any

Event = dict[str, Any]

KEPT_EVENTS = 20_000
"""Old events are only ever read by a page that was away; it starts over from the state instead."""


class Signal:
    """Wakes everybody who waits at this moment; nobody who comes later."""

    def __init__(self) -> None:
        self._waiters: list[asyncio.Future[None]] = []

    def notify(self) -> None:
        """Wakes all current waiters."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self) -> None:
        """Returns at the next `notify`."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await waiter


class EventLog:
    """An append-only list of events, each with a serial number that only grows."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self._signal = Signal()
        self.serial = 0
        self.closed = False

    def append(self, kind: str, **fields: Any) -> Event:
        """Records an event and wakes those who wait for one."""
        self.serial += 1
        event = {"serial": self.serial, "kind": kind, **fields}
        self._events.append(event)
        self._signal.notify()
        return event

    def after(self, serial: int) -> list[Event]:
        """The kept events that came after `serial`, oldest first."""
        fresh: list[Event] = []
        for event in reversed(self._events):
            if event["serial"] <= serial:
                break
            fresh.append(event)
        return fresh[::-1]

    async def changed(self, serial: int) -> None:
        """Returns as soon as there is an event after `serial`, or the log is closed."""
        while self.serial <= serial and not self.closed:
            await self._signal.wait()

    def close(self) -> None:
        """Releases everybody who still waits: the sandbox is stopping."""
        self.closed = True
        self._signal.notify()
