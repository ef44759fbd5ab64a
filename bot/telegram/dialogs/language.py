"""The choice of a language: one of those the bot speaks, or Telegram's setting."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Column, Select
from aiogram_dialog.widgets.text import Format

from bot.telegram.acquaintances import Acquaintances
from bot.telegram.dialogs.owned import home_button
from bot.telegram.dialogs.states import Language
from bot.telegram.dialogs.widgets import Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.usecases.ports import Person

FOLLOW = "follow"


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    person: Person | None = dialog_manager.middleware_data.get("person")
    chosen = (person.language if person else None) or FOLLOW
    choices = []
    for code in (*services_of(dialog_manager).texts.speakers, FOLLOW):
        name = say.plain(f"language-{code}")
        choices.append((say.plain("language-chosen", name=name) if code == chosen else name, code))
    return {"text": say("language-title"), "choices": choices}


async def _choose(_press: CallbackQuery, _select: Any, manager: DialogManager, code: str) -> None:
    acquaintances = manager.middleware_data["acquaintances"]
    assert isinstance(acquaintances, Acquaintances)
    texts = services_of(manager).texts
    language = code if code in texts.speakers else None
    person = await acquaintances.choose_language(person_of(manager), language)
    manager.middleware_data["person"] = person
    manager.middleware_data["say"] = texts.for_person(person)


def _code(choice: tuple[str, str]) -> str:
    return choice[1]


def language_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            Column(Select(Format("{item[0]}"), id="code", item_id_getter=_code, items="choices", on_click=_choose)),
            home_button(),
            state=Language.choice,
            getter=_shown,
        ),
    )
