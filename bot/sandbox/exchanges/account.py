"""A simulated exchange's books: people, their API keys, and what each key may do.

Nothing here knows one exchange from another: which switches exist, and how a key looks, comes in as a ``KeyStyle``.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.sandbox.exchanges.signature import AGENT, kind_of_public_key

ENVIRONMENTS: Final = ("live", "testnet", "demo")


@dataclass(frozen=True, slots=True)
class KeyStyle:
    """How one exchange's keys look and what can be switched on them.

    Attributes:
        switches: every switch of a key with the position it has on a new key: one that may trade and has none of the
            dangerous rights, so that a test or a demo has to ask for danger by name.
        labels: what the exchange's key page calls a switch, where that is known.
        opening_balances: wallet → asset → amount that a new holder has.
        left_out_for_sub_accounts: switches that the exchange does not mention for a sub-account's key.
        environments: the worlds the exchange has.
        poses: switch positions that every exchange's stories need, by what they come to: ``watch`` (may only read),
            ``withdraw``, ``transfer``, ``spot only``, ``futures only``. One that is missing cannot be had there.
        ends: whether a key, or its right to trade, has a date on which it ends.
        max_ips: how many addresses a key's IP list may hold.
        characters: the alphabet of keys and secrets.
        key_length: the length of an API key.
        secret_length: the length of a secret; 0 where it is as long as the key.
        key_form, secret_form: how they are written, from their characters: as they are, unless the exchange dresses
            them up.
        passphrase: whether a key has a passphrase.
        shared_key: whether the API key is the account's own name, the same for all keys of a holder: then the secret
            tells them apart.
        public_keys: kinds of public key (``ed25519``, ``rsa``) that its page takes for a self-generated key; ``agent``
            where it takes the address of one.
    """

    switches: Mapping[str, bool]
    labels: Mapping[str, str] = field(default_factory=dict)
    opening_balances: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out_for_sub_accounts: frozenset[str] = frozenset()
    environments: tuple[str, ...] = ENVIRONMENTS
    poses: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    ends: bool = False
    max_ips: int = 30
    characters: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    key_length: int = 64
    secret_length: int = 0
    key_form: Callable[[str], str] = str
    secret_form: Callable[[str], str] = str
    passphrase: bool = False
    shared_key: bool = False
    public_keys: frozenset[str] = frozenset()


def _what_is_taken(kinds: frozenset[str]) -> str:
    if AGENT in kinds:
        return "Invalid address: paste the address of the API wallet, 0x and 40 hexadecimal digits."
    wanted = " or ".join({"ed25519": "Ed25519", "rsa": "RSA"}[each] for each in sorted(kinds))
    return f"Invalid public key: paste {wanted} in PEM format, with its BEGIN and END lines."


@dataclass(slots=True)
class Holder:
    """The person or company behind keys: what one key's account shares with the next key of the same account."""

    uid: int
    balances: dict[str, dict[str, str]]
    """Wallet → asset → amount, as the exchange prints it: ``{"spot": {"USDT": "10000.00000000"}}``."""
    suspended: bool = False


@dataclass(slots=True, eq=False)
class Account:
    """One API key of one holder, with its switches as the exchange's key page shows them.

    Change it only through its methods: they tell the page, and they drop what was rendered from the old state.
    """

    name: str
    environment: str
    api_key: str
    secret: str = field(repr=False)
    holder: Holder
    created_at: float
    """Epoch seconds."""
    permissions: dict[str, bool]
    style: KeyStyle = field(repr=False)
    books: "Accounts" = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)
    """Chosen by the holder when the key was made, at exchanges that want one."""
    public_key: str | None = None
    """PEM of a self-generated key; signatures are then checked with it and ``secret`` opens nothing. Of an agent, its
    address, lower case."""
    ips: frozenset[str] | None = None
    """Addresses the key may be used from; None means from anywhere."""
    expires_ms: int | None = None
    """Epoch milliseconds at which the key ends, or at Binance its right to trade; None for never."""
    revoked: bool = False
    left_out: frozenset[str] = frozenset()
    """Switches that the exchange does not mention for this key."""
    rendered: dict[str, bytes] = field(default_factory=dict, repr=False)
    """Answers serialised from the present state; a change empties it, so that a busy endpoint only looks up."""

    @property
    def uid(self) -> int:
        """The exchange's number for the holder: the same for all keys of one account."""
        return self.holder.uid

    @property
    def suspended(self) -> bool:
        """Whether the exchange has suspended the holder; every key of the holder is affected."""
        return self.holder.suspended

    @property
    def balances(self) -> dict[str, dict[str, str]]:
        """Wallet → asset → amount, shared by every key of the holder."""
        return self.holder.balances

    def set(self, **switches: bool) -> None:
        """Puts switches on or off.

        Raises:
            KeyError: for a switch that this exchange's key page does not have.
        """
        unknown = switches.keys() - self.permissions.keys()
        if unknown:
            raise KeyError(f"no such switch: {', '.join(sorted(unknown))}; there are {', '.join(self.permissions)}")
        self.permissions.update(switches)
        self._changed()

    def allow(self, *switches: str) -> None:
        """Ticks boxes."""
        self.set(**dict.fromkeys(switches, True))

    def forbid(self, *switches: str) -> None:
        """Unticks boxes."""
        self.set(**dict.fromkeys(switches, False))

    def restrict_ips(self, addresses: Iterable[str]) -> None:
        """Lets the key be used from these addresses only.

        Raises:
            ValueError: for none, or for more than the exchange's page takes.
        """
        wanted = frozenset(addresses)
        if not 0 < len(wanted) <= self.style.max_ips:
            raise ValueError(f"an IP list holds 1 to {self.style.max_ips} addresses")
        self.ips = wanted
        self._changed()

    def unrestricted(self) -> None:
        """Lets the key be used from anywhere."""
        self.ips = None
        self._changed()

    def omit_flags(self) -> None:
        """Gives the key the shape seen for sub-accounts: some switches are not mentioned at all."""
        self.left_out = self.style.left_out_for_sub_accounts
        self._changed()

    def expires(self, at_ms: int | None) -> None:
        """Ends the key at an instant (epoch milliseconds), or takes the date away.

        Raises:
            ValueError: where keys do not end.
        """
        if not self.style.ends:
            raise ValueError("keys of this exchange do not end on a date")
        self.expires_ms = at_ms
        self._changed()

    def expire(self) -> None:
        """Puts the end a second ago."""
        self.expires(int(self.books.now() * 1000) - 1000)

    def renew(self) -> None:
        """Takes the date away."""
        self.expires(None)

    def pose(self, name: str) -> None:
        """Puts the switches as one of the style's ``poses`` has them.

        Raises:
            KeyError: for one that cannot be had at this exchange.
        """
        self.set(**self.style.poses[name])

    def revoke(self) -> None:
        """Deletes the key at the exchange: from now on it is unknown there."""
        self.revoked = True
        self._changed()

    def restore(self) -> None:
        """Takes a deletion back. No exchange can; a test that plays an outage of the key store can."""
        self.revoked = False
        self._changed()

    def suspend(self) -> None:
        """Suspends the holder, and with them every key they have."""
        self.holder.suspended = True
        self._changed()

    def unsuspend(self) -> None:
        """Lifts the suspension."""
        self.holder.suspended = False
        self._changed()

    def rotate_secret(self) -> str:
        """Gives the key another secret and returns it: whoever has the old one now signs wrongly."""
        self.secret = self.books.invent_secret(self.name)
        self._changed()
        return self.secret

    def use_public_key(self, pem: str) -> None:
        """Makes it a self-generated key: the exchange knows only the public half (PEM) of an RSA or Ed25519 pair."""
        self.public_key = pem
        self._changed()

    def self_generated_key(self, pem: str) -> "Account":
        """Another key of the same holder, for a public key or an agent's address pasted on the key page.

        Raises:
            ValueError: for anything but a public key of a kind that the page takes; in words like the exchange's.
        """
        if not self.style.public_keys:
            raise ValueError("this exchange makes its keys itself: it takes no public key")
        kind = kind_of_public_key(pem)
        if kind not in self.style.public_keys:
            raise ValueError(_what_is_taken(self.style.public_keys))
        if kind == AGENT:
            pem = pem.lower()
            if any(pem.strip() in (other.public_key, other.api_key) for other in self.books):
                raise ValueError("This address has been used already: an agent needs one of its own.")
        account = self.new_key()
        account.use_public_key(pem.strip())
        return account

    def new_key(self) -> "Account":
        """Another key of the same holder, fresh from the key page: what a rotation starts with."""
        return self.books.another_key(self)

    def _changed(self) -> None:
        self.rendered.clear()
        self.books.on_change(self)


class Accounts:
    """All keys an exchange has given out, found by their name (for people) or by the API key (for requests).

    All chance is drawn from the seed and the account's name: a key does not depend on how many came before it.
    """

    def __init__(
        self, *, style: KeyStyle, seed: int, now: Callable[[], float], on_change: Callable[[Account], None]
    ) -> None:
        self.style = style
        self.on_change = on_change
        self.now = now
        self._seed = seed
        self._by_name: dict[str, Account] = {}
        self._by_key: dict[str, Account] = {}
        self._secrets_invented = 0

    def __iter__(self) -> Iterator[Account]:
        return iter(self._by_name.values())

    def open(
        self,
        name: str,
        *,
        environment: str | None = None,
        api_key: str | None = None,
        secret: str | None = None,
        passphrase: str | None = None,
    ) -> Account:
        """Makes an account with one key, or returns the one of that name.

        Raises:
            ValueError: when the name is taken by an account that differs from what is asked for, or the key by another.
        """
        known = self._by_name.get(name)
        if known is not None:
            asked = (
                (environment, known.environment),
                (api_key, known.api_key),
                (secret, known.secret),
                (passphrase, known.passphrase),
            )
            if any(wanted is not None and wanted != actual for wanted, actual in asked):
                raise ValueError(f"there is another account named {name!r}")
            return known
        rng = self._dice(name)
        holder = Holder(
            uid=rng.randrange(10_000_000, 1_000_000_000),
            balances={wallet: dict(assets) for wallet, assets in self.style.opening_balances.items()},
        )
        key, other = self._invent_key(rng), self._invent_secret(rng)
        return self._add(name, environment or "live", holder, api_key or key, secret or other, passphrase)

    def another_key(self, account: Account) -> Account:
        """A second, third… key for an account's holder, named ``k1-2``, ``k1-3``…, with a new key's switches."""
        stem = account.name
        number = 2
        while f"{stem}-{number}" in self._by_name:
            number += 1
        name = f"{stem}-{number}"
        rng = self._dice(name)
        key, secret = self._invent_key(rng), self._invent_secret(rng)
        if self.style.shared_key:
            key = account.api_key
        return self._add(name, account.environment, account.holder, key, secret, None)

    def named(self, name: str) -> Account:
        """The account of that name.

        Raises:
            KeyError: when there is none.
        """
        return self._by_name[name]

    def with_key(self, api_key: str) -> Account | None:
        """The account an API key was given to, revoked or not."""
        return self._by_key.get(api_key)

    def invent_secret(self, name: str) -> str:
        """A secret that was never given out before."""
        self._secrets_invented += 1
        return self._invent_secret(self._dice(f"{name}/secret {self._secrets_invented}"))

    def _add(
        self, name: str, environment: str, holder: Holder, api_key: str, secret: str, passphrase: str | None
    ) -> Account:
        worlds = self.style.environments
        if environment not in worlds:
            raise ValueError(f"no environment {environment!r}; there are {', '.join(worlds)}")
        known = self._by_key.get(api_key)
        if known is not None and not (self.style.shared_key and known.holder is holder):
            raise ValueError(f"the API key of {name!r} is already in use")
        account = Account(
            name=name,
            environment=environment,
            api_key=api_key,
            secret=secret,
            passphrase=(passphrase or self._invent_passphrase(name)) if self.style.passphrase else None,
            holder=holder,
            created_at=self.now(),
            permissions=dict(self.style.switches),
            style=self.style,
            books=self,
        )
        self._by_name[name] = account
        self._by_key.setdefault(api_key, account)
        self.on_change(account)
        return account

    def _dice(self, what: str) -> random.Random:
        return random.Random(f"{self._seed}/{what}")  # noqa: S311 - toys, and the same ones in every run

    def _invent_key(self, rng: random.Random) -> str:
        return self.style.key_form("".join(rng.choices(self.style.characters, k=self.style.key_length)))

    def _invent_secret(self, rng: random.Random) -> str:
        length = self.style.secret_length or self.style.key_length
        return self.style.secret_form("".join(rng.choices(self.style.characters, k=length)))

    def _invent_passphrase(self, name: str) -> str:
        """As people choose them: words, digits and a sign."""
        return f"Correct-Horse-{self._dice(f'{name}/passphrase').randrange(1000, 10_000)}!"
