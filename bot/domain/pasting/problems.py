"""What can be wrong with a paste, and telling which it is."""

import re
from enum import StrEnum

from bot.domain.pasting.shape import CredentialShape, Field
from bot.domain.secrets import SecretKind, find_secrets
from bot.domain.secrets.private_keys import PEM_BODY
from bot.domain.secrets.shapes import BOT_TOKEN, is_wallet_address


class PasteProblem(StrEnum):
    """Why a paste was not understood; each is one sentence to its author."""

    EMPTY = "empty"
    URL = "url"
    SEED_PHRASE = "seed_phrase"
    PEM_WHERE_HMAC_EXPECTED = "pem_where_hmac_expected"
    PEM_OF_ANOTHER_KIND = "pem_of_another_kind"
    PEM_NOT_WHOLE = "pem_not_whole"
    PEM_GOES_ON = "pem_goes_on"
    """It ends with its message: what is there is kept, and the next message may bring the rest."""
    NO_PEM = "no_pem"
    """Something else where a private key is expected that may be a PEM: its length would say nothing."""
    LOOKS_LIKE_SECRET_NOT_KEY = "looks_like_secret_not_key"  # noqa: S105  -- the name of a problem
    LOOKS_LIKE_KEY_NOT_SECRET = "looks_like_key_not_secret"  # noqa: S105  -- the name of a problem
    KEY_EQUALS_SECRET = "key_equals_secret"  # noqa: S105  -- the name of a problem
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    WRONG_CHARACTERS = "wrong_characters"
    LOOKS_LIKE_LABEL_ONLY = "looks_like_label_only"
    LOOKS_LIKE_COMMAND = "looks_like_command"
    SEVERAL_CANDIDATES = "several_candidates"
    TELEGRAM_TOKEN = "telegram_token"  # noqa: S105  -- the name of a problem
    WALLET_ADDRESS = "wallet_address"
    REFUSED_KIND = "refused_kind"


class CannotRead(Exception):  # noqa: N818  -- reads as a sentence where it is raised
    """A paste, or one field of it, that is not what was asked for. Holds numbers and names only, never a value."""

    def __init__(
        self,
        problem: PasteProblem,
        about: Field | None = None,
        *,
        expected_length: int | None = None,
        got_length: int | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.about = about
        self.expected_length = expected_length
        self.got_length = got_length


_COMMAND = re.compile(r"/[a-z][a-z0-9_]{0,31}(?:@\w{1,40})?(?:\s.*)?", re.DOTALL)
_PEM = re.compile(
    r"[-–—]{0,5}BEGIN [A-Z0-9 ]{0,30}(?:PRIVATE|PUBLIC) KEY"  # noqa: RUF001  -- chat clients lengthen the dashes
    r"(?:.{0,8192}?END [A-Z0-9 ]{0,30}KEY[-–—]{0,5}|.*)",  # noqa: RUF001
    re.DOTALL,
)
_PEM_BODY = re.compile(rf"{PEM_BODY.pattern}[A-Za-z0-9+/=\s]*")
_URL = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,12}://|www\.|t\.me/).|(?:[a-z0-9-]{1,63}\.){1,4}(?:com|io|me|org|net|app)(?:/.*)?"
)


def refuse_other_things(seen: str, shape: CredentialShape, expecting: Field) -> None:
    """Refuse what is no credential, whatever else the paste may hold.

    Raises:
        CannotRead: empty, looks_like_command, seed_phrase, telegram_token or refused_kind.
    """
    if not any(character.isalnum() for character in seen):
        raise CannotRead(PasteProblem.EMPTY)
    if _COMMAND.fullmatch(seen) and not (expecting is not Field.PASSPHRASE and shape.of(expecting).fits(seen)):
        raise CannotRead(PasteProblem.LOOKS_LIKE_COMMAND)
    if SecretKind.SEED_PHRASE in find_secrets([seen]):
        raise CannotRead(PasteProblem.SEED_PHRASE)
    if BOT_TOKEN.search(seen):
        raise CannotRead(PasteProblem.TELEGRAM_TOKEN)
    if shape.refused_kind is not None and shape.refused_kind.search(seen):
        raise CannotRead(PasteProblem.REFUSED_KIND, Field.API_KEY)


def without_pem(seen: str) -> str:
    """The paste without PEM keys, private and public: a line of one can be as long as an exchange's key."""
    return _PEM_BODY.sub(" ", _PEM.sub(" ", seen))


def is_link(word: str) -> bool:
    """Whether a word is an address of the web."""
    return _URL.match(word.lower()) is not None


def misfit(value: str, shape: CredentialShape, about: Field) -> CannotRead:
    """What is wrong with a value that does not fit its field."""
    other = _looks_like_something_else(value, shape, about)
    if other is not None:
        return CannotRead(other, about)
    of = shape.of(about)
    if of.pem:
        return CannotRead(PasteProblem.NO_PEM, about)
    got = len(value)
    expected = min(of.lengths, key=lambda length: abs(length - got))
    if got == expected or not of.has_right_characters(value):
        return CannotRead(PasteProblem.WRONG_CHARACTERS, about)
    problem = PasteProblem.TOO_SHORT if got < expected else PasteProblem.TOO_LONG
    return CannotRead(problem, about, expected_length=expected, got_length=got)


def _looks_like_something_else(value: str, shape: CredentialShape, about: Field) -> PasteProblem | None:
    if is_link(value):
        return PasteProblem.URL
    if is_wallet_address(value) and not shape.of(about).is_address:
        return PasteProblem.WALLET_ADDRESS
    if about is Field.API_KEY and shape.secret.fits(value):
        return PasteProblem.LOOKS_LIKE_SECRET_NOT_KEY
    if about is Field.SECRET and shape.api_key.fits(value):
        return PasteProblem.LOOKS_LIKE_KEY_NOT_SECRET
    return None
