"""What the words around a token say of it.

The same 64 hexadecimal digits are a wallet's private key, a transaction, a file's checksum or an exchange's secret. The
nearest telling word decides. Only a bounded window is read, so that the time stays linear in the text.
"""

import re
from bisect import bisect_left, bisect_right
from enum import Enum, auto

_REACH_BACK = 64
_REACH_ON = 32

# In the three lists every alternative begins with a letter, and looks behind after it: so the regular expression engine
# skips the letters that begin none, which is five times faster.

_CREDENTIAL = re.compile(
    r"api[\s_-]{0,3}(?:key|secret)|apikey|access[\s_-]{0,2}key|key(?<![a-z]key)s?(?![a-z])|priv(?<![a-z]priv)(?:ate|key)?(?![a-z])"
    r"|secret(?<!top secret)(?:s|key)?(?![a-rt-z])|passphrase|credential|x-mbx-apikey|mnemonic|seed"
    r"|klucz|sekret|hasł|schl[uü]ssel|geheim|clave|contraseña|llave|secret[ao]|chiave|chave|segret|clé"
    r"|ключ|секрет|парол|密钥|密匙|私钥|金鑰|私鑰|秘密|秘钥|anahtar|klíč",
)
_WALLET = re.compile(
    r"wallet|metamask|trust|phantom|ledger|private|privkey|prywatn|portfel|privat|privad|billetera|приватн|закрыт|кошел|私钥|私鑰|钱包"
)
_HASH = re.compile(
    r"tx(?<![a-z]tx)(?:n|id|hash|s|ns)?(?![a-z])|transa[ck]|транзак|hash|хеш|хэш|哈希|交易|区块|sha-?\d|md5|checksum|prüfsumme|suma"
    r"|commit|block(?<![a-z]block)|блок|contract|kontrakt|контракт|合约|signature|sig(?<![a-z]sig)(?![a-z])|подпис|podpis|digest|etag|merkle"
    r"|address|adres|адрес|地址|direcci|public[\s_-]{0,2}key|public|publiczn|öffentlich|публичн|fingerprint|revision|git(?<![a-z]git)|torrent|btih|infohash"
    r"|image@|layer|nonce|blob|object|package|pool|token address|mint|deposit|wpłat|einzahl|depósito|депозит|充值",
)
_ORDER = re.compile(
    r"order|zleceni|auftrag|bestell|ордер|заказ|заявк|订单|orden|pedido|numer|number|nummer|номер|invoice|faktur|rechnung|factura"
    r"|tracking|przesyłk|sendung|receipt|paragon|quittung|чек|reference|ref(?<![a-z]ref)(?![a-z])|trade[\s_-]?id|request[\s_-]?id"
    r"|ticket|zgłoszen|тикет|case|booking|message[\s_-]?id|trace|session|uuid|device|serial|iban|konto|build|version|uid",
)
_ORDER_GAP = re.compile(r"[^\W\d_]{0,6}[\s_-]{0,2}(?:id|no|nr|num)?[\s:=\"'`*#№()\[\].-]{0,6}")
"""Between "order" and its number; further off, the number is not the order's."""

_ORDER_LENGTH = 40
"""No exchange's order id is longer."""

_FILE_AFTER = re.compile(r" [ *][^\s/]{1,40}|[\w-]{0,20}\.(?:jpe?g|png|gif|webp|mp4|pdf|zip|csv|webm|mov)")
"""``sha256sum`` prints a digest, two spaces and a file; phones name pictures by digest."""

_LABEL_GAP = re.compile(
    r"[\s:=\"'`*“”„«»()\[\]|>–—.-]{0,8}"  # noqa: RUF001  -- dashes of every length are typed
    r"(?:(?:is|to|jest|ist|es|lautet|это|是|为|live|testnet|binance|value)\b[\s:=\"'`*“”„«»-]{0,6})?",
)
"""What may stand between a label and its value; anything else and the label belongs to something else."""


class Hint(Enum):
    """What the words around a token make of it."""

    NOTHING = auto()
    CREDENTIAL = auto()
    """A key or secret is spoken of."""
    LABELLED = auto()
    """A key or secret is spoken of right before the token: "API key: …"."""
    HASH = auto()
    """A transaction, digest, address or contract is spoken of."""
    ORDER = auto()
    """An order, receipt or other numbered thing is spoken of."""


class Surroundings:
    """The telling words of one text, found once; asked for each of its tokens."""

    def __init__(self, talk: str) -> None:
        self._talk = _lowered(talk)
        self._credentials = _Places(_CREDENTIAL, self._talk)
        self._digests = _Places(_HASH, self._talk)
        self._orders = _Places(_ORDER, self._talk)

    def hint(self, start: int, end: int) -> Hint:
        """What the words around ``talk[start:end]`` make of it; the nearest word before it wins over one after it."""
        credential = self._credentials.last_end(start)
        digest = self._digests.last_end(start)
        order = self._orders.last_end(start) if end - start <= _ORDER_LENGTH else -1
        nearest = max(credential, digest, order)
        if nearest < 0:
            return self._hint_after(end)
        if nearest == digest:  # before the credential: "public key" is both, and public
            return Hint.HASH
        if nearest == credential:
            labelled = _LABEL_GAP.fullmatch(self._talk, credential, start)
            return Hint.LABELLED if labelled else Hint.CREDENTIAL
        return Hint.ORDER if _ORDER_GAP.fullmatch(self._talk, order, start) else Hint.NOTHING

    def speak_of_wallet(self, start: int) -> bool:
        """Whether a wallet or a private key is spoken of before ``start``."""
        return _WALLET.search(self._talk, max(0, start - _REACH_BACK), start) is not None

    def _hint_after(self, end: int) -> Hint:
        word = self._digests.first_start(end)
        same_line = word >= 0 and "\n" not in self._talk[end:word]
        return Hint.HASH if same_line or _FILE_AFTER.match(self._talk, end) else Hint.NOTHING


class _Places:
    """Where a pattern matches in a text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        spans = [match.span() for match in pattern.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def last_end(self, position: int) -> int:
        """The end of the last match within reach before a position; -1 without one."""
        at = bisect_right(self._ends, position) - 1
        return self._ends[at] if at >= 0 and self._starts[at] >= position - _REACH_BACK else -1

    def first_start(self, position: int) -> int:
        """The start of the first match within reach after a position; -1 without one."""
        at = bisect_left(self._starts, position)
        return self._starts[at] if at < len(self._starts) and self._starts[at] <= position + _REACH_ON else -1


def _lowered(text: str) -> str:
    """Lower case, character for character: a capital that becomes two letters (İ) would shift all that follows."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)
