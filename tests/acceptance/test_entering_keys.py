"""The question for the key: what is wrong with a paste, leaving it, silence, restarts, and what comes in between."""

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.control.person import Person
from bot.telegram.intake_state import Intruder
from tests.acceptance.conftest import Service
from tests.acceptance.walk import connects, gives, is_refused, to_the_label, to_the_question

SEED = "abandon ability able about above absent absorb abstract absurd abuse access accident"
FITTING = "Zq3" * 21 + "x"
"""64 characters, as Binance's keys have; belongs to nobody."""


@pytest.mark.parametrize(
    ("paste", "told"),
    [
        ("https://www.binance.com/en/my/settings/api-management", "s a link, not the API key"),
        (SEED, "seed phrase"),
        (FITTING[:40], "too short: 40 of 64"),
        (FITTING + "abc", "too long: 67 characters instead of 64"),
        ("API Key:", "no value next to them"),
        ("wait a second please", "look like the API key"),
    ],
)
async def test_a_wrong_paste_is_explained_before_anybody_is_asked(
    service: Service, alice: Person, paste: str, told: str
) -> None:
    await to_the_question(alice)
    message = await alice.says(paste)
    await alice.sees(told)
    await alice.sees_gone(message)
    assert "Send me the API key" in alice.last().text
    assert [] == list(service.binance.calls)


async def test_a_picture_instead_of_the_key_is_deleted_and_explained(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    photo = await alice.sends_photo(b"\xff\xd8\xff\xe0 a screenshot of the key")
    await alice.sees("I can only read text here")
    await alice.sees_gone(photo)


async def test_what_was_found_before_is_kept_when_the_next_paste_is_wrong(service: Service, alice: Person) -> None:
    key = service.key()
    await to_the_question(alice)
    await alice.says(key.api_key)
    await alice.sees("Now the secret key")
    await alice.says(key.api_key)
    await alice.sees("the same value twice")
    assert f"✅ API key …{key.api_key[-4:]}" in alice.last().text
    await alice.says(key.secret)
    await alice.sees("What shall we call")


async def test_nothing_entered_is_on_disk_before_it_is_accepted(
    service: Service, alice: Person, tmp_path: Path
) -> None:
    key = service.key()
    key.allow("enableWithdrawals")
    await is_refused(alice, key)
    await service.stop()
    for file in (tmp_path / "data").iterdir():
        content = file.read_bytes()
        assert key.api_key.encode() not in content
        assert key.secret.encode() not in content
        assert b"Binance Spot Main" not in content


# ------------------------------------------------------------------------------------------------------------ leaving


async def test_cancel_wipes_the_draft_and_ends_the_question(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    await alice.says(service.key().api_key)
    await alice.sees("Now the secret key")
    await alice.says("/cancel")
    await alice.sees("Cancelled.")
    assert {} == service.app.services.drafts._drafts
    service.sandbox.clock.advance(3)
    kept = await alice.says("hello again")
    await asyncio.sleep(0.3)
    assert kept.visible


async def test_the_cancel_button_does_the_same(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    await alice.taps("Cancel")
    await alice.sees("Cancelled.")
    assert {} == service.app.services.drafts._drafts


async def test_back_from_the_question_wipes_the_draft_and_ends_the_question(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    await alice.says(service.key().api_key)
    await alice.sees("Now the secret key")
    await alice.taps("Back")
    await alice.sees("Create the key")
    assert {} == service.app.services.drafts._drafts
    assert not service.app.services.questions.is_open(alice.id, alice.id)


async def test_back_from_the_label_asks_for_the_key_anew(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    await alice.taps("Back")
    await alice.sees("I have wiped what you had entered")
    assert {} == service.app.services.drafts._drafts
    assert service.app.services.questions.is_open(alice.id, alice.id)


@pytest.mark.parametrize("command", ["/connections", "/language", "/connect"])
async def test_another_command_leaves_no_question_open(service: Service, alice: Person, command: str) -> None:
    await to_the_question(alice)
    await alice.says(service.key().api_key)
    await alice.sees("Now the secret key")
    wizard = alice.last()
    await alice.says(command)
    await alice.sees("", after=wizard)
    await asyncio.sleep(0.3)
    assert not service.app.services.questions.is_open(alice.id, alice.id)
    assert {} == service.app.services.drafts._drafts


async def test_what_is_said_in_a_group_ends_nothing_in_private(service: Service, alice: Person) -> None:
    group = service.sandbox.group("Friends", owner=alice)
    group.add(service.sandbox.bot)
    await to_the_question(alice)
    await alice.says(service.key().api_key)
    await alice.sees("Now the secret key")
    await alice.says("/help", group=group)
    await asyncio.sleep(0.3)
    assert service.app.services.questions.is_open(alice.id, alice.id)
    await alice.says(service.key().secret)
    await alice.sees("What shall we call")


# ------------------------------------------------------------------------------------------------- silence and restarts


async def test_ten_quiet_minutes_wipe_what_was_entered(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    await alice.says(service.key().api_key)
    wizard = await alice.sees("Now the secret key")
    service.clock.advance(601)
    await service.wipe_old_drafts()
    told = await alice.sees("Ten quiet minutes")
    assert wizard.message_id == told.message_id
    assert "Send me the API key" in told.text
    await gives(alice, service.key())
    await alice.sees("What shall we call")


async def test_silence_at_the_label_and_at_a_refusal_is_told_too(service: Service, alice: Person) -> None:
    key = service.key()
    await to_the_label(alice, key)
    service.clock.advance(601)
    await service.wipe_old_drafts()
    await alice.sees("Ten quiet minutes")
    key.allow("enableWithdrawals")
    await gives(alice, key)
    await alice.sees("What shall we call")
    await alice.taps("Main")
    await alice.sees("Withdrawal enabled")
    service.clock.advance(601)
    await service.wipe_old_drafts()
    await alice.sees("Ten quiet minutes")


async def test_after_a_restart_the_wizard_asks_again_and_says_why(service: Service, alice: Person) -> None:
    key = service.key()
    await to_the_question(alice)
    await alice.says(key.api_key)
    await alice.sees("Now the secret key")
    await service.stop()
    late = await alice.says(key.secret)
    await service.start()
    await alice.sees("I was restarted")
    await alice.sees_gone(late)
    assert "Send me the API key" in alice.last().text
    await gives(alice, key)
    await alice.sees("What shall we call")
    await alice.taps("Main")
    await alice.sees("Binance Spot Main is connected")


async def test_after_a_crash_an_answer_is_taken_or_asked_for_again_but_never_left_lying(
    service: Service, alice: Person
) -> None:
    key = service.key()
    await to_the_question(alice)
    await service.crash()
    pasted = await alice.says(f"{key.api_key}\n{key.secret}")
    await service.start()
    await alice.sees_gone(pasted)
    # Whichever is first: the new question, or the answer to the old one, which then needs no new one.
    async with asyncio.timeout(10):
        while not any(words in alice.last().text for words in ("I was restarted", "Got the key")):  # noqa: ASYNC110 - either
            await asyncio.sleep(0.05)
    if "I was restarted" in alice.last().text:
        await gives(alice, key)
    await alice.taps("Main")
    await alice.sees("Binance Spot Main is connected")


async def test_at_the_label_a_restart_is_told_at_once_too(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    await service.stop()
    await service.start()
    await alice.sees("I was restarted")
    assert "Send me the API key" in alice.last().text
    await gives(alice, service.key())
    await alice.taps("Main")
    await alice.sees("is connected")


async def test_who_has_connected_a_key_is_not_asked_for_it_after_a_restart(service: Service, alice: Person) -> None:
    await connects(alice, service.key())
    before = alice.last().message_id
    await service.stop()
    await service.start()
    await alice.says("/help")
    await alice.sees("I check each key")
    assert [] == [message for message in alice.screen() if "I was restarted" in message.text]
    assert before < alice.last().message_id


async def test_the_first_answer_after_a_restart_comes_below_whatever_was_shown_last(
    service: Service, alice: Person
) -> None:
    """A process may die after it showed a window and before it noted which message that is."""
    await alice.says("/connect")
    await alice.sees("Which one?")
    stray = await service.app.bot.send_message(alice.id, "Which one?")
    await service.stop()
    await service.start()

    await alice.says("binance")
    await alice.sees("What do you trade")

    assert alice.last().message_id > stray.message_id


async def test_a_button_of_an_older_copy_of_the_window_changes_the_newest(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    older = alice.last()
    await service.stop()
    await service.start()
    await alice.sees("I was restarted")
    newest = alice.last()
    assert newest.message_id > older.message_id

    older.deletion = None  # as if the process had died before it noted which message it had shown
    await alice.taps_on(older, "Back")
    await alice.sees("Create the key")

    assert alice.last().message_id == newest.message_id
    await alice.sees_gone(older)


async def test_at_a_refusal_a_restart_is_told_at_once_too(service: Service, alice: Person) -> None:
    key = service.key()
    key.allow("enableWithdrawals")
    await is_refused(alice, key)
    await service.stop()
    await service.start()
    await alice.sees("I was restarted")
    assert "Send me the API key" in alice.last().text


# ---------------------------------------------------------------------------------------------------- keys not taken


async def test_while_keys_are_not_taken_nobody_is_asked_for_one(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    for tap in ("Binance", "Spot", "Live", "Trade"):
        await alice.taps(tap)
    await alice.sees("Create the key")
    await service.app.services.key_intake.close(Intruder.ANOTHER_POLLER)
    await alice.taps("I have the key")
    toast = await alice.sees_toast("not taking keys right now")
    assert toast.is_alert
    assert "Create the key" in alice.last().text
    assert not service.app.services.questions.is_open(alice.id, alice.id)


async def test_a_key_sent_into_a_closed_intake_is_deleted_and_not_used(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    await service.app.services.key_intake.close(Intruder.ANOTHER_POLLER)
    pasted = await alice.says(service.key().api_key)
    await alice.sees("delete it at Binance and create a new one")
    await alice.sees_gone(pasted)
    assert {} == service.app.services.drafts._drafts
