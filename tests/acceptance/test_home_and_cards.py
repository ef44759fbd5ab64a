"""Home, cards and what can be done with a connection, as its owner does it."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning


async def test_whoever_comes_first_learns_what_this_is_and_what_can_be_seen(service: Service, alice: Person) -> None:
    await alice.says("/start some-deep-link")
    welcome = await alice.sees("I watch your exchange keys")
    assert "Telegram, and whoever runs this server, could read a key" in welcome.text
    await alice.taps("Connect an exchange")
    await alice.sees("Which one?")


async def test_home_shows_each_connection_with_its_state(service: Service, alice: Person) -> None:
    await owning(service, alice, name="k1", label="Main")
    await owning(service, alice, name="k2", label="Play", environment="testnet")
    await alice.says("/connections")
    home = await alice.sees("Your connections")
    for line in ("🟢 Main", "Binance · Spot · checked", "🟢 Play", "Binance · Spot · TESTNET · checked"):
        assert line in home.text


async def test_home_turns_pages_over_eight(service: Service, alice: Person) -> None:
    for number in range(10):
        await owning(service, alice, name=f"k{number}", label=f"Account {number}")
    await alice.says("/connections")
    first = await alice.sees("Account 7")
    assert "Account 8" not in first.text
    await alice.taps("➡️")
    second = await alice.sees("Account 8")
    assert first.message_id == second.message_id
    await alice.taps("➡️")
    await alice.sees("Account 0")


async def test_a_card_tells_everything(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await service.app.services.checks.now((await owned.now()).id)
    await alice.says("/connections")
    await alice.taps("Main")
    card = await alice.sees("What the key may do")
    for part in (
        "Binance · Spot",
        f"Key …{owned.account.api_key[-4:]} · Trade",
        "Works since",
        "Trading open since",
        "What the key may do · says Binance",
        "✅ Reading: on",
        "🔒 Withdrawals: off",
        "IP whitelist: on",
        " ms",
    ):
        assert part in card.text
    assert owned.account.api_key not in card.text


async def test_a_testnet_card_says_what_cannot_be_verified_there(service: Service, alice: Person) -> None:
    await owning(service, alice, environment="testnet", label="Play")
    await alice.says("/connections")
    await alice.taps("Play")
    card = await alice.sees("What the key may do")
    assert "❔ Withdrawals: not known · not verifiable on TESTNET" in card.text


async def test_check_now_answers_at_once_and_then_shows_what_it_found(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    card = await alice.sees("What the key may do")
    service.binance.faults.latency(0.5)
    owned.account.forbid("enableFutures")
    await alice.taps("Check now")
    await alice.sees_toast("Checking")
    await alice.sees("Checking…")
    fresh = await alice.sees("▫️ Futures trading: off")
    assert card.message_id == fresh.message_id
    assert "Checking…" not in fresh.text


async def test_pausing_and_resuming_from_the_card(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Pause")
    await alice.sees_toast("Nothing new goes through")
    await alice.sees("Trading paused by you")
    assert (await owned.now()).health.gate.value == "paused"
    await alice.taps("Resume")
    await alice.sees_toast("Trading goes on")
    await alice.sees("Trading open since")
    assert [flip.by for flip in await owned.flips()] == [alice.id, alice.id]


async def test_a_trouble_is_on_the_card_with_its_remedy(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await owned.alerted()
    await alice.says("/connections")
    await alice.taps("🔴 Main")
    card = await alice.sees("Needs you")
    assert "Withdrawal enabled — please disable" in card.text
    assert "Untick Enable Withdrawals" in card.text
    assert "Trading paused by me" in card.text


async def test_a_new_name(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Rename")
    await alice.sees("A new name for Main")
    await alice.says("x" * 40)
    await alice.sees("40 characters")
    await alice.says("  Binance\u200b   Bot <b> ")
    await alice.sees("🟢 Binance Bot <b>")
    assert (await owned.now()).label == "Binance Bot <b>"


async def test_cancelled_the_old_name_stays_and_what_is_said_next_is_no_name(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Rename")
    asked = await alice.sees("A new name for Main")
    await alice.says("/cancel")
    await alice.sees("What the key may do", after=asked)
    await alice.says("hello")
    await alice.sees("What the key may do")
    assert (await owned.now()).label == "Main"


async def test_a_name_of_mixed_alphabets_is_taken_and_warned_of(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Rename")
    await alice.sees("A new name for Main")
    await alice.says("\u0412inance")
    await alice.sees("mixes alphabets")
    assert (await owned.now()).label == "\u0412inance"


async def test_muting_for_the_night_and_taking_it_back(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Alerts")
    await alice.sees("They come through")
    await alice.taps("Mute")
    await alice.sees("8 hours: until 20")
    await alice.taps("8 h")
    await alice.sees_toast("Muted until")
    await alice.sees("🔕 Muted until")
    until = await owned.muted_until()
    assert until is not None
    assert 8 * 3600 - 60 < until - service.clock.now() <= 8 * 3600
    await alice.taps("Unmute")
    await alice.sees_toast("come through again")
    await alice.sees("They come through")
    await alice.taps("Back")
    await alice.sees("What the key may do")


async def test_disconnecting_asks_once_and_then_leaves_nothing(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Disconnect")
    await alice.sees("Disconnect Main?")
    await alice.taps("Back")
    await alice.sees("What the key may do")
    await alice.taps("Disconnect")
    await alice.taps("Yes, disconnect")
    done = await alice.sees("Disconnected.")
    assert "delete it there now" in done.text
    (key_page,) = [button for row in done.buttons for button in row if button.url]
    assert "binance.com" in str(key_page.url)
    assert await service.app.services.manage.of(alice.id) == []
    assert owned.account.api_key.encode() not in b"".join(
        path.read_bytes() for path in service.settings["data_dir"].rglob("*") if path.is_file()
    )
    await alice.taps("All connections")
    await alice.sees("I watch your exchange keys")


async def test_a_card_whose_connection_went_away_says_so(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.sees("What the key may do")
    await service.app.services.manage.disconnect(alice.id, (await owned.now()).id)
    await alice.taps("Pause")
    await alice.sees_toast("no longer there")
    await alice.sees("This connection is no longer there.")


async def test_a_button_of_an_older_message_leads_to_a_fresh_one(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await alice.says("/connections")
    old = await alice.sees("Your connections")
    forgotten = next(button.data for row in old.buttons for button in row if button.data)
    await alice.says("/connections")
    new = await alice.sees("Your connections", after=old)
    await alice.presses_data(old, forgotten)
    await alice.sees_toast("older message")
    await alice.sees("Your connections", after=new)


async def test_a_conversation_survives_a_restart(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await alice.says("/connections")
    home = await alice.sees("Your connections")
    await service.stop()
    await service.start()
    await alice.taps_on(home, "Main")
    await alice.sees("What the key may do")


async def test_somebody_elses_card_cannot_be_opened(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    await owning(service, bob, name="k2", label="Bobs")
    await bob.says("/connections")
    home = await bob.sees("Your connections")
    mine = next(button.data for row in home.buttons for button in row if "Bobs" in button.text)
    assert mine is not None
    await bob.presses_data(home, mine[: -len(owned.id)] + owned.id)
    await bob.sees("This connection is not yours.")
    assert not any("Main" in message.text for message in bob.screen())
