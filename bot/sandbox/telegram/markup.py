"""Telegram's HTML: from markup to plain text with entities, and back for the page.

Offsets of entities count UTF-16 code units, offsets in error messages count bytes of UTF-8, both as Telegram's own.
"""

import html
import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.errors import BotApiError, violation

Entity = dict[str, Any]

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
HTML_OF = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
TAG = re.compile(r"<(?P<end>/)?(?P<name>[^\s>/]*)(?P<attributes>[^>]*)>")
ATTRIBUTE = re.compile(r"""([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")
CHARACTER = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
AUTOMATIC = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?\b")),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z][\w]{4,31}\b")),
    ("url", re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]")),
)
"""What Telegram marks by itself, as far as bots and the page look at it."""
CLOSED = {"code", "pre", "text_link", "bot_command", "mention", "url"}
"""Nothing is marked inside these."""


@dataclass(slots=True)
class _OpenTag:
    name: str
    entity: Entity | None
    at_byte: int


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and the entities of HTML as the Bot API understands it.

    Raises:
        BotApiError: "can't parse entities: …", with the byte offset where it goes wrong.
    """
    plain: list[str] = []
    length = 0
    entities: list[Entity] = []
    open_tags: list[_OpenTag] = []
    position = 0

    def add(piece: str) -> None:
        nonlocal length
        text = CHARACTER.sub(_character, piece)
        plain.append(text)
        length += utf16_length(text)

    while (start := source.find("<", position)) >= 0:
        add(source[position:start])
        at_byte = len(source[:start].encode())
        tag = TAG.match(source, start)
        if tag is None:
            raise _cannot_parse(f"Unclosed start tag at byte offset {at_byte}")
        name = tag["name"].lower()
        if tag["end"]:
            _close(open_tags, name, at_byte, length)
        else:
            entity = _entity_of(name, _attributes(tag["attributes"]), open_tags, at_byte)
            if entity is not None:
                entity |= {"offset": length, "length": 0}
                entities.append(entity)
            open_tags.append(_OpenTag(name, entity, at_byte))
        position = tag.end()
    add(source[position:])
    if open_tags:
        last = open_tags[-1]
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{last.name}"')
    return trim("".join(plain), entities)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cuts white space around the text, as Telegram does, and moves the entities with it."""
    cut = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    end = utf16_length(text)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - cut, 0)
        last = min(entity["offset"] + entity["length"] - cut, end)
        if last > first:
            kept.append(entity | {"offset": first, "length": last - first})
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, kept


def with_automatic(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds the commands, mentions and links that Telegram finds by itself outside code and links."""
    found = list(entities)
    for kind, pattern in AUTOMATIC:
        for match in pattern.finditer(text):
            first = utf16_length(text[: match.start()])
            last = first + utf16_length(match.group())
            if not any(_is_in_the_way(entity, first, last) for entity in found):
                found.append({"type": kind, "offset": first, "length": last - first})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def to_html(text: str, entities: list[Entity]) -> str:
    """The same message as HTML, for the page. Everything that is not a known tag is escaped."""
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []
    for order, entity in enumerate(entities):
        tags = _tags_of(entity, _slice(units, entity["offset"], entity["length"]))
        if tags is None:
            continue
        first, last = entity["offset"], entity["offset"] + entity["length"]
        # At one place: inner tags close first, then outer ones; then outer tags open before inner ones.
        marks.append((first, 1, order, tags[0]))
        marks.append((last, 0, -order, tags[1]))
    pieces: list[str] = []
    position = 0
    for place, _, _, tag in sorted(marks):
        pieces += [html.escape(_slice(units, position, place - position), quote=False), tag]
        position = place
    pieces.append(html.escape(_slice(units, position, len(units) // 2 - position), quote=False))
    return "".join(pieces)


def _is_in_the_way(entity: Entity, first: int, last: int) -> bool:
    """Whether nothing can be marked from `first` to `last`: it would be inside code or a link, or cut an entity."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if last <= start or first >= end:
        return False
    is_closed = entity["type"] in CLOSED
    cuts = not (start <= first and last <= end) and not (first <= start and end <= last)
    return is_closed or cuts


def _cannot_parse(reason: str) -> BotApiError:
    return violation(f"can't parse entities: {reason}")


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code <= sys.maxunicode and unicodedata.category(chr(code)) != "Cs"
    return chr(code) if is_character else match.group()


def _attributes(source: str) -> dict[str, str]:
    found = {}
    for name, double, single, bare in ATTRIBUTE.findall(source):
        found[name.lower()] = CHARACTER.sub(_character, double or single or bare)
    return found


def _entity_of(name: str, attributes: dict[str, str], open_tags: list[_OpenTag], at_byte: int) -> Entity | None:
    """The entity a start tag begins, without its place; None for a tag that only adds to the one around it."""
    if name == "code" and open_tags and open_tags[-1].name == "pre":
        around = open_tags[-1].entity
        language = attributes.get("class", "").removeprefix("language-")
        if around is not None and language:
            around["language"] = language
        return None
    if name in SIMPLE_TAGS:
        return {"type": SIMPLE_TAGS[name]}
    match name:
        case "a":
            url = attributes.get("href", "")
            return {"type": "text_link", "url": url} if url else None
        case "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        case "span" | "tg-time":
            return _entity_by_attribute(name, attributes, at_byte)
        case _:
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {at_byte}')


def _entity_by_attribute(name: str, attributes: dict[str, str], at_byte: int) -> Entity:
    """Tags that mean nothing without their attribute."""
    if name == "span":
        if attributes.get("class") != "tg-spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {at_byte}')
        return {"type": "spoiler"}
    if not attributes.get("unix", "").isdigit():
        raise _cannot_parse(f'Tag "tg-time" must have attribute "unix" at byte offset {at_byte}')
    entity: Entity = {"type": "date_time", "unix_time": int(attributes["unix"])}
    if attributes.get("format"):
        entity["date_time_format"] = attributes["format"]
    return entity


def _close(open_tags: list[_OpenTag], name: str, at_byte: int, length: int) -> None:
    if not open_tags:
        raise _cannot_parse(f"Unexpected end tag at byte offset {at_byte}")
    tag = open_tags.pop()
    if name not in {tag.name, ""}:
        raise _cannot_parse(f'Unmatched end tag at byte offset {at_byte}, expected "</{tag.name}>", found "</{name}>"')
    if tag.entity is not None:
        tag.entity["length"] = length - tag.entity["offset"]


def _slice(units: bytes, first: int, length: int) -> str:
    return units[first * 2 : (first + length) * 2].decode("utf-16-le", "replace")


def _tags_of(entity: Entity, covered: str) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in HTML_OF:
        return f"<{HTML_OF[kind]}>", f"</{HTML_OF[kind]}>"
    match kind:
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "text_link" | "url":
            return f'<a href="{html.escape(entity.get("url", covered))}">', "</a>"
        case "date_time":
            form = entity.get("date_time_format", "")
            shown = f' format="{html.escape(form)}"' if form else ""
            return f'<tg-time unix="{entity["unix_time"]}"{shown}>', "</tg-time>"
        case _:
            return None
