"""Sentences and buttons in the reader's language, as aiogram-dialog widgets.

``T("card-title", "label")`` is the message ``card-title`` with its variable taken from the window's data; markup is
allowed and values are escaped. ``Caption`` is the same for buttons, which take no markup. Both find the language in
``middleware_data["say"]``: the language middleware puts it there for every update, those from the background included.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from aiogram.enums import ButtonStyle
from aiogram.types import CopyTextButton, InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Keyboard
from aiogram_dialog.widgets.style import Style
from aiogram_dialog.widgets.text import Text

from bot.telegram.services import Services
from bot.telegram.texts import Speaker, Value

PRIMARY: Final = Style(ButtonStyle.PRIMARY)
SUCCESS: Final = Style(ButtonStyle.SUCCESS)
DANGER: Final = Style(ButtonStyle.DANGER)

Data = Mapping[str, Any]
MessageId = str | Callable[[Data], str]


def speaker(manager: DialogManager) -> Speaker:
    """The voice in which this person is spoken to."""
    say = manager.middleware_data["say"]
    assert isinstance(say, Speaker)
    return say


def services_of(manager: DialogManager) -> Services:
    """The verbs, from the workflow data."""
    services = manager.middleware_data["services"]
    assert isinstance(services, Services)
    return services


class T(Text):
    """A message by its Fluent id, with variables from the window's data: ``label`` or ``variable=lambda data: …``."""

    def __init__(
        self,
        message: MessageId,
        *variables: str,
        when: WhenCondition = None,
        **computed: Callable[[Data], Value],
    ) -> None:
        super().__init__(when=when)
        self.message = message
        self._variables = variables
        self._computed = computed

    def _asked(self, data: Data) -> tuple[str, dict[str, Value]]:
        message = self.message if isinstance(self.message, str) else self.message(data)
        values = {name: data[name] for name in self._variables}
        return message, values | {name: of(data) for name, of in self._computed.items()}

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        message, values = self._asked(data)
        return speaker(manager)(message, **values)


class Caption(T):
    """A message without markup, for a button."""

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        message, values = self._asked(data)
        return speaker(manager).plain(message, **values)


class Ready(Text):
    """HTML that the getter has composed already, under this name in the window's data; nothing if it is empty."""

    def __init__(self, name: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self._name = name

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:  # noqa: ARG002 - aiogram-dialog's
        return str(data.get(self._name) or "")


class CopyButtons(Keyboard):
    """One button for each of several texts to copy, which the getter lists under ``name`` as (caption, text)."""

    LONGEST = 256
    """Characters that Telegram copies at one tap."""

    def __init__(self, name: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self._name = name

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:  # noqa: ARG002 - as above
        return [
            [InlineKeyboardButton(text=caption, copy_text=CopyTextButton(text=text))]
            for caption, text in data.get(self._name) or ()
            if len(text) <= self.LONGEST
        ]
