"""How to create the key: the exchange's own steps and names, our addresses to copy, the link to its key page."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.domain.connection import Market, Purpose
from bot.domain.exchange import ExchangeProfile
from bot.domain.permissions import Permission
from bot.domain.verdict import TRADE_PERMISSION
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.refusal import copies_of
from bot.telegram.dialogs.widgets import services_of, speaker
from bot.telegram.texts import Html, Speaker


async def guide_data(manager: DialogManager, *, own: bool = False) -> dict[str, Any]:
    """For a window with the guide: ``steps``, ``addresses``, ``copies``, ``exchange`` and ``key_page``.

    ``own``: the steps for a key whose pair we made.
    """
    say, services, plan = speaker(manager), services_of(manager), Plan.of(manager)
    profile = plan.profile(manager)
    addresses = services.egress_ips[: profile.max_ips]
    return {
        "steps": _steps(say, profile, plan, len(addresses), own=own),
        "addresses": _addresses(say, profile, addresses),
        "copies": copies_of(say, addresses, profile.ip_separator),
        "exchange": profile.title,
        "key_page": profile.key_pages[plan.place.environment],
    }


def _steps(say: Speaker, profile: ExchangeProfile, plan: Plan, addresses: int, *, own: bool) -> Html:
    assert plan.purpose is not None
    facts = {
        "environment": plan.place.environment.value,
        "purpose": plan.purpose.value,
        "boxes": quoted(say, needed_boxes(profile, plan.place.market, plan.purpose)),
        "danger_boxes": quoted(say, danger_boxes(profile)),
        "ip_count": addresses,
    }
    numbers = range(1, profile.guide_steps + 1)
    names = [f"own-{number}" if own and number in profile.own_steps else str(number) for number in numbers]
    steps = [say(f"guide-{profile.id}-{name}", **facts) for name in names]
    told = [step for step in steps if step.strip()]
    return Html("\n".join(f"{number}. {step}" for number, step in enumerate(told, start=1)))


def _addresses(say: Speaker, profile: ExchangeProfile, addresses: tuple[str, ...]) -> Html:
    if not profile.max_ips:
        return say("connect-guide-no-list", exchange=profile.title)
    if not addresses:
        return say("connect-guide-no-ips")
    text = say("connect-guide-ips", exchange=profile.title, count=len(addresses))
    if len(addresses) == 1:
        return text
    return Html(
        text + "\n" + say("connect-guide-ips-all", exchange=profile.title, ips=profile.ip_separator.join(addresses))
    )


def needed_boxes(profile: ExchangeProfile, market: Market, purpose: Purpose) -> list[str]:
    """The tick boxes that must be on, in the exchange's words; of several that would do, the first."""
    if purpose is Purpose.WATCH and profile.watch_boxes:
        return list(profile.watch_boxes)
    needed = [Permission.READ] if purpose is Purpose.WATCH else [Permission.READ, TRADE_PERMISSION[market]]
    return [box for permission in needed for box in profile.boxes.get(permission, ())[:1]]


def danger_boxes(profile: ExchangeProfile) -> list[str]:
    """The tick boxes with which a key is refused."""
    return [box for p in (Permission.WITHDRAW, Permission.TRANSFER) for box in profile.boxes.get(p, ())]


def quoted(say: Speaker, boxes: list[str]) -> str:
    """Boxes in a sentence, each once: some grant several rights; in the quotation marks of the language."""
    return ", ".join(say.plain("quoted", words=box) for box in dict.fromkeys(boxes))
