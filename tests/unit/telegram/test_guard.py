"""The guard sees a secret wherever a person can put one, and nothing where there is none."""

import json
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram.guard import Guard, NotAnUpdate, Sighting
from bot.telegram.questions import OpenQuestions
from bot.telegram.update_texts import _IDENTITIES
from tests.unit.telegram.memory import MemoryStore, StandingClock

BOT, ALICE, GROUP = 1_000_001, 42, -1_001_234
NOW = 1_700_000_000
API_KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
PEM = (
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n"
    "-----END PRIVATE KEY-----"
)
SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"

PERSON = {"id": ALICE, "is_bot": False, "first_name": "Alice", "language_code": "pl"}
PRIVATE = {"id": ALICE, "type": "private", "first_name": "Alice"}


Json = dict[str, Any]


def message(number: int = 7, **content: Any) -> Json:
    return {"message_id": number, "date": NOW, "chat": PRIVATE, "from": PERSON} | content


def update(kind: str = "message", number: int = 7, **content: Any) -> Json:
    return {"update_id": 1, kind: message(number, **content)}


def guard(store: MemoryStore | None = None) -> Guard:
    clock = StandingClock(NOW)
    return Guard(BOT, OpenQuestions(store or MemoryStore(), clock), clock, {"start", "cancel"})


def gone(sighting: Sighting) -> list[tuple[int, int]]:
    return [(d.chat_id, d.message_id) for d in sighting.deletions]


# Where a person can put words. Each takes the words and gives the fields of a message.
PLACES: dict[str, Any] = {
    "text": lambda s: {"text": s},
    "caption": lambda s: {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}], "caption": s},
    "quote": lambda s: {"text": "see", "quote": {"text": s, "position": 0}},
    "a link's target": lambda s: {
        "text": "see",
        "entities": [{"type": "text_link", "offset": 0, "length": 3, "url": f"https://a.example/?secret={s}"}],
    },
    "contact's name": lambda s: {"contact": {"phone_number": "1", "first_name": s}},
    "contact's vcard": lambda s: {"contact": {"phone_number": "1", "first_name": "A", "vcard": f"NOTE:{s}"}},
    "poll's question": lambda s: {"poll": {"id": "1", "question": s, "options": []}},
    "poll's option": lambda s: {"poll": {"id": "1", "question": "?", "options": [{"text": s, "voter_count": 0}]}},
    "poll's explanation": lambda s: {"poll": {"id": "1", "question": "?", "options": [], "explanation": s}},
    "document's name": lambda s: {"document": {"file_id": "x", "file_unique_id": "y", "file_name": s}},
    "audio's title": lambda s: {"audio": {"file_id": "x", "file_unique_id": "y", "duration": 1, "title": s}},
    "venue's title": lambda s: {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": s, "address": "b"}},
    "venue's address": lambda s: {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "b", "address": s}},
    "checklist's task": lambda s: {"checklist": {"title": "t", "tasks": [{"id": 1, "text": s}]}},
    "game's text": lambda s: {"game": {"title": "g", "description": "d", "photo": [], "text": s}},
    "invoice's description": lambda s: {"invoice": {"title": "t", "description": s, "start_parameter": "p"}},
    "web app's data": lambda s: {"web_app_data": {"data": s, "button_text": "b"}},
    "group's new title": lambda s: {"new_chat_title": s},
    "an external reply": lambda s: {
        "text": "see",
        "external_reply": {
            "origin": {"type": "hidden_user", "date": NOW, "sender_user_name": "x"},
            "chat": {"id": -5, "type": "supergroup"},
            "message_id": 3,
            "contact": {"phone_number": "1", "first_name": s},
        },
    },
    "a rich message": lambda s: {"rich_message": {"blocks": [{"type": "paragraph", "text": ["a", {"text": s}]}]}},
    "a field of tomorrow": lambda s: {"hologram": {"layers": [[{"inscription": s}]]}},
}

KINDS = ("message", "edited_message", "channel_post", "edited_channel_post")
secrets = st.sampled_from(
    [API_KEY, PEM, SEED, f"apiKey: {API_KEY}", f"my phrase is {SEED} ok", "1000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw5"]
)


@pytest.mark.parametrize("place", PLACES)
@given(secret=secrets, kind=st.sampled_from(KINDS), group=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_secret_is_seen_wherever_it_is_put(place: str, secret: str, kind: str, group: bool) -> None:  # noqa: FBT001
    raw = update(kind, **PLACES[place](secret))
    if group:
        raw[kind]["chat"] = {"id": GROUP, "type": "supergroup", "title": "Desk"}
    if kind.endswith("channel_post"):
        del raw[kind]["from"]
    seen = guard().examine(raw)
    assert gone(seen) == [(GROUP if group else ALICE, 7)]
    assert (seen.secret, seen.withheld, seen.answer) == (True, True, False)
    assert seen.deletions[0].why in {"exchange_key", "private_key", "seed_phrase"}


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_in_a_message_replied_to_or_pinned_is_that_messages(place: str) -> None:
    inner = message(3, **PLACES[place](API_KEY))
    inner["from"] = {"id": 43, "is_bot": False, "first_name": "Bob"}
    for field in ("reply_to_message", "pinned_message"):
        raw = update(text="look")
        raw["message"][field] = inner
        seen = guard().examine(raw)
        assert gone(seen) == [(ALICE, 3)]
        assert seen.deletions[0].user_id == 43


def test_a_quoted_secret_takes_its_source_along_even_if_the_source_comes_without_its_text() -> None:
    source = {"message_id": 3, "date": NOW - 60, "chat": PRIVATE, "from": PERSON}
    raw = update(text="this one?", quote={"text": API_KEY, "position": 0}, reply_to_message=source)
    assert gone(guard().examine(raw)) == [(ALICE, 7), (ALICE, 3)]
    raw["message"]["quote"]["text"] = "an ordinary quote"
    assert gone(guard().examine(raw)) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=3),
    max_leaves=12,
)


def _is_no_name_of_telegrams(name: str) -> bool:
    """Not an id, not another message, and nobody's identity: how somebody is called belongs to no message."""
    return not name.endswith(("id", "message")) and name not in _IDENTITIES


@given(clutter=json_values, name=st.text(min_size=1, max_size=8).filter(_is_no_name_of_telegrams))
@settings(max_examples=200, deadline=None)
def test_no_clutter_around_it_hides_a_secret(clutter: Any, name: str) -> None:
    raw = update()
    raw["message"] = {name: [clutter, {"deep": [{"inside": API_KEY}, clutter]}, clutter]} | raw["message"]
    assert (ALICE, 7) in gone(guard().examine(raw))


@given(anything=json_values)
@settings(max_examples=200, deadline=None)
def test_whatever_comes_is_examined_or_refused_by_one_exception(anything: Any) -> None:
    for raw in (anything, {"update_id": 5, "message": anything}, {"update_id": 5, "callback_query": anything}):
        try:
            seen = guard().examine(raw)
        except NotAnUpdate:
            continue
        assert seen.update_id == 5


STICKER = {
    "file_id": "CAACAgIAAxkBAAEBmPJk3q9wZ7tq4n0yVf3cQXk8o1ZQHgACVQADr8ZRGmTn",
    "file_unique_id": "AgADVQADr8ZRGg",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "emoji": "👍",
    "set_name": "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8_by_bot",
}
PHOTO = {
    "file_id": "AgACAgIAAxkBAAIBY2Uq7Xl2V3x0aG9zdGx5LXJhbmRvbS1ieXRlcy1oZXJlAAJ",
    "file_unique_id": "AQADq8YxG0Tn8Eh-",
    "width": 1,
    "height": 1,
}
INLINE_BOT = {"id": 9, "is_bot": True, "first_name": "x", "username": "SomeVeryLongBotNameForTesting_bot"}


@pytest.mark.parametrize(
    "content",
    [
        {"text": "long BTC at 64000, stop 61500, target 70k"},
        {"text": "/start"},
        {"sticker": STICKER},
        {"photo": [PHOTO], "caption": "my cat"},
        {"text": "done", "via_bot": INLINE_BOT},
    ],
)
def test_ordinary_messages_are_left_alone(content: dict[str, Any]) -> None:
    raw = update(**content)
    Update.model_validate(raw)
    seen = guard().examine(raw)
    assert (seen.deletions, seen.secret, seen.withheld) == ((), False, False)


def test_a_name_that_looks_like_a_key_deletes_nothing_but_is_not_kept() -> None:
    raw = update(text="hello")
    raw["message"]["from"] = PERSON | {"first_name": API_KEY}
    seen = guard().examine(raw)
    assert (seen.deletions, seen.secret, seen.withheld) == ((), True, False)


@pytest.mark.parametrize("kind", ["business_message", "edited_business_message", "guest_message"])
def test_what_a_bot_may_not_delete_is_for_people_to_delete(kind: str) -> None:
    seen = guard().examine(update(kind, text=API_KEY))
    assert (seen.deletions, len(seen.beyond_reach), seen.withheld) == ((), 1, True)


def test_an_ephemeral_message_is_for_people_to_delete() -> None:
    raw = update(text=API_KEY, ephemeral_message_id=4)
    raw["message"]["message_id"] = 0
    seen = guard().examine(raw)
    assert (seen.deletions, len(seen.beyond_reach)) == ((), 1)


def test_a_press_under_our_own_message_is_no_secret_whatever_the_message_says() -> None:
    press = {"id": "1", "from": PERSON, "chat_instance": "77", "data": "pause:k3"}
    own = message(9, text=f"key {API_KEY}") | {"from": {"id": BOT, "is_bot": True, "first_name": "Latchkey"}}
    seen = guard().examine({"update_id": 1, "callback_query": press | {"message": own}})
    assert (seen.is_press, seen.deletions, seen.chat_id, seen.user_id, seen.message_id) == (
        True,
        (),
        ALICE,
        ALICE,
        None,
    )


def test_a_button_of_ours_is_no_secret_however_its_id_looks() -> None:
    data = f"al:{API_KEY[:16]}:pause"
    own = message(9, text="an alert") | {"from": {"id": BOT, "is_bot": True, "first_name": "Latchkey"}}
    own["reply_markup"] = {
        "inline_keyboard": [[{"text": "Pause", "callback_data": data}], [{"text": "Page", "url": "x"}]]
    }
    press = {"id": "1", "from": PERSON, "chat_instance": "77", "data": data}
    assert guard().examine({"update_id": 1, "callback_query": press}).secret, "the detector takes it for a key"
    assert not guard().examine({"update_id": 1, "callback_query": press | {"message": own}}).secret
    theirs = own | {"from": PERSON}
    assert guard().examine({"update_id": 1, "callback_query": press | {"message": theirs}}).secret
    forged = press | {"data": API_KEY, "message": own}
    assert guard().examine({"update_id": 1, "callback_query": forged}).secret


@pytest.mark.parametrize("markup", [None, [], {"inline_keyboard": 5}, {"inline_keyboard": [5, [7, {}]]}, "x"])
def test_buttons_of_any_shape_end_nothing(markup: Any) -> None:
    own = message(9, text="?") | {"from": {"id": BOT, "is_bot": True, "first_name": "L"}, "reply_markup": markup}
    press = {"id": "1", "from": PERSON, "chat_instance": "77", "data": "x", "message": own}
    assert not guard().examine({"update_id": 1, "callback_query": press}).secret


def test_forged_callback_data_and_inline_queries_are_not_kept() -> None:
    press = {"id": "1", "from": PERSON, "chat_instance": "77", "data": API_KEY}
    assert guard().examine({"update_id": 1, "callback_query": press}).secret
    query = {"id": "1", "from": PERSON, "query": API_KEY, "offset": ""}
    assert guard().examine({"update_id": 1, "inline_query": query}).secret


def test_our_own_message_replying_to_a_key_gives_the_key_away() -> None:
    own = message(9, text="?", reply_to_message=message(3, text=API_KEY))
    own["from"] = {"id": BOT, "is_bot": True, "first_name": "Latchkey"}
    press = {"id": "1", "from": PERSON, "chat_instance": "77", "data": "x", "message": own}
    assert gone(guard().examine({"update_id": 1, "callback_query": press})) == [(ALICE, 3)]


def test_the_gravest_kind_is_named() -> None:
    assert guard().examine(update(text=f"{API_KEY}\n{SEED}")).deletions[0].why == "seed_phrase"


def test_album_parts_that_came_before_and_after_the_secret_one_go_too() -> None:
    watch = guard()
    assert gone(watch.examine(update(number=1, photo=[PHOTO], media_group_id="11"))) == []
    secret = update(number=2, photo=[PHOTO], media_group_id="11", caption=API_KEY)
    assert gone(watch.examine(secret)) == [(ALICE, 2), (ALICE, 1)]
    assert gone(watch.examine(update(number=3, photo=[PHOTO], media_group_id="11"))) == [(ALICE, 3)]
    assert gone(watch.examine(update(number=4, photo=[PHOTO], media_group_id="12"))) == []


def test_the_parts_of_a_long_paste_go_together_but_not_what_is_said_later() -> None:
    watch = guard()
    assert gone(watch.examine(update(number=1, text="word " * 810))) == []
    assert gone(watch.examine(update(number=2, text=f"{API_KEY} " + "word " * 790))) == [(ALICE, 2), (ALICE, 1)]
    assert gone(watch.examine(update(number=3, text="the last line"))) == [(ALICE, 3)]
    assert gone(watch.examine(update(number=4, text="and now for something else"))) == []


def test_a_paste_is_over_after_some_seconds() -> None:
    watch = guard()
    watch.examine(update(number=1, text="word " * 810))
    later = update(number=2, text=API_KEY)
    later["message"]["date"] = NOW + 10
    assert gone(watch.examine(later)) == [(ALICE, 2)]


@pytest.mark.parametrize(
    "name", ["id_ed25519", "Trading Key.PEM", "a.p12", "keystore.json", "UTC--2020-01-02T03--a1", "seed phrase.txt"]
)
def test_key_files_are_known_by_name(name: str) -> None:
    seen = guard().examine(update(document={"file_id": "x", "file_unique_id": "y", "file_name": name}))
    assert [d.why for d in seen.deletions] == ["private_key"]


@pytest.mark.parametrize(
    "name", ["id_ed25519.pub", "server.pub.pem", "monkey.png", "keynote.pptx", "keys to success.pdf"]
)
def test_other_files_are_not(name: str) -> None:
    seen = guard().examine(update(document={"file_id": "x", "file_unique_id": "y", "file_name": name}))
    assert seen.deletions == ()


@pytest.mark.parametrize(
    ("document", "looked_into"),
    [
        ({"file_name": "a.txt", "file_size": 100}, True),
        ({"file_name": ".env", "file_size": 100}, True),
        ({"file_name": "x.bin", "mime_type": "text/plain", "file_size": 100}, True),
        ({"file_name": "a.txt", "file_size": 64 * 1024 + 1}, False),
        ({"file_name": "a.txt"}, False),
        ({"file_name": "a.png", "mime_type": "image/png", "file_size": 100}, False),
    ],
)
def test_small_text_files_are_to_be_looked_into(document: dict[str, Any], looked_into: bool) -> None:  # noqa: FBT001
    raw = update(document={"file_id": "x", "file_unique_id": "y"} | document)
    assert bool(guard().examine(raw).to_scan) is looked_into
    raw["message"]["chat"] = {"id": GROUP, "type": "supergroup", "title": "Desk"}
    assert bool(guard().examine(raw).to_scan) is looked_into


def test_no_file_is_looked_into_whose_message_goes_anyway_or_is_not_ours_to_delete() -> None:
    file = {"file_id": "x", "file_unique_id": "y", "file_name": "a.txt", "file_size": 100}
    assert guard().examine(update(document=file, caption=API_KEY)).to_scan == ()
    assert guard().examine(update("business_message", document=file)).to_scan == ()
    own = update(document=file)
    own["message"]["from"] = {"id": BOT, "is_bot": True, "first_name": "Latchkey"}
    assert guard().examine(own).to_scan == ()


def test_sightings_name_who_where_and_in_which_language() -> None:
    seen = guard().examine(json.loads(json.dumps(update(text="hi"))))
    assert (seen.chat_id, seen.user_id, seen.message_id, seen.language, seen.private) == (ALICE, ALICE, 7, "pl", True)
