"""How a message of the outbox arrives, and what Telegram's refusals mean. Against a Telegram that keeps state."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.failures import Severity
from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from bot.telegram.sender import Edit, Rendered, TelegramSender, cut, utf16_length
from bot.telegram.wire import make_bot
from bot.usecases.delivery import Alert, Delivered, GiveUp, Kind, Mode, OutboxItem, TryLater
from bot.usecases.ports import Person as Reader

BUTTONS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Pause", callback_data="p:1")]])


class Pen:
    """A renderer that writes what it is told to."""

    def __init__(self) -> None:
        self.rendered = Rendered("<b>Stopped</b> working", "Stopped working")

    def __call__(self, item: OutboxItem, alert: Alert | None, person: Reader | None) -> Rendered:
        return self.rendered


def item(chat_id: int, attempts: int = 0, *, silent: bool = False) -> OutboxItem:
    return OutboxItem(
        1, chat_id, Kind.ALERT, {}, created_at=0.0, not_before=0.0, attempts=attempts, alert_id="a", silent=silent
    )


def alert(message_id: int | None) -> Alert:
    return Alert("a", "c", 1, "invalid_key", 0.0, 1, message_id=message_id)  # type: ignore[arg-type]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(page=False) as world:
        yield world
        assert world.telegram.violations == []


@pytest.fixture
def alice(sandbox: Sandbox) -> Person:
    return sandbox.person("Alice")


@pytest.fixture
def pen() -> Pen:
    return Pen()


@pytest.fixture
async def sender(sandbox: Sandbox, pen: Pen) -> AsyncIterator[TelegramSender]:
    async with make_bot(sandbox.token, sandbox.telegram_url) as bot:
        yield TelegramSender(bot, pen)


async def test_a_message_arrives_as_meant(sender: TelegramSender, pen: Pen, alice: Person) -> None:
    pen.rendered = Rendered("<b>Stopped</b> working", "", BUTTONS)
    outcome = await sender.deliver(item(alice.id), None, None)
    shown = await alice.sees("Stopped working")
    assert outcome == Delivered(shown.message_id)
    assert shown.button_texts == [["Pause"]]
    assert [entity["type"] for entity in shown.entities] == ["bold"]


async def test_later_news_reply_to_the_alert_and_change_it(sender: TelegramSender, pen: Pen, alice: Person) -> None:
    pen.rendered = Rendered("first", "first", BUTTONS)
    await sender.deliver(item(alice.id), alert(None), None)
    first = await alice.sees("first")
    pen.rendered = Rendered("second", "second", edits=(Edit(first.message_id, "first, over"),))
    await sender.deliver(item(alice.id), alert(first.message_id), None)
    second = await alice.sees("second")
    assert second.reply_to is first
    assert (first.text, first.button_texts) == ("first, over", [])


async def test_an_edit_that_fails_does_not_unsend_the_message(sender: TelegramSender, pen: Pen, alice: Person) -> None:
    unwritable: Any = "no number"
    pen.rendered = Rendered("news", "news", edits=(Edit(999, "gone"), Edit(998), Edit(unwritable)))
    assert isinstance(await sender.deliver(item(alice.id), None, None), Delivered)


async def test_a_reply_to_what_is_gone_is_sent_without_the_reply(sender: TelegramSender, alice: Person) -> None:
    assert isinstance(await sender.deliver(item(alice.id), alert(4711), None), Delivered)
    assert (await alice.sees("Stopped working")).reply_to is None


async def test_markup_that_telegram_cannot_read_is_sent_as_plain_text(
    sandbox: Sandbox, sender: TelegramSender, pen: Pen, alice: Person
) -> None:
    pen.rendered = Rendered("<b>Label <oops></b>", "Label <oops>", BUTTONS)
    assert isinstance(await sender.deliver(item(alice.id), None, None), Delivered)
    shown = await alice.sees("Label <oops>")
    assert (shown.entities, shown.button_texts) == ([], [["Pause"]])
    sandbox.telegram.violations.clear()  # the unreadable markup was the point


async def test_buttons_that_telegram_refuses_do_not_take_the_news_with_them(
    sandbox: Sandbox, sender: TelegramSender, pen: Pen, alice: Person
) -> None:
    pen.rendered = Rendered("Stopped working", "Stopped working", BUTTONS)
    sandbox.telegram.faults.once("sendMessage", 400, "Bad Request: BUTTON_URL_INVALID")
    assert isinstance(await sender.deliver(item(alice.id), None, None), Delivered)
    assert (await alice.sees("Stopped working")).button_texts == []


@pytest.mark.parametrize("text", ["x" * 5000, "🔑" * 3000, "word " * 2000])
async def test_what_is_too_long_is_cut_before_it_is_marked_up(
    sender: TelegramSender, pen: Pen, alice: Person, text: str
) -> None:
    pen.rendered = Rendered(f"<b>{text}</b>", text)
    assert isinstance(await sender.deliver(item(alice.id), None, None), Delivered)
    assert alice.last().text.endswith("…")


def test_a_cut_never_splits_a_character() -> None:
    assert cut("short") == "short"
    assert utf16_length(cut("🔑" * 3000)) <= 4096
    assert set(cut("a" + "🔑" * 3000)) == {"a", "🔑", "…"}


async def test_silence_is_kept(sandbox: Sandbox, sender: TelegramSender, alice: Person) -> None:
    await sender.deliver(item(alice.id, silent=True), None, None)
    assert sandbox.telegram.calls.of("sendMessage")[-1].params["disable_notification"] is True


@pytest.mark.parametrize(
    ("fault", "attempts", "outcome"),
    [
        ({"retry_after": 17}, 0, TryLater(17.0, "too many requests")),
        ({"code": 502, "description": "Bad Gateway"}, 0, TryLater(1.0, "TelegramServerError")),
        ({"code": 500, "description": "Internal: restart"}, 3, TryLater(8.0, "RestartingTelegram")),
        ({"drop": True}, 30, TryLater(30.0, "TelegramNetworkError")),
        ({"code": 401, "description": "Unauthorized"}, 0, TryLater(1.0, "TelegramUnauthorizedError")),
        ({"code": 404, "description": "Not Found"}, 0, TryLater(1.0, "TelegramNotFound")),
        (
            {"code": 403, "description": "Forbidden: bot was blocked by the user"},
            0,
            GiveUp("blocked", chat_gone=True),
        ),
        ({"code": 403, "description": "Forbidden: user is deactivated"}, 0, GiveUp("deactivated", chat_gone=True)),
        ({"code": 400, "description": "Bad Request: chat not found"}, 0, GiveUp("not found", chat_gone=True)),
        (
            {"code": 403, "description": "Forbidden: bot was kicked from the supergroup chat"},
            0,
            GiveUp("kicked", chat_gone=True),
        ),
        (
            {"code": 400, "description": "Bad Request: not enough rights to send text messages to the chat"},
            0,
            GiveUp("no rights", chat_gone=True),
        ),
        ({"code": 403, "description": "Forbidden: something new"}, 0, GiveUp("no rights", chat_gone=True)),
        ({"code": 400, "description": "Bad Request: something new"}, 0, GiveUp("refused: TelegramBadRequest")),
    ],
)
async def test_what_a_refusal_means(
    sandbox: Sandbox,
    sender: TelegramSender,
    alice: Person,
    fault: dict[str, object],
    attempts: int,
    outcome: TryLater | GiveUp,
) -> None:
    sandbox.telegram.faults.once("sendMessage", **fault)  # type: ignore[arg-type]
    assert await sender.deliver(item(alice.id, attempts), None, None) == outcome


async def test_what_can_wait_is_tried_less_often_than_what_is_critical(
    sandbox: Sandbox, sender: TelegramSender, alice: Person
) -> None:
    sandbox.telegram.faults.once("sendMessage", 502, "Bad Gateway")
    advice = replace(item(alice.id, 30), severity=Severity.INFO)
    assert await sender.deliver(advice, None, None) == TryLater(300.0, "TelegramServerError")


async def test_a_blocked_and_a_never_started_chat_are_gone(
    sandbox: Sandbox, sender: TelegramSender, alice: Person
) -> None:
    await alice.blocks_bot()
    assert await sender.deliver(item(alice.id), None, None) == GiveUp("blocked", chat_gone=True)
    stranger = sandbox.person("Stranger", started=False)
    assert await sender.deliver(item(stranger.id), None, None) == GiveUp("not found", chat_gone=True)


async def test_a_group_that_became_a_supergroup_says_where_it_is(
    sandbox: Sandbox, sender: TelegramSender, alice: Person
) -> None:
    group = sandbox.group("Desk", owner=alice)
    group.add(sandbox.bot)
    old = group.id
    group.migrate()
    assert await sender.deliver(item(old), None, None) == GiveUp("moved", moved_to=group.id)


async def test_a_message_that_cannot_be_rendered_does_not_stop_the_others(sandbox: Sandbox, alice: Person) -> None:
    def broken(*_: object) -> Rendered:
        raise KeyError("a fact was missing")

    render: Callable[..., Rendered] = broken
    async with make_bot(sandbox.token, sandbox.telegram_url) as bot:
        outcome = await TelegramSender(bot, render).deliver(item(alice.id), None, None)
    assert outcome == GiveUp("cannot be rendered: KeyError")


async def test_telegrams_limits_are_kept(sandbox: Sandbox, sender: TelegramSender, alice: Person) -> None:
    sandbox.telegram.limits.enforced = True
    for _ in range(3):
        assert isinstance(await sender.deliver(item(alice.id), None, None), Delivered)
    assert [call.code for call in sandbox.telegram.calls.of("sendMessage")] == [200, 200, 200]


# --------------------------------------------------------------------------------------------------------------- edits


def part(chat_id: int, mode: Mode, message_id: int | None = None) -> OutboxItem:
    return replace(item(chat_id), thread="incident", mode=mode, message_id=message_id)


async def test_an_edit_changes_the_threads_message(sender: TelegramSender, pen: Pen, alice: Person) -> None:
    pen.rendered = Rendered("down", "down", BUTTONS)
    await sender.deliver(part(alice.id, Mode.SEND), None, None)
    first = await alice.sees("down")
    pen.rendered = Rendered("<b>over</b>", "over")
    assert await sender.deliver(part(alice.id, Mode.EDIT, first.message_id), None, None) == Delivered(first.message_id)
    assert (first.text, first.button_texts, alice.last()) == ("over", [], first)


async def test_an_edit_that_was_made_already_is_a_success(sender: TelegramSender, alice: Person) -> None:
    await sender.deliver(part(alice.id, Mode.SEND), None, None)
    first = await alice.sees("Stopped working")
    assert await sender.deliver(part(alice.id, Mode.EDIT, first.message_id), None, None) == Delivered(first.message_id)


async def test_an_edit_of_what_is_gone_is_a_new_message(sender: TelegramSender, alice: Person) -> None:
    await sender.deliver(part(alice.id, Mode.SEND), None, None)
    first = await alice.sees("Stopped working")
    await alice.deletes(first)
    again = await sender.deliver(part(alice.id, Mode.EDIT, first.message_id), None, None)
    assert again == Delivered(alice.last().message_id)
    assert alice.last() is not first


async def test_an_edit_of_what_never_arrived_is_a_new_message(sender: TelegramSender, alice: Person) -> None:
    assert isinstance(await sender.deliver(part(alice.id, Mode.EDIT), None, None), Delivered)
    assert "Stopped working" in alice.last().text


async def test_an_edit_with_markup_that_telegram_cannot_read_is_made_in_plain_text(
    sandbox: Sandbox, sender: TelegramSender, pen: Pen, alice: Person
) -> None:
    await sender.deliver(part(alice.id, Mode.SEND), None, None)
    first = await alice.sees("Stopped working")
    pen.rendered = Rendered("<b>Label <oops></b>", "Label <oops>")
    assert await sender.deliver(part(alice.id, Mode.EDIT, first.message_id), None, None) == Delivered(first.message_id)
    assert (first.text, first.entities) == ("Label <oops>", [])
    sandbox.telegram.violations.clear()  # the unreadable markup was the point


async def test_an_answer_leaves_the_threads_message_as_it_is(sender: TelegramSender, pen: Pen, alice: Person) -> None:
    await sender.deliver(part(alice.id, Mode.SEND), None, None)
    first = await alice.sees("Stopped working")
    pen.rendered = Rendered("over", "over")
    await sender.deliver(part(alice.id, Mode.REPLY, first.message_id), None, None)
    assert (alice.last().text, alice.last().reply_to) == ("over", first)


@pytest.mark.parametrize("mode", [Mode.SEND, Mode.EDIT])
async def test_what_passes_is_tried_later_whatever_it_is(
    sandbox: Sandbox, sender: TelegramSender, alice: Person, mode: Mode
) -> None:
    await sender.deliver(part(alice.id, Mode.SEND), None, None)
    first = await alice.sees("Stopped working")
    for method in ("sendMessage", "editMessageText"):
        sandbox.telegram.faults.once(method, 502, "Bad Gateway")
    outcome = await sender.deliver(part(alice.id, mode, first.message_id), None, None)
    assert outcome == TryLater(1.0, "TelegramServerError")
