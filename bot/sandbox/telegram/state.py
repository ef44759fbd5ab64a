"""The one bot's Telegram: its chats, its queue, and what happens to a message whoever does it."""

import re
from collections import defaultdict
from typing import Any, Literal

from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.telegram.callbacks import Callbacks
from bot.sandbox.telegram.calls import CallLog
from bot.sandbox.telegram.chats import Chat, Member, User
from bot.sandbox.telegram.errors import BotApiError, bad_request, forbidden, upgraded
from bot.sandbox.telegram.faults import Faults
from bot.sandbox.telegram.files import FileStore
from bot.sandbox.telegram.limits import Limits
from bot.sandbox.telegram.messages import Deletion, Message
from bot.sandbox.telegram.profile import Profile
from bot.sandbox.telegram.story import Line
from bot.sandbox.telegram.updates import UpdateQueue
from bot.sandbox.telegram.webhook import Webhook

FIRST_PERSON_ID = 5_000_000_001
FIRST_GROUP_ID = -4_000_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
DELETABLE_SECONDS = 48 * 3600
"""How long a message can be deleted (Bot API, deleteMessage)."""
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")


class Telegram:
    """Everything Telegram knows about one bot.

    Attributes:
        violations: "method: error" of each call a correct bot never makes. Tests assert it is empty.
        privacy_mode: as with BotFather: in groups the bot sees commands, mentions and replies to it only,
            unless it is an administrator. Off here, because the guard is of no use without reading.
        used_keyboards: chat and message of one-time keyboards that were used, and so are hidden.
    """

    def __init__(self, clock: SandboxClock, events: EventLog, token: str, numbers_from: int = 0) -> None:
        if not TOKEN.fullmatch(token):
            raise ValueError("a bot token is digits, a colon and at least 20 letters, digits, _ or -")
        self.clock = clock
        self.events = events
        self.token = token
        self.bot = User(int(token.partition(":")[0]), "Latchkey", is_bot=True, username="latchkey_sandbox_bot")
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.updates = UpdateQueue(clock, numbers_from)
        self.violations: list[str] = []
        self.webhook = Webhook(self.updates, clock, self.violations)
        self.callbacks = Callbacks(clock)
        self.files = FileStore()
        self.faults = Faults()
        self.limits = Limits(clock)
        self.profile = Profile()
        self.calls = CallLog()
        self.story: list[Line] = []
        self.privacy_mode = False
        self.used_keyboards: set[tuple[int, int]] = set()
        self._last_message_ids: defaultdict[int, int] = defaultdict(lambda: numbers_from)

    # ------------------------------------------------------------------------------------------------ chats and people

    def new_person(self, name: str, language: str, *, started: bool = True) -> User:
        """Somebody new, with a private chat. Telegram lets no bot write first: `started=False` keeps it shut."""
        number = sum(not user.is_bot for user in self.users.values())
        user = User(FIRST_PERSON_ID + number, name, username=_username(name, number), language_code=language)
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", person=user, started=started)
        self.events.append("state")
        return user

    def new_group(self, title: str, owner: User, kind: Literal["group", "supergroup"] = "group") -> Chat:
        """A group with one member, who made it."""
        number = sum(not chat.is_private for chat in self.chats.values())
        first = FIRST_GROUP_ID if kind == "group" else FIRST_SUPERGROUP_ID
        chat = Chat(first - number, kind, title=title, members={owner.id: Member(owner, "creator")})
        self.chats[chat.id] = chat
        self.events.append("state")
        return chat

    def chat(self, chat_id: int | str) -> Chat:
        """The chat a method names.

        Raises:
            BotApiError: 400, if the bot knows none of this id.
        """
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or (not chat.is_private and self.bot.id not in chat.members):
            raise bad_request("chat not found")
        return chat

    def chat_to_write(self, chat_id: int | str) -> Chat:
        """The chat a method names, if the bot may write there.

        Raises:
            BotApiError: 400 or 403, for a chat that is gone, shut, or where the bot is not welcome.
        """
        chat = self.chat(chat_id)
        if chat.is_private:
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
            return chat
        if chat.migrated_to is not None:
            raise upgraded(chat.migrated_to)
        match chat.member(self.bot).status:
            case "kicked":
                raise forbidden(f"bot was kicked from the {chat.type} chat")
            case "left":
                raise forbidden(f"bot is not a member of the {chat.type} chat")
            case _:
                return chat

    # -------------------------------------------------------------------------------------------------------- messages

    def post(self, chat: Chat, sender: User, content: dict[str, Any], **details: Any) -> Message:
        """Puts a message into a chat. `details` are further fields of `Message`."""
        message = Message(chat, self._next_message_id(chat), sender, content, self.clock.now(), **details)
        chat.messages[message.message_id] = message
        self._tell("said", message, sender)
        self.events.append("message", chat_id=chat.id, message_id=message.message_id)
        return message

    def edit(
        self, message: Message, content: dict[str, Any] | None, reply_markup: dict[str, Any] | None, editor: User
    ) -> None:
        """Changes what a message says (`None` leaves it) and its keyboard."""
        if content is not None and content != message.content:
            message.earlier.append(message.text)
            message.content = content
        message.reply_markup = reply_markup
        message.edited_at = self.clock.now()
        self._tell("edited", message, editor)
        self.events.append("edit", chat_id=message.chat.id, message_id=message.message_id)

    def delete(self, message: Message, who: User) -> None:
        """Takes a message away from everybody."""
        age = self.clock.now() - message.sent_at
        message.deletion = Deletion("bot" if who.is_bot else "user", round(age * 1000))
        self._tell("deleted", message, who)
        self.unpin(message)
        self.events.append("delete", chat_id=message.chat.id, message_id=message.message_id)

    def pin(self, message: Message, who: User) -> Message | None:
        """Puts a message on top of its chat; the note of it, or None if it was pinned already and only goes up."""
        pinned = message.chat.pinned
        known = message.message_id in pinned
        if known:
            pinned.remove(message.message_id)
        pinned.append(message.message_id)
        self.events.append("pin", chat_id=message.chat.id, message_id=message.message_id)
        return None if known else self.post(message.chat, who, {"pinned_message": message.to_json(with_reply=False)})

    def unpin(self, message: Message) -> None:
        """Takes a message down from the top of its chat, without a note, as Telegram does."""
        if message.message_id in message.chat.pinned:
            message.chat.pinned.remove(message.message_id)
            self.events.append("pin", chat_id=message.chat.id, message_id=message.message_id)

    def deletion_refused(self, chat: Chat, message_id: int) -> BotApiError | None:
        """Why the bot may not delete this message; None if it may."""
        message = chat.messages.get(message_id)
        if message is None or not message.visible:
            return bad_request("message to delete not found")
        bot = chat.member(self.bot)
        if not chat.is_private and not bot.is_present:
            return forbidden(f"bot is not a member of the {chat.type} chat")
        if self.clock.now() - message.sent_at > DELETABLE_SECONDS:
            return bad_request("message can't be deleted for everyone")
        may = chat.is_private or message.sender is self.bot or bot.may("can_delete_messages")
        may = may or (chat.type == "group" and bot.is_administrator)
        return None if may else bad_request("message can't be deleted")

    def _next_message_id(self, chat: Chat) -> int:
        """Supergroups and channels count by themselves; private chats and small groups share the bot's own count."""
        counter = 0 if chat.type in {"private", "group"} else chat.id
        self._last_message_ids[counter] += 1
        return self._last_message_ids[counter]

    def _tell(self, happening: Literal["said", "edited", "deleted"], message: Message, who: User) -> None:
        buttons = tuple(tuple(row) for row in message.button_texts)
        self.story.append(Line(happening, message, who, message.text, buttons))


def _username(name: str, number: int) -> str:
    letters = "".join(character for character in name.lower() if character.isascii() and character.isalnum())
    return f"{letters or 'person'}_{number}"
