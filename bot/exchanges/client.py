"""One ccxt client per exchange, market and environment: it signs, and it knows the exchange's errors by name.

An instance costs 2.5 ms, a quarter of a megabyte and, used as ccxt means it, a session of its own, so all keys share
one. It holds a credential only for the time of ``sign``, which awaits nothing: no other check can come in between. (A
shallow copy for each check would do as well, but its 300 attributes cost more than signing.) Of ccxt's request path
nothing is used: it logs headers and URLs at DEBUG, puts both into its exceptions, and remembers on the instance that
somebody authenticated (``hasAlreadyAuthenticatedSuccessfully``), after which somebody else's dead key looks like a rate
limit.
"""

import asyncio
from typing import Any, Final, NamedTuple

from bot.domain.connection import Credential, Environment
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.exchanges import library
from bot.exchanges.adapter import Dialect, Endpoint
from bot.exchanges.http import Answer
from bot.usecases.ports import Clock

_LONGEST_KEY: Final = 512
_LONGEST_SECRET: Final = 8192
"""Characters; an RSA key of 4096 bits in PEM has some 3,300."""


_PEM_MARK: Final = "PRIVATE KEY"
"""By these words ccxt tells a PEM from an HMAC secret."""
_MALFORMED: Final = Trouble(Failure.MALFORMED_CREDENTIAL)


class Signed(NamedTuple):
    """A request ready to go.

    Attributes:
        url: where it is sent.
        home_url: where it would be sent without ``exchange_urls``: ccxt tells markets apart by it.
        offset_ms: the clock offset it was stamped with.
    """

    method: str
    url: str
    home_url: str
    headers: dict[str, str] | None
    body: bytes | None
    offset_ms: int

    def __repr__(self) -> str:
        return f"Signed({self.method} …)"


class ExchangeClient:
    """Signs for all keys of one exchange, market and environment, and names errors as ccxt does.

    Args:
        origin: scheme and host that replace those of the exchange; None for the exchange itself.

    Raises:
        RuntimeError: if the client would speak to a production host in another environment than live, with nothing in
            its requests that says so.
    """

    def __init__(self, dialect: Dialect, environment: Environment, origin: str | None, clock: Clock) -> None:
        self._ccxt = library.load(dialect.ccxt_class)({"enableRateLimit": False, "options": dict(dialect.options)})
        self._base_error, self._plain_error = library.error_classes()
        production = set(_urls_in(self._ccxt.urls["api"]))
        dialect.settle_in(self._ccxt, environment)
        # ccxt keeps such headers on the instance and adds them when it fetches, which is ours to do here.
        self._marks = dict(dialect.marks.get(environment, {}))
        shared = production & set(_urls_in(self._ccxt.urls["api"]))
        if environment is not Environment.LIVE and shared and not self._marks:
            # ccxt leaves them in place on exchanges that have no such environment.
            raise RuntimeError(f"{dialect.ccxt_class} keeps production URLs in {environment}")
        self._signs_with_pem = dialect.signs_with_pem
        self._clock = clock
        self._origin = origin.rstrip("/") if origin else None
        self.offset_ms: int = 0
        """The exchange's clock minus ours, milliseconds, as last corrected."""
        self.compared_at: float | None = None
        """Monotonic seconds when the two clocks were last compared."""
        # Every nonce of ccxt comes from these; on the instance, so that the copies have them too.
        self._ccxt.microseconds = lambda: int(clock.now() * 1_000_000) + self.offset_ms * 1000
        self._ccxt.milliseconds = lambda: int(clock.now() * 1000) + self.offset_ms
        self._ccxt.seconds = lambda: (int(clock.now() * 1000) + self.offset_ms) // 1000
        self.correcting = asyncio.Lock()

    def sign(self, endpoint: Endpoint, credential: Credential | None) -> Signed:
        """A request, signed with a credential if the endpoint is not public.

        Raises:
            ExchangeTrouble: ``malformed_credential`` if nothing can be signed or sent with it.
        """
        if credential is not None and not (_could_be_sent(credential) and self._could_sign_with(credential)):
            raise ExchangeTrouble(_MALFORMED)
        signer = self._ccxt
        params = dict(endpoint.params)
        try:
            if credential is not None:
                if endpoint.key_param:
                    params[endpoint.key_param] = credential.api_key
                if endpoint.proof is not None:
                    params |= endpoint.proof(credential, signer.milliseconds())
                signer.apiKey, signer.secret, signer.password = (
                    credential.api_key,
                    credential.secret,
                    credential.passphrase,
                )
            signed = signer.sign(endpoint.path, endpoint.api.split("/"), endpoint.method, params)
        except Exception:  # malformed secrets raise binascii.Error, ValueError, TypeError and more
            if credential is None:
                raise  # then it is our mistake
            signed = None
        finally:
            signer.apiKey = signer.secret = signer.password = ""
        if signed is None:
            raise ExchangeTrouble(_MALFORMED)
        url: str = signed["url"]
        body: str | None = signed["body"]
        return Signed(
            method=endpoint.method,
            url=url if self._origin is None else self._origin + url[url.index("/", len("https://")) :],
            home_url=url,
            # Only with a key: Bitget's clock, for one, does not exist for who asks it as demo.
            headers=(signed["headers"] or {}) | self._marks if self._marks and credential else signed["headers"],
            body=body.encode() if body else None,
            offset_ms=self.offset_ms,
        )

    def _could_sign_with(self, credential: Credential) -> bool:
        """Whether ccxt would sign as the exchange expects, and not use the text of a PEM as an HMAC secret."""
        return self._signs_with_pem or _PEM_MARK not in credential.secret

    def error_names(self, signed: Signed, answer: Answer, data: Any) -> tuple[str, ...]:
        """The names of the ccxt class that an answer raises, and of its parents; empty if it raises none.

        Only names: the exception's text holds URLs, keys and bodies.
        """
        text = answer.body.decode(errors="replace")
        try:
            try:
                self._ccxt.handle_errors(
                    answer.status, "", signed.home_url, signed.method, answer.headers, text, data, signed.headers, None
                )
            except self._plain_error as error:
                # Crypto.com's class calls every page a plain error, since it has no code: then the status says more.
                if data is not None or type(error) is not self._plain_error:
                    raise
            self._ccxt.handle_http_status_code(answer.status, "", signed.home_url, signed.method, text)
        except self._base_error as error:
            return tuple(each.__name__ for each in type(error).__mro__)
        except Exception:  # noqa: BLE001 - a body of a shape that ccxt trips over: the adapter judges the shape
            return ()
        return ()


def _could_be_sent(credential: Credential) -> bool:
    """Whether a credential can go into a header at all. Line breaks in one would be another header."""
    key, passphrase = credential.api_key, credential.passphrase or ""
    return (
        0 < len(key) <= _LONGEST_KEY
        and 0 < len(credential.secret) <= _LONGEST_SECRET
        and key.isascii()
        and key.isprintable()
        and passphrase.isprintable()
    )


def _urls_in(api: Any) -> list[str]:
    if isinstance(api, str):
        return [api]
    return [url for part in api.values() for url in _urls_in(part)]
