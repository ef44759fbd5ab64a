"""The front of house: everything that talks with people, put together over the services."""

from aiogram import Bot, Dispatcher
from aiogram.fsm.storage.base import BaseStorage
from aiogram_dialog import setup_dialogs

from bot.telegram.acquaintances import Acquaintances
from bot.telegram.alert_press import AlertDesk
from bot.telegram.alert_rendering import AlertRenderer
from bot.telegram.anonymous import RefuseAnonymous
from bot.telegram.chat_notices import ChatNotices
from bot.telegram.check_presses import CheckPresses
from bot.telegram.commands import COMMANDS, publish
from bot.telegram.dialogs.backstage import AfterVisits
from bot.telegram.dialogs.intent_ids import use_random_intent_ids
from bot.telegram.dialogs.messages import PatientMessages
from bot.telegram.dialogs.recovery import install_wizards
from bot.telegram.isolation import OneAtATime
from bot.telegram.language import Voice
from bot.telegram.mishaps import on_mishap
from bot.telegram.router import routers
from bot.telegram.services import Services
from bot.usecases.background import BackgroundTasks
from bot.usecases.drafts import Draft
from bot.usecases.pending_pairs import PendingPair


class Front:
    """What the rest of the service needs of the conversations.

    Attributes:
        dispatcher: handles updates; whoever feeds it has them on disk already.
        notices: what intake says to people.
        commands: the commands that the guard must know.
    """

    def __init__(self, services: Services, bot: Bot, storage: BaseStorage, tasks: BackgroundTasks) -> None:
        self._services = services
        self._bot = bot
        self.commands = COMMANDS
        # aiogram isolates nothing by default: two presses at once would both read the state before either wrote it.
        self.dispatcher = dispatcher = Dispatcher(storage=storage, events_isolation=OneAtATime())
        acquaintances = Acquaintances(services.store, services.clock)
        presses = CheckPresses(services.checks, tasks)
        renderer = AlertRenderer(services.texts, services.profiles, services.clock, services.egress_ips)

        dispatcher.update.outer_middleware(Voice(acquaintances, services.texts))
        dispatcher.include_routers(*routers())
        dispatcher.errors.register(on_mishap)
        use_random_intent_ids()
        setup_dialogs(dispatcher, message_manager=PatientMessages(services.clock))
        self._recovery = install_wizards(dispatcher, bot=bot, services=services, tasks=tasks)
        backstage = self._recovery.backstage
        dispatcher.update.outer_middleware(AfterVisits(backstage))
        self.notices = ChatNotices(
            bot=bot,
            texts=services.texts,
            store=services.store,
            backstage=backstage,
            ask_again=self._recovery.resume,
        )
        dispatcher.message.outer_middleware(RefuseAnonymous(self.notices))
        dispatcher.workflow_data.update(
            services=services,
            acquaintances=acquaintances,
            check_presses=presses,
            alert_desk=AlertDesk(renderer, presses, backstage, tasks),
        )

    async def at_start(self) -> None:
        """What can wait until updates come in: the menus, and whoever was entering a key when the process ended."""
        await self._recovery.resume_all()
        await publish(self._bot, self._services.texts)

    async def on_wiped(self, draft: Draft) -> None:
        """A draft was wiped after ten quiet minutes."""
        await self._recovery.on_wiped(draft)

    async def on_pair_expired(self, pair: PendingPair) -> None:
        """A pair that we made was used by nobody for a day, and is destroyed."""
        await self._recovery.on_pair_expired(pair)
