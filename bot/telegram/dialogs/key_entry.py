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
from bot.domain.masking import mask_tail
from bot.domain.pasting import Field, Reading, read_paste
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
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.steps import steps_of
from bot.telegram.dialogs.widgets import DANGER, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of
from bot.telegram.texts import Html, Speaker
from bot.usecases.drafts import DraftGone

_NOT_TEXT = "not-text"
_PEM_QUESTIONS = {Field.API_KEY: "key-ask-key-and-private-key", Field.SECRET: "key-ask-private-key"}
"""What is asked where the secret may be a private key in PEM."""


def key_window(state: State) -> Window:
    """The window, for the wizard this state belongs to."""
    return Window(
        Ready("text"),
        MessageInput(_on_paste),
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
    try:
        have = _entered(manager, plan)
    except DraftGone:
        have = {}
    parts = [
        place_line(say, plan.place, services_of(manager).profiles),
        _notice(manager, say),
        _problem(manager, say, profile),
        _question(say, profile, have),
    ]
    return {
        "text": "\n\n".join(filter(None, parts)),
        "exchange": profile.title,
        "key_page": profile.key_pages[plan.place.environment],
    }


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


def _notice(manager: DialogManager, say: Speaker) -> Html | None:
    notice = manager.dialog_data.get(NOTICE)
    return say(notice) if notice else None


def _problem(manager: DialogManager, say: Speaker, profile: ExchangeProfile) -> Html | None:
    problem = manager.dialog_data.get(PROBLEM)
    if services_of(manager).key_intake.closed_because is not None:
        return say("key-intake-closed-message", exchange=profile.title)
    if not problem:
        return None
    return say(
        say.at(profile.id, f"paste-{problem['name']}"),
        exchange=profile.title,
        field=say.plain(say.at(profile.id, f"field-{problem['about']}")),
        expected=problem["expected"],
        got=problem["got"],
        kinds=", ".join(sorted(profile.shape.secret.pem)),
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
    asked = next((field for field in shape.fields if field not in have), None)
    if asked is not None:
        text = message.text or message.caption
        if text is None:
            manager.dialog_data[PROBLEM] = {"name": _NOT_TEXT, "about": asked.value, "expected": 0, "got": 0}
            return
        reading = read_paste(text, shape, asked, have)
        _keep(manager, plan, have, reading)
        if any(field not in reading.found for field in shape.fields):
            _explain(manager, reading, asked)
            return
    await _go_on(manager)


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
        plan.draft = drafts.open(person_id, plan.place, plan.connection)
        plan.keep(manager)
        entries.begin(person_id, plan.draft)
    drafts.put(plan.draft, person_id, new)
    entry = entries.get(person_id)
    if entry is not None and Field.API_KEY in reading.found:
        entry.tail = mask_tail(reading.found[Field.API_KEY])


def _explain(manager: DialogManager, reading: Reading, asked: Field) -> None:
    if reading.problem is not None:
        manager.dialog_data[PROBLEM] = {
            "name": reading.problem.value,
            "about": (reading.about or asked).value,
            "expected": reading.expected_length or 0,
            "got": reading.got_length or 0,
        }


async def _go_on(manager: DialogManager) -> None:
    await stop_asking(manager)
    steps = steps_of(manager)
    if steps.after_key is steps.checking:
        await begin_check(manager)
    else:
        await manager.switch_to(steps.after_key)


async def _on_back(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    wipe(manager)
    await stop_asking(manager)
    await manager.switch_to(steps_of(manager).guide)
