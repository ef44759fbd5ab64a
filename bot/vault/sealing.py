"""How a credential is sealed: envelope encryption that commits to its key and is bound to its place.

Every record has a data key (DEK) of its own, wrapped under a master key (KEK) that is chosen by the id in the header,
never by trial. From the DEK come the key that encrypts the credential (EK) and a commitment to it:

    EK ‖ commitment = HKDF-SHA512(DEK, salt = message id, info = "latchkey/v1/enc+commit", 64)
    CTX             = framed("latchkey/credential/v1", deployment id, connection id, owner id, exchange, environment,
                             revision), numbers in decimal
    AAD of the wrap = "wrap" ‖ bytes[0:41] ‖ CTX
    AAD of the data = "data" ‖ magic ‖ suite ‖ message id ‖ commitment ‖ CTX

CTX makes a row worthless anywhere but in its own place: under another owner, another connection, or an older revision
put back. The commitment makes up for what GCM lacks: without it one ciphertext can be made that opens under two keys.
The AAD of the data leaves the kek id and the wrap out, so that a new master key re-wraps 48 bytes and touches nothing
else. Wrap nonces are random, so one master key is good for 2³² wraps (NIST SP 800-38D, 8.3).
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.vault.boxes import MAGIC as BOX_MAGIC
from bot.vault.boxes import Boxes, term_of_box
from bot.vault.failures import CannotUnseal, UnsealFailure
from bot.vault.fingerprints import PEPPER_BYTES, Fingerprints
from bot.vault.keyring import Keyring
from bot.vault.primitives import KEY_BYTES, NONCE_BYTES, decrypt, derive, framed
from bot.vault.record import MAGIC, SUITE, SealedRecord, header_of

_MESSAGE_ID_BYTES = 32
_SUITE_BYTE = SUITE.to_bytes(1)
_PEPPER_PURPOSE = "pepper"


@dataclass(frozen=True, slots=True)
class RecordContext:
    """Where a credential belongs. A record opens there and nowhere else.

    Attributes:
        deployment_id: the installation's own id.
        connection_id: the connection's opaque id.
        owner_id: the owner's Telegram user id.
        exchange: the exchange's id, as in `binance`.
        environment: `live`, `testnet` or `demo`.
        revision: counts the credentials of one connection, so that an older one cannot be put back.
    """

    deployment_id: str
    connection_id: str
    owner_id: int
    exchange: str
    environment: str
    revision: int

    def to_bytes(self) -> bytes:
        """The CTX of the module's docstring."""
        return framed(
            "latchkey/credential/v1",
            self.deployment_id,
            self.connection_id,
            str(self.owner_id),
            self.exchange,
            self.environment,
            str(self.revision),
        )


class Vault:
    """Seals and opens credentials and boxes under one keyring, for one deployment.

    Cheap to call and safe to share: after the pepper is adopted it holds no state that a call changes.
    """

    def __init__(self, keyring: Keyring, deployment_id: str) -> None:
        # Expanding an AES key costs more than encrypting a credential with it: once per master key is enough.
        self._wrapping_keys = {term: AESGCM(key.material) for term, key in keyring.terms.items()}
        self._primary = keyring.primary, self._wrapping_keys[keyring.primary]
        self._deployment_id = deployment_id
        self._boxes = Boxes(keyring, deployment_id)
        self._fingerprints: Fingerprints | None = None

    # ------------------------------------------------------------------------------------------------- credentials

    def seal(self, plaintext: bytes, context: RecordContext) -> bytes:
        """Seals a credential for one place, under the primary master key.

        Raises:
            ValueError: the context names another deployment than this vault serves.
        """
        if context.deployment_id != self._deployment_id:
            raise ValueError("the context names another deployment than this vault serves")
        return _seal(self._primary, plaintext, context.to_bytes()).to_bytes()

    def unseal(self, record: bytes, context: RecordContext) -> bytes:
        """Opens a credential in the place it was sealed for.

        Raises:
            CannotUnseal: with the reason.
        """
        parts = SealedRecord.parse(record)
        wrapping_key = self._wrapping_key_of(parts)
        plaintext = _unseal(parts, wrapping_key, self._place(context))
        if plaintext is None:
            raise CannotUnseal(UnsealFailure.TAMPERED)
        return plaintext

    def reseal(self, record: bytes, context: RecordContext) -> bytes | None:
        """The same record with its data key wrapped under the primary master key; None when it already is.

        Message id, commitment and data stay byte for byte, and the credential itself is not decrypted. The old record
        goes on opening until its master key is retired: being killed before the new one is stored loses nothing.

        Raises:
            CannotUnseal: as `unseal` does, except that damage to the data part is left for `unseal` to notice.
        """
        parts = SealedRecord.parse(record)
        if parts.term == self._primary[0]:
            return None
        resealed = _rewrap(parts, self._wrapping_key_of(parts), self._primary, self._place(context))
        if resealed is None:
            raise CannotUnseal(UnsealFailure.TAMPERED)
        return resealed.to_bytes()

    def term_of(self, record: bytes) -> int:
        """The master key's term that a record, or a box, names in its header; authenticated only when it is opened.

        Raises:
            CannotUnseal: `NOT_A_RECORD` or `UNKNOWN_SUITE`.
        """
        if record.startswith(BOX_MAGIC):
            return term_of_box(record)
        return SealedRecord.parse(record).term

    # ------------------------------------------------------------------------------------------------------- boxes

    def box(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """Seals something small that is no credential. See `boxes`.

        Args:
            purpose: what it is, a constant of the caller; each purpose has a key of its own.
            plaintext: what to seal.
            bound_to: where it belongs, at most 65,535 bytes: the box opens only with the same.
        """
        return self._boxes.box(purpose, plaintext, bound_to)

    def unbox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes:
        """Opens a box with the purpose and place it was made for.

        Raises:
            CannotUnseal: with the reason.
        """
        return self._boxes.unbox(purpose, blob, bound_to)

    def rebox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes | None:
        """The same content under the primary master key; None when it already is.

        Raises:
            CannotUnseal: with the reason.
        """
        return self._boxes.rebox(purpose, blob, bound_to)

    # ------------------------------------------------------------------------------------------------ fingerprints

    def new_pepper(self) -> bytes:
        """A new random pepper, boxed: made once in a deployment's life, stored, and adopted at every start.

        Another pepper makes every stored fingerprint meaningless, and a key that is already connected is then no
        longer recognised. See `fingerprints` for why it is not simply the master key.
        """
        return self.box(_PEPPER_PURPOSE, secrets.token_bytes(PEPPER_BYTES), b"")

    def adopt_pepper(self, boxed: bytes) -> None:
        """Takes the stored pepper into use, so that fingerprints can be made.

        Raises:
            CannotUnseal: with the reason.
        """
        self._fingerprints = Fingerprints(self.unbox(_PEPPER_PURPOSE, boxed, b""))

    def rebox_pepper(self, boxed: bytes) -> bytes | None:
        """The same pepper under the primary master key; None when it already is.

        Raises:
            CannotUnseal: with the reason.
        """
        return self.rebox(_PEPPER_PURPOSE, boxed, b"")

    def fingerprint(self, exchange: str, api_key: str) -> str:
        """Recognises an API key without keeping it: 64 hex digits, the same for the same key for ever.

        Raises:
            PepperMissing: no pepper was adopted yet.
        """
        return self._peppered().api_key(exchange, api_key)

    def account(self, exchange: str, uid: str) -> str:
        """Recognises an exchange account by its id there: 64 hex digits, the same for the same account for ever.

        Raises:
            PepperMissing: no pepper was adopted yet.
        """
        return self._peppered().account(exchange, uid)

    # ------------------------------------------------------------------------------------------------------ lookups

    def _peppered(self) -> Fingerprints:
        if self._fingerprints is None:
            raise PepperMissing
        return self._fingerprints

    def _wrapping_key_of(self, parts: SealedRecord) -> AESGCM:
        wrapping_key = self._wrapping_keys.get(parts.term)
        if wrapping_key is None:
            raise CannotUnseal(UnsealFailure.UNKNOWN_TERM)
        return wrapping_key

    def _place(self, context: RecordContext) -> bytes:
        """The CTX of a record of this deployment. Another's is refused, even where the context names it rightly."""
        if context.deployment_id != self._deployment_id:
            raise CannotUnseal(UnsealFailure.TAMPERED)
        return context.to_bytes()


class PepperMissing(RuntimeError):  # noqa: N818 - a step left out at start, told by its name
    """A fingerprint was asked for before the stored pepper was adopted."""

    def __init__(self) -> None:
        super().__init__("no pepper was adopted: fingerprints made without the stored one would match nothing")


# What follows holds open secrets in its local variables, and therefore never raises: a failure is None, and the
# exception is made by a caller that holds none. A traceback printed with local variables finds no key to print.


def _seal(primary: tuple[int, AESGCM], plaintext: bytes, place: bytes) -> SealedRecord:
    term, wrapping_key = primary
    dek = secrets.token_bytes(KEY_BYTES)
    message_id = secrets.token_bytes(_MESSAGE_ID_BYTES)
    wrap_nonce = secrets.token_bytes(NONCE_BYTES)
    data_nonce = secrets.token_bytes(NONCE_BYTES)
    encryption_key, commitment = _data_keys(dek, message_id)
    return SealedRecord(
        term=term,
        message_id=message_id,
        wrap_nonce=wrap_nonce,
        wrapped_dek=wrapping_key.encrypt(wrap_nonce, dek, _wrap_aad(term, message_id, place)),
        commitment=commitment,
        data_nonce=data_nonce,
        data=AESGCM(encryption_key).encrypt(data_nonce, plaintext, _data_aad(message_id, commitment, place)),
    )


def _unseal(parts: SealedRecord, wrapping_key: AESGCM, place: bytes) -> bytes | None:
    unwrapped = _unwrap(parts, wrapping_key, place)
    if unwrapped is None:
        return None
    _, encryption_key = unwrapped
    data_aad = _data_aad(parts.message_id, parts.commitment, place)
    return decrypt(AESGCM(encryption_key), parts.data_nonce, parts.data, data_aad)


def _rewrap(
    parts: SealedRecord, wrapping_key: AESGCM, primary: tuple[int, AESGCM], place: bytes
) -> SealedRecord | None:
    unwrapped = _unwrap(parts, wrapping_key, place)
    if unwrapped is None:
        return None
    dek, _ = unwrapped
    term, primary_key = primary
    wrap_nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped_dek = primary_key.encrypt(wrap_nonce, dek, _wrap_aad(term, parts.message_id, place))
    return parts._replace(term=term, wrap_nonce=wrap_nonce, wrapped_dek=wrapped_dek)


def _unwrap(parts: SealedRecord, wrapping_key: AESGCM, place: bytes) -> tuple[bytes, bytes] | None:
    """The data key and the encryption key; None unless both the wrap and the commitment are whole."""
    dek = decrypt(wrapping_key, parts.wrap_nonce, parts.wrapped_dek, _wrap_aad(parts.term, parts.message_id, place))
    if dek is None:
        return None
    encryption_key, commitment = _data_keys(dek, parts.message_id)
    if not hmac.compare_digest(commitment, parts.commitment):
        return None
    return dek, encryption_key


def _data_keys(dek: bytes, message_id: bytes) -> tuple[bytes, bytes]:
    """EK and commitment."""
    derived = derive(dek, salt=message_id, info=b"latchkey/v1/enc+commit", length=2 * KEY_BYTES)
    return derived[:KEY_BYTES], derived[KEY_BYTES:]


def _wrap_aad(term: int, message_id: bytes, place: bytes) -> bytes:
    return b"wrap" + header_of(term, message_id) + place


def _data_aad(message_id: bytes, commitment: bytes, place: bytes) -> bytes:
    return b"data" + MAGIC + _SUITE_BYTE + message_id + commitment + place
