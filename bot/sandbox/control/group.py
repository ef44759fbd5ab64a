"""A group as its people handle it."""

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.chats import Chat, Status, User
from bot.sandbox.telegram.groups import Groups
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.state import Telegram


class Group:
    """A group chat. Everything is done by its owner unless somebody else is named."""

    def __init__(self, telegram: Telegram, chat: Chat, owner: Person) -> None:
        self._groups = Groups(telegram)
        self._owner = owner.user
        self.chat = chat

    @property
    def id(self) -> int:
        """Its chat id now; migration changes it."""
        return self.chat.id

    def add(
        self,
        who: Person | User,
        *,
        status: Status = "member",
        rights: dict[str, bool] | None = None,
        by: Person | None = None,
    ) -> None:
        """Brings somebody in: a person, or the bot (`sandbox.bot`)."""
        self._set(who, status, rights, by)

    def promote(
        self,
        who: Person | User,
        *,
        rights: dict[str, bool] | None = None,
        is_anonymous: bool = False,
        by: Person | None = None,
    ) -> None:
        """Makes somebody an administrator with these rights and no others."""
        self._groups.set_member(
            self.chat,
            _user(who),
            "administrator",
            by=_user(by or self._owner),
            rights=rights,
            is_anonymous=is_anonymous,
        )

    def demote(self, who: Person | User, *, by: Person | None = None) -> None:
        """Makes an administrator an ordinary member."""
        self._set(who, "member", None, by)

    def remove(self, who: Person | User, *, by: Person | None = None) -> None:
        """Kicks somebody out."""
        self._set(who, "kicked", None, by)

    def leave(self, who: Person) -> None:
        """Somebody goes by themselves."""
        self._set(who, "left", None, who)

    def migrate(self) -> None:
        """Becomes a supergroup: this group stands for the new chat from now on."""
        self.chat = self._groups.migrate(self.chat, self._owner)

    def messages(self) -> list[Message]:
        """What its members see, oldest first."""
        return [message for message in self.chat.messages.values() if message.visible]

    def _set(self, who: Person | User, status: Status, rights: dict[str, bool] | None, by: Person | None) -> None:
        self._groups.set_member(self.chat, _user(who), status, by=_user(by or self._owner), rights=rights)


def _user(who: Person | User) -> User:
    return who.user if isinstance(who, Person) else who
