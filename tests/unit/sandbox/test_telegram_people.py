"""The facade that tests and the tour speak: what is waited for, and what a failure tells."""

import asyncio

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api

KEYBOARD = {"inline_keyboard": [[{"text": "🟡 Binance", "callback_data": "binance"}]]}
LINK = {"inline_keyboard": [[{"text": "Open", "url": "https://example.com"}]]}
STORY = """\
Alice: /connect
Bot: Choose
    [🟡 Binance]
Alice taps [🟡 Binance]
  (Alice sees: Right)
Bot (edits): Now the key
Alice: ••• (deleted by the bot after {ms} ms)
  (the bot deletes a message)
Alice: <key.txt>
    my key"""


async def test_the_transcript_tells_the_story_and_hides_what_was_deleted(
    sandbox: Sandbox, alice: Person, api: Api
) -> None:
    await alice.says("/connect")
    card = await api.call("sendMessage", chat_id=alice.id, text="Choose", reply_markup=KEYBOARD)
    press = await alice.taps("binance")
    await api.call("answerCallbackQuery", callback_query_id=press.id, text="Right")
    await api.call("editMessageText", chat_id=alice.id, message_id=card["message_id"], text="Now the key")
    secret = await alice.says("very-secret-key")
    await api.call("deleteMessage", chat_id=alice.id, message_id=secret.message_id)
    await alice.sends_document("key.txt", b"bytes", caption="my key")
    assert secret.deletion is not None
    assert sandbox.transcript(alice) == STORY.format(ms=secret.deletion.after_ms)


async def test_an_edit_of_nothing_but_buttons_does_not_tell_the_words_again(
    sandbox: Sandbox, alice: Person, api: Api
) -> None:
    await alice.says("hi")
    place = {"chat_id": alice.id, "message_id": 0}
    sent = await api.call("sendMessage", chat_id=alice.id, text="A card\nwith lines", reply_markup=KEYBOARD)
    place["message_id"] = sent["message_id"]
    await api.call("editMessageReplyMarkup", **place, reply_markup=LINK)
    await api.call("editMessageReplyMarkup", **place)
    told = sandbox.transcript(alice)
    assert "Bot (changes the buttons under “A card”):\n    [Open]\n  (Bot takes the buttons off “A card”)" in told
    assert told.count("with lines") == 1


async def test_the_transcript_of_everything_names_the_chats(sandbox: Sandbox, alice: Person) -> None:
    desk = sandbox.group("Desk", owner=alice)
    bob = sandbox.person("Bob")
    desk.add(bob)
    await bob.says("hello", group=desk)
    await alice.says("hi")
    assert sandbox.transcript() == "[Desk] Alice: <joined the group>\n[Desk] Bob: hello\n[Alice] Alice: hi"


async def test_whoever_waits_sees_what_comes_later(alice: Person, api: Api) -> None:
    async with asyncio.TaskGroup() as tasks:
        seen = tasks.create_task(alice.sees("stopped working"))
        await asyncio.sleep(0.02)
        assert not seen.done()
        await api.call("sendMessage", chat_id=alice.id, text="Binance stopped working")
    assert seen.result() is alice.last()


async def test_whoever_waits_in_vain_gets_the_transcript(alice: Person) -> None:
    await alice.says("/start")
    with pytest.raises(AssertionError, match=r"Alice waited 0\.05 s for a message with “Welcome” in:\nAlice: /start"):
        await alice.sees("Welcome", timeout=0.05)
    with pytest.raises(AssertionError, match="for a button “Binance” to tap"):
        await alice.taps("Binance", timeout=0.05)
    with pytest.raises(AssertionError, match="for a toast “Paused”"):
        await alice.sees_toast("Paused", timeout=0.05)
    with pytest.raises(AssertionError, match="“/start” to be deleted"):
        await alice.sees_gone("/start", timeout=0.05)


async def test_a_persons_own_words_are_not_taken_for_the_bots(alice: Person) -> None:
    await alice.says("Welcome")
    with pytest.raises(AssertionError):
        await alice.sees("Welcome", timeout=0.05)


async def test_after_skips_what_was_seen_before(alice: Person, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="Checked")
    first = await alice.sees("Checked")
    with pytest.raises(AssertionError):
        await alice.sees("Checked", after=first, timeout=0.05)
    await api.call("sendMessage", chat_id=alice.id, text="Checked")
    assert await alice.sees("Checked", after=first) is not first


async def test_the_newest_button_is_tapped_and_old_ones_can_be_named(alice: Person, api: Api) -> None:
    for _ in range(2):
        await api.call("sendMessage", chat_id=alice.id, text="Choose", reply_markup=KEYBOARD)
    old, new = alice.screen()
    assert (await alice.taps("binance")).message is new
    assert (await alice.taps_on(old, "binance")).message is old
    with pytest.raises(AssertionError, match="no button “OKX” under “Choose”"):
        await alice.taps_on(old, "OKX")


async def test_a_link_is_no_button_of_the_bot(alice: Person, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="See", reply_markup=LINK)
    with pytest.raises(AssertionError, match="the button “Open” does nothing in the bot: it is url"):
        await alice.taps("Open")


async def test_a_toast_is_seen_once(alice: Person, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="Choose", reply_markup=KEYBOARD)
    for _ in range(2):
        press = await alice.taps("binance")
        await api.call("answerCallbackQuery", callback_query_id=press.id, text="Paused")
    await alice.sees_toast("Paused")
    await alice.sees_toast("Paused")
    with pytest.raises(AssertionError):
        await alice.sees_toast("Paused", timeout=0.05)


async def test_somebody_of_the_same_name_is_the_same_person(sandbox: Sandbox, alice: Person) -> None:
    assert sandbox.person("Alice") is alice
    assert sandbox.person("Bob").id != alice.id


async def test_who_blocked_the_bot_cannot_write_to_it(alice: Person) -> None:
    await alice.blocks_bot()
    with pytest.raises(ValueError, match="Alice blocked the bot"):
        await alice.says("hello?")


async def test_a_text_no_app_would_send_is_refused(alice: Person) -> None:
    with pytest.raises(ValueError, match="1 to 4096 characters"):
        await alice.says("  ")


async def test_time_never_runs_back(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="only moves forward"):
        sandbox.clock.advance(-1)
