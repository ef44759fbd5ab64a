"""The way without a secret: we make the key pair, the exchange gets its public half, only the API key is asked for.

Of an agent it is the account's address instead, which everybody may know.
"""

from contextlib import suppress
from typing import Any, Final

from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.domain.exchange import ExchangeProfile
from bot.telegram.describing import moment
from bot.telegram.dialogs.asking import ask_for_key, keys_are_taken
from bot.telegram.dialogs.guide import guide_data
from bot.telegram.dialogs.pair_at_hand import copy_of_public_half, kind_here, own_words
from bot.telegram.dialogs.pair_end import take_away
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.widgets import SUCCESS, Caption, services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of
from bot.telegram.texts import Html, Speaker
from bot.usecases.pending_pairs import PendingPair

OFFERED: Final = "own_offered"
"""In a guide's data: this exchange takes a pair of ours here."""
GONE: Final = "pair_gone"
"""In the question's data: the pair has ended."""
_MAKE_ANOTHER: Final = "pair_make_another"
"""In the question's data: how its button is called."""


def make_button() -> Button:
    """First under a guide: **Let me make the key**."""
    return Button(Caption("own-make"), id="guide_own", on_click=_on_make, when=OFFERED, style=SUCCESS)


def make_again_button() -> Button:
    """Under the question, when the pair it was about has ended."""
    caption = Caption(lambda data: str(data[_MAKE_ANOTHER]))
    return Button(caption, id="key_own_again", on_click=_on_make, when=GONE, style=SUCCESS)


def offer(say: Speaker, profile: ExchangeProfile, plan: Plan) -> Html | None:
    """Why one would let us make the key; None where that cannot be."""
    kind = kind_here(profile, plan)
    return None if kind is None else say(own_words(say, kind, "offer"), exchange=profile.title)


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


async def own_question(manager: DialogManager, pair: PendingPair | None, *notices: Html | None) -> dict[str, Any]:
    """For the question's window: ``text``, ``copies`` and ``pair_gone``; ``notices`` stand close to the question."""
    say, plan = speaker(manager), Plan.of(manager)
    profile = plan.profile(manager)
    exchange, kind = profile.title, kind_here(profile, plan)

    def told(what: str, **facts: str) -> Html:
        return say(own_words(say, kind, what), exchange=exchange, **facts)

    if pair is None:
        another = own_words(say, kind, "make-another")
        return {"text": told("gone"), "copies": [], GONE: True, _MAKE_ANOTHER: another}
    guide = await guide_data(manager, own=True)
    until = moment(services_of(manager).pairs.ends_at(pair))
    parts = [
        told("made", public=pair.public_half),
        told("steps") + "\n" + guide["steps"],
        guide["addresses"],
        *notices,
        told("ask"),
        told("promise", until=until),
    ]
    copies = [copy_of_public_half(say, pair), *guide["copies"]]
    return {"text": "\n\n".join(filter(None, parts)), "copies": copies, GONE: False}
