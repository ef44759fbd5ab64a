"""What dialogs and buttons may call. ``bot.app`` fills it in; handlers get it as ``services``."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.exchange import ExchangeProfile
from bot.telegram.intake_state import KeyIntake
from bot.telegram.questions import OpenQuestions
from bot.telegram.texts import Texts
from bot.usecases.acknowledge import AcknowledgeAlerts
from bot.usecases.announced import FollowAnnouncements
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
from bot.usecases.pairs import OwnPairs
from bot.usecases.pictures import HistoryPictures
from bot.usecases.ports import Clock
from bot.usecases.rotate import RotateKey
from bot.usecases.share import ShareConnections
from bot.usecases.status import KeepStatus
from bot.usecases.storage import Store
from bot.usecases.subscribe import HearOfConnections


@dataclass(frozen=True, slots=True)
class Services:
    """The verbs, and the few facts that conversations need.

    Attributes:
        profiles: the catalogue of exchanges, by id, in the order offered.
        egress_ips: our addresses, for whitelists; empty if the operator did not say.
        questions: opened before a question for a secret is shown, closed after the last secret was read.
        key_intake: says whether keys are taken now; dialogs refuse kindly while they are not.
        interval: seconds between two checks of a connection, to be named in texts.
    """

    store: Store
    texts: Texts
    clock: Clock
    profiles: Mapping[str, ExchangeProfile]
    drafts: Drafts
    pairs: OwnPairs
    questions: OpenQuestions
    key_intake: KeyIntake
    connect: ConnectExchange
    rotate: RotateKey
    checks: CheckConnections
    gate: ControlGate
    manage: ManageConnections
    acknowledge: AcknowledgeAlerts
    mute: MuteConnections
    choose: ChooseAlerts
    share: ShareConnections
    hear: HearOfConnections
    look_back: LookBack
    pictures: HistoryPictures
    status: KeepStatus
    maintenance: PlanMaintenance
    announced: FollowAnnouncements
    digests: SendDigests
    egress_ips: tuple[str, ...]
    interval: float
