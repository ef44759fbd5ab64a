"""The ``CredentialVault`` port: credentials in, sealed records out. The plaintext is the credential as compact JSON."""

import json

from bot.domain.connection import Credential
from bot.domain.masking import mask_tail
from bot.usecases.ports import Binding, SealedCredential
from bot.vault.failures import CannotUnseal, UnsealFailure
from bot.vault.sealing import RecordContext, Vault


class SealedCredentials:
    """Credentials under the vault's keyring, each bound to its place in this deployment."""

    def __init__(self, vault: Vault, deployment_id: str, primary_term: int) -> None:
        self._vault = vault
        self._deployment_id = deployment_id
        self._primary_term = primary_term

    @property
    def primary_term(self) -> int:
        """Id of the master key that seals new records."""
        return self._primary_term

    def seal(self, credential: Credential, connection: Binding, *, account_uid: str | None) -> SealedCredential:
        """Under the primary master key."""
        record = self._vault.seal(_dump(credential), self._context(connection))
        return SealedCredential(
            connection_id=connection.connection_id,
            revision=connection.revision,
            record=record,
            term=self._primary_term,
            fingerprint=self.fingerprint(connection.exchange, credential.identity),
            key_tail=mask_tail(credential.api_key),
            account=self.account(connection.exchange, account_uid) if account_uid is not None else None,
        )

    def unseal(self, record: bytes, connection: Binding) -> Credential:
        """The credential.

        Raises:
            CannotUnseal: with the reason.
        """
        credential = _load(self._vault.unseal(record, self._context(connection)))
        if credential is None:
            raise CannotUnseal(UnsealFailure.NOT_A_RECORD)
        return credential

    def reseal(self, record: bytes, connection: Binding) -> tuple[bytes, int] | None:
        """The same under the primary master key, and that key's id; None if it already is.

        Raises:
            CannotUnseal: with the reason.
        """
        resealed = self._vault.reseal(record, self._context(connection))
        return None if resealed is None else (resealed, self._primary_term)

    def fingerprint(self, exchange: str, identity: str) -> str:
        """Recognises a credential by its ``identity`` without keeping that."""
        return self._vault.fingerprint(exchange, identity)

    def account(self, exchange: str, uid: str) -> str:
        """Recognises an exchange account without keeping its id."""
        return self._vault.account(exchange, uid)

    def box(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """A small sealed box."""
        return self._vault.box(purpose, plaintext, bound_to)

    def unbox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes:
        """Opens a box; raises ``CannotUnseal``."""
        return self._vault.unbox(purpose, blob, bound_to)

    def rebox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes | None:
        """The same box under the primary master key; None if it already is."""
        return self._vault.rebox(purpose, blob, bound_to)

    def rebox_pepper(self, boxed: bytes) -> bytes | None:
        """The same pepper under the primary master key; None if it already is."""
        return self._vault.rebox_pepper(boxed)

    def term_of(self, sealed: bytes) -> int:
        """The master key that a record or a box names."""
        return self._vault.term_of(sealed)

    def _context(self, connection: Binding) -> RecordContext:
        return RecordContext(
            deployment_id=self._deployment_id,
            connection_id=connection.connection_id,
            owner_id=connection.owner_id,
            exchange=connection.exchange,
            environment=connection.environment,
            revision=connection.revision,
        )


def _dump(credential: Credential) -> bytes:
    fields = {"api_key": credential.api_key, "secret": credential.secret}
    if credential.passphrase is not None:
        fields["passphrase"] = credential.passphrase
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()


def _load(plaintext: bytes) -> Credential | None:
    # Holds an open secret, so it never raises: see the note in ``sealing``.
    try:
        fields = json.loads(plaintext)
        return Credential(fields["api_key"], fields["secret"], fields.get("passphrase"))
    except (ValueError, TypeError, KeyError):
        return None
