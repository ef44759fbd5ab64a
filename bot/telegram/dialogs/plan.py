"""What a person has chosen so far, as the conversation remembers it: choices and ids. Nothing secret, no free text."""

from dataclasses import asdict, dataclass

from aiogram_dialog import DialogManager

from bot.domain.connection import Connection, ConnectionId, Environment, Market, Place, Purpose
from bot.domain.exchange import ExchangeProfile
from bot.telegram.dialogs.widgets import services_of

_IN_DIALOG = "plan"


@dataclass(slots=True)
class Plan:
    """What is to be connected, or whose key is to be rotated.

    Attributes:
        connection: the connection that gets a new key; None for a new connection.
        draft: the draft that holds what was entered; None before anything was.
        pair: the pending pair whose API key is asked for; None where key and secret are.
        file: the message that holds the pair's public half as a file.
    """

    exchange: str = ""
    market: Market | None = None
    environment: Environment | None = None
    purpose: Purpose | None = None
    connection: ConnectionId | None = None
    draft: str | None = None
    pair: str | None = None
    file: int | None = None

    @classmethod
    def of(cls, manager: DialogManager) -> "Plan":
        """As the conversation remembers it."""
        kept = manager.dialog_data.get(_IN_DIALOG) or {}
        return cls(
            exchange=kept.get("exchange", ""),
            market=Market(kept["market"]) if kept.get("market") else None,
            environment=Environment(kept["environment"]) if kept.get("environment") else None,
            purpose=Purpose(kept["purpose"]) if kept.get("purpose") else None,
            connection=kept.get("connection"),
            draft=kept.get("draft"),
            pair=kept.get("pair"),
            file=kept.get("file"),
        )

    @classmethod
    def rotating(cls, connection: Connection) -> "Plan":
        """A new key for this connection: everything but the key is settled."""
        place = connection.place
        return cls(place.exchange, place.market, place.environment, connection.purpose, connection.id)

    def keep(self, manager: DialogManager) -> None:
        """Lets the conversation remember it."""
        manager.dialog_data[_IN_DIALOG] = asdict(self)

    @property
    def place(self) -> Place:
        """Where the key is used; everything that makes it up has been chosen."""
        assert self.market is not None
        assert self.environment is not None
        return Place(self.exchange, self.market, self.environment)

    def profile(self, manager: DialogManager) -> ExchangeProfile:
        """The catalogue's row of the exchange."""
        return services_of(manager).profiles[self.exchange]
