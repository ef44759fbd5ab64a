"""The demo's world: people to be, and keys of every exchange to connect."""

from bot.commands.demo import furnish
from bot.exchanges.registry import ADAPTERS
from bot.sandbox.world import Sandbox


async def test_every_exchange_of_the_catalogue_has_keys_to_play_with() -> None:
    async with Sandbox(page=False) as sandbox:
        furnish(sandbox)

        assert list(ADAPTERS) == list(sandbox.exchanges)
        for venue in sandbox.exchanges.values():
            names = {account["name"] for account in venue.panel()["accounts"]}
            assert "good key" in names
            assert "can withdraw" in names or "withdraw" not in venue.accounts.style.poses
