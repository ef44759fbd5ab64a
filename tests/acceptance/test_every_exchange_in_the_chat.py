"""Every exchange of the catalogue, in each of its environments and markets, from a phone.

At each place one person connects keys. What can be wrong is brought about at the exchange's simulator, one situation
after the other, and each time they tap **Check again**: the chat must name what is wrong, and nothing else. At last the
good key comes in, then one that may only read, to watch, and one while the exchange's clock is off.
"""

import asyncio
import re
from collections.abc import Iterable
from html import unescape
from typing import Final

import pytest

from bot.domain.connection import Credential, Place, Purpose
from bot.domain.failures import Failure, Trouble
from bot.domain.permissions import Permission
from bot.domain.verdict import TRADE_PERMISSION
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.telegram.messages import Message
from bot.telegram.describing import cause_of, market_name
from bot.telegram.dialogs.catalogue import search
from bot.telegram.texts import Texts
from tests.acceptance.conftest import HurriedClock, Service
from tests.integration.exchanges.known import known
from tests.integration.exchanges.places import PLACES, named
from tests.integration.exchanges.situations import (
    PURPOSE,
    Outcome,
    Situation,
    arranged,
    can_be,
    expected_of,
    put_right,
)

PROFILES: Final = {exchange: adapter_of(exchange).PROFILE for exchange in ADAPTERS}
SAY: Final = Texts().of("en")
CHECKING: Final = "Checking the key"
PATIENCE: Final = 20.0
"""Seconds for a check."""

GOOD: Final = (Situation.GOOD_TO_TRADE, Situation.GOOD_TO_WATCH, Situation.CLOCK_OFF)
"""In which a key comes in; where the exchange does not say what it may do, once its owner has vouched for it."""
NEEDS_A_PASTE: Final = (Situation.OTHER_PASSPHRASE, Situation.OTHER_SECRET)
"""What nobody can put right at the exchange: another key is entered."""
STAY_AWAY: Final = (Situation.TOO_MANY, Situation.BANNED)
"""After which nobody asks the exchange anything for a while: they come last."""

A_LIMIT: Final = 301.0
"""Seconds; longer than we stay away because of any limit."""
A_BAN: Final = 901.0
"""Seconds; longer than we stay away because of any ban, and longer than a draft is kept that nobody touches."""
BETWEEN_COMPARISONS: Final = 61.0
"""Seconds after which a clock that was found right may be suspected again."""


class PatientClock(HurriedClock):
    """Waits are over at a word, while the time of day stays that of the exchanges."""

    def __init__(self) -> None:
        super().__init__()
        self._waited = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self._waited

    def wait(self, seconds: float) -> None:
        self._waited += seconds


@pytest.mark.parametrize("place", PLACES, ids=named)
async def test_a_key_is_refused_for_what_is_wrong_and_comes_in_when_it_is_right(
    unstarted: Service, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    unstarted.clock = clock = PatientClock()
    await unstarted.start(check_interval=600)  # so that nothing is checked but what she asks for
    # Our own budgets run in real time, and some are small: they would only hold the test up.
    monkeypatch.setattr(unstarted.app.services.connect._gateway, "_share", 1_000.0)
    alice = AtThePlace(unstarted, place)
    possible = [each for each in Situation if alice.expects(each) is not Outcome.CANNOT_BE]
    refused = [each for each in possible if each not in GOOD and alice.expects(each) is not Outcome.ACCEPTED]
    put_right_there = [each for each in refused if each not in (*NEEDS_A_PASTE, *STAY_AWAY)]
    harmless = [each for each in possible if each not in GOOD and each not in refused]

    await alice.goes_to_the_question(Purpose.TRADE)
    if Situation.OTHER_PASSPHRASE in refused:
        await alice.enters(alice.finds_herself_in(Situation.OTHER_PASSPHRASE))
        await alice.is_refused(Situation.OTHER_PASSPHRASE)
        await alice.wants_to_enter_another()
    for number, situation in enumerate(put_right_there):
        key = alice.finds_herself_in(situation)
        await (alice.enters(key) if number == 0 else alice.checks_again())
        await alice.is_refused(situation)
        if situation in (Situation.REGION, Situation.WALL):
            clock.wait(A_LIMIT)  # BingX's firewall answers so after too many questions: we stay away
    alice.finds_herself_in(Situation.OTHER_SECRET)
    await alice.checks_again()
    await alice.is_refused(Situation.OTHER_SECRET)
    await alice.wants_to_enter_another()
    await alice.enters(alice.finds_herself_in(Situation.TOO_MANY))
    await alice.is_refused(Situation.TOO_MANY)
    clock.wait(A_LIMIT)
    alice.finds_herself_in(Situation.BANNED)
    await alice.checks_again()
    await alice.is_refused(Situation.BANNED)

    clock.wait(A_BAN)
    await unstarted.wipe_old_drafts()  # she is asked for the key anew
    await alice.me.sees("Send me the")
    await alice.enters(alice.finds_herself_in(Situation.GOOD_TO_TRADE))
    await alice.gets_in(Situation.GOOD_TO_TRADE)
    if Situation.GOOD_TO_WATCH in possible:
        await alice.goes_to_the_question(Purpose.WATCH)
        await alice.enters(alice.finds_herself_in(Situation.GOOD_TO_WATCH, account="k2"))
        await alice.gets_in(Situation.GOOD_TO_WATCH)
    clock.wait(BETWEEN_COMPARISONS)
    await alice.goes_to_the_question(Purpose.TRADE)
    await alice.enters(alice.finds_herself_in(Situation.CLOCK_OFF, *harmless, account="k3"))
    await alice.gets_in(Situation.CLOCK_OFF)

    await alice.finds_all_her_connections()
    assert alice.venue.mutations == []


class AtThePlace:
    """Alice, who wants to connect keys at one place, and the exchange there."""

    def __init__(self, service: Service, place: Place) -> None:
        self.place = place
        self.profile = PROFILES[place.exchange]
        self.venue: Venue = service.sandbox.exchanges[place.exchange]
        self.me: Person = service.person("Alice")
        self._service = service
        self._wizard: Message | None = None
        self._entered: list[Credential] = []
        self._labels: list[str] = []
        self._causes = {each: _words(cause_of(SAY, Trouble(each), place, PROFILES)) for each in Failure}

    def expects(self, situation: Situation) -> tuple[Failure, ...] | Outcome:
        """What the situation comes to here."""
        if not can_be(situation, self.venue, self.place):
            return Outcome.CANNOT_BE
        return expected_of(situation, self.place, known(self.place.exchange).OTHERWISE)

    def finds_herself_in(self, *situations: Situation, account: str = "k1") -> Credential:
        """What was the matter before is put right. Several situations at once: where none of them matters."""
        put_right(self.venue, self.place, account)
        in_hand = [arranged(each, self.venue, self.place, account) for each in situations]
        return in_hand[0]

    # ------------------------------------------------------------------------------------------------------------ acts

    async def goes_to_the_question(self, purpose: Purpose) -> None:
        """From the choice of the exchange to the question for the key, by the steps that there are here."""
        worlds = self.profile.worlds
        before = await self.me.says("/connect")
        await self.me.sees("Which one?", after=before)
        await self.me.says(self.profile.title)
        if search(self.profile.title, PROFILES).only is None:
            await self.me.sees("Matching your search")
            await self.taps(self.profile.title)
        if len(worlds) > 1:
            await self.taps(market_name(SAY, self.profile, self.place.market))
        if len(worlds[self.place.market]) > 1:
            await self.taps(SAY.plain(f"connect-environment-{self.place.environment}"))
        await self.taps(SAY.plain(f"connect-purpose-{purpose}"))
        await self.taps("I have the key")
        await self.me.sees("Send me the", after=before)

    async def wants_to_enter_another(self) -> None:
        await self.taps("Enter another key")
        await self.me.sees("Send the other key", timeout=PATIENCE)

    async def taps(self, button: str) -> None:
        await self.me.taps(button, timeout=PATIENCE)

    async def enters(self, key: Credential) -> None:
        """All of the key in one message; then the first label that is suggested, with which the check begins."""
        self._entered.append(key)
        await self.me.says("\n".join(filter(None, (key.api_key, key.secret, key.passphrase))))
        asked = await self.me.sees("What shall we call", timeout=PATIENCE)
        await self._checked(asked, asked.buttons[0][0].text)

    async def checks_again(self) -> None:
        assert self._wizard is not None
        await self._checked(self._wizard, "Check again")

    async def _checked(self, wizard: Message, button: str) -> None:
        """Taps, and waits for the end of the check that the tap began."""
        self._wizard, before = wizard, len(wizard.earlier)
        await self.me.taps_on(wizard, button)
        await self._sees_the_end(wizard, before)

    async def _sees_the_end(self, wizard: Message, before: int) -> None:
        events = self._service.sandbox.events
        try:
            async with asyncio.timeout(PATIENCE):
                while CHECKING in wizard.text or not any(CHECKING in each for each in wizard.earlier[before:]):
                    await events.changed(events.serial)
        except TimeoutError:
            raise AssertionError(f"the check did not end in:\n{self._service.sandbox.transcript(self.me)}") from None

    # ------------------------------------------------------------------------------------------------------------ eyes

    async def is_refused(self, situation: Situation) -> None:
        """The chat names what is wrong, all of it and nothing else, and the boxes to change."""
        assert self._wizard is not None
        shown, expected = self._wizard.text, self.expects(situation)
        assert not isinstance(expected, Outcome)
        assert "Not connected" in shown, f"{situation}: {shown}"
        assert self._told(shown) == expected, f"{situation}: {shown}"
        asked = re.findall(r"(?:Untick|Tick) (.+?) and save", shown)
        boxes = [self._boxes_for(failure) for failure in expected]
        for said, known_boxes in zip(asked, filter(None, boxes), strict=True):
            assert _is_made_of(said, known_boxes), f"{situation}: {said}"
        self._keeps_secrets(shown)

    async def gets_in(self, situation: Situation) -> None:
        """The result is there; where the exchange does not say what a key may do, after vouching for it by name."""
        assert self._wizard is not None
        if self.expects(situation) == (Failure.PERMISSIONS_UNKNOWN,):
            await self.is_refused(situation)
            before = len(self._wizard.earlier)
            await self.taps("I looked: it is off")
            await self.me.sees("You vouch that withdrawal is off")
            await self.me.says(self.profile.title)
            await self._sees_the_end(self._wizard, before)
        shown = self._wizard.text
        connected = re.search(r"✅ (.+) is connected", shown)
        assert connected, f"{situation}: {shown}"
        assert SAY.plain(f"purpose-{PURPOSE.get(situation, Purpose.TRADE)}") in shown
        self._labels.append(connected[1])
        self._keeps_secrets(shown)

    async def finds_all_her_connections(self) -> None:
        """The list has every connection, and no secret is left in the chat."""
        asked = await self.me.says("/connections")
        shown = await self.me.sees("Your connections", after=asked)
        assert [each for each in self._labels if f"🟢 {each}\n" not in shown.text] == []
        self._keeps_secrets(self._service.sandbox.transcript(self.me))

    def _told(self, text: str) -> tuple[Failure, ...]:
        """The failures whose sentence stands there, from top to bottom."""
        told = [each for each, cause in self._causes.items() if cause in text]
        return tuple(sorted(told, key=lambda each: text.index(self._causes[each])))

    def _boxes_for(self, failure: Failure) -> tuple[str, ...]:
        permission = {
            Failure.WITHDRAW_ENABLED: Permission.WITHDRAW,
            Failure.TRANSFER_ENABLED: Permission.TRANSFER,
            Failure.NO_READ_PERMISSION: Permission.READ,
            Failure.NO_TRADE_PERMISSION: TRADE_PERMISSION[self.place.market],
            Failure.WRONG_MARKET: TRADE_PERMISSION[self.place.market],
        }.get(failure)
        return self.profile.boxes[permission] if permission else ()

    def _keeps_secrets(self, text: str) -> None:
        for key in self._entered:
            assert key.secret not in text
            assert not key.passphrase or key.passphrase not in text
            assert key.api_key not in text


def _words(html: str) -> str:
    """What a person reads of it."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def _is_made_of(said: str, boxes: Iterable[str]) -> bool:
    """Whether a list of boxes names at least one of these and no other."""
    left = said
    for box in sorted(boxes, key=len, reverse=True):
        left = left.replace(box, "")
    return left != said and not left.strip(", ")
