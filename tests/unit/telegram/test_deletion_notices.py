"""People are told once of what was removed, and loudly of what could not be."""

from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.methods import DeleteMessage

from bot.telegram.deletion_notices import DeletionNotices, Refusal, delete_by_hand, refusal_of
from bot.usecases.delivery import Kind
from bot.usecases.ports import Deletion
from tests.unit.telegram.memory import StandingClock


def secret(
    message_id: int = 1, *, chat_id: int = 42, private: bool = True, asked: bool = False, kind: str = "exchange_key"
) -> Deletion:
    why = "answer" if asked else kind
    return Deletion(chat_id, message_id, 42, why, 0.0, 0.0, private=private, asked=asked)


def test_one_paste_is_one_notice_and_another_later_is_another() -> None:
    clock = StandingClock()
    notices = DeletionNotices(clock)
    for number in (1, 2, 3):
        notices.expect(secret(number))
    assert [len(notices.gone(secret(number))) for number in (1, 2, 3)] == [0, 0, 1]
    notices.expect(secret(4))
    assert notices.gone(secret(4)) == []  # moments later: the same paste
    clock.time += 60
    notices.expect(secret(5))
    [item] = notices.gone(secret(5))
    assert (item.kind, item.args["count"]) == (Kind.SECRET_REMOVED, 1)


def test_of_a_mixed_paste_the_gravest_is_told() -> None:
    notices = DeletionNotices(StandingClock())
    paste = [secret(1), secret(2, kind="seed_phrase"), secret(3)]
    for deletion in paste:
        notices.expect(deletion)
    told = [item.args["kind"] for deletion in paste for item in notices.gone(deletion)]
    assert told == ["seed_phrase"]


def test_a_recovery_phrase_moments_after_a_key_is_told_all_the_same() -> None:
    notices = DeletionNotices(StandingClock())
    told = []
    for deletion in (secret(1), secret(2, kind="seed_phrase"), secret(3)):
        notices.expect(deletion)
        told += [item.args["kind"] for item in notices.gone(deletion)]
    assert told == ["exchange_key", "seed_phrase"]


def test_what_was_removed_is_told_even_if_the_last_of_it_could_not_be() -> None:
    notices = DeletionNotices(StandingClock())
    notices.expect(secret(1))
    notices.expect(secret(2))
    notices.gone(secret(1))
    told = notices.impossible(secret(2), Refusal("too_old"))
    assert [item.kind for item in told] == [Kind.DELETE_BY_HAND, Kind.SECRET_REMOVED]


def test_an_answer_that_cannot_be_deleted_is_loud_and_one_that_was_is_silent() -> None:
    notices = DeletionNotices(StandingClock())
    assert notices.gone(secret(asked=True)) == []
    [item] = notices.impossible(secret(asked=True), Refusal("refused"))
    assert (item.kind, item.args["message_id"]) == (Kind.DELETE_BY_HAND, 1)


def test_refusals_are_read_for_what_they_mean() -> None:
    call = DeleteMessage(chat_id=1, message_id=1)
    cannot = TelegramBadRequest(call, "Bad Request: message can't be deleted")
    two_days = 48 * 3600.0 + 1
    assert refusal_of(cannot, secret(), 0.0) == Refusal("refused")
    assert refusal_of(cannot, secret(private=False), 0.0) == Refusal("no_rights")
    assert refusal_of(cannot, secret(), two_days) == Refusal("too_old")
    assert refusal_of(TelegramForbiddenError(call, "Forbidden: bot was kicked"), secret(), 0.0) == Refusal(
        "unreachable"
    )
    assert refusal_of(TelegramMigrateToChat(call, "upgraded", -100), secret(), 0.0) == Refusal("moved", -100)


def test_the_loud_message_goes_where_it_can_be_read() -> None:
    group = secret(chat_id=-5, private=False)
    assert delete_by_hand(group, Refusal("no_rights"), 0.0).chat_id == -5
    assert delete_by_hand(group, Refusal("unreachable"), 0.0).chat_id == 42
    assert delete_by_hand(group, Refusal("moved", -100), 0.0).chat_id == -100
