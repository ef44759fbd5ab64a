"""What the page gets to see, as JSON. Words of deleted messages are not part of it."""

from typing import Any

from bot.sandbox.telegram.calls import Call
from bot.sandbox.telegram.chats import Chat, User
from bot.sandbox.telegram.choosing import Choosing, Key
from bot.sandbox.telegram.markup import to_html
from bot.sandbox.telegram.messages import Button, Message
from bot.sandbox.telegram.state import Telegram


def bot_view(telegram: Telegram, viewer: User | None) -> dict[str, Any]:
    """The bot, with the commands it shows to this person (or to anybody) in private."""
    commands = (
        telegram.profile.commands_shown(telegram.chats[viewer.id], viewer)
        if viewer
        else telegram.profile.commands(("all_private_chats",)) or telegram.profile.commands()
    )
    return {
        "id": telegram.bot.id,
        "name": telegram.bot.first_name,
        "username": telegram.bot.username,
        "commands": commands,
    }


def person_view(telegram: Telegram, user: User) -> dict[str, Any]:
    """Somebody one can be on the page."""
    return {
        "id": user.id,
        "name": user.first_name,
        "language": user.language_code,
        "blocked": telegram.chats[user.id].blocked,
    }


def chat_view(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    """A chat, who is in it, and the keyboard under its text field."""
    members = [
        {"id": member.user.id, "name": member.user.first_name, "status": member.status}
        for member in chat.members.values()
        if member.is_present
    ]
    if chat.person:
        members = [{"id": chat.person.id, "name": chat.person.first_name, "status": "member"}]
    rows = Choosing(telegram).keys(chat) if chat.is_private else []
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.name,
        "members": members,
        "keyboard": [[_key_view(telegram, chat, key) for key in row] for row in rows],
    }


def _key_view(telegram: Telegram, chat: Chat, key: Key) -> dict[str, Any]:
    """A button, with those its chooser offers."""
    person, choosing = chat.person, Choosing(telegram)
    everybody: list[User | Chat] = [*telegram.users.values(), *telegram.chats.values()]
    offers = [
        {"id": target.id, "name": target.first_name if isinstance(target, User) else target.name}
        for target in everybody
        if person is not None and choosing.may_pick(person, key, target)
    ]
    return {"text": key.text, "kind": key.kind, "offers": offers}


def message_view(message: Message) -> dict[str, Any]:
    """A message as a bubble, or the ghost of a deleted one."""
    sender = message.sender_chat or message.sender
    view: dict[str, Any] = {
        "id": message.message_id,
        "from": {
            "id": sender.id,
            "name": sender.name if isinstance(sender, Chat) else sender.first_name,
            "is_bot": message.from_bot,
        },
        "date": message.sent_at,
        "edited": message.edited,
        "reply_to": message.reply_to.message_id if message.reply_to else None,
        "deleted": None,
        "text": "",
        "html": "",
        "buttons": [],
        "document": None,
        "photo": None,
        "service": None,
        "reactions": message.reactions,
        "pinned": _pinned(message),
    }
    if message.deletion is not None:
        return view | {"deleted": {"by": message.deletion.by, "after_ms": message.deletion.after_ms}}
    content = message.content
    document = content.get("document")
    return view | {
        "text": message.text,
        "html": to_html(message.text, message.entities),
        "buttons": [[_button_view(button) for button in row] for row in message.buttons],
        "document": {
            "name": document["file_name"],
            "size": document["file_size"],
            "url": f"/api/files/{document['file_id']}",
        }
        if document
        else None,
        "photo": f"/api/files/{content['photo'][-1]['file_id']}" if "photo" in content else None,
        "service": _service(message),
    }


def call_view(call: Call) -> dict[str, Any]:
    """A line of the Bot API call log."""
    return {
        "serial": call.serial,
        "method": call.method,
        "chat": call.chat_id,
        "summary": call.summary,
        "status": call.code,
        "ms": round(call.milliseconds, 1),
        "when": call.at,
    }


def _button_view(button: Button) -> dict[str, Any]:
    view: dict[str, Any] = {"text": button.text, "kind": button.kind}
    optional = {"data": button.data, "url": button.url, "copy": button.copy, "style": button.style}
    view |= {name: value for name, value in optional.items() if value is not None}
    return view | ({"disabled": True} if button.disabled else {})


def _pinned(message: Message) -> int:
    """0 if it is not pinned; else its place among the pinned ones, the newest pin's the highest."""
    pinned = message.chat.pinned
    return pinned.index(message.message_id) + 1 if message.message_id in pinned else 0


def _service(message: Message) -> str | None:
    content = message.content
    names = [user["first_name"] for user in content.get("new_chat_members", [])]
    if names:
        return f"{', '.join(names)} joined the group"
    if "left_chat_member" in content:
        return f"{content['left_chat_member']['first_name']} left the group"
    if "users_shared" in content:
        return f"You chose {', '.join(user.get('first_name', 'somebody') for user in content['users_shared']['users'])}"
    if "chat_shared" in content:
        return f"You chose {content['chat_shared'].get('title', 'a group')}"
    grown = "The group became a supergroup"
    notes = {
        "migrate_to_chat_id": grown,
        "migrate_from_chat_id": grown,
        "pinned_message": f"{message.sender.first_name} pinned a message",
    }
    return next((note for field, note in notes.items() if field in content), None)
