"""What the bot says about itself: commands per scope and language, descriptions, menu buttons."""

from collections import defaultdict
from typing import Any

from bot.sandbox.telegram.chats import Chat, User

Scope = tuple[Any, ...]
DEFAULT: Scope = ("default",)


def scope_key(scope: dict[str, Any] | None) -> Scope:
    """A BotCommandScope as something to look up by."""
    scope = scope or {"type": "default"}
    return tuple(scope[name] for name in ("type", "chat_id", "user_id") if name in scope)


class Profile:
    """Everything is kept under the empty language too, which stands for "all other languages"."""

    def __init__(self) -> None:
        self._commands: dict[tuple[Scope, str], list[dict[str, Any]]] = {}
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        self.menu_buttons: defaultdict[int | None, dict[str, Any]] = defaultdict(lambda: {"type": "default"})

    def set_commands(self, commands: list[dict[str, Any]], scope: Scope = DEFAULT, language: str = "") -> None:
        """Sets the list of one scope and language; an empty one removes it."""
        if commands:
            self._commands[scope, language] = commands
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: Scope = DEFAULT, language: str = "") -> list[dict[str, Any]]:
        """The list of exactly this scope and language."""
        return self._commands.get((scope, language), [])

    def commands_shown(self, chat: Chat, user: User) -> list[dict[str, Any]]:
        """The list a person sees in a chat, by the order of "Determining list of commands" in the Bot API."""
        scopes: list[Scope] = [("chat_member", chat.id, user.id)] if not chat.is_private else []
        if chat.member(user).is_administrator:
            scopes.append(("chat_administrators", chat.id))
        scopes.append(("chat", chat.id))
        if chat.member(user).is_administrator:
            scopes.append(("all_chat_administrators",))
        scopes += [("all_private_chats",) if chat.is_private else ("all_group_chats",), DEFAULT]
        for scope in scopes:
            for language in (user.language_code or "", ""):
                if (scope, language) in self._commands:
                    return self._commands[scope, language]
        return []
