"""Reading a secret that is a private key in PEM, where the exchange's credential may be one."""

# ruff: noqa: RUF001  -- chat clients lengthen dashes

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pasting import CredentialShape, Field, FieldShape, PasteProblem, Reading, read_paste
from bot.domain.pasting.pem import KeyKind
from bot.domain.secrets import SecretKind, find_secrets
from tests.unit.domain.private_keys import BARE_PKCS8, BARE_SEC1, OF_OTHER_KINDS, OTHER_SEC1, PKCS8, SEC1
from tests.unit.domain.real_shaped_secrets import Draw, full_width

draw = Draw(22)
ID = draw.uuid()
NAME = f"organizations/{draw.uuid()}/apiKeys/{ID}"
ROW = draw.base64(64)
"""The other form that the secret may have."""

SHAPE = CredentialShape(
    api_key=FieldShape(
        re.compile(r"(?:organizations/[0-9a-f-]{36}/apiKeys/)?[0-9a-f-]{36}"), re.compile("."), (36, 95)
    ),
    secret=FieldShape(
        re.compile(r"[A-Za-z0-9+/]{86}=="), re.compile("[A-Za-z0-9+/=]"), (88,), pem=frozenset({KeyKind.ECDSA})
    ),
    download={Field.API_KEY: ("name", "id"), Field.SECRET: ("privateKey",)},
)
ONLY_NAME = {Field.API_KEY: NAME}


def read(text: str, expecting: Field = Field.SECRET, have: dict[Field, str] | None = None) -> Reading:
    return read_paste(text, SHAPE, expecting, ONLY_NAME if have is None else have)


def both(secret: str) -> Reading:
    return Reading({Field.API_KEY: NAME, Field.SECRET: secret})


def bent(pem: str) -> dict[str, str]:
    """One key as phones, programs and forms hand it over."""
    begin, *lines, end = pem.split("\n")
    body = "".join(lines)
    return {
        "as it is": pem,
        "with a line break at its end": pem + "\n",
        "line breaks as backslash and n": pem.replace("\n", "\\n") + "\\n",
        "line breaks with two backslashes": pem.replace("\n", "\\\\n"),
        "of windows": pem.replace("\n", "\r\n"),
        "of windows, as letters": pem.replace("\n", "\\r\\n"),
        "line breaks lost": pem.replace("\n", ""),
        "line breaks as spaces": pem.replace("\n", " "),
        "body on one line": f"{begin}\n{body}\n{end}",
        "short lines": "\n".join([begin, *(body[at : at + 20] for at in range(0, len(body), 20)), end]),
        "indented": pem.replace("\n", "\n    "),
        "quoted in a mail": "> " + pem.replace("\n", "\n> "),
        "in quotes": f'"{pem}"',
        "in typographic quotes": f"“{pem}”",
        "in a code block": f"```\n{pem}\n```",
        "with long dashes": pem.replace("-----", "—–"),
        "without dashes": pem.replace("-----", ""),
        "full width": full_width(pem),
        "zero-width within": pem[:40] + "\u200b" + pem[40:],
        "without its end": "\n".join([begin, *lines]),
        "body alone": body,
        "body alone, in lines": "\n".join(lines),
        "with talk": f"here it is:\n{pem}\nthanks!",
        "labelled": f"Private key: {pem}",
        "a setting": f"COINBASE_API_SECRET='{pem}'",
    }


@pytest.mark.parametrize("pem", [SEC1, PKCS8, BARE_SEC1, BARE_PKCS8], ids=["sec1", "pkcs8", "bare sec1", "bare pkcs8"])
@pytest.mark.parametrize("how", bent(SEC1))
def test_a_private_key_is_read_however_it_was_bent_and_kept_as_it_should_be(pem: str, how: str) -> None:
    assert read(bent(pem)[how]) == both(pem)


@pytest.mark.parametrize("how", bent(SEC1))
def test_whoever_asked_for_it_or_not_the_guard_takes_it_for_a_secret(how: str) -> None:
    for pem in (SEC1, PKCS8, BARE_SEC1, BARE_PKCS8):
        assert SecretKind.PRIVATE_KEY in find_secrets([bent(pem)[how]])


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"name": NAME, "privateKey": SEC1 + "\n"}),
        json.dumps({"name": NAME, "privateKey": SEC1 + "\n"}, indent=3),
        json.dumps({"privateKey": SEC1 + "\n", "name": NAME}),
        json.dumps({"nickname": "Bot", "principal": draw.uuid(), "privateKey": SEC1, "name": NAME, "id": ID}),
        json.dumps({"name": NAME, "privateKey": SEC1}).replace("\\n", "\n"),
        json.dumps({"name": NAME, "privateKey": SEC1})[:-1],
        json.dumps({"name": NAME, "privateKey": SEC1 + "\n"}).replace('"', "”"),
        f"{NAME}\n{SEC1}",
        f"{SEC1}\n{NAME}",
        f"API key name\n{NAME}\nPrivate key\n{SEC1}",
        f"COINBASE_API_KEY={NAME}\nCOINBASE_API_SECRET={SEC1}",
        f"key = '{NAME}', secret = '''{SEC1}'''",
    ],
    ids=[
        "json",
        "indented",
        "other order",
        "more",
        "real breaks",
        "no bracket",
        "quotes",
        "lines",
        "key last",
        "labels",
        "settings",
        "code",
    ],
)
def test_name_and_private_key_are_read_from_one_message(text: str) -> None:
    assert read(text, Field.API_KEY, {}) == both(SEC1)


def test_the_other_form_of_the_download_is_read_too() -> None:
    text = json.dumps({"id": ID, "privateKey": ROW})
    assert read(text, Field.API_KEY, {}) == Reading({Field.API_KEY: ID, Field.SECRET: ROW})
    named = json.dumps({"name": "My bot", "id": ID, "privateKey": ROW})
    assert read(named, Field.API_KEY, {}) == Reading({Field.API_KEY: ID, Field.SECRET: ROW})


@pytest.mark.parametrize(
    "text", ['{"name": 7, "privateKey": null}', '{"a":' * 900, "{}", '{"privateKey": ["MHcCAQEEI"]}']
)
def test_a_download_of_another_shape_is_read_as_any_other_text(text: str) -> None:
    assert read(text).problem is not None


def test_a_private_key_that_comes_first_is_kept_and_its_name_still_asked_for() -> None:
    assert read(SEC1, Field.API_KEY, {}) == Reading({Field.SECRET: SEC1})
    assert read(NAME, Field.API_KEY, {Field.SECRET: SEC1}) == both(SEC1)


@pytest.mark.parametrize("kind", OF_OTHER_KINDS)
def test_a_key_of_another_kind_is_refused_and_what_came_with_it_kept(kind: str) -> None:
    pem = OF_OTHER_KINDS[kind]
    for text in (pem, pem.replace("\n", "\\n"), f"{NAME}\n{pem}", json.dumps({"name": NAME, "privateKey": pem})):
        expected = Reading(ONLY_NAME, PasteProblem.PEM_OF_ANOTHER_KIND, Field.SECRET)
        assert read(text) == expected
        assert read(text, Field.API_KEY, {} if NAME in text else ONLY_NAME) == expected


def test_the_public_key_beside_it_does_no_harm() -> None:
    assert read(f"{OF_OTHER_KINDS['public']}\n{SEC1}") == both(SEC1)


def test_two_private_keys_are_not_guessed_at() -> None:
    assert read(f"{SEC1}\n{OTHER_SEC1}") == Reading(ONLY_NAME, PasteProblem.SEVERAL_CANDIDATES, Field.SECRET)


@pytest.mark.parametrize(
    "text",
    [
        SEC1.replace(SEC1[60:70], ""),
        SEC1.replace("MHcC", "XXXX"),
        "-----BEGIN EC PRIVATE KEY-----\n\n-----END EC PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nhidden\n-----END EC PRIVATE KEY-----",
    ],
    ids=["cut in its middle", "other bytes", "empty", "hidden"],
)
def test_a_private_key_that_is_not_whole_is_noticed_before_anybody_is_asked(text: str) -> None:
    assert read(text) == Reading(ONLY_NAME, PasteProblem.PEM_NOT_WHOLE, Field.SECRET)


@pytest.mark.parametrize("text", ["hello", draw.of(32), ROW[:-3], "my private key", draw.base64(33)])
def test_what_is_no_private_key_is_told_so_and_not_how_long_it_should_be(text: str) -> None:
    answer = read(text)
    assert answer in (
        Reading(ONLY_NAME, PasteProblem.NO_PEM, Field.SECRET),
        Reading(ONLY_NAME, PasteProblem.LOOKS_LIKE_LABEL_ONLY, Field.SECRET),
    )


# ---------------------------------------------------------------------------------------------------- several messages


@given(st.integers(33, len(SEC1) - 1), st.sampled_from([SEC1, PKCS8]))
def test_a_private_key_that_comes_in_two_messages_is_put_together(at: int, pem: str) -> None:
    first = read(pem[:at])
    if first.problem is None:
        assert first == both(pem)  # all but its end was there
        return
    assert (first.problem, first.about, Field.SECRET in first.found) == (
        PasteProblem.PEM_GOES_ON,
        Field.SECRET,
        False,
    )
    second = read(pem[at:], have=dict(first.found))
    if len(pem) - at > 20:
        assert second == both(pem)


def test_one_that_comes_line_by_line_is_put_together() -> None:
    have = dict(ONLY_NAME)
    for line in SEC1.split("\n")[:-2]:
        answer = read(line, have=have)
        assert answer.problem is PasteProblem.PEM_GOES_ON
        have = dict(answer.found)
    assert read(SEC1.split("\n")[-2], have=have) == both(SEC1)


def test_what_comes_in_between_is_no_part_of_it() -> None:
    have = dict(read(SEC1[:100], have={}).found)

    assert read("one moment please", have=have).problem is PasteProblem.WRONG_CHARACTERS
    named = read(NAME, Field.API_KEY, have)
    assert (named.found[Field.API_KEY], Field.SECRET in named.found) == (NAME, False)
    assert read(SEC1[100:], have=dict(named.found)) == both(SEC1)


def test_the_whole_key_after_a_part_of_it_counts() -> None:
    have = dict(read(SEC1[:100]).found)
    assert read(SEC1, have=have) == both(SEC1)
    assert read(ROW, have=have).found[Field.SECRET] == ROW


# ---------------------------------------------------------------------------------------------------------- elsewhere


def test_where_no_pem_is_expected_every_one_is_refused_as_before() -> None:
    elsewhere = CredentialShape(FieldShape.of("[A-Za-z0-9]", 64), FieldShape.of("[A-Za-z0-9]", 64))
    for pem in (SEC1, PKCS8, *OF_OTHER_KINDS.values()):
        answer = read_paste(pem, elsewhere, Field.SECRET, {})
        assert answer == Reading({}, PasteProblem.PEM_WHERE_HMAC_EXPECTED, Field.SECRET) or "OPENSSH" in pem
        assert Field.SECRET not in answer.found


def test_only_a_key_written_as_it_should_be_fits_the_field() -> None:
    assert SHAPE.secret.fits(SEC1)
    assert SHAPE.secret.fits(PKCS8)
    assert not [how for how, text in bent(SEC1).items() if SHAPE.secret.fits(text) and text != SEC1]
    assert not [kind for kind, pem in OF_OTHER_KINDS.items() if SHAPE.secret.fits(pem)]


@given(st.text(max_size=200), st.sampled_from(["", SEC1[:90], "-----BEGIN EC PRIVATE KEY-----", "MHcCAQEEI"]))
def test_whatever_is_sent_there_is_an_answer(text: str, before: str) -> None:
    answer = read(before + text)
    assert answer.problem is not None or Field.SECRET in answer.found


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 4_000 + "!",
        "a\n " * 1_300 + "!",
        "-" * 4_000,
        "BEGIN " * 680,
        "-----BEGIN PRIVATE KEY-----" * 150,
        "a " * 2_000,
        "\\" * 4_000,
        "\\n" * 2_000 + "!",
        "BEGIN PUBLIC KEY" + "\n" * 4_000,
        "{" * 4_000,
    ],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    began = time.process_time()

    for have in ({}, dict(read(SEC1[:100]).found)):
        read(text, have=have)
        read(SEC1[:100] + text, have=have)

    assert time.process_time() - began < 0.5


def test_no_reading_of_a_private_key_shows_it() -> None:
    shown = "".join(repr(read(text)) for text in [*bent(SEC1).values(), SEC1[:100], *OF_OTHER_KINDS.values()])
    assert [line for line in SEC1.split("\n") if line in shown] == []
