"""What the words around a token say of it.

The same 64 hexadecimal digits are a wallet's private key, a transaction, a file's checksum or an exchange's secret. The
nearest telling word decides. Only a bounded window is read, so that the time stays linear in the text.
"""

import re
from enum import Enum, auto

_REACH_BACK = 64
_REACH_ON = 32

_CREDENTIAL = re.compile(
    r"api[\s_-]{0,3}(?:key|secret)|apikey|access[\s_-]{0,2}key|(?<![a-z])keys?(?![a-z])|(?<![a-z])priv(?:ate|key)?(?![a-z])"
    r"|(?<!top )secret(?:s|key)?(?![a-rt-z])|passphrase|credential|x-mbx-apikey|mnemonic|seed"
    r"|klucz|sekret|hasł|schl[uü]ssel|geheim|clave|contraseña|llave|secret[ao]|chiave|chave|segret|clé"
    r"|ключ|секрет|парол|密钥|密匙|私钥|金鑰|私鑰|秘密|秘钥|anahtar|klíč",
)
_WALLET = re.compile(
    r"wallet|metamask|trust|phantom|ledger|private|privkey|prywatn|portfel|privat|privad|billetera|приватн|закрыт|кошел|私钥|私鑰|钱包"
)
_HASH = re.compile(
    r"(?<![a-z])tx(?:n|id|hash|s|ns)?(?![a-z])|transa[ck]|транзак|hash|хеш|хэш|哈希|交易|区块|sha-?\d|md5|checksum|prüfsumme|suma"
    r"|commit|(?<![a-z])block|блок|contract|kontrakt|контракт|合约|signature|(?<![a-z])sig(?![a-z])|подпис|podpis|digest|etag|merkle"
    r"|address|adres|адрес|地址|direcci|public[\s_-]{0,2}key|public|publiczn|öffentlich|публичн|fingerprint|revision|(?<![a-z])git|torrent|btih|infohash"
    r"|image@|layer|nonce|blob|object|package|pool|token address|mint|deposit|wpłat|einzahl|depósito|депозит|充值",
)
_ORDER = re.compile(
    r"order|zleceni|auftrag|bestell|ордер|заказ|заявк|订单|orden|pedido|numer|number|nummer|номер|invoice|faktur|rechnung|factura"
    r"|tracking|przesyłk|sendung|receipt|paragon|quittung|чек|reference|(?<![a-z])ref(?![a-z])|trade[\s_-]?id|request[\s_-]?id"
    r"|ticket|zgłoszen|тикет|case|booking|message[\s_-]?id|trace|session|uuid|device|serial|iban|konto|build|version|uid",
)
_ORDER_GAP = re.compile(r"[a-zа-яąćęłńóśźż]{0,6}[\s_-]{0,2}(?:id|no|nr|num)?[\s:=\"'`*#№()\[\].-]{0,6}")
"""Between "order" and its number; further off, the number is not the order's."""

_ORDER_LENGTH = 40
"""No exchange's order id is longer."""

_FILE_AFTER = re.compile(r" [ *][^\s/]{1,40}|[\w-]{0,20}\.(?:jpe?g|png|gif|webp|mp4|pdf|zip|csv|webm|mov)")
"""``sha256sum`` prints a digest, two spaces and a file; phones name pictures by digest."""

_LABEL_GAP = re.compile(
    r"[\s:=\"'`*“”„«»()\[\]|>–—.-]{0,8}(?:(?:is|to|jest|ist|es|lautet|это|是|为|live|testnet|binance|value)\b[\s:=\"'`*“”„«»-]{0,6})?",
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


def hint(text: str, start: int, end: int) -> Hint:
    """What the words around ``text[start:end]`` make of it; the nearest word before it wins over one after it."""
    before = text[max(0, start - _REACH_BACK) : start].lower()
    credential = _last(_CREDENTIAL, before)
    digest = _last(_HASH, before)
    order = _last(_ORDER, before) if end - start <= _ORDER_LENGTH else -1
    nearest = max(credential, digest, order)
    if nearest < 0:
        return _hint_after(text, end)
    if nearest == digest:  # before the credential: "public key" is both, and public
        return Hint.HASH
    if nearest == credential:
        return Hint.LABELLED if _LABEL_GAP.fullmatch(before, credential) else Hint.CREDENTIAL
    return Hint.ORDER if _ORDER_GAP.fullmatch(before, order) else Hint.NOTHING


def speaks_of_wallet(text: str, start: int) -> bool:
    """Whether a wallet or a private key is spoken of before ``start``."""
    return _WALLET.search(text[max(0, start - _REACH_BACK) : start].lower()) is not None


def _hint_after(text: str, end: int) -> Hint:
    after = text[end : end + _REACH_ON].partition("\n")[0].lower()
    if _HASH.search(after) or _FILE_AFTER.match(after):
        return Hint.HASH
    return Hint.NOTHING


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; -1 without one."""
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end
