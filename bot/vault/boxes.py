"""Small sealed boxes, for what is not a credential: inbox payloads, IP lists, drafts.

    0   4  "TKB1"             9   12  nonce
    4   1  suite = 1          21  n+16  AES-256-GCM(box key, content)
    5   4  term               AAD = bytes[0:9] ‖ framed("latchkey/box/v1", deployment id, purpose, bound to)
    box key = HKDF-SHA512(master key, info = framed("latchkey/v1/box", purpose), 32)

A box key per purpose means that an inbox row can never be passed off as an IP list. Nonces are random, so one box key
is good for 2³² boxes (NIST SP 800-38D, 8.3): at a hundred messages every second that is over a year, and each promoted
master key starts anew.
"""

import os
import struct
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.vault.failures import CannotUnseal, UnsealFailure
from bot.vault.keyring import Keyring
from bot.vault.primitives import KEY_BYTES, NONCE_BYTES, TAG_BYTES, decrypt, derive, framed

MAGIC = b"TKB1"
SUITE = 1
EPHEMERAL_TERM = 0
"""No master key has this term: such a box dies with the process that made it."""

_HEADER = struct.Struct(">4sBI")
_SMALLEST = _HEADER.size + NONCE_BYTES + TAG_BYTES


class Boxes:
    """Boxes under the master keys: made under the primary, opened under whichever term they name."""

    def __init__(self, keyring: Keyring, deployment_id: str) -> None:
        self._keyring = keyring
        self._deployment_id = deployment_id
        # Purposes are constants of the code, a handful: this cache stays small.
        self._ciphers: dict[tuple[int, str], AESGCM] = {}

    def box(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """Seals `plaintext` for one purpose and one place (`bound_to`: a row's id, say)."""
        term = self._keyring.primary
        return _close(self._cipher(term, purpose), term, plaintext, self._bound(purpose, bound_to))

    def unbox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes:
        """Opens a box made for the same purpose and place.

        Raises:
            CannotUnseal: not a box of ours, of a newer version, of a term we do not hold, altered or moved.
        """
        return _open(lambda term: self._cipher_for(term, purpose), blob, self._bound(purpose, bound_to))

    def rebox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes | None:
        """The same content under the primary key; None when it already is.

        Raises:
            CannotUnseal: as `unbox` does.
        """
        if term_of_box(blob) == self._keyring.primary:
            return None
        return self.box(purpose, self.unbox(purpose, blob, bound_to), bound_to)

    def _bound(self, purpose: str, bound_to: bytes) -> bytes:
        return framed("latchkey/box/v1", self._deployment_id, purpose, bound_to)

    def _cipher_for(self, term: int, purpose: str) -> AESGCM | None:
        return self._cipher(term, purpose) if term in self._keyring.terms else None

    def _cipher(self, term: int, purpose: str) -> AESGCM:
        cipher = self._ciphers.get((term, purpose))
        if cipher is None:
            cipher = AESGCM(derive(self._keyring.terms[term].material, info=framed("latchkey/v1/box", purpose)))
            self._ciphers[term, purpose] = cipher
        return cipher


class EphemeralBox:
    """Boxes under a key that exists in this process only: for drafts, which must not outlive it.

    The key is never written anywhere. Once `close` has dropped it, or the process is gone, what was boxed is noise.
    """

    def __init__(self) -> None:
        self._cipher: AESGCM | None = AESGCM(os.urandom(KEY_BYTES))

    def box(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """Seals `plaintext` for one purpose and one place (`bound_to`: a chat's id, say).

        Raises:
            BoxClosed: `close` was called.
        """
        if self._cipher is None:
            raise BoxClosed
        return _close(self._cipher, EPHEMERAL_TERM, plaintext, self._bound(purpose, bound_to))

    def unbox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes:
        """Opens a box that this very object made.

        Raises:
            CannotUnseal: not a box of this object, altered or moved; after `close`, always, with `UNKNOWN_TERM`.
        """
        return _open(self._cipher_for, blob, self._bound(purpose, bound_to))

    def close(self) -> None:
        """Forgets the key, and with it everything that was boxed. Closing twice does no harm."""
        self._cipher = None

    def _cipher_for(self, term: int) -> AESGCM | None:
        return self._cipher if term == EPHEMERAL_TERM else None

    def _bound(self, purpose: str, bound_to: bytes) -> bytes:
        return framed("latchkey/ephemeral-box/v1", purpose, bound_to)


class BoxClosed(RuntimeError):  # noqa: N818 - a state, not a fault: the process is shutting down
    """Something was to be boxed after the ephemeral key was forgotten."""

    def __init__(self) -> None:
        super().__init__("the ephemeral box is closed: its key is gone")


def term_of_box(blob: bytes) -> int:
    """The term a box was made under, read from its header. It is authenticated only when the box is opened.

    Raises:
        CannotUnseal: `NOT_A_RECORD` or `UNKNOWN_SUITE`.
    """
    if len(blob) < _SMALLEST:
        raise CannotUnseal(UnsealFailure.NOT_A_RECORD)
    magic, suite, term = _HEADER.unpack_from(blob)
    if magic != MAGIC:
        raise CannotUnseal(UnsealFailure.NOT_A_RECORD)
    if suite != SUITE:
        raise CannotUnseal(UnsealFailure.UNKNOWN_SUITE)
    return int(term)


def _close(cipher: AESGCM, term: int, plaintext: bytes, bound: bytes) -> bytes:
    header = _HEADER.pack(MAGIC, SUITE, term)
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + cipher.encrypt(nonce, plaintext, header + bound)


def _open(cipher_for: Callable[[int], AESGCM | None], blob: bytes, bound: bytes) -> bytes:
    cipher = cipher_for(term_of_box(blob))
    if cipher is None:
        raise CannotUnseal(UnsealFailure.UNKNOWN_TERM)
    header, nonce, sealed = blob[: _HEADER.size], blob[_HEADER.size :][:NONCE_BYTES], blob[_HEADER.size + NONCE_BYTES :]
    plaintext = decrypt(cipher, nonce, sealed, header + bound)
    if plaintext is None:
        raise CannotUnseal(UnsealFailure.TAMPERED)
    return plaintext
