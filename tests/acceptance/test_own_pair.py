"""Connecting without a secret: the bot makes the key pair, the exchange gets its public half."""

import asyncio
import re

import pytest

from bot.domain.key_pairs import PairKind
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.telegram.messages import Message
from bot.scheduler.pair_keeper import PairKeeper
from bot.usecases.pairs import LIFETIME
from bot.usecases.pending_pairs import PendingPair
from bot.vault import KeyPairMaker
from tests.acceptance.conftest import Service
from tests.acceptance.walk import gives, lets_it_make_the_key, public_half, registers, to_the_question


async def pairs(service: Service) -> list[PendingPair]:
    """All that are pending."""
    async with service.app.store.transaction() as tx:
        return list(await tx.pairs.page(None, 100))


def copied(message: Message) -> list[str]:
    return [button.copy for row in message.buttons for button in row if button.copy]


def files(person: Person) -> list[Message]:
    return [message for message in person.screen() if "document" in message.content]


async def whole_way(service: Service, person: Person) -> Account:
    """A connection at Binance by a pair of ours."""
    shown = await lets_it_make_the_key(person)
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    await person.says(key.api_key)
    await person.taps("Main")
    await person.sees("is connected")
    return key


# ----------------------------------------------------------------------------------------------------------- connecting


async def test_at_binance_the_api_key_is_all_that_is_sent(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    for tap in ("Binance", "Spot", "Live", "Trade"):
        await alice.taps(tap)
    guide = await alice.sees("Best: let me make the key")
    assert "no secret ever passes through this chat" in guide.text
    assert "Let me make the key" in guide.buttons[0][0].text
    await alice.taps("Let me make the key")
    shown = await alice.sees("Then send me the API key")
    pem = public_half(shown)
    assert pem == copied(shown)[0]
    assert "choose Self-generated, paste the public key" in shown.text
    assert "Tick “Enable Reading”, “Enable Spot & Margin Trading”." in shown.text
    assert "Secret Key" not in shown.text
    key = registers(service.binance, service.binance.account("k1"), pem)
    sent = await alice.says(key.api_key)
    await alice.sees_gone(sent)
    await alice.sees("What shall we call")
    await alice.taps("Main")
    card = await alice.sees("Binance Spot Main is connected")
    assert f"Key …{key.api_key[-4:]}" in card.text
    assert "PUBLIC KEY" not in card.text
    assert [] == await pairs(service)


async def test_the_watch_goes_on_with_the_pair(service: Service, alice: Person) -> None:
    key = await whole_way(service, alice)
    asked = len(service.binance.calls)
    await asyncio.sleep(2.5)
    probes = list(service.binance.calls)[asked:]
    assert probes
    assert {(200, key.api_key[-4:])} == {(call.status, call.key_tail) for call in probes}


@pytest.mark.parametrize("world", ["Testnet", "Demo"])
async def test_binance_takes_a_pair_in_its_other_worlds_too(service: Service, alice: Person, world: str) -> None:
    shown = await lets_it_make_the_key(alice, world=world)
    holder = service.binance.account("t1", environment=world.lower())
    key = registers(service.binance, holder, public_half(shown))
    await alice.says(key.api_key)
    await alice.sees("What shall we call")
    await alice.taps(world)
    await alice.sees("is connected")


@pytest.mark.parametrize("world", ["Live", "Testnet"])
async def test_at_bybit_the_public_half_comes_as_a_file_too(service: Service, alice: Person, world: str) -> None:
    bybit = service.sandbox.exchanges["bybit"]
    shown = await lets_it_make_the_key(alice, exchange="Bybit", market="USDT/USDC futures", world=world)
    (file,) = files(alice)
    assert "latchkey-bybit-public-key.pem" == file.content["document"]["file_name"]
    pem = service.sandbox.telegram.files.get(file.content["document"]["file_id"]).content.decode()
    assert pem == public_half(shown) + "\n"
    assert not any("PUBLIC KEY" in text for text in copied(shown))
    assert "Self-generated API Keys" in shown.text
    key = registers(bybit, bybit.account("b1", environment=world.lower()), pem)
    sent = await alice.says(key.api_key)
    await alice.sees_gone(sent)
    await alice.taps("Main" if world == "Live" else "Testnet")
    await alice.sees("is connected")
    assert [] == files(alice)
    assert [] == await pairs(service)
    assert [] == bybit.mutations
    card = alice.last()
    service.sandbox.clock.advance(3)
    await alice.says("thanks!")
    await alice.sees("", after=card)
    await asyncio.sleep(0.3)
    assert card.visible, "the result stays to be read"


async def test_where_nobody_says_that_a_pair_is_taken_none_is_offered(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    for tap in ("Bybit", "Spot", "Demo", "Trade"):
        await alice.taps(tap)
    guide = await alice.sees("Create the key")
    assert "Let me make the key" not in [button.text for row in guide.buttons for button in row]
    assert "Best:" not in guide.text


async def test_the_whole_way_without_a_secret_in_polish(service: Service) -> None:
    ala = service.person("Ala", "pl")
    await ala.says("/connect")
    for tap in ("Binance", "Spot", "Prawdziwe pieniądze", "Handel", "Utwórz klucz za mnie"):
        await ala.taps(tap)
    shown = await ala.sees("Potem wyślij mi klucz API")
    assert "wybierz Self-generated" in shown.text
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    await ala.says(key.api_key)
    await ala.taps("Main")
    await ala.sees("Binance Spot Main: połączone")


async def test_there_is_time_to_go_to_the_exchange(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice)
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    service.clock.advance(LIFETIME - 600)
    await service.wipe_old_drafts()
    await alice.says(key.api_key)
    await alice.taps("Main")
    await alice.sees("is connected")


# ------------------------------------------------------------------------------------------- restarts, and coming back


@pytest.mark.parametrize("end", ["stop", "crash"])
async def test_a_restart_resumes_at_the_question_with_the_same_pair(service: Service, alice: Person, end: str) -> None:
    shown = await lets_it_make_the_key(alice)
    pem = public_half(shown)
    await asyncio.sleep(0.3)  # what is seen is kept a blink later; before that a crash leads to the same by another way
    await (service.stop() if end == "stop" else service.crash())
    await service.start()
    again = await alice.sees("Your key pair is safe", after=shown)
    assert pem == public_half(again)
    key = registers(service.binance, service.binance.account("k1"), pem)
    sent = await alice.says(key.api_key)
    await alice.sees_gone(sent)
    await alice.taps("Main")
    await alice.sees("is connected")


async def test_an_api_key_sent_into_a_restart_is_deleted_and_asked_for_again(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice)
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    await alice.says(key.api_key)
    await alice.sees("What shall we call")
    await service.stop()
    await service.start()
    again = await alice.sees("I was restarted")
    assert "BEGIN PUBLIC KEY" in again.text
    await alice.says(key.api_key)
    await alice.taps("Main")
    await alice.sees("is connected")


async def test_who_comes_back_finds_the_same_pair(service: Service, alice: Person) -> None:
    pem = public_half(await lets_it_make_the_key(alice))
    await alice.taps("Back")
    await alice.sees("Create the key")
    await alice.taps("Let me make the key")
    assert pem == public_half(await alice.sees("Then send me the API key"))
    assert pem == public_half(await lets_it_make_the_key(alice))
    assert 1 == len(await pairs(service))


async def test_whoever_leaves_by_another_command_leaves_no_public_half_behind(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice, exchange="Bybit")
    (file,) = files(alice)
    await alice.says("/connections")
    await alice.sees_gone(file)
    await alice.sees_gone(shown)
    assert 1 == len(await pairs(service))


async def test_coming_back_at_bybit_leaves_one_file(service: Service, alice: Person) -> None:
    await lets_it_make_the_key(alice, exchange="Bybit")
    (first,) = files(alice)
    await alice.taps("Back")
    await alice.sees_gone(first)
    await alice.taps("Let me make the key")
    await alice.sees("Then send me the API key")
    assert 1 == len(files(alice))


async def test_another_world_and_another_person_have_pairs_of_their_own(service: Service, alice: Person) -> None:
    bob = service.person("Bob")
    seen = {
        public_half(await lets_it_make_the_key(alice)),
        public_half(await lets_it_make_the_key(alice, world="Demo")),
        public_half(await lets_it_make_the_key(bob)),
    }
    assert 3 == len(seen)


async def test_going_back_to_paste_key_and_secret_asks_for_both(service: Service, alice: Person) -> None:
    await lets_it_make_the_key(alice)
    await alice.taps("Back")
    await alice.taps("I have the key")
    await alice.sees("Send me the API key")
    await gives(alice, service.key())
    await alice.taps("Main")
    await alice.sees("is connected")


# -------------------------------------------------------------------------------------------------------------- its end


async def test_after_a_day_the_pair_is_gone_and_that_is_said(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice, exchange="Bybit")
    service.clock.advance(LIFETIME + 60)
    await sweep(service)
    told = await alice.sees("This key pair is gone", after=shown)
    assert "delete that key at Bybit" in told.text
    assert [] == files(alice)
    assert [] == await pairs(service)
    await alice.taps("Make another pair")
    again = await alice.sees("Then send me the API key")
    assert public_half(again) != public_half(shown)


async def test_a_pair_that_is_too_old_is_not_used_even_if_its_row_is_still_there(
    service: Service, alice: Person
) -> None:
    shown = await lets_it_make_the_key(alice)
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    service.clock.advance(LIFETIME + 1)
    late = await alice.says(key.api_key)
    await alice.sees("This key pair is gone")
    await alice.sees_gone(late)
    assert [] == list(service.binance.calls)


async def test_a_pair_that_ends_at_the_label_is_not_used(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice)
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    service.clock.advance(LIFETIME - 60)
    await alice.says(key.api_key)
    await alice.sees("What shall we call")
    service.clock.advance(90)
    await alice.taps("Main")
    await alice.sees("This key pair is gone")
    assert [] == list(service.binance.calls)


async def sweep(service: Service) -> None:
    """What housekeeping does every minute."""
    (job,) = [job for job in service.app.scheduler.get_jobs() if job.func.__self__.__class__ is PairKeeper]
    await job.func()


@pytest.mark.parametrize("by", ["button", "command"])
async def test_cancel_destroys_the_pair(service: Service, alice: Person, by: str) -> None:
    await lets_it_make_the_key(alice, exchange="Bybit")
    if by == "button":
        await alice.taps("Cancel")
    else:
        await alice.says("/cancel")
    told = await alice.sees("Cancelled.")
    assert "The key pair I had made is destroyed" in told.text
    assert [] == files(alice)
    assert [] == await pairs(service)


async def test_cancel_without_a_pair_says_nothing_of_one(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    await alice.taps("Cancel")
    assert "pair" not in (await alice.sees("Cancelled.")).text


# ------------------------------------------------------------------------------------------------------------- mistakes


async def test_an_api_key_that_does_not_exist(service: Service, alice: Person) -> None:
    await lets_it_make_the_key(alice)
    await alice.says("Zq3" * 21 + "x")
    await alice.taps("Main")
    await alice.sees("Check again")
    await alice.taps("Enter another key")
    shown = await alice.sees("Then send me the API key")
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    await alice.says(key.api_key)
    await alice.taps("Main")
    await alice.sees("is connected")


@pytest.mark.parametrize("exchange", ["Binance", "Bybit"])
async def test_another_public_key_was_registered(service: Service, alice: Person, exchange: str) -> None:
    venue = service.sandbox.exchanges[exchange.lower()]
    await lets_it_make_the_key(alice, exchange=exchange)
    kind = PairKind.ED25519 if exchange == "Binance" else PairKind.RSA_2048
    other = KeyPairMaker().make(kind).public
    key = registers(venue, venue.account("k1"), other)
    await alice.says(key.api_key)
    await alice.taps("Main")
    refusal = await alice.sees("is not the public key I made for you")
    assert "the secret does not belong to it" not in refusal.text
    assert 1 == len(await pairs(service))


async def test_a_refusal_is_checked_again_with_the_same_pair(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice)
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    key.allow("enableWithdrawals")
    await alice.says(key.api_key)
    await alice.taps("Main")
    await alice.sees("Withdrawal enabled")
    key.forbid("enableWithdrawals")
    await alice.taps("Check again")
    await alice.sees("is connected")


async def test_ten_quiet_minutes_wipe_the_api_key_and_not_the_pair(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice)
    key = registers(service.binance, service.binance.account("k1"), public_half(shown))
    await alice.says(key.api_key)
    await alice.sees("What shall we call")
    service.clock.advance(601)
    await service.wipe_old_drafts()
    again = await alice.sees("Ten quiet minutes")
    await alice.says(key.api_key)
    await alice.taps("Main")
    await alice.sees("is connected")
    assert "BEGIN PUBLIC KEY" in "".join(again.earlier)


async def test_a_system_generated_key_is_not_taken_for_the_pair_s(service: Service, alice: Person) -> None:
    await lets_it_make_the_key(alice)
    sent = await alice.says("{0.api_key}\n{0.secret}".format(service.key()))
    told = await alice.sees("it is a “System generated” key")
    await alice.sees_gone(sent)
    assert "Then send me the API key" in told.text
    assert {} == service.app.services.drafts._drafts
    assert [] == list(service.binance.calls)


async def test_the_public_half_sent_back_is_explained(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_key(alice)
    await alice.says(public_half(shown))
    await alice.sees("what I need is the API key")


@pytest.mark.parametrize("kind", [PairKind.ED25519, PairKind.RSA_2048])
@pytest.mark.parametrize("dressed", ["as it is", "with carriage returns", "in one line", "its body alone"])
async def test_a_pem_where_an_hmac_secret_is_wanted_is_refused_before_any_call(
    service: Service, alice: Person, kind: PairKind, dressed: str
) -> None:
    key = service.key()
    pem = KeyPairMaker().make(kind).private
    clothes = {
        "as it is": pem,
        "with carriage returns": pem.replace("\n", "\r\n"),
        "in one line": pem.replace("\n", " "),
        "its body alone": re.sub(r"-----[^-]+-----", "", pem).strip(),
    }
    await to_the_question(alice)
    await alice.says(key.api_key)
    await alice.sees("Now the secret key")
    sent = await alice.says(clothes[dressed])
    told = await alice.sees("an RSA or Ed25519 key file")
    await alice.sees_gone(sent)
    assert "let me make the key" in told.text
    assert [] == list(service.binance.calls)
