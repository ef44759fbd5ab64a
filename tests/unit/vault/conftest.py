import pytest

from bot.vault import Keyring, MasterKey, RecordContext, Vault

DEPLOYMENT = "deployment-7"


@pytest.fixture
def keyring() -> Keyring:
    key = MasterKey.generate()
    return Keyring([key], key.term)


@pytest.fixture
def vault(keyring: Keyring) -> Vault:
    return Vault(keyring, DEPLOYMENT)


@pytest.fixture
def context() -> RecordContext:
    return RecordContext(
        deployment_id=DEPLOYMENT,
        connection_id="c-0001",
        owner_id=123456789,
        exchange="binance",
        environment="live",
        revision=3,
    )
