"""ccxt is loaded exchange by exchange, when a key is used, and says nothing."""

import json
import logging
import subprocess
import sys

import pytest

from bot.exchanges import library


def run(code: str) -> list[str]:
    """In a process of its own: what was loaded once stays loaded."""
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    names: list[str] = json.loads(said)
    return names


def test_nothing_of_it_is_loaded_before_a_key_is_used() -> None:
    loaded = run(
        "import json, sys; import bot.app; from bot.exchanges.registry import adapter_of;"
        "assert adapter_of('binance').PROFILE.title == 'Binance';"
        "print(json.dumps([name for name in sys.modules if name.split('.')[0] == 'ccxt']))"
    )

    assert [] == loaded


def test_only_exchanges_that_are_used_are_loaded() -> None:
    loaded = run(
        "import json, sys; from bot.exchanges import library;"
        "assert [library.load(name).__name__ for name in ('okx', 'binance', 'okx')] == ['okx', 'binance', 'okx'];"
        "print(json.dumps([name for name in sys.modules if name.startswith('ccxt.async_support.')]))"
    )

    assert {"okx", "binance"} == {name.split(".")[2] for name in loaded} - {"base"}


def test_its_errors_are_known_by_their_base() -> None:
    library.load("binance")
    from ccxt.base.errors import InvalidNonce  # noqa: PLC0415 - only now is it loaded

    base, plain = library.error_classes()
    assert issubclass(InvalidNonce, base)
    assert not issubclass(InvalidNonce, plain)


def test_an_exchange_that_it_does_not_have_is_no_class() -> None:
    with pytest.raises(ModuleNotFoundError):
        library.load("mtgox")


def test_it_says_nothing_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    library.load("binance")
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("ccxt.base.exchange").critical("a secret")

    assert [] == caplog.records
