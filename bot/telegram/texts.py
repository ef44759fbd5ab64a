"""Every sentence a person reads, in their language.

The sentences are Fluent messages in ``locales/<language>/<topic>.ftl``. Values put into them are escaped for Telegram's
HTML here, once, so that no label and no exchange's reason can break a message; ``plain`` is for buttons and toasts,
which take no markup.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Final

from aiogram_i18n.cores import FluentRuntimeCore

from bot.usecases.ports import Person

LOCALES: Final = Path(__file__).parent / "locales"
DEFAULT: Final = "en"
_DAYS_ALONE: Final = 7
"""Days from which on the hours of a duration are not said."""
_MINUTE: Final = 60

Value = str | int | float


class Html(str):
    """Text that is Telegram HTML already: put into a sentence as it is."""

    __slots__ = ()


class Speaker:
    """Says sentences in one language."""

    def __init__(self, core: FluentRuntimeCore, language: str) -> None:
        self._core = core
        self.language = language

    def __call__(self, message: str, /, **values: Value) -> Html:
        """The sentence as Telegram HTML, its values escaped. Raises ``KeyNotFoundError`` for an unknown message."""
        safe = {name: _safe(value) for name, value in values.items()}
        return Html(self._core.get(message, self.language, **safe))

    def plain(self, message: str, /, **values: Value) -> str:
        """The sentence without markup, for buttons and toasts."""
        return self._core.get(message, self.language, **values)

    def at(self, exchange: str, message: str) -> str:
        """The message that says the same in words of its own for an exchange, if there is one; the message if not.

        ``field-api_key-at-hyperliquid`` is what ``field-api_key`` is called at Hyperliquid.
        """
        own = f"{message}-at-{exchange}"
        return own if self.knows(own) else message

    def knows(self, message: str) -> bool:
        """Whether there is such a message."""
        return self._core.get_translator(self.language).has_message(message)

    def duration(self, seconds: float) -> str:
        """How long, as one says it: ``40 s``, ``12 min``, ``3 h``, ``3 h 5 min``, ``1 day``, ``2 days 2 h``.

        Cut, never rounded up beyond the second. What is nothing is not said, and of a week and more no hours are.
        """
        whole = max(0, round(seconds))
        minutes, hours, days = whole // 60, whole // 3600, whole // 86400
        if not minutes:
            return self.plain("duration-seconds", n=whole)
        in_minutes, in_hours = (
            self.plain("duration-minutes", n=minutes % 60),
            self.plain("duration-hours", n=hours % 24),
        )
        if not hours:
            return in_minutes
        if not days:
            return self._both(in_hours, in_minutes if minutes % 60 else "")
        in_days = self.plain("duration-days", count=days)
        return self._both(in_days, in_hours if hours % 24 and days < _DAYS_ALONE else "")

    def _both(self, longer: str, shorter: str) -> str:
        return self.plain("duration-and", longer=longer, shorter=shorter) if shorter else longer

    def interval(self, seconds: float) -> str:
        """What comes behind “every”: ``second``, ``minute``, else a duration."""
        if round(seconds) == 1:
            return self.plain("interval-second")
        return self.plain("interval-minute") if round(seconds) == _MINUTE else self.duration(seconds)


@cache
def _parsed(path: Path) -> FluentRuntimeCore:
    """Parsed once in a process: it takes longer than everything else that a start does."""
    core = FluentRuntimeCore(path=path, default_locale=DEFAULT, use_td=False)
    core.locales.update(core.find_locales())
    return core


class Texts:
    """All languages."""

    def __init__(self, path: Path = LOCALES) -> None:
        self._core = _parsed(path)

    @cached_property
    def speakers(self) -> Mapping[str, Speaker]:
        """By language code; the default first."""
        codes = sorted(self._core.locales, key=lambda code: (code != DEFAULT, code))
        return {code: Speaker(self._core, code) for code in codes}

    def of(self, language: str | None) -> Speaker:
        """For a language tag as Telegram sends it (``pl``, ``pt-br``); the default for those we do not speak."""
        code = (language or DEFAULT).split("-")[0].lower()
        return self.speakers.get(code) or self.speakers[DEFAULT]

    def for_person(self, person: Person | None) -> Speaker:
        """In the language they chose, or else in Telegram's setting."""
        if person is None:
            return self.of(None)
        return self.of(person.language or person.telegram_language)


def _safe(value: Value) -> Value:
    if isinstance(value, Html) or not isinstance(value, str):
        return value
    return escape(value, quote=False)
