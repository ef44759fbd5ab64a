"""Chats that the relay serves at once, and what befalls the connection they hear of."""

from datetime import UTC, datetime

from bot.domain.connection import Connection
from bot.domain.failures import Failure, Trouble
from bot.domain.permissions import Permission
from bot.domain.roles import Role
from bot.usecases.delivery import Alert, Kind, OutboxItem
from bot.usecases.sharing_storage import Subscription
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named, report

KEY = key_named("first").api_key
DEAD = Trouble(Failure.INVALID_KEY, code="-2008")
ODD = Trouble(Failure.UNEXPECTED, code="-1000")
DOWN = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
DANGER = report(Permission.READ, Permission.SPOT_TRADE, Permission.WITHDRAW)
MINUTE, HOUR = 60.0, 3600.0


def clock(text: str, day: int = 10) -> float:
    return datetime.fromisoformat(f"2026-06-{day} {text}").replace(tzinfo=UTC).timestamp()


class Chat:
    """A chat that the relay serves at once: what is due is heard, and nothing else."""

    def __init__(self, world: World, chat_id: int = ALICE) -> None:
        self.world, self.chat_id = world, chat_id

    async def hears(self) -> list[OutboxItem]:
        heard: list[OutboxItem] = []
        async with self.world.store.transaction() as tx:
            while due := [item for item in await tx.outbox.due(self.world.clock.at) if item.chat_id == self.chat_id]:
                for item in due:
                    heard.append(item)
                    await tx.outbox.sent(item.id, self.world.clock.at, item.id)
                    if item.kind is Kind.ALERT and item.alert_id is not None:
                        await tx.alerts.delivered(item.alert_id, item.id)
        return heard

    async def kinds(self) -> list[Kind]:
        return [item.kind for item in await self.hears()]

    async def after(self, seconds: float) -> list[Kind]:
        """What is heard when so much time has passed and the schedule has looked once."""
        self.world.clock.at += seconds
        await self.world.ring()
        return await self.kinds()

    async def alert(self, connection: Connection) -> Alert:
        async with self.world.store.transaction() as tx:
            return (await tx.alerts.open_of(connection.id, self.chat_id))[-1]


async def bob_hears(world: World, connection: Connection, role: Role = Role.SUBSCRIBER) -> None:
    """Bob has accepted an invitation."""
    async with world.store.transaction() as tx:
        await tx.subscriptions.put(Subscription(connection.id, BOB, role, "Bob", ALICE, world.clock.at))


async def dies(world: World, connection: Connection) -> None:
    world.gateway.says[KEY] = DEAD
    await world.minute(connection.id, times=2)


async def mends(world: World, connection: Connection) -> None:
    world.gateway.says.pop(KEY, None)
    await world.minute(connection.id)


async def stays_in_error(world: World, connection: Connection) -> None:
    """A warning, of this key alone."""
    world.gateway.says[KEY] = ODD
    await world.minute(connection.id, times=3)


async def is_down(world: World, connection: Connection) -> None:
    """An incident of the exchange."""
    world.gateway.says[KEY] = DOWN
    await world.minute(connection.id, times=3)


async def sleeps_at_night(world: World, zone: str = "UTC") -> None:
    """From ten to seven."""
    await world.choose.zone(ALICE, zone)
    await world.choose.quiet(ALICE, on=True)
