import socket

import pytest

from bot.exchanges.http import Answer, HttpSession, date_ms


@pytest.mark.parametrize(
    ("egress_ips", "family"),
    [
        ([], socket.AF_UNSPEC),
        (["203.0.113.7"], socket.AF_INET),
        (["203.0.113.7", "203.0.113.8"], socket.AF_INET),
        (["203.0.113.7", "2001:db8::7"], socket.AF_UNSPEC),
    ],
)
def test_if_only_ipv4_addresses_are_on_whitelists_exchanges_see_no_other(
    egress_ips: list[str], family: socket.AddressFamily
) -> None:
    assert HttpSession(egress_ips, 1.0)._family == family


def test_an_address_that_is_none_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        HttpSession(["nowhere"], 1.0)


async def test_the_session_follows_no_proxy_and_keeps_no_cookie() -> None:
    session = HttpSession([], 1.0)
    inner = session._open()

    assert inner.trust_env is False
    assert inner.cookie_jar.__class__.__name__ == "DummyCookieJar"
    await session.close()
    assert inner.closed


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Date": "Tue, 14 Nov 2023 22:13:20 GMT"}, 1_700_000_000_500),
        ({"Date": "Tue, 14 Nov 2023 22:13:20 GMT", "Age": "7"}, 1_700_000_007_500),
        ({"Date": "Tue, 14 Nov 2023 22:13:20 GMT", "Age": "old"}, None),
        ({"Date": "yesterday"}, None),
        ({}, None),
    ],
    ids=repr,
)
def test_the_date_of_an_answer_is_read_to_half_a_second_or_not_at_all(
    headers: dict[str, str], told: int | None
) -> None:
    assert date_ms(Answer(200, headers, b"")) == told
