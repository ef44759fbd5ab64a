"""The chats as plain text, as somebody who watched would tell it."""

from bot.sandbox.telegram.chats import Chat, User
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.state import Telegram
from bot.sandbox.telegram.story import Line

HIDDEN = "•••"
"""Stands for the words of a deleted message: what is gone from the chat must not live on in a transcript."""
SERVICE = {
    "new_chat_members": "joined the group",
    "left_chat_member": "left the group",
    "migrate_to_chat_id": "made the group a supergroup",
    "migrate_from_chat_id": "opened the supergroup",
    "pinned_message": "pinned a message",
}


def transcript(telegram: Telegram, chat: Chat | None = None) -> str:
    """One chat, or all of them with their names, in the order things happened."""
    words: dict[Message, str] = {}
    lines = []
    for line in telegram.story:
        if chat is None or line.message.chat is chat:
            name = f"[{line.message.chat.name}] " if chat is None and len(telegram.chats) > 1 else ""
            lines.append(name + _told(line, telegram.bot, words.get(line.message)))
            if line.happening in {"said", "edited"}:
                words[line.message] = line.words
    return "\n".join(lines)


def _told(line: Line, bot: User, before: str | None) -> str:
    """`before`: what the message said until then, if it said anything."""
    who = "Bot" if line.who is bot else line.who.first_name
    match line.happening:
        case "said":
            return f"{who}: {_words(line)}{_fate(line.message)}"
        case "edited" if line.words == before and line.message.visible:
            return _only_buttons(line, who)
        case "edited":
            return f"{who} (edits): {_words(line)}"
        case "pressed":
            return f"{who} taps [{line.words}]"
        case "toast":
            return f"  ({line.who.first_name} sees: {line.words})"
        case "deleted":
            return f"  ({_deleter(line.message)} deletes a message)"


def _only_buttons(line: Line, who: str) -> str:
    """An edit that leaves the words as they are."""
    title = next((each for each in line.words.splitlines() if each), "")
    if not line.buttons:
        return f"  ({who} takes the buttons off “{title}”)"
    return "\n    ".join([f"{who} (changes the buttons under “{title}”):", *_keyboard(line)])


def _keyboard(line: Line) -> list[str]:
    return [" ".join(f"[{label}]" for label in row) for row in line.buttons]


def _words(line: Line) -> str:
    message = line.message
    if not message.visible:
        return HIDDEN
    words = [part for part in (_attachment(message), line.words) if part]
    return "\n    ".join("\n".join(words).splitlines() + _keyboard(line))


def _attachment(message: Message) -> str:
    if "document" in message.content:
        return f"<{message.content['document']['file_name']}>"
    if "photo" in message.content:
        return "<photo>"
    for name, words in SERVICE.items():
        if name in message.content:
            return f"<{words}>"
    return "" if message.text else f"<{', '.join(message.content)}>"


def _fate(message: Message) -> str:
    if message.deletion is None:
        return ""
    return f" (deleted by {_deleter(message)} after {message.deletion.after_ms} ms)"


def _deleter(message: Message) -> str:
    return "the bot" if message.deleted_by == "bot" else "the user"
