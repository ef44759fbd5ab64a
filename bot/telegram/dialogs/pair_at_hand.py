"""The pair of ours that a conversation is about, and the words for its kind.

A public key is registered, an agent's address approved; what its owner sends in return is an API key, or an address.
"""

from aiogram_dialog import DialogManager

from bot.domain.exchange import ExchangeProfile
from bot.domain.key_pairs import PairKind
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.widgets import services_of
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Speaker
from bot.usecases.pairs import PairGone
from bot.usecases.pending_pairs import PendingPair


def kind_here(profile: ExchangeProfile, plan: Plan) -> PairKind | None:
    """The kind of pair that the exchange takes where the key is to be used; None if it takes none."""
    return profile.own_pairs.get(plan.place.environment)


def own_words(say: Speaker, kind: PairKind | None, what: str) -> str:
    """The message that says it of this kind of pair, or else of any: ``own-agent-ask`` or ``own-ask`` for ``ask``."""
    of_kind = f"own-{kind}-{what}"
    return of_kind if say.knows(of_kind) else f"own-{what}"


async def pair_of(manager: DialogManager) -> PendingPair | None:
    """The pair this conversation is about; None if there is none any more."""
    pair_id = Plan.of(manager).pair
    if pair_id is None:
        return None
    try:
        return await services_of(manager).pairs.get(person_of(manager), pair_id)
    except PairGone:
        return None


def copy_of_public_half(say: Speaker, pair: PendingPair) -> tuple[str, str]:
    """Caption and text of the button that copies it."""
    return say.plain(own_words(say, pair.kind, "copy-public")), pair.public_half
