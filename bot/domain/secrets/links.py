"""Links are cut out before tokens are weighed: their paths are full of hashes and identifiers that are public.

What a link can carry is a secret in its query, its fragment or its user part, or a bot token in its path.
"""

import re

from bot.domain.secrets import shapes
from bot.domain.secrets.randomness import changes, kinds

_WORD = re.compile(r"\S+")
_SCHEME = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]{1,12}://|(?:data|magnet|mailto|tg|bitcoin|ethereum|solana|ton):)")
_LINK_END = re.compile(r"[)\"'<>`\]}|]")
_HOST = re.compile(r"(?:[a-zA-Z0-9_-]{1,63}\.){1,6}[a-zA-Z]{2,18}(?::\d{1,5})?")
_QUERY_SECRET = re.compile(
    r"(?:^|[?&#;])[a-z_.-]{0,20}?(?:api_?-?key|secret|(?<![a-z])key|token|passphrase|password|auth|credential)[a-z_]{0,8}=([^&#;\s]{12,})",
    re.IGNORECASE,
)
_USER = re.compile(r"://[^/\s:@]{0,80}:([^/\s@]{12,128})@")
_LONGEST_VALUE = 256


def split_links(text: str) -> tuple[str, list[str]]:
    """The text with every link blanked out by as many spaces, and the links."""
    links: list[str] = []
    pieces: list[str] = []
    read = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if "/" not in word and ":" not in word:
            continue
        begin = _link_start(word)
        if begin < 0:
            continue
        stop = _LINK_END.search(word, begin)
        end = match.start() + (stop.start() if stop else len(word))
        links.append(text[match.start() + begin : end])
        pieces += [text[read : match.start() + begin], " " * (end - match.start() - begin)]
        read = end
    pieces.append(text[read:])
    return "".join(pieces), links


def link_carries_secret(link: str) -> bool:
    """Whether the link holds a credential, rather than leading to something public."""
    if shapes.BOT_TOKEN.search(link):
        return True
    values = [match[1] for match in _QUERY_SECRET.finditer(link)] + [match[1] for match in _USER.finditer(link)]
    return any(_is_secret_value(value[:_LONGEST_VALUE]) for value in values)


def _is_secret_value(value: str) -> bool:
    if shapes.is_public(value) or value.isdigit() or value.isalpha():
        return False
    of_kinds = kinds(value)
    return "0" in of_kinds and changes(of_kinds) >= 0.2  # noqa: PLR2004


def _link_start(word: str) -> int:
    """Where a link begins in a word without spaces; -1 where there is none."""
    scheme = _SCHEME.search(word)
    if scheme:
        return scheme.start()
    slash = word.find("/")
    if slash < 0:
        return -1
    # "(etherscan.io/tx/0x…": a host is looked for right before the first slash.
    begin = max((word.rfind(character, 0, slash) for character in "([{<\"'`=,;|"), default=-1) + 1
    return begin if _HOST.fullmatch(word, begin, slash) else -1
