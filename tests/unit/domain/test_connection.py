"""What tells one credential from another."""

from bot.domain.connection import Credential


def test_a_key_is_told_by_the_api_key_and_an_agent_of_an_address_by_its_secret() -> None:
    assert Credential("k" * 64, "s" * 64).identity == "k" * 64
    assert Credential("0x" + "1f" * 20, "0x" + "2e" * 32).identity == "0x" + "2e" * 32
    assert Credential("0x" + "1f" * 32, "s").identity == "0x" + "1f" * 32
