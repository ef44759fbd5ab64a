"""Why a key is refused, and what to do about it: every reason at once, in the exchange's own words for its boxes."""

from collections.abc import Sequence
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, Url
from aiogram_dialog.widgets.text import Format

from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import Failure, Trouble, policy_of
from bot.telegram.describing import answer_of, cause_of, remedy_of
from bot.telegram.dialogs.asking import (
    PROBLEM,
    ask_for_key,
    entry_of,
    entry_or_ask,
    keys_are_taken,
    on_cancel,
    stay,
    take_away,
)
from bot.telegram.dialogs.checking import begin_check, on_check_again
from bot.telegram.dialogs.entries import KeyEntry
from bot.telegram.dialogs.pair_at_hand import copy_of_public_half, kind_here, own_words, pair_of
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.steps import steps_of
from bot.telegram.dialogs.widgets import DANGER, PRIMARY, Caption, CopyButtons, Ready, services_of, speaker
from bot.telegram.services import Services
from bot.telegram.texts import Html, Speaker

_ABOUT_ADDRESSES = frozenset({Failure.IP_NOT_ALLOWED, Failure.AMBIGUOUS_AUTH})


def refused_window(state: State) -> Window:
    """Every reason, what to do, and **Check again**."""
    return Window(
        Ready("text"),
        MessageInput(stay),
        CopyButtons("copies"),
        Button(Caption("check-again"), id="refused_again", on_click=on_check_again, style=PRIMARY),
        Button(Caption("refused-vouch"), id="refused_vouch", on_click=_on_vouch, when="may_vouch"),
        Url(Caption("button-key-page", "exchange"), Format("{key_page}"), id="refused_key_page"),
        Row(
            Button(Caption(lambda data: str(data["another"])), id="refused_another", on_click=_on_another),
            Button(Caption("button-cancel"), id="refused_cancel", on_click=on_cancel, style=DANGER),
        ),
        state=state,
        getter=_refused,
    )


def vouch_window(state: State) -> Window:
    """Whoever vouches for what the exchange cannot say types its name: a button is pressed too easily."""
    return Window(
        Ready("text"),
        MessageInput(_on_name),
        Row(
            Button(Caption("button-back"), id="vouch_back", on_click=_on_back),
            Button(Caption("button-cancel"), id="vouch_cancel", on_click=on_cancel, style=DANGER),
        ),
        state=state,
        getter=_vouching,
    )


# -------------------------------------------------------------------------------------------------------------- getters


async def _refused(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    manager, say, services = dialog_manager, speaker(dialog_manager), services_of(dialog_manager)
    plan, entry = Plan.of(manager), entry_of(manager)
    profile = plan.profile(manager)
    troubles = entry.refused.troubles if entry and entry.refused else ()
    pair = await pair_of(manager)
    return {
        "text": _reasons(say, services, plan, entry, troubles) if entry else say("key-notice-vanished"),
        "exchange": profile.title,
        "key_page": profile.key_pages[plan.place.environment],
        "may_vouch": _may_vouch(entry),
        "another": _another(say, plan, profile),
        "copies": [
            *_copies(say, troubles, services.egress_ips, profile.ip_separator),
            *([copy_of_public_half(say, pair)] if pair and _is_unregistered(troubles) else []),
        ],
    }


def _reasons(say: Speaker, services: Services, plan: Plan, entry: KeyEntry, troubles: Sequence[Trouble]) -> Html:
    theirs = [policy_of(trouble.failure).user_must_act or _is_unknown(trouble) for trouble in troubles]
    title = "refused-title" if any(theirs) else "refused-title-passing"
    parts: list[str] = [
        say(title if plan.connection is None else f"{title}-rotate", tail=entry.tail),
        entry.board.lines(say),
        *(_reason(say, services, plan, trouble) for trouble in troubles),
    ]
    if any(theirs):
        parts.append(say("refused-again-note"))
    return Html("\n\n".join(parts))


def _reason(say: Speaker, services: Services, plan: Plan, trouble: Trouble) -> Html:
    profiles, ips, place = services.profiles, services.egress_ips, plan.place
    must_act = policy_of(trouble.failure).user_must_act
    sign = "❌" if must_act else "❔" if _is_unknown(trouble) else "⏸"
    title = profiles[place.exchange].title
    own = _own_reason(say, services, plan, trouble)
    cause = say(own[0], exchange=title) if own else cause_of(say, trouble, place, profiles, ips)
    lines: list[str] = [f"{sign} {cause}"]
    if said := answer_of(say, trouble, place.exchange, profiles):
        lines.append(said)
    if trouble.retry_after:
        lines.append(say("refused-retry-after", exchange=title, duration=say.duration(trouble.retry_after)))
    # Remedies of what passes by itself speak of the watch, which goes on by itself; here somebody has to tap.
    passing = not must_act and not _is_unknown(trouble) and trouble.failure is not Failure.REGION_BLOCKED
    if own:
        lines.append(say(own[1], exchange=title))
    else:
        lines.append(say("refused-passing") if passing else remedy_of(say, trouble, place, profiles, ips))
    if _is_unknown(trouble):
        lines.append(say("refused-vouch-note"))
    return Html("\n".join(lines))


def _own_reason(say: Speaker, services: Services, plan: Plan, trouble: Trouble) -> tuple[str, str] | None:
    """Cause and remedy where the pair is ours: there is no secret to mistype, but something to register before."""
    if plan.pair is None:
        return None
    kind = kind_here(services.profiles[plan.exchange], plan)
    cause = own_words(say, kind, f"failure-{trouble.failure}")
    return (cause, own_words(say, kind, f"remedy-{trouble.failure}")) if say.knows(cause) else None


def _another(say: Speaker, plan: Plan, profile: ExchangeProfile) -> str:
    """How the way back to the question is called: of an agent of ours an address is asked for, and no key."""
    of_pair = own_words(say, kind_here(profile, plan), "another")
    return of_pair if plan.pair is not None and say.knows(of_pair) else "refused-another"


def _is_unregistered(troubles: Sequence[Trouble]) -> bool:
    """Whether the pair's public half may not have been registered yet: it is wanted once more."""
    return any(trouble.failure is Failure.INVALID_KEY for trouble in troubles)


def _may_vouch(entry: KeyEntry | None) -> bool:
    """Only where nothing but the exchange's silence stands in the way."""
    troubles = entry.refused.troubles if entry and entry.refused else ()
    return [trouble.failure for trouble in troubles] == [Failure.PERMISSIONS_UNKNOWN]


def _is_unknown(trouble: Trouble) -> bool:
    return trouble.failure is Failure.PERMISSIONS_UNKNOWN


def _copies(say: Speaker, troubles: Sequence[Trouble], ours: Sequence[str], separator: str) -> list[tuple[str, str]]:
    about = [trouble for trouble in troubles if trouble.failure in _ABOUT_ADDRESSES]
    if not about:
        return []
    seen = [trouble.seen_ip for trouble in about if trouble.seen_ip]
    return copies_of(say, list(dict.fromkeys([*seen, *ours])), separator)


def copies_of(say: Speaker, addresses: Sequence[str], separator: str) -> list[tuple[str, str]]:
    """Copy buttons (caption, text): each address, and all of them as the exchange takes them."""
    each = [(say.plain("button-copy-ip", ip=ip), ip) for ip in addresses]
    if len(addresses) < 2:  # noqa: PLR2004 - all of one is that one
        return each
    return [*each, (say.plain("button-copy-all-ips", count=len(addresses)), separator.join(addresses))]


async def _vouching(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, exchange = speaker(dialog_manager), Plan.of(dialog_manager).profile(dialog_manager).title
    wrong = say("vouch-wrong", exchange=exchange) if dialog_manager.dialog_data.get(PROBLEM) else None
    return {"text": "\n\n".join(filter(None, [wrong, say("vouch-ask", exchange=exchange)]))}


# ------------------------------------------------------------------------------------------------------------- handlers


async def _on_another(press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    if await keys_are_taken(press, manager):
        await ask_for_key(manager, "key-notice-another")


async def _on_vouch(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    entry = await entry_or_ask(manager)
    if entry is not None and _may_vouch(entry):  # asked again: a press may be forged
        manager.dialog_data[PROBLEM] = None
        await manager.switch_to(steps_of(manager).vouch)


async def _on_back(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    if await entry_or_ask(manager) is not None:
        await manager.switch_to(steps_of(manager).refused)


async def _on_name(message: Message, _input: Any, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.EDIT
    await take_away(message)
    entry = await entry_or_ask(manager)
    if entry is None:
        return
    typed = " ".join((message.text or "").split()).strip("“”\"'.")
    if typed.casefold() != Plan.of(manager).profile(manager).title.casefold():
        manager.dialog_data[PROBLEM] = {"name": "wrong"}
        return
    entry.vouched = True
    await begin_check(manager)
