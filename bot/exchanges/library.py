"""ccxt, muted, and of its hundred exchanges only those whose keys are here.

``import ccxt.async_support`` loads every exchange it has: over a second and 100 MB, most of it for exchanges nobody
uses. Its packages do nothing but gather names, so they are set up here without running that gathering; each exchange is
then a module of its own, loaded when its first key is to be used.
"""

import gc
import importlib
import logging
import sys
from functools import partial
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import Any, Final

_PACKAGES: Final = ("ccxt", "ccxt.async_support")
_LOADING: Final = Lock()
"""Threads load: two exchanges may be used for the first time at the same moment."""


def load(ccxt_class: str) -> Any:
    """A class of ``ccxt.async_support``, by its name. The first takes half a second: call it in a thread.

    Raises:
        ModuleNotFoundError: if ccxt has no such exchange.
    """
    name = f"ccxt.async_support.{ccxt_class}"
    with _LOADING:
        if name not in sys.modules:
            if "ccxt" not in sys.modules:
                _open_without_gathering()
            _mute()
            _sign_quickly()
            importlib.import_module(name)
            # Objects that never go away. The cycle collector would walk through them all, again and again, and nothing
            # else could run meanwhile.
            gc.freeze()
        return getattr(sys.modules[name], ccxt_class)


def error_classes() -> tuple[type[Exception], type[Exception]]:
    """What every error of ccxt's derives from, and what it raises for lack of better. After the first ``load``."""
    errors = importlib.import_module("ccxt.base.errors")
    return errors.BaseError, errors.ExchangeError


def _open_without_gathering() -> None:
    for name in _PACKAGES:
        spec = find_spec(name)
        assert spec is not None
        package = ModuleType(name)
        package.__spec__ = spec
        package.__path__ = list(spec.submodule_search_locations or ())
        sys.modules[name] = package
    # What modules below take from the package itself.
    whole = sys.modules["ccxt"]
    errors = importlib.import_module("ccxt.base.errors")
    vars(whole).update({name: each for name, each in vars(errors).items() if not name.startswith("_")})
    vars(whole)["Exchange"] = importlib.import_module("ccxt.base.exchange").Exchange


def _sign_quickly() -> None:
    """It parses the PEM of an RSA key for every signature: most of 120 ms goes into proving that the primes are primes.

    Nothing else runs meanwhile. The only such PEMs that come here are of our own making, sealed ever since.
    """
    base = vars(importlib.import_module("ccxt.base.exchange"))
    if not isinstance(base["load_pem_private_key"], partial):
        base["load_pem_private_key"] = partial(base["load_pem_private_key"], unsafe_skip_rsa_key_validation=True)


def _mute() -> None:
    """Its loggers print headers, signatures and bodies at DEBUG; children take the level of their parent."""
    muted = logging.getLogger("ccxt")
    muted.setLevel(logging.CRITICAL + 1)
    muted.propagate = False
