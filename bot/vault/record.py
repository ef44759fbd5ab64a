"""The byte layout of a sealed record, and nothing else: 161 bytes over the plaintext, big-endian.

0   4  "TKV1"             53   48  AES-256-GCM(KEK, DEK)
4   1  suite = 1          101  32  key commitment
5   4  kek id             133  12  data nonce
9   32 message id         145  n+16 AES-256-GCM(EK, plaintext)
41  12 wrap nonce
"""

import struct
from typing import NamedTuple

from bot.vault.failures import CannotUnseal, UnsealFailure
from bot.vault.primitives import TAG_BYTES

MAGIC = b"TKV1"
SUITE = 1

_HEADER = struct.Struct(">4sBI32s")
_BODY = struct.Struct(">12s48s32s12s")
_DATA_AT = _HEADER.size + _BODY.size


class SealedRecord(NamedTuple):
    """The parts of a record as they lie in its bytes; nothing here is secret, and nothing is authenticated yet.

    A `NamedTuple` because one is built for every probe, and a frozen dataclass costs four times as much.
    """

    term: int
    message_id: bytes
    wrap_nonce: bytes
    wrapped_dek: bytes
    commitment: bytes
    data_nonce: bytes
    data: bytes

    @classmethod
    def parse(cls, record: bytes) -> "SealedRecord":
        """Takes a record apart.

        Raises:
            CannotUnseal: `NOT_A_RECORD` (too short, another magic) or `UNKNOWN_SUITE`.
        """
        if len(record) < _DATA_AT + TAG_BYTES:
            raise CannotUnseal(UnsealFailure.NOT_A_RECORD)
        magic, suite, term, message_id = _HEADER.unpack_from(record)
        if magic != MAGIC:
            raise CannotUnseal(UnsealFailure.NOT_A_RECORD)
        if suite != SUITE:
            raise CannotUnseal(UnsealFailure.UNKNOWN_SUITE)
        wrap_nonce, wrapped_dek, commitment, data_nonce = _BODY.unpack_from(record, _HEADER.size)
        return cls(term, message_id, wrap_nonce, wrapped_dek, commitment, data_nonce, record[_DATA_AT:])

    def to_bytes(self) -> bytes:
        """Puts the record together again: `SealedRecord.parse(r).to_bytes() == r`."""
        body = _BODY.pack(self.wrap_nonce, self.wrapped_dek, self.commitment, self.data_nonce)
        return header_of(self.term, self.message_id) + body + self.data


def header_of(term: int, message_id: bytes) -> bytes:
    """Bytes 0 to 41: what the wrapped data key is bound to."""
    return _HEADER.pack(MAGIC, SUITE, term, message_id)
