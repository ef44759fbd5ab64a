"""Our addresses, for the whitelists of keys: each to copy, and all of them in the form that each exchange takes."""

from collections.abc import Iterator, Sequence

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.describing import Profiles
from bot.telegram.dialogs.guidance import separator_of
from bot.telegram.texts import Html, Speaker

LONGEST_COPY = 256
"""Characters that Telegram copies at one tap."""
PER_ROW = 2


def addresses_text(say: Speaker, profiles: Profiles, ips: Sequence[str]) -> Html:
    """The addresses, and how many of them each exchange takes."""
    if not ips:
        return say("ips-none")
    listed = Html("\n".join(f"<code>{ip}</code>" for ip in ips))
    return Html("\n".join([say("ips-title", count=len(ips)), listed, "", say("ips-limits"), *_limits(say, profiles)]))


def _limits(say: Speaker, profiles: Profiles) -> Iterator[Html]:
    """A line for each way in which exchanges want them, with how many each takes for a key."""
    takers = [profile for profile in profiles.values() if profile.max_ips]
    for separator in sorted({separator_of(profile) for profile in takers}):
        named = [f"{profile.title}\u00a0{profile.max_ips}" for profile in takers if separator_of(profile) == separator]
        yield say("ips-limit", separator=separator, exchanges=", ".join(named))


def addresses_keyboard(say: Speaker, profiles: Profiles, ips: Sequence[str]) -> InlineKeyboardMarkup | None:
    """A copy button for each address and, where there are several, one for each exchange with all that it takes."""
    rows = [[_copy(say.plain("button-copy-ip", ip=ip), ip)] for ip in ips]
    if len(ips) > 1:
        whole = [(p.title, p.ip_separator.join(ips[: p.max_ips])) for p in profiles.values() if p.max_ips]
        buttons = [_copy(say.plain("ips-copy-for", exchange=title), all_) for title, all_ in whole if _fits(all_)]
        rows += [buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_COPY


def _copy(caption: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=caption, copy_text=CopyTextButton(text=text))
