"""One press of a button under an alert, by somebody who has been admitted."""

from dataclasses import dataclass

from aiogram.types import CallbackQuery, Message

from bot.domain.connection import Connection
from bot.domain.roles import Deed, Role
from bot.telegram.alert_rendering import AlertRenderer
from bot.telegram.check_presses import CheckPresses
from bot.telegram.dialogs.backstage import Backstage
from bot.telegram.dialogs.messages import toast
from bot.telegram.services import Services
from bot.telegram.texts import Speaker
from bot.usecases.background import BackgroundTasks
from bot.usecases.delivery import Alert


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """What presses need beside the services. Given to handlers as ``alert_desk``."""

    renderer: AlertRenderer
    presses: CheckPresses
    backstage: Backstage
    tasks: BackgroundTasks


@dataclass(frozen=True, slots=True)
class Press:
    """One press by somebody who, as of now, may do it.

    Attributes:
        alert: None under news that are no alert.
        role: what whoever pressed is to the connection; what is shown goes by the chat's role, not by theirs.
        deed: what was pressed for; asked for again when the outcome is shown.
        place: another chat than the one of the press, where its outcome is shown too.
    """

    query: CallbackQuery
    message: Message | None
    alert: Alert | None
    connection: Connection
    role: Role
    deed: Deed
    services: Services
    desk: AlertDesk
    say: Speaker
    place: int | None = None

    @property
    def actor_id(self) -> int:
        """Who pressed, never where."""
        return self.query.from_user.id

    @property
    def chat_id(self) -> int:
        """Where."""
        assert self.query.message is not None
        return self.place or self.query.message.chat.id

    @property
    def to_chat(self) -> Speaker:
        """The voice of the message itself: a group is spoken to in one language, whoever presses."""
        return self.say if self.chat_id > 0 else self.services.texts.of(None)

    async def answer(self, words: str, **values: str) -> None:
        """The toast."""
        await toast(self.query, self.say.plain(words, **values))
