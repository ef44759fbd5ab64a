"""The way without a secret: we make the key pair, the exchange gets its public half, only the API key is asked for."""

from contextlib import suppress
from typing import Any, Final

from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.domain.exchange import ExchangeProfile
from bot.domain.key_pairs import PairKind
from bot.telegram.describing import moment
from bot.telegram.dialogs.asking import ask_for_key, keys_are_taken
from bot.telegram.dialogs.guide import guide_data
from bot.telegram.dialogs.pair_end import take_away
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.widgets import SUCCESS, Caption, services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of
from bot.telegram.texts import Html, Speaker
from bot.usecases.pairs import PairGone
from bot.usecases.pending_pairs import PendingPair

OFFERED: Final = "own_offered"
"""In a guide's data: this exchange takes a pair of ours here."""
GONE: Final = "pair_gone"
"""In the question's data: the pair has ended."""


def make_button() -> Button:
    """First under a guide: **Let me make the key**."""
    return Button(Caption("own-make"), id="guide_own", on_click=_on_make, when=OFFERED, style=SUCCESS)


def make_again_button() -> Button:
    """Under the question, when the pair it was about has ended."""
    return Button(Caption("own-make-another"), id="key_own_again", on_click=_on_make, when=GONE, style=SUCCESS)


def kind_here(profile: ExchangeProfile, plan: Plan) -> PairKind | None:
    """The kind of pair that the exchange takes where the key is to be used; None if it takes none."""
    return profile.own_pairs.get(plan.place.environment)


def offer(say: Speaker, profile: ExchangeProfile, plan: Plan) -> Html | None:
    """Why one would let us make the key; None where that cannot be."""
    return None if kind_here(profile, plan) is None else say("own-offer", exchange=profile.title)


async def _on_make(press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    plan = Plan.of(manager)
    kind = kind_here(plan.profile(manager), plan)
    if kind is None or not await keys_are_taken(press, manager):
        return
    pair = await services_of(manager).pairs.offer(person_of(manager), plan.place, kind, plan.connection)
    plan.pair = pair.id
    if kind.comes_as_file:
        plan.file = await _send_file(manager, plan, pair)
    plan.keep(manager)
    await ask_for_key(manager)


async def _send_file(manager: DialogManager, plan: Plan, pair: PendingPair) -> int | None:
    """The public half as a file, above the window; without it the window has the same to copy."""
    person_id, bot = person_of(manager), wizards_of(manager).backstage.bot
    await take_away(bot, person_id, pair.file_message)
    message_id = None
    file = BufferedInputFile(pair.public_half.encode() + b"\n", f"latchkey-{pair.exchange}-public-key.pem")
    caption = speaker(manager)("own-file", exchange=plan.profile(manager).title)
    with suppress(TelegramAPIError):
        message_id = (await bot.send_document(person_id, file, caption=caption)).message_id
        manager.show_mode = ShowMode.DELETE_AND_SEND
    await services_of(manager).pairs.show_in(pair, message_id)
    return message_id


async def pair_of(manager: DialogManager) -> PendingPair | None:
    """The pair this conversation is about; None if there is none any more."""
    pair_id = Plan.of(manager).pair
    if pair_id is None:
        return None
    try:
        return await services_of(manager).pairs.get(person_of(manager), pair_id)
    except PairGone:
        return None


async def own_question(manager: DialogManager, pair: PendingPair | None, *notices: Html | None) -> dict[str, Any]:
    """For the question's window: ``text``, ``copies`` and ``pair_gone``; ``notices`` stand close to the question."""
    say, plan = speaker(manager), Plan.of(manager)
    exchange = plan.profile(manager).title
    if pair is None:
        return {"text": say("own-gone", exchange=exchange), "copies": [], GONE: True}
    guide = await guide_data(manager, own=True)
    until = moment(services_of(manager).pairs.ends_at(pair))
    parts = [
        say(f"own-made-{pair.kind.value}", exchange=exchange, public=pair.public_half),
        say("own-steps", exchange=exchange) + "\n" + guide["steps"],
        guide["addresses"],
        *notices,
        say("own-ask", exchange=exchange),
        say("own-promise", until=until),
    ]
    copies = [(say.plain("own-copy-public"), pair.public_half), *guide["copies"]]
    return {"text": "\n\n".join(filter(None, parts)), "copies": copies, GONE: False}
