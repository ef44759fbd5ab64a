"""Messages: what was said, how it was changed, and who took it back."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.telegram.chats import Chat, User

ButtonKind = Literal["callback", "url", "copy", "other"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message, as a person sees it."""

    text: str
    kind: ButtonKind
    data: str | None = None
    url: str | None = None
    copy: str | None = None
    style: str | None = None
    disabled: bool = False

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Button":
        """Reads the Bot API's InlineKeyboardButton."""
        kind: ButtonKind = "other"
        if "callback_data" in body:
            kind = "callback"
        elif "url" in body:
            kind = "url"
        elif "copy_text" in body:
            kind = "copy"
        return cls(
            text=body["text"],
            kind=kind,
            data=body.get("callback_data"),
            url=body.get("url"),
            copy=body.get("copy_text", {}).get("text"),
            style=body.get("style"),
            disabled="disabled" in body,
        )


@dataclass(frozen=True, slots=True)
class Deletion:
    """Who took a message away, and how many milliseconds after it was sent."""

    by: Literal["bot", "user"]
    after_ms: int


@dataclass(eq=False, slots=True)
class Message:
    """One message.

    Attributes:
        content: the Bot API fields that say what it holds (`text`, `entities`, `document`, `new_chat_members`, …).
        sent_at, edited_at: epoch seconds of the sandbox's clock.
        earlier: the texts it had before each edit, oldest first.
        extra: fields about the message rather than of it (`forward_origin`, `quote`, `media_group_id`, …).
    """

    chat: Chat
    message_id: int
    sender: User
    content: dict[str, Any]
    sent_at: float
    sender_chat: Chat | None = None
    reply_to: "Message | None" = None
    reply_markup: dict[str, Any] | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    edited_at: float | None = None
    earlier: list[str] = field(default_factory=list)
    deletion: Deletion | None = None
    reactions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The plain text or caption; empty if it has neither."""
        text: str = self.content.get("text") or self.content.get("caption") or ""
        return text

    @property
    def entities(self) -> list[dict[str, Any]]:
        """The formatting of `text`."""
        found: list[dict[str, Any]] = self.content.get("entities") or self.content.get("caption_entities") or []
        return found

    @property
    def visible(self) -> bool:
        """Whether people still see it."""
        return self.deletion is None

    @property
    def edited(self) -> bool:
        """Whether its words were changed; a mere change of buttons does not show."""
        return bool(self.earlier)

    @property
    def deleted_by(self) -> Literal["bot", "user"] | None:
        """Who took it away, if anybody did."""
        return self.deletion.by if self.deletion else None

    @property
    def from_bot(self) -> bool:
        """Whether the bot said it."""
        return self.sender.is_bot and self.sender_chat is None

    @property
    def buttons(self) -> list[list[Button]]:
        """Its inline keyboard, row by row."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return [[Button.of(button) for button in row] for row in rows]

    @property
    def button_texts(self) -> list[list[str]]:
        """The words on its buttons, row by row."""
        return [[button.text for button in row] for row in self.buttons]

    @property
    def urls(self) -> list[str]:
        """Where its link buttons lead."""
        return [button.url for row in self.buttons for button in row if button.url]

    @property
    def copy_texts(self) -> list[str]:
        """What its copy buttons put on the clipboard."""
        return [button.copy for row in self.buttons for button in row if button.copy]

    def to_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        """The Bot API's Message. A replied-to message does not carry the one it replied to in turn."""
        body: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender.to_json(),
            "chat": self.chat.to_json(),
            "date": int(self.sent_at),
        }
        if self.sender_chat:
            body["sender_chat"] = self.sender_chat.to_json()
        if self.edited_at is not None:
            body["edit_date"] = int(self.edited_at)
        if with_reply and self.reply_to:
            body["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        body |= self.extra
        body |= self.content
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            body["reply_markup"] = self.reply_markup
        return body
