"""The composition root: the one module that sees everything, and says how the parts meet.

Read ``assemble`` from top to bottom: store, vault, exchanges, verbs, Telegram, schedule. No part knows another; each is
given what it needs. ``lifecycle.Latchkey.run`` is the order of a start and of a stop.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.exchanges.gateway import CcxtGateway
from bot.exchanges.hyperliquid import address_of
from bot.exchanges.registry import ADAPTERS
from bot.lifecycle import Latchkey, SystemClock
from bot.listening import health_page, nothing_to_listen_to, webhook_listener
from bot.observability.metrics import PrometheusMetrics
from bot.opening import CannotStart, keyring_of, open_vault, opened_store
from bot.outbound import BeaconAt, Heartbeat, Outbound, PlainPost
from bot.pictures.drawing import PillowPictures
from bot.scheduler.dispatcher import Dispatcher, Watch
from bot.scheduler.housekeeping import Housekeeping
from bot.scheduler.looks import Looks
from bot.scheduler.orderly import OrderlyScheduler
from bot.scheduler.pair_keeper import PairKeeper
from bot.scheduler.pulse import Pulse
from bot.scheduler.ringing import Ringing
from bot.scheduler.rounds import Rounds
from bot.settings import Settings
from bot.store.engine import SqlStore
from bot.telegram.alert_rendering import AlertRenderer
from bot.telegram.deletions import DeletionLane
from bot.telegram.digest_words import DigestPicture
from bot.telegram.downtime import Contact
from bot.telegram.file_watch import FileWatch
from bot.telegram.front import Front
from bot.telegram.guard import Guard
from bot.telegram.intake import Intake
from bot.telegram.intake_state import KeyIntake, Operators
from bot.telegram.lanes import Worker
from bot.telegram.ledger import Ledger
from bot.telegram.poller import Poller
from bot.telegram.questions import OpenQuestions
from bot.telegram.sender import TelegramSender
from bot.telegram.services import Services
from bot.telegram.status_screen import TelegramStatusScreen
from bot.telegram.storage import SqlStorage
from bot.telegram.texts import Texts
from bot.telegram.webhook import Webhook, WebhookEndpoint, own_webhook
from bot.telegram.wire import make_bot
from bot.usecases.acknowledge import AcknowledgeAlerts
from bot.usecases.announced import FollowAnnouncements
from bot.usecases.background import BackgroundTasks
from bot.usecases.blind import TellBlind
from bot.usecases.check import CheckConnections
from bot.usecases.choose import ChooseAlerts
from bot.usecases.connect import ConnectExchange
from bot.usecases.digest import SendDigests
from bot.usecases.drafts import Drafts
from bot.usecases.gate import ControlGate
from bot.usecases.history import LookBack
from bot.usecases.maintenance import PlanMaintenance
from bot.usecases.manage import ManageConnections
from bot.usecases.mute import MuteConnections
from bot.usecases.network import OwnNetwork
from bot.usecases.overdue import WatchDelivery
from bot.usecases.pairs import OwnPairs
from bot.usecases.ports import CredentialVault
from bot.usecases.record import Recorder
from bot.usecases.relay import RelayAlerts
from bot.usecases.remind import RemindOwners
from bot.usecases.ring import RingAlerts
from bot.usecases.rotate import RotateKey
from bot.usecases.scene import Scene
from bot.usecases.share import ShareConnections
from bot.usecases.status import KeepStatus
from bot.usecases.storage import StoreUnavailable
from bot.usecases.subscribe import HearOfConnections
from bot.usecases.suspicions import FollowSuspicions
from bot.usecases.sweeps import CountSweeps
from bot.usecases.tally import Tally
from bot.vault import EphemeralBox, KeyPairMaker, KeyringError

STATUS_EVERY = 5.0
"""Seconds between two looks at the status cards."""
MAINTENANCE_EVERY = 20.0
"""Seconds between two looks for maintenance windows that are over."""
ANNOUNCED_EVERY = 15.0
"""Seconds between two looks whether it is time to ask an exchange what it announces; each is asked more seldom."""
DIGESTS_EVERY = 30.0
"""Seconds between two looks for digests that are due."""


@asynccontextmanager
async def assemble(settings: Settings, clock: SystemClock | None = None) -> AsyncIterator[Latchkey]:
    """Puts the service together; closes what was opened.

    Raises:
        CannotStart: the configuration does not let it start.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        try:
            ring = keyring_of(settings)
            store = await stack.enter_async_context(opened_store(settings))
            vault = await open_vault(store, ring)
        except (KeyringError, StoreUnavailable) as refusal:
            raise CannotStart(str(refusal)) from None
        metrics, tasks = PrometheusMetrics(), BackgroundTasks()
        operators = Operators(settings.operators, clock)

        # Exchanges and the verbs.
        gateway = _closing(stack, gateway_of(settings, clock))
        watch = Watch(settings.check_interval, clock)
        drafts = Drafts(EphemeralBox(), clock)
        pairs = OwnPairs(store, KeyPairMaker(address_of), vault, drafts, clock)
        questions = OpenQuestions(store, clock)
        contact = Contact(store, questions, clock)
        key_intake = KeyIntake(store, operators, clock)

        bot = make_bot(settings.bot_token.get_secret_value(), settings.telegram_api_url)
        stack.push_async_callback(bot.session.close)
        texts = Texts()
        pictures = stack.enter_context(PillowPictures())
        sender = TelegramSender(
            bot,
            AlertRenderer(texts, gateway.profiles(), clock, settings.egress_ips),
            DigestPicture(SendDigests(store, clock), pictures, texts),
        )
        relay = RelayAlerts(store, sender, clock, metrics, tasks, sender.pace, operators)
        tell_blind = TellBlind(store, settings.check_interval, relay.wake)
        ways = _ways_out(settings, metrics, stack)
        network = OwnNetwork(contact, clock, tasks, tell_blind, ways.beacon)
        checks = _checks(
            store=store,
            gateway=gateway,
            vault=vault,
            watch=watch,
            network=network,
            operators=operators,
            clock=clock,
            metrics=metrics,
            tasks=tasks,
            on_news=relay.wake,
            tally=Tally(settings.check_interval),
        )
        services = Services(
            store=store,
            texts=texts,
            clock=clock,
            profiles=gateway.profiles(),
            drafts=drafts,
            pairs=pairs,
            questions=questions,
            key_intake=key_intake,
            connect=ConnectExchange(store, gateway, vault, drafts, pairs, clock, watch),
            rotate=RotateKey(store, gateway, vault, drafts, pairs, clock, checks),
            checks=checks,
            gate=ControlGate(store, clock, metrics),
            manage=ManageConnections(store, vault, clock, watch),
            acknowledge=AcknowledgeAlerts(store, clock),
            mute=MuteConnections(store, clock),
            choose=ChooseAlerts(store, clock),
            share=ShareConnections(store, clock),
            hear=HearOfConnections(store, clock),
            look_back=LookBack(store, clock),
            pictures=pictures,
            status=KeepStatus(
                store, TelegramStatusScreen(bot, texts, gateway.profiles()), clock, settings.check_interval
            ),
            maintenance=PlanMaintenance(store, clock),
            announced=FollowAnnouncements(store, gateway, clock, relay.wake),
            digests=SendDigests(store, clock),
            egress_ips=settings.egress_ips,
            interval=settings.check_interval,
        )

        # Telegram: in through the inbox, out through the outbox.
        front = Front(services, bot, SqlStorage(store), tasks)
        ledger = Ledger(store, clock, tasks)
        deletions = DeletionLane(bot=bot, store=store, ledger=ledger, clock=clock, tasks=tasks, metrics=metrics)
        guard = Guard(bot.id, questions, clock, front.commands)
        worker = Worker(
            bot=bot,
            dispatcher=front.dispatcher,
            deletions=deletions,
            files=FileWatch(bot=bot, guard=guard, deletions=deletions, store=store, notices=front.notices, clock=clock),
            ledger=ledger,
            notices=front.notices,
            operators=operators,
            clock=clock,
            tasks=tasks,
            metrics=metrics,
        )
        intake = Intake(
            store=store,
            boxes=vault,
            guard=guard,
            deletions=deletions,
            worker=worker,
            ledger=ledger,
            notices=front.notices,
            operators=operators,
            clock=clock,
            tasks=tasks,
            metrics=metrics,
        )
        source: Poller | Webhook
        listen: Callable[[], Awaitable[None]] = nothing_to_listen_to
        if settings.webhook_url is not None and settings.webhook_secret is not None:
            secret = settings.webhook_secret.get_secret_value()
            listen = await webhook_listener(WebhookEndpoint(intake, contact, secret), settings, stack)
            source = Webhook(
                bot=bot,
                store=store,
                key_intake=key_intake,
                contact=contact,
                clock=clock,
                url=settings.webhook_url,
                secret=secret,
            )
        else:
            source = Poller(
                bot=bot,
                intake=intake,
                worker=worker,
                key_intake=key_intake,
                contact=contact,
                clock=clock,
                tasks=tasks,
                own_webhook=await own_webhook(store),
            )

        # The schedule.
        scheduler = OrderlyScheduler()
        dispatcher = Dispatcher(watch, checks, clock, metrics)
        for part in (
            dispatcher,
            Housekeeping(store, drafts, clock, front.on_wiped, RemindOwners(store, clock)),
            PairKeeper(pairs, front.on_pair_expired),
            Ringing(RingAlerts(store, clock, relay.wake)),
            _rounds(settings, store, tell_blind, watch, network, clock, tasks, ways),
            _looks(services),
        ):
            part.schedule(scheduler)
        app = Latchkey(
            bot=bot,
            store=store,
            tasks=tasks,
            intake=intake,
            worker=worker,
            deletions=deletions,
            ledger=ledger,
            questions=questions,
            contact=contact,
            source=source,
            listen=listen,
            relay=relay,
            scheduler=scheduler,
            dispatcher=dispatcher,
            pulse=Pulse(scheduler, dispatcher, clock),
            watch=watch,
            network=network,
            services=services,
            front=front,
        )
        await stack.enter_async_context(health_page(settings, metrics, vault, app))
        stack.push_async_callback(tasks.aclose)  # ends first: what runs still needs what is closed after it
        yield app


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """The service, from start to stop.

    Raises:
        CannotStart: the configuration does not let it start.
        PartEnded: it has to be started anew.
    """
    async with assemble(settings) as latchkey:
        await latchkey.run(stop)


def _checks(
    *,
    store: SqlStore,
    gateway: CcxtGateway,
    vault: CredentialVault,
    watch: Watch,
    network: OwnNetwork,
    operators: Operators,
    clock: SystemClock,
    metrics: PrometheusMetrics,
    tasks: BackgroundTasks,
    on_news: Callable[[], None],
    tally: Tally,
) -> CheckConnections:
    """Checks from the question to the record: what is asked, whose trouble it is, what becomes of it."""
    scene = Scene()
    recorder = Recorder(
        store,
        vault,
        watch,
        metrics,
        tasks,
        on_news=on_news,
        scene=scene,
        suspicions=FollowSuspicions(scene, gateway, watch, clock, tasks),
        operators=operators,
        tally=tally,
    )
    return CheckConnections(store, gateway, vault, recorder, network, clock, metrics, tasks, operators=operators)


def gateway_of(settings: Settings, clock: SystemClock) -> CcxtGateway:
    """The exchanges, as the settings say where they are.

    Raises:
        CannotStart: the settings name an exchange that there is none of, or an address that is none.
    """
    urls = dict(settings.exchange_urls)
    if "binanceusdm" in urls:  # ccxt's other class for the same exchange; one adapter serves both markets
        urls.setdefault("binance", urls.pop("binanceusdm"))
    try:
        return CcxtGateway(urls, clock, settings.egress_ips)
    except KeyError:
        known = ", ".join(ADAPTERS)
        raise CannotStart(
            f"LATCHKEY_EXCHANGE_URLS names an exchange that Latchkey does not have. It has: {known}."
        ) from None
    except ValueError:
        raise CannotStart("LATCHKEY_EGRESS_IPS holds something that is no IP address.") from None


def _rounds(
    settings: Settings,
    store: SqlStore,
    tell_blind: TellBlind,
    watch: Watch,
    network: OwnNetwork,
    clock: SystemClock,
    tasks: BackgroundTasks,
    ways: "_Ways",
) -> Rounds:
    """What counts the rounds of the watch and looks at what waits."""
    sweeps = CountSweeps(store, tell_blind, clock, tasks, settings.check_interval, ways.switch)
    return Rounds(watch, sweeps, WatchDelivery(store, settings.operators, clock, ways.second), clock, network)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways out that are not Telegram, as far as they are set."""

    switch: Heartbeat | None
    second: PlainPost | None
    beacon: BeaconAt | None


def _ways_out(settings: Settings, metrics: PrometheusMetrics, stack: AsyncExitStack) -> _Ways:
    outbound = _closing(stack, Outbound())
    heartbeat, fallback, beacon = settings.heartbeat_url, settings.fallback_url, settings.beacon_url
    return _Ways(
        Heartbeat(heartbeat.get_secret_value(), outbound, metrics) if heartbeat else None,
        PlainPost(fallback.get_secret_value(), outbound, metrics) if fallback else None,
        BeaconAt(beacon.get_secret_value(), outbound, metrics) if beacon else None,
    )


def _looks(services: Services) -> Looks:
    """What is looked at now and then, and tells people by itself."""
    return Looks(
        [
            (services.status.look, STATUS_EVERY),
            (services.maintenance.look, MAINTENANCE_EVERY),
            (services.announced.look, ANNOUNCED_EVERY),
            (services.digests.look, DIGESTS_EVERY),
        ]
    )


class _Closable(Protocol):
    async def close(self) -> None: ...


_Part = TypeVar("_Part", bound=_Closable)


def _closing(stack: AsyncExitStack, part: _Part) -> _Part:
    """The part, which will be closed with the rest."""
    stack.push_async_callback(part.close)
    return part
