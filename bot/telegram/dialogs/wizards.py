"""What the wizards have beside the services: the keys under way, and the way into conversations from outside."""

from dataclasses import dataclass

from aiogram.types import User
from aiogram_dialog import DialogManager

from bot.telegram.dialogs.backstage import Backstage
from bot.telegram.dialogs.entries import KeyEntries
from bot.usecases.background import BackgroundTasks


@dataclass(frozen=True, slots=True)
class Wizards:
    """Given to handlers as ``wizards``."""

    entries: KeyEntries
    backstage: Backstage
    tasks: BackgroundTasks


def wizards_of(manager: DialogManager) -> Wizards:
    """From the workflow data."""
    wizards = manager.middleware_data["wizards"]
    assert isinstance(wizards, Wizards)
    return wizards


def person_of(manager: DialogManager) -> int:
    """Whoever acts; wizards run in private chats, so it is the chat's id too."""
    user = manager.middleware_data["event_from_user"]
    assert isinstance(user, User)
    return user.id
