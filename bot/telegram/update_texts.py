"""Takes a raw update apart: which messages are in it, and every string that somebody wrote in each.

Nothing here knows the Bot API's types beyond a few names. A field that Telegram adds tomorrow is walked like any
other, so a secret cannot hide in what this code has not heard of; the exceptions are named below, each with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]

_IDENTITIES = frozenset(
    {
        "from",
        "chat",
        "user",
        "sender_chat",
        "sender_user",
        "sender_business_bot",
        "via_bot",
        "voter_chat",
        "actor_chat",
        "receiver_user",
        "guest_bot_caller_user",
        "guest_bot_caller_chat",
        "new_chat_members",
        "left_chat_member",
        "old_chat_member",
        "new_chat_member",
        "forward_from",
        "forward_from_chat",
        "sender_user_name",
        "forward_sender_name",
        "invite_link",
    }
)
"""Who, not what: deleting a message changes nobody's name."""

_MADE_BY_TELEGRAM = frozenset({"id", "chat_instance", "set_name", "sticker_set_name", "emoji", "mime_type"})
"""Identifiers, which are as random as keys. With them goes every ``…_id``: file ids alone would condemn each photo."""

_OF_ANOTHER_MESSAGE = frozenset({"forward_origin", "external_reply", "origin"})
"""They name a chat and a message elsewhere; what they show is shown by the message that holds them."""


@dataclass(slots=True)
class Found:
    """One message within an update, with what is written in it.

    Attributes:
        body: the message as Telegram wrote it.
        texts: its strings in reading order, without those of messages within it.
        outermost: it is what the update is about, not a message replied to or pinned.
    """

    body: Json
    outermost: bool
    texts: list[str] = field(default_factory=list)

    @property
    def message_id(self) -> int:
        """0 for ephemeral and for scheduled messages, which cannot be deleted by an id."""
        number = self.body.get("message_id")
        return number if isinstance(number, int) else 0

    @property
    def chat(self) -> Json:
        """Where it is."""
        return _mapping(self.body.get("chat"))

    @property
    def chat_id(self) -> int:
        """Where it is; 0 if it does not say."""
        number = self.chat.get("id")
        return number if isinstance(number, int) else 0

    @property
    def sender(self) -> Json:
        """Whoever wrote it; empty for a post of a channel."""
        return _mapping(self.body.get("from"))

    @property
    def sender_id(self) -> int | None:
        """Whoever wrote it; None for a post of a channel."""
        number = self.sender.get("id")
        return number if isinstance(number, int) else None

    @property
    def is_private(self) -> bool:
        """In a chat of one person with the bot."""
        return self.chat.get("type") == "private"

    def sent_at(self, otherwise: float) -> float:
        """Epoch seconds. Telegram dates a message it no longer knows 0."""
        date = self.body.get("date")
        return float(date) if isinstance(date, int) and date > 0 else otherwise

    def button_data(self) -> Iterator[str]:
        """What the buttons under it carry."""
        markup = self.body.get("reply_markup")
        rows = markup.get("inline_keyboard") if isinstance(markup, Mapping) else None
        for row in rows if isinstance(rows, list) else ():
            for button in row if isinstance(row, list) else ():
                data = button.get("callback_data") if isinstance(button, Mapping) else None
                if isinstance(data, str):
                    yield data

    def said_at(self, otherwise: float) -> float:
        """Epoch seconds of its present wording: an edit says something new."""
        edited = self.body.get("edit_date")
        return max(self.sent_at(otherwise), float(edited)) if isinstance(edited, int) else self.sent_at(otherwise)


@dataclass(slots=True)
class Anatomy:
    """An update taken apart.

    Attributes:
        kind: the update's field: ``message``, ``callback_query`` and so on; empty if it has none.
        event: the content of that field.
        messages: those in it, the outermost first.
        loose: strings that are in no message (a press's data, an inline query) and names of people and chats.
    """

    kind: str
    event: Json
    messages: list[Found] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def take_apart(update: Json) -> Anatomy:
    """Walks every string of a raw update. Never recurses: a deeply nested update must not end the process."""
    kind = next((name for name, value in update.items() if name != "update_id" and isinstance(value, Mapping)), "")
    anatomy = Anatomy(kind, _mapping(update.get(kind)))
    stack: list[tuple[str, Any, Found | None]] = [
        (name, value, None) for name, value in reversed(list(update.items())) if name != "update_id"
    ]
    while stack:
        name, node, owner = stack.pop()
        if isinstance(node, str):
            if not _is_made_by_telegram(name):
                (owner.texts if owner is not None else anatomy.loose).append(node)
        elif isinstance(node, list):
            stack.extend((name, item, owner) for item in reversed(node))
        elif isinstance(node, Mapping):
            if _is_message(name, node):
                owner = Found(node, outermost=name == anatomy.kind and node is anatomy.event)
                anatomy.messages.append(owner)
            stack.extend(_fields(node, owner))
    return anatomy


def _fields(node: Json, owner: Found | None) -> Iterator[tuple[str, Any, Found | None]]:
    for name, value in reversed(list(node.items())):
        yield name, value, None if name in _IDENTITIES else owner


def _is_message(name: str, node: Json) -> bool:
    named = name.endswith(("message", "channel_post")) and name not in _OF_ANOTHER_MESSAGE
    return named and isinstance(node.get("message_id"), int) and isinstance(node.get("chat"), Mapping)


def _is_made_by_telegram(name: str) -> bool:
    return name in _MADE_BY_TELEGRAM or name.endswith("_id")


def _mapping(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}
