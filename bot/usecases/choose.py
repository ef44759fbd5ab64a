"""Choose: what a chat wants to hear, of everything and of one connection, and who hears of it second."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.choices import ConnectionChoice, hearing
from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.domain.repeating import hears_from, next_repeat
from bot.domain.roles import Deed, Role
from bot.domain.zones import is_zone
from bot.usecases.access import NotYours, admitted, owned, role_in
from bot.usecases.control_storage import ChatSettings
from bot.usecases.ports import Clock
from bot.usecases.posting import replan
from bot.usecases.storage import Store


class ChooseAlerts:
    """A chat's choices: a person's for their private chat, whose id is theirs, or those of a group's administrators.

    Whether somebody answers for a group only Telegram knows: whoever calls this for one has asked there just now.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of_chat(self, chat_id: int) -> ChatSettings:
        """As they are."""
        async with self._store.transaction() as tx:
            return await tx.choices.of_chat(chat_id)

    async def least(self, chat_id: int, severity: Severity) -> None:
        """What is less severe is not sent."""
        await self._change(chat_id, lambda now: replace(now, least=severity))

    async def zone(self, chat_id: int, zone: str) -> None:
        """By whose clock quiet hours and mornings are meant. Raises ``ValueError`` for a zone that is none."""
        if not is_zone(zone):
            raise ValueError("no such time zone")
        await self._change(chat_id, lambda now: replace(now, zone=zone))

    async def quiet(self, chat_id: int, *, on: bool) -> None:
        """Switches quiet hours; they need a zone to take effect."""
        await self._change(chat_id, lambda now: replace(now, quiet=on))

    async def quiet_from(self, chat_id: int, minutes: int) -> None:
        """When they begin, in minutes after midnight. Raises ``ValueError`` if they would never end."""
        await self._change(chat_id, lambda now: replace(now, quiet_start=minutes))

    async def quiet_to(self, chat_id: int, minutes: int) -> None:
        """When they end, in minutes after midnight. Raises ``ValueError`` if they would never end."""
        await self._change(chat_id, lambda now: replace(now, quiet_end=minutes))

    async def quiet_hours(self, chat_id: int, start: int, end: int) -> None:
        """Both at once, in minutes after midnight. Raises ``ValueError`` if they would never end."""
        await self._change(chat_id, lambda now: replace(now, quiet_start=start, quiet_end=end))

    async def critical_passes(self, chat_id: int, *, passes: bool) -> None:
        """Whether what is critical comes in quiet hours too."""
        await self._change(chat_id, lambda now: replace(now, critical_passes=passes))

    async def of_connection(self, chat_id: int, connection_id: ConnectionId) -> ConnectionChoice:
        """What a chat chose for one connection."""
        async with self._store.transaction() as tx:
            return await tx.choices.of_connection(connection_id, chat_id)

    async def least_of(self, actor_id: int, connection_id: ConnectionId, severity: Severity | None) -> None:
        """What is less severe is not sent of this connection to one's own chat; None follows the chat.

        Raises:
            Gone: the connection is not there.
            NotYours: the actor does not hear of it.
        """
        async with self._store.transaction() as tx:
            await admitted(tx, actor_id, connection_id, Deed.MUTE)
            choice = await tx.choices.of_connection(connection_id, actor_id)
            await tx.choices.save_connection(connection_id, actor_id, replace(choice, least=severity))

    async def escalate(self, actor_id: int, connection_id: ConnectionId, chat_id: int, after: float | None) -> None:
        """The owner says after how many seconds without an acknowledgement a further chat hears; None: at once.

        What waits for that at this moment waits as long as is chosen now.

        Raises:
            Gone: the connection is not there.
            NotYours: the actor does not own it, or the chat is none that hears of it.
        """
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            if await role_in(tx, connection, chat_id) is Role.OWNER:
                raise NotYours  # somebody must be the first
            choice = await tx.choices.of_connection(connection_id, chat_id)
            await tx.choices.save_connection(connection_id, chat_id, replace(choice, escalate_after=after))
            for alert in await tx.alerts.open_of(connection_id, chat_id):
                if alert.waits and alert.acked_at is None:
                    await tx.ringing.put_off(alert.id, hears_from(alert.opened_at, after))

    async def _change(self, chat_id: int, change: Callable[[ChatSettings], ChatSettings]) -> None:
        """What quiet hours hold at this moment, they hold as they are from now on."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            before = await tx.choices.of_chat(chat_id)
            settings = change(before)
            if settings.quiet_start == settings.quiet_end:
                raise ValueError("quiet hours that end as they begin would never end")
            await tx.choices.save_chat(chat_id, settings)
            await replan(tx, chat_id, now)
            if _is_critical_held(before, now) and not _is_critical_held(settings, now):
                await tx.ringing.sooner(chat_id, next_repeat(now, 0))


def _is_critical_held(settings: ChatSettings, now: float) -> bool:
    heard = hearing(Severity.CRITICAL, settings.choice, ConnectionChoice(), now)
    return heard is not None and heard.at > now
