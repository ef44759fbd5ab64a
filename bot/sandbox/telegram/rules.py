"""What the schema's types do not say: lengths, patterns and closed lists, as the Bot API's descriptions word them."""

import re
from collections.abc import Callable
from typing import Any

Rule = Callable[[Any], str | None]
"""Returns Telegram's complaint, or None."""

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTONS = 100

ENTITY_TYPES = (
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
    "custom_emoji", "date_time",
)  # fmt: skip
CHAT_ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
)  # fmt: skip
UPDATE_KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot", "subscription",
    "stopped_message_generation",
)  # fmt: skip
REQUIRED_HERE = {
    "editMessageText": ("chat_id", "message_id", "text"),
    "editMessageCaption": ("chat_id", "message_id"),
    "editMessageReplyMarkup": ("chat_id", "message_id"),
}
"""Optional in the schema only because of inline messages and rich text, which the sandbox has not."""


def _length(low: int, high: int, complaint: str) -> Rule:
    return lambda value: None if low <= len(value) <= high else complaint


def _size(low: int, high: int, complaint: str) -> Rule:
    return lambda value: None if low <= len(value.encode()) <= high else complaint


def _between(low: int, high: int, complaint: str) -> Rule:
    return lambda value: None if low <= value <= high else complaint


def _one_of(values: tuple[str, ...], complaint: str) -> Rule:
    return lambda value: None if value in values else complaint


def _pattern(pattern: str, complaint: str) -> Rule:
    return lambda value: None if re.fullmatch(pattern, value) else complaint


def _each(rule: Rule) -> Rule:
    return lambda values: next((complaint for value in values if (complaint := rule(value))), None)


_NO_TEXT = "can't parse inline keyboard button: text of the button must be non-empty"
_URL = _pattern(r"(?i)(https?|tg)://\S+", "inline keyboard button URL is invalid: Wrong HTTP URL")
_LANGUAGE = _pattern(r"([a-z]{2})?", "invalid language code specified")
_PARSE_MODE = _one_of(("HTML", "html", ""), "unsupported parse_mode: the sandbox reads HTML only")
_SECRET = _pattern(r"[A-Za-z0-9_-]{1,256}", "secret token contains unallowed characters")
_ACTION = _one_of(CHAT_ACTIONS, "wrong parameter action in request")

RULES: dict[tuple[str, str], Rule] = {
    ("InlineKeyboardButton", "text"): lambda value: None if value.strip() else _NO_TEXT,
    ("InlineKeyboardButton", "callback_data"): _size(1, 64, "BUTTON_DATA_INVALID"),
    ("InlineKeyboardButton", "url"): _URL,
    ("InlineKeyboardButton", "style"): _one_of(("danger", "success", "primary"), "invalid button style specified"),
    ("KeyboardButton", "text"): lambda value: None if value.strip() else _NO_TEXT,
    ("KeyboardButton", "style"): _one_of(("danger", "success", "primary"), "invalid button style specified"),
    ("CopyTextButton", "text"): _length(1, 256, "BUTTON_COPY_TEXT_INVALID"),
    ("ForceReply", "input_field_placeholder"): _length(1, 64, "input field placeholder is too long"),
    ("ReplyKeyboardMarkup", "input_field_placeholder"): _length(1, 64, "input field placeholder is too long"),
    ("MessageEntity", "type"): _one_of(ENTITY_TYPES, "unsupported type of entity specified"),
    ("BotCommand", "command"): _pattern(r"[a-z0-9_]{1,32}", "BOT_COMMAND_INVALID"),
    ("BotCommand", "description"): _length(1, 256, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("sendMessage", "parse_mode"): _PARSE_MODE,
    ("sendPhoto", "parse_mode"): _PARSE_MODE,
    ("sendDocument", "parse_mode"): _PARSE_MODE,
    ("editMessageText", "parse_mode"): _PARSE_MODE,
    ("editMessageCaption", "parse_mode"): _PARSE_MODE,
    ("sendChatAction", "action"): _ACTION,
    ("deleteMessages", "message_ids"): _length(1, 100, "from 1 to 100 message identifiers can be specified"),
    ("answerCallbackQuery", "text"): _length(0, 200, "MESSAGE_TOO_LONG"),
    ("getUpdates", "limit"): _between(1, 100, "limit must be from 1 to 100"),
    ("getUpdates", "timeout"): _between(0, 3600, "timeout must not be negative"),
    ("getUpdates", "allowed_updates"): _each(_one_of(UPDATE_KINDS, "unknown kind of update")),
    ("setWebhook", "allowed_updates"): _each(_one_of(UPDATE_KINDS, "unknown kind of update")),
    ("setWebhook", "secret_token"): _SECRET,
    ("setWebhook", "max_connections"): _between(1, 100, "max_connections must be from 1 to 100"),
    ("setMyCommands", "commands"): _length(0, 100, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", "language_code"): _LANGUAGE,
    ("getMyCommands", "language_code"): _LANGUAGE,
    ("deleteMyCommands", "language_code"): _LANGUAGE,
    ("setMyDescription", "language_code"): _LANGUAGE,
    ("setMyShortDescription", "language_code"): _LANGUAGE,
    ("setMyDescription", "description"): _length(0, 512, "description is too long"),
    ("setMyShortDescription", "short_description"): _length(0, 120, "short description is too long"),
    ("KeyboardButtonRequestUsers", "request_id"): _between(-(2**31), 2**31 - 1, "request_id must be a 32-bit number"),
    ("KeyboardButtonRequestUsers", "max_quantity"): _between(1, 10, "max_quantity must be from 1 to 10"),
    ("KeyboardButtonRequestChat", "request_id"): _between(-(2**31), 2**31 - 1, "request_id must be a 32-bit number"),
    ("ReplyKeyboardMarkup", "keyboard"): lambda rows: _ambiguous_key(rows) or _repeated_request(rows),
    ("InlineKeyboardMarkup", "inline_keyboard"): lambda rows: _too_many_buttons(rows) or _ambiguous_button(rows),
}

BUTTON_ACTIONS = frozenset(
    {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "pay", "disabled"}
)


def broken_rule(owner: str, name: str, value: Any) -> str | None:
    """What Telegram would say about this value of a method's parameter or a type's field; None if it is fine."""
    rule = RULES.get((owner, name))
    return rule(value) if rule else None


def _too_many_buttons(rows: list[list[dict[str, Any]]]) -> str | None:
    return "REPLY_MARKUP_TOO_LONG" if sum(map(len, rows)) > MAX_BUTTONS else None


def _ambiguous_key(rows: list[list[dict[str, Any]]]) -> str | None:
    """At most one request per button ("KeyboardButton": the optional fields are mutually exclusive)."""
    for button in (button for row in rows for button in row):
        asked = sorted(name for name in button if name.startswith("request_"))
        if len(asked) > 1:
            return f"can't parse keyboard button: {' and '.join(asked)} in one button"
    return None


def _repeated_request(rows: list[list[dict[str, Any]]]) -> str | None:
    """Each request of a message has a number of its own."""
    asked = [button.get("request_users") or button.get("request_chat") for row in rows for button in row]
    numbers = [request["request_id"] for request in asked if request]
    return "request_id must be unique within the message" if len(set(numbers)) < len(numbers) else None


def _ambiguous_button(rows: list[list[dict[str, Any]]]) -> str | None:
    """Exactly one action per button ("InlineKeyboardButton": exactly one of the optional fields must be used)."""
    for row in rows:
        for button in row:
            actions = BUTTON_ACTIONS & button.keys()
            if not actions:
                return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            if len(actions) > 1:
                return f"can't parse inline keyboard button: {' and '.join(sorted(actions))} in one button"
    return None
