"""A secret is deleted before anything else is done, and never lies in the inbox."""

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from bot.telegram.quota import AT_ONCE
from bot.usecases.delivery import Kind
from tests.integration.intake.house import API_KEY, SECRET, House


async def test_ordinary_talk_reaches_the_handlers_and_stays(house: House, alice: Person) -> None:
    await house.start()
    said = await alice.says("hello there")
    await alice.sees("heard 11 characters")
    assert house.notebook.heard == ["hello there"]
    assert said.visible


async def test_a_key_nobody_asked_for_is_deleted_first_and_reaches_no_handler(house: House, alice: Person) -> None:
    await house.start()
    pasted = await alice.says(API_KEY)
    await alice.sees_gone(pasted)
    [told] = await house.told(Kind.SECRET_REMOVED)
    assert (told.chat_id, told.args["kind"], told.args["group"]) == (alice.id, "exchange_key", False)
    assert [call.method for call in house.calls()] == ["deleteMessage"]
    assert house.notebook.heard == []


async def test_an_answer_is_deleted_first_and_then_read(house: House, alice: Person) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    passphrase = await alice.says("blue horse")
    await alice.sees("heard 10 characters")
    assert [call.method for call in house.calls()] == ["deleteMessage", "sendMessage"]
    assert (house.notebook.heard, house.notebook.answers) == (["blue horse"], [True])
    assert passphrase.deleted_by == "bot"
    assert await house.outbox() == []  # it was asked for: nobody needs a warning


async def test_not_even_a_slow_deletion_is_overtaken_by_an_answer(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    sandbox.telegram.faults.once("deleteMessage", delay=0.5)
    await alice.says("blue horse")
    await alice.sees("heard 10 characters")
    assert [call.method for call in house.calls()] == ["deleteMessage", "sendMessage"]


async def test_neither_database_nor_log_holds_what_was_deleted(
    house: House, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await house.start()
    await house.questions.open(alice.id, alice.id)
    await alice.says("canary passphrase")
    await alice.sees("heard 17 characters")
    await house.questions.close(alice.id, alice.id)
    house.sandbox.clock.advance(5)
    await alice.sees_gone(await alice.says(f"key {API_KEY} secret {SECRET}"))
    await house.told(Kind.SECRET_REMOVED)
    for canary in ("canary passphrase", API_KEY, SECRET):
        assert canary.encode() not in house.files()
        assert canary not in caplog.text


async def test_even_ordinary_words_lie_sealed_in_the_inbox(house: House, alice: Person) -> None:
    await house.start()
    await alice.says("wait for the market to open")
    await house.until(lambda: house.metrics.updates == ["accepted"])
    assert len(await house.unfinished()) == 1
    assert b"market to open" not in house.files()
    house.notebook.let_go.set()
    await alice.sees("heard 27 characters")


async def test_an_edit_that_puts_a_key_into_an_old_message_loses_the_message(house: House, alice: Person) -> None:
    await house.start()
    said = await alice.says("my key is on its way")
    await alice.sees("heard")
    await alice.edits(said, f"my key is {API_KEY}")
    await alice.sees_gone(said)


async def test_a_reply_that_quotes_a_key_goes_with_the_message_it_quotes(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    before = await alice.says(API_KEY)
    sandbox.telegram.updates.clear()  # sent before the bot knew of it
    await house.start()
    reply = await alice.says("is this one right?", reply_to=before, quote=API_KEY)
    await alice.sees_gone(reply)
    await alice.sees_gone(before)


async def test_a_key_in_a_caption_takes_the_whole_album(house: House, alice: Person) -> None:
    await house.start()
    album = await alice.sends_album([b"one", b"two", b"three"], caption=f"secret: {SECRET}")
    for part in album:
        await alice.sees_gone(part)
    [told] = await house.told(Kind.SECRET_REMOVED)
    assert len(await house.outbox()) == 1
    assert told.args["count"] >= 1


async def test_an_album_in_answer_to_a_question_vanishes_whole(house: House, alice: Person) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    for part in await alice.sends_album([b"one", b"two"]):
        await alice.sees_gone(part)


async def test_the_second_half_of_a_long_paste_goes_with_the_first(house: House, alice: Person) -> None:
    await house.start()
    first = await alice.says("-----BEGIN PRIVATE KEY-----\n" + "word " * 810)
    second = await alice.says("the end of it\n-----END")
    await alice.sees_gone(first)
    await alice.sees_gone(second)


async def test_a_recovery_phrase_sent_a_line_at_a_time_goes_whole(house: House, alice: Person) -> None:
    await house.start()
    lines = ["legal winner thank", "year wave sausage", "worth useful legal", "winner thank yellow"]
    sent = [await alice.says(line) for line in lines]
    for message in sent:
        await alice.sees_gone(message)
    [told] = await house.told(Kind.SECRET_REMOVED)
    assert told.args["kind"] == "seed_phrase"


@pytest.mark.parametrize(
    "name", ["id_rsa", "trading.pem", "binance.key", "UTC--2024-01-02T03-04-05Z--abc", "wallet.dat"]
)
async def test_a_key_file_goes_by_its_name_alone(house: House, alice: Person, name: str) -> None:
    await house.start()
    sent = await alice.sends_document(name, b"\x00\x01")
    await alice.sees_gone(sent)
    assert [call.method for call in house.calls()] == ["deleteMessage"]


async def test_a_text_file_is_looked_into(house: House, alice: Person) -> None:
    await house.start()
    harmless = await alice.sends_document("notes.txt", b"buy low, sell high", caption="notes")
    await alice.sees("heard 5 characters")
    harmful = await alice.sends_document("keys.txt", f"apiKey={API_KEY}\nsecret={SECRET}".encode(), caption="keys")
    await alice.sees_gone(harmful)
    assert harmless.visible
    assert house.notebook.heard == ["notes"]


KEY_FILE = f"apiKey={API_KEY}\nsecret={SECRET}".encode()


async def test_a_file_in_a_group_is_looked_into_too(house: House, sandbox: Sandbox, alice: Person) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    await house.start()
    harmless = await alice.sends_document("fees.csv", b"maker,taker\n2,5", group=group)
    harmful = await alice.sends_document("config.env", KEY_FILE, group=group)
    await alice.sees_gone(harmful)
    [told] = await house.told(Kind.SECRET_REMOVED)
    assert (told.chat_id, told.args["group"], told.args["user_id"]) == (group.id, True, alice.id)
    assert harmless.visible


async def test_a_file_older_than_the_bot_goes_when_somebody_replies_to_it(
    house: House, sandbox: Sandbox, alice: Person, bob: Person
) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(bob)
    posted = await alice.sends_document("config.env", KEY_FILE, group=group)
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    await house.start()
    reply = await bob.says("thanks, works", group=group, reply_to=posted)
    await alice.sees_gone(posted)
    [told] = await house.told(Kind.SECRET_REMOVED)
    assert told.args["user_id"] == alice.id
    assert reply.visible


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_a_key_within_one_file_takes_the_whole_album(house: House, alice: Person, place: int) -> None:
    await house.start()
    contents = [b"the first page", b"the second page", b"the third page"]
    contents[place] = KEY_FILE
    album = await alice.sends_files({f"page {number}.txt": text for number, text in enumerate(contents)})
    for part in album:
        await alice.sees_gone(part)


async def test_a_file_beyond_the_quota_is_looked_into_all_the_same(house: House, alice: Person) -> None:
    await house.start()
    for number in range(AT_ONCE * 2):
        await alice.says(f"spam {number}")
    await alice.sees_gone(await alice.sends_document("keys.txt", KEY_FILE), timeout=15)


async def test_a_file_that_cannot_be_had_is_not_taken_for_harmless_in_silence(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    await house.start()
    sandbox.telegram.faults.once("getFile", 502, "Bad Gateway", times=3)
    await alice.sees_gone(await alice.sends_document("keys.txt", KEY_FILE))
    assert house.clock.slept.count(2.0) == 1
    assert house.said.notices == []
    sandbox.telegram.faults.once("getFile", 502, "Bad Gateway", times=4)
    await alice.sends_document("keys again.txt", KEY_FILE)
    await house.until(lambda: house.said.notices == [("not looked into", alice.id)])


async def test_files_that_no_room_is_left_for_are_not_dropped_in_silence(
    house: House, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.lanes.MOST_IN_LANE", 1)
    await house.start()
    await alice.says("wait")
    await house.until(lambda: house.metrics.updates == ["accepted"])
    await alice.sends_document("keys.txt", KEY_FILE)
    await house.until(lambda: house.said.notices == [("not looked into", alice.id)])
    house.notebook.let_go.set()


async def test_a_large_file_is_not_fetched(house: House, alice: Person) -> None:
    await house.start()
    await alice.sends_document("export.csv", b"1,2,3\n" * 20_000, caption="export")
    await alice.sees("heard 6 characters")
    assert "getFile" not in [call.method for call in house.calls()]


async def test_commands_are_no_answers_but_a_command_with_words_after_it_is(house: House, alice: Person) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    kept = await alice.says("/cancel")
    await alice.sees("heard 7 characters")
    gone = await alice.says("/hunter2")  # no command of ours: a passphrase may begin with a slash
    await alice.sees_gone(gone)
    also_gone = await alice.says("/cancel hunter2")
    await alice.sees_gone(also_gone)
    assert kept.visible


async def test_a_command_with_a_key_in_it_vanishes_unasked(house: House, alice: Person) -> None:
    await house.start()
    await alice.sees_gone(await alice.says(f"/connect {API_KEY}"))
    assert house.notebook.heard == []


async def test_what_was_sent_before_a_question_closed_is_still_an_answer(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    await house.open()
    await house.questions.open(alice.id, alice.id)
    late = await alice.says("blue horse")
    await house.questions.close(alice.id, alice.id)
    await house.intake.replay()
    house.tasks.spawn("poller", house.poller.run())
    await alice.sees_gone(late)
    sandbox.clock.advance(5)
    talk = await alice.says("green cow")
    await alice.sees("heard 9 characters")
    assert talk.visible


async def test_the_bots_own_words_are_never_touched(house: House, sandbox: Sandbox, alice: Person) -> None:
    await house.start()
    await alice.says("hi")
    shown = await alice.sees("heard 2 characters")
    own = await house.bot.send_message(alice.id, f"your key ends in {API_KEY}")
    reply = await alice.says("thanks", reply_to=sandbox.telegram.chats[alice.id].messages[own.message_id])
    await alice.presses_data(shown, "details")
    await house.until(lambda: house.notebook.pressed == ["details"])
    assert "deleteMessage" not in [call.method for call in house.calls()]
    assert reply.visible
