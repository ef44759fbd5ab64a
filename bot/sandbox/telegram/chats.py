"""People, chats and what each may do there."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bot.sandbox.telegram.messages import Message

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
ChatType = Literal["private", "group", "supergroup", "channel"]

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_send_welcome_messages",
)
PRESENT: frozenset[Status] = frozenset({"creator", "administrator", "member", "restricted"})

ANONYMOUS_ADMIN_ID = 1087968824
"""@GroupAnonymousBot: who `from` names when an administrator hides behind the group."""
CHANNEL_BOT_ID = 136817688
"""@Channel_Bot: who `from` names when somebody speaks as a channel."""


@dataclass(eq=False, slots=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The Bot API's User."""
        body: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if self.language_code:
            body["language_code"] = self.language_code
        return body


@dataclass(eq=False, slots=True)
class Member:
    """Somebody's place in a group. Rights matter for administrators only; a creator has them all."""

    user: User
    status: Status = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    is_anonymous: bool = False

    @property
    def is_present(self) -> bool:
        """Whether they are in the group now."""
        return self.status in PRESENT

    @property
    def is_administrator(self) -> bool:
        """Whether they are its creator or one of its administrators."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether they hold an administrator right such as `can_delete_messages`."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))

    def to_json(self) -> dict[str, Any]:
        """The Bot API's ChatMember, whose shape depends on the status."""
        body: dict[str, Any] = {"status": self.status, "user": self.user.to_json()}
        match self.status:
            case "creator":
                body["is_anonymous"] = self.is_anonymous
            case "administrator":
                body |= {"can_be_edited": False, "is_anonymous": self.is_anonymous}
                body |= {right: self.rights.get(right, False) for right in ADMINISTRATOR_RIGHTS}
            case "kicked":
                body["until_date"] = 0
            case _:
                pass
        return body


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat with the bot, a group or a channel, with everything ever said in it.

    Attributes:
        person: whom a private chat is with; None in groups.
        started: False until the person writes first; Telegram lets no bot begin.
        blocked: the person blocked the bot.
        migrated_to: the supergroup that took this group's place.
        pinned: ids of pinned messages, the newest last.
    """

    id: int
    type: ChatType
    title: str | None = None
    person: User | None = None
    started: bool = True
    blocked: bool = False
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: "dict[int, Message]" = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        """Whether this is a chat of one person with the bot."""
        return self.type == "private"

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title or (self.person.first_name if self.person else str(self.id))

    def member(self, user: User) -> Member:
        """Their place in the group; somebody who never was there has left."""
        return self.members.get(user.id) or Member(user, "left")

    def to_json(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        body: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.title:
            body["title"] = self.title
        if self.person:
            body["first_name"] = self.person.first_name
            if self.person.username:
                body["username"] = self.person.username
        return body
