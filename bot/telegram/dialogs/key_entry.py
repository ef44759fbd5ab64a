"""The question for the key, its secret and, where there is one, its passphrase: one window, shared by the wizards.

Every message that comes here has been deleted, or is being, before it is read; what is read goes sealed into the draft.
"""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, Url
from aiogram_dialog.widgets.text import Format

from bot.domain.exchange import ExchangeProfile
from bot.domain.key_pairs import PairKind
from bot.domain.masking import mask_tail
from bot.domain.pasting import Field, PasteProblem, Reading, read_paste
from bot.telegram.describing import place_line
from bot.telegram.dialogs.asking import (
    NOTICE,
    PROBLEM,
    ask_for_key,
    entry_of,
    on_cancel,
    stop_asking,
    wipe,
)
from bot.telegram.dialogs.checking import begin_check
from bot.telegram.dialogs.own_pair import GONE, make_again_button, own_question
from bot.telegram.dialogs.pair_at_hand import kind_here, own_words, pair_of
from bot.telegram.dialogs.pair_end import leave_pair
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.steps import steps_of
from bot.telegram.dialogs.widgets import DANGER, Caption, CopyButtons, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of
from bot.telegram.texts import Html, Speaker
from bot.usecases.drafts import DraftGone
from bot.usecases.pending_pairs import PendingPair

_NOT_TEXT, _HAS_SECRET, _PUBLIC_HALF = "not-text", "has-secret", "public-half"
_OF_PAIRS = frozenset({_HAS_SECRET, _PUBLIC_HALF})
"""Mistakes that can only be made where the pair is ours."""
_PEM_QUESTIONS = {Field.API_KEY: "key-ask-key-and-private-key", Field.SECRET: "key-ask-private-key"}
"""What is asked where the secret may be a private key in PEM."""


def key_window(state: State) -> Window:
    """The window, for the wizard this state belongs to."""
    return Window(
        Ready("text"),
        MessageInput(_on_paste),
        make_again_button(),
        CopyButtons("copies"),
        Url(Caption("button-key-page", "exchange"), Format("{key_page}"), id="key_page"),
        Row(
            Button(Caption("button-back"), id="key_back", on_click=_on_back),
            Button(Caption("button-cancel"), id="key_cancel", on_click=on_cancel, style=DANGER),
        ),
        state=state,
        getter=_shown,
    )


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    manager, say = dialog_manager, speaker(dialog_manager)
    plan = Plan.of(manager)
    profile = plan.profile(manager)
    place = place_line(say, plan.place, services_of(manager).profiles)
    kind = kind_here(profile, plan) if plan.pair is not None else None
    notices = (_notice(manager, say, kind), _problem(manager, say, profile, kind))
    data = {"exchange": profile.title, "key_page": profile.key_pages[plan.place.environment], GONE: False}
    if plan.pair is not None:
        data |= await own_question(manager, await pair_of(manager), *notices)
        return data | {"text": f"{place}\n\n{data['text']}"}
    try:
        have = _entered(manager, plan)
    except DraftGone:
        have = {}
    parts = [place, *notices, _question(say, profile, have)]
    return data | {"text": "\n\n".join(filter(None, parts))}


def _question(say: Speaker, profile: ExchangeProfile, have: Mapping[Field, str]) -> str:
    got = []
    if Field.API_KEY in have:
        got.append(say(say.at(profile.id, "key-have"), tail=mask_tail(have[Field.API_KEY])))
    if Field.SECRET in have:
        got.append(say(say.at(profile.id, "key-have-secret")))
    asked = next((field for field in profile.shape.fields if field not in have), Field.API_KEY)
    message = (profile.shape.secret.pem and _PEM_QUESTIONS.get(asked)) or f"key-ask-{asked}"
    question = say(say.at(profile.id, message), exchange=profile.title)
    closing = say("key-promise") + "\n" + say("key-changed-mind")
    return "\n\n".join(filter(None, ["\n".join(got), question, closing]))


def _notice(manager: DialogManager, say: Speaker, kind: PairKind | None) -> Html | None:
    notice: str | None = manager.dialog_data.get(NOTICE)
    if notice is None:
        return None
    of_pair = own_words(say, kind, notice.removeprefix("key-"))
    return say(of_pair if kind is not None and say.knows(of_pair) else notice)


def _problem(manager: DialogManager, say: Speaker, profile: ExchangeProfile, kind: PairKind | None) -> Html | None:
    problem = manager.dialog_data.get(PROBLEM)
    if services_of(manager).key_intake.closed_because is not None:
        return say("key-intake-closed-message", exchange=profile.title)
    if not problem:
        return None
    if problem["name"] in _OF_PAIRS:
        return say(own_words(say, kind, problem["name"]), exchange=profile.title)
    return say(
        say.at(profile.id, f"paste-{problem['name']}"),
        exchange=profile.title,
        field=say.plain(say.at(profile.id, f"field-{problem['about']}")),
        expected=problem["expected"],
        got=problem["got"],
        kinds=", ".join(sorted(profile.shape.secret.pem)),
        own_pairs="yes" if profile.own_pairs else "no",
    )


# ------------------------------------------------------------------------------------------------------------ a message


async def _on_paste(message: Message, _input: Any, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.EDIT
    if message.message_id < (manager.current_stack().last_message_id or 0):
        # Sent before the question was asked anew, after a restart: it may be the second half of what is lost.
        manager.dialog_data[NOTICE] = "key-notice-restarted"
        return
    manager.dialog_data[NOTICE] = manager.dialog_data[PROBLEM] = None
    if services_of(manager).key_intake.closed_because is not None:
        return  # it is deleted; whoever else reads along must not be helped by our using it
    plan = Plan.of(manager)
    shape = plan.profile(manager).shape
    try:
        have = _entered(manager, plan)
    except DraftGone:
        await ask_for_key(manager, "key-notice-vanished")
        return
    pair = await pair_of(manager)
    if plan.pair is not None and pair is None:
        return  # the window says so
    wanted = shape.fields if plan.pair is None else (Field.API_KEY,)
    asked = next((field for field in wanted if field not in have), None)
    if asked is None or _take(message.text or message.caption, manager, plan, pair, wanted, asked, have):
        await _go_on(manager)


def _take(
    text: str | None,
    manager: DialogManager,
    plan: Plan,
    pair: PendingPair | None,
    wanted: tuple[Field, ...],
    asked: Field,
    have: Mapping[Field, str],
) -> bool:
    """Reads an answer and keeps what is in it; whether everything that is wanted is there now."""
    if text is None:
        _complain(manager, _NOT_TEXT, asked)
        return False
    reading = read_paste(text, plan.profile(manager).shape, asked, have)
    if pair is not None and (mistake := _mistake_with(pair, reading)) is not None:
        _complain(manager, mistake, asked)
        return False
    _keep(manager, plan, have, reading)
    if all(field in reading.found for field in wanted):
        return True
    if reading.problem is not None:
        _complain(
            manager,
            reading.problem.value,
            reading.about or asked,
            expected=reading.expected_length or 0,
            got=reading.got_length or 0,
        )
    return False


def _mistake_with(pair: PendingPair, reading: Reading) -> str | None:
    """What was sent instead of the API key: a secret, of no use with this pair, or the pair's own public half."""
    if Field.SECRET in reading.found or reading.problem is PasteProblem.LOOKS_LIKE_SECRET_NOT_KEY:
        return _HAS_SECRET
    if reading.problem is PasteProblem.PEM_WHERE_HMAC_EXPECTED:
        return _HAS_SECRET if pair.kind is PairKind.AGENT else _PUBLIC_HALF
    return _PUBLIC_HALF if reading.found.get(Field.API_KEY) == pair.public_half else None


def _complain(manager: DialogManager, name: str, about: Field, *, expected: int = 0, got: int = 0) -> None:
    manager.dialog_data[PROBLEM] = {"name": name, "about": about.value, "expected": expected, "got": got}


def _entered(manager: DialogManager, plan: Plan) -> Mapping[Field, str]:
    """What is in the draft. Raises ``DraftGone`` if it was wiped, or lost with a restart."""
    if plan.draft is None:
        return {}
    if entry_of(manager) is None:
        raise DraftGone
    return services_of(manager).drafts.fields(plan.draft, person_of(manager))


def _keep(manager: DialogManager, plan: Plan, have: Mapping[Field, str], reading: Reading) -> None:
    """Seals what is new. The draft is made with the first value: an empty one would only run out of time."""
    new = {field: value for field, value in reading.found.items() if have.get(field) != value}
    if not new:
        return
    person_id, drafts = person_of(manager), services_of(manager).drafts
    entries = wizards_of(manager).entries
    if plan.draft is None:
        plan.draft = drafts.open(person_id, plan.place, plan.connection, plan.pair)
        plan.keep(manager)
        entries.begin(person_id, plan.draft)
    drafts.put(plan.draft, person_id, new)
    entry = entries.get(person_id)
    if entry is not None and Field.API_KEY in reading.found:
        entry.tail = mask_tail(reading.found[Field.API_KEY])


async def _go_on(manager: DialogManager) -> None:
    await stop_asking(manager)
    steps = steps_of(manager)
    if steps.after_key is steps.checking:
        await begin_check(manager)
    else:
        await manager.switch_to(steps.after_key)


async def _on_back(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    wipe(manager)
    await leave_pair(manager)
    await stop_asking(manager)
    await manager.switch_to(steps_of(manager).guide)
