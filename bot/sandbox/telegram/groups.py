"""Who comes, goes and rises in groups, and the updates the bot gets of it."""

from typing import Any

from bot.sandbox.telegram.chats import ADMINISTRATOR_RIGHTS, Chat, Member, Status, User
from bot.sandbox.telegram.state import Telegram

BASIC_RIGHTS = {right: right == "can_manage_chat" for right in ADMINISTRATOR_RIGHTS}


class Groups:
    """Membership of groups; each change is told to the bot as Telegram tells it."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def set_member(
        self,
        chat: Chat,
        user: User,
        status: Status,
        *,
        by: User,
        rights: dict[str, bool] | None = None,
        is_anonymous: bool = False,
    ) -> Member:
        """Gives somebody a place in the group, or takes it.

        Rights not named are off. In a small group an administrator may delete messages whatever the rights say.
        """
        before = chat.member(user)
        unknown = (rights or {}).keys() - set(ADMINISTRATOR_RIGHTS)
        if unknown:
            raise ValueError(f"Telegram has no administrator right called {min(unknown)}")
        after = Member(user, status, BASIC_RIGHTS | (rights or {}), is_anonymous)
        before_json = before.to_json()
        chat.members[user.id] = after
        if after.is_present and not before.is_present:
            self._service(chat, by, {"new_chat_members": [user.to_json()]})
        change = {
            "chat": chat.to_json(),
            "from": by.to_json(),
            "date": int(self._telegram.clock.now()),
            "old_chat_member": before_json,
            "new_chat_member": after.to_json(),
        }
        if user is self._telegram.bot:
            self._telegram.updates.put("my_chat_member", change)
        elif chat.member(self._telegram.bot).is_administrator:
            self._telegram.updates.put("chat_member", change)
        if before.is_present and not after.is_present:
            self._service(chat, by, {"left_chat_member": user.to_json()})
        self._telegram.events.append("state", chat_id=chat.id)
        return after

    def migrate(self, chat: Chat, by: User) -> Chat:
        """Turns a small group into a supergroup, which is another chat with the same people."""
        if chat.type != "group" or chat.migrated_to is not None:
            raise ValueError(f"{chat.name} is no small group (any more)")
        successor = self._telegram.new_group(chat.name, by, "supergroup")
        successor.members = dict(chat.members)
        self._service(chat, by, {"migrate_to_chat_id": successor.id})
        chat.migrated_to = successor.id
        self._service(successor, by, {"migrate_from_chat_id": chat.id})
        return successor

    def _service(self, chat: Chat, by: User, content: dict[str, Any]) -> None:
        message = self._telegram.post(chat, by, content)
        if chat.member(self._telegram.bot).is_present:
            self._telegram.updates.put("message", message.to_json())
