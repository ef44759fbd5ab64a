"""Everything that encrypts: the keyring of master keys, the sealed record, the small boxes.

Plain values in, plain values out: the vault knows neither the store nor the settings. Read `sealing` for what a sealed
credential is, `keyring` for the keys above it, `sources` for where those keys come from.
"""

from bot.vault.boxes import BoxClosed, EphemeralBox
from bot.vault.failures import CannotUnseal, UnsealFailure
from bot.vault.keyring import Keyring, KeyringError, MasterKey, WrongMasterKey
from bot.vault.pairs import KeyPairMaker
from bot.vault.sealing import PepperMissing, RecordContext, Vault
from bot.vault.sources import CREDENTIAL_NAME, load_keyring, new_keyring, save_keyring

__all__ = [
    "CREDENTIAL_NAME",
    "BoxClosed",
    "CannotUnseal",
    "EphemeralBox",
    "KeyPairMaker",
    "Keyring",
    "KeyringError",
    "MasterKey",
    "PepperMissing",
    "RecordContext",
    "UnsealFailure",
    "Vault",
    "WrongMasterKey",
    "load_keyring",
    "new_keyring",
    "save_keyring",
]
