"""What people and exchanges' pages write beside the fields of a credential, in the languages traders use."""

import re
from dataclasses import dataclass, field

from bot.domain.pasting.shape import Field

_GAP = r"[ \t_-]{0,3}"

_PASSPHRASE = (
    rf"pass{_GAP}phrase|password|passwort|kennwort|hasło(?: api)?|fraza|contraseña|frase(?: de acceso)?"
    r"|кодовая фраза|пароль|口令|密码"
)
_SECRET = (
    rf"(?:(?:api|client){_GAP})?secret(?:{_GAP}(?:key|schlüssel))?|private{_GAP}key"
    r"|(?:tajny|sekretny|prywatny) klucz(?: api)?|klucz (?:tajny|sekretny|prywatny)|sekret(?: api)?"
    r"|geheimer (?:api-)?schlüssel|geheimschlüssel"
    r"|clave (?:secreta|privada)(?: (?:de )?(?:la )?api)?|secreto"
    r"|(?:секретный|закрытый|приватный) (?:api[ -])?ключ(?: api)?|секрет"
    r"|秘密密钥|私钥|secret密钥|密匙|(?<!api)(?<!api )密钥"
)
_API_KEY = (
    rf"api{_GAP}key(?:{_GAP}name\b)?|access{_GAP}key(?:{_GAP}id)?|key{_GAP}id|client{_GAP}id"
    r"|klucz api|api[ -]?klucz|api[ -]?schlüssel|clave (?:de )?(?:la )?api|api[ -]?ключ|ключ api|api ?密钥|访问密钥"
)
_BARE_KEY = r"(?:key|klucz|schlüssel|clave|ключ|api)(?=[\"'`*]{0,2}[ \t]{0,3}[:=])"
"""A word so common that it counts only before a colon or an equals sign."""

_BEFORE = r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z]{2,16}[_-]){0,2}"
"""Names of settings begin with the exchange: BINANCE_API_KEY."""

_AFTER = r"(?:[ \t]{0,3}\([^()\n]{1,24}\))?[\"'`*\]]{0,3}[ \t]{0,8}(?:[:=–—>-]{1,3}|\b(?:is|jest|ist|es|это)\b|是)?"  # noqa: RUF001  -- dashes of every length are typed

_CAPTION = re.compile(
    rf"{_BEFORE}(?:(?P<passphrase>{_PASSPHRASE})|(?P<secret>{_SECRET})|(?P<api_key>{_API_KEY}|{_BARE_KEY}))"
    rf"(?![A-Za-z0-9+/_]){_AFTER}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Captioned:
    """A piece of a paste and the field it was written beside; None before the first caption."""

    of: Field | None
    text: str = field(repr=False)


def split_captions(text: str) -> list[Captioned]:
    """The paste cut at its captions, without them; pieces of nothing but a caption have an empty text."""
    pieces: list[Captioned] = []
    of: Field | None = None
    read = 0
    for match in _CAPTION.finditer(text):
        pieces.append(Captioned(of, text[read : match.start()]))
        of = Field(match.lastgroup or "")
        read = match.end()
    pieces.append(Captioned(of, text[read:]))
    return pieces
