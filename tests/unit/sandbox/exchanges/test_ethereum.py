"""The sandbox's own Keccak and addresses, against values that others published."""

import pytest

from bot.sandbox.exchanges.ethereum import address_of, keccak256

# 135 and 136 bytes: the padding is one byte, and a whole block.
DIGESTS = {
    b"": "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    b"abc": "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
    b"a" * 135: "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446",
    b"a" * 136: "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e",
}


@pytest.mark.parametrize("message", DIGESTS)
def test_keccak_is_the_one_of_before_the_standard(message: bytes) -> None:
    assert keccak256(message).hex() == DIGESTS[message]


@pytest.mark.parametrize(
    ("private_key", "address"),
    [
        ("0x" + "0" * 63 + "1", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"),
        (
            "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318",
            "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23",
        ),
    ],
)
def test_a_private_key_has_the_address_that_everybody_knows(private_key: str, address: str) -> None:
    assert address_of(private_key) == address_of(private_key[2:]) == address


@pytest.mark.parametrize("private_key", ["0x" + "0" * 64, "f" * 64, "key"])
def test_what_is_no_private_key_has_none(private_key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        address_of(private_key)
