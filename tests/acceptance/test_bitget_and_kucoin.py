"""Bitget and KuCoin in the chat: boxes that mean more than they say."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.test_other_exchanges import to_the_question


async def to_kucoin_s_question(person: Person, market: str) -> None:
    """Nobody asks for the environment: there is but one."""
    await person.says("/connect")
    for button in ("KuCoin", market, "Trade", "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")


async def test_bitget_s_management_box_is_refused_for_the_transfers_in_it(service: Service, alice: Person) -> None:
    bitget = service.sandbox.exchanges["bitget"]
    key = bitget.account("k1")
    key.restrict_ips([bitget.caller_ip])
    key.allow("uta_mgt")
    await to_the_question(alice, "Bitget", "USDT/USDC futures", "Live")
    pasted = await alice.says(f"{key.api_key}\n{key.secret}\n{key.passphrase}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert pasted.deleted_by == "bot"
    assert "Untick Unified account management and save" in refusal.text

    key.forbid("uta_mgt")
    await alice.taps("Check again")
    card = await alice.sees("is connected")
    assert "Transfers: off" in card.text


async def test_a_classic_account_at_bitget_connects_as_a_unified_one_does(service: Service, alice: Person) -> None:
    bitget = service.sandbox.exchanges["bitget"]
    key = bitget.account("k1", "demo")
    key.forbid("unified")
    await to_the_question(alice, "Bitget", "Spot", "Demo")
    await alice.says(f"API Key: {key.api_key}\nSecret Key: {key.secret}\nPassphrase: {key.passphrase}")
    await alice.sees("What shall we call")
    await alice.taps("Demo")

    await alice.sees("is connected")

    assert "/api/v2/spot/account/info" in {call.path for call in bitget.calls}


async def test_who_watches_at_bitget_is_told_what_the_box_does_there(alice: Person) -> None:
    await alice.says("/connect")
    for button in ("Bitget", "Spot", "Live", "Watch"):
        await alice.taps(button)

    guide = await alice.sees("Create the key")

    assert "Choose “Read-only”" in guide.text
    assert "with Read-only it moves nothing" in guide.text


async def test_kucoin_s_transfer_is_told_as_the_withdrawal_it_is(service: Service, alice: Person) -> None:
    kucoin = service.sandbox.exchanges["kucoin"]
    key = kucoin.account("k1")
    key.restrict_ips([kucoin.caller_ip])
    key.allow("Transfer", "InnerTransfer")
    await to_kucoin_s_question(alice, "Coin futures")
    await alice.says(f"{key.api_key}\n{key.secret}\n{key.passphrase}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert "Untick Withdrawal and save" in refusal.text
    assert "Untick FlexTransfers and save" in refusal.text

    key.forbid("Transfer", "InnerTransfer")
    await alice.taps("Check again")
    await alice.sees("is connected")
    for secret in (key.secret, key.passphrase):
        assert secret is not None
        assert secret not in service.sandbox.transcript()


async def test_a_kucoin_key_for_spot_is_no_key_for_futures(service: Service, alice: Person) -> None:
    kucoin = service.sandbox.exchanges["kucoin"]
    key = kucoin.account("k1")
    key.pose("spot only")
    await to_kucoin_s_question(alice, "USDT/USDC futures")
    await alice.says(f"{key.api_key}\n{key.secret}\n{key.passphrase}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    refusal = await alice.sees("Check again")

    assert "The key may trade, but not in this market" in refusal.text
