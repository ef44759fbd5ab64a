"""Checks each call against the Bot API's own schema: unknown, missing and ill-typed parameters are the bot's mistakes.

A real server forgives some of them (it ignores what it does not know). The sandbox does not, so that a test sees them.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.telegram.errors import BotApiError, violation
from bot.sandbox.telegram.rules import REQUIRED_HERE, broken_rule

INTEGER = re.compile(r"-?\d{1,18}")
ATTACHMENT = "attach://"
NAMED_UPLOAD = re.compile(r"attach://([\w-]+)")
SCALARS = {"Integer", "String", "Boolean", "True", "Float"}
TRUTHS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


class Schema:
    """The subset of the Bot API in schema.json."""

    def __init__(self) -> None:
        source = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
        self._methods: dict[str, dict[str, Any]] = source["methods"]
        self._types: dict[str, dict[str, Any]] = source["types"]
        self._unions: dict[str, list[str]] = source["unions"]
        self._names: dict[str, str] = {name.lower(): name for name in self._methods}

    @property
    def methods(self) -> frozenset[str]:
        """Every method's own spelling."""
        return frozenset(self._methods)

    def spelling(self, method: str) -> str:
        """The method's own spelling, whose case Telegram does not mind; an unknown one as it is."""
        return self._names.get(method.lower(), method)

    def decode(self, method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> dict[str, Any]:
        """The call's parameters as JSON values (and `Upload` for files), checked.

        Form fields arrive as text; objects and lists in them are JSON.

        Raises:
            BotApiError: 404 for an unknown method; 400, naming the parameter and what is wrong with it.
        """
        if method not in self._methods:
            raise BotApiError(404, "Not Found", violation=True)
        fields = self._methods[method]
        unknown = sorted((raw.keys() | uploads.keys()) - fields.keys() - _attached(raw, uploads))
        if unknown:
            raise violation(f'method {method} has no parameter "{unknown[0]}"')
        decoded: dict[str, Any] = {}
        for name, field in fields.items():
            if name in uploads:
                decoded[name] = uploads[name] if "InputFile" in field["type"] else None
                if decoded[name] is None:
                    raise violation(f'parameter "{name}" is no file')
            elif name in raw:
                decoded[name] = self._decode(field["type"], raw[name], uploads, name)
                if field["type"] == "InputMedia":
                    decoded[name]["media"] = _attachment(decoded[name]["media"], uploads, f"{name}.media")
                self._check_rule(method, name, decoded[name], name)
            elif field["required"] or name in REQUIRED_HERE.get(method, ()):
                raise violation(f'parameter "{name}" is required')
        return decoded

    def _decode(self, kind: str, value: Any, uploads: Mapping[str, Upload], path: str) -> Any:
        """A top-level value: text in a form, anything in a JSON body."""
        if "InputFile" in kind and isinstance(value, str) and value.startswith(ATTACHMENT):
            return _attachment(value, uploads, path)
        alternatives = kind.split(" or ")
        if isinstance(value, str) and "String" not in alternatives:
            value = _from_text(kind, value, path)
        elif isinstance(value, str) and "Integer" in alternatives and INTEGER.fullmatch(value):
            value = int(value)
        self._check(kind, value, path)
        return value

    def _check(self, kind: str, value: Any, path: str) -> None:
        alternatives = kind.split(" or ")
        if len(alternatives) > 1:
            self._check_alternatives(alternatives, value, path)
        elif kind.startswith("Array of "):
            if not isinstance(value, list):
                raise _wrong_type(path, "an Array")
            for index, item in enumerate(value):
                self._check(kind.removeprefix("Array of "), item, f"{path}[{index}]")
        elif kind in SCALARS:
            _check_scalar(kind, value, path)
        elif kind in self._unions:
            self._check_alternatives(self._unions[kind], value, path)
        elif kind == "InputFile":
            raise _wrong_type(path, "a file")
        else:
            self._check_object(kind, value, path)

    def _check_alternatives(self, alternatives: list[str], value: Any, path: str) -> None:
        """Checks against the alternative the value means: by its scalar type, or by the fields only one of them has."""
        candidates = [kind for kind in alternatives if (kind in SCALARS) is not isinstance(value, dict)]
        for kind in candidates:
            if kind in SCALARS:
                if _is_scalar(kind, value):
                    return
            elif self._means(kind, value):
                self._check_object(kind, value, path)
                return
        raise _wrong_type(path, " or ".join(alternatives))

    def _means(self, kind: str, value: dict[str, Any]) -> bool:
        fields = self._types[kind]
        required = {name for name, field in fields.items() if field["required"]}
        if "type" in fields:
            return bool(value.get("type") == fields["type"].get("always"))
        return required <= value.keys()

    def _check_object(self, kind: str, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise _wrong_type(path, kind)
        fields = self._types[kind]
        for name, item in value.items():
            if name not in fields:
                raise violation(f'{kind} has no field "{name}" (in {path})')
            self._check(fields[name]["type"], item, f"{path}.{name}")
            self._check_rule(kind, name, item, f"{path}.{name}")
        for name, field in fields.items():
            if field["required"] and name not in value:
                raise violation(f'field "{path}.{name}" is required')

    def _check_rule(self, owner: str, name: str, value: Any, path: str) -> None:
        reason = broken_rule(owner, name, value)
        if reason is not None:
            raise violation(f"{reason} ({path})")


def _attached(raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> set[str]:
    """The uploads that a parameter names, by itself or within the JSON of an InputMedia."""
    named = {name for value in raw.values() if isinstance(value, str) for name in NAMED_UPLOAD.findall(value)}
    return named & uploads.keys()


def _attachment(value: str, uploads: Mapping[str, Upload], path: str) -> Upload | str:
    """The file that a value names, or the value (a file's id)."""
    if not value.startswith(ATTACHMENT):
        return value
    try:
        return uploads[value.removeprefix(ATTACHMENT)]
    except KeyError:
        raise violation(f'parameter "{path}" names a file that was not attached') from None


def _from_text(kind: str, text: str, path: str) -> Any:
    match kind:
        case "Integer":
            if not INTEGER.fullmatch(text):
                raise _wrong_type(path, "an Integer")
            return int(text)
        case "Boolean" | "True":
            if text not in TRUTHS:
                raise _wrong_type(path, "a Boolean")
            return TRUTHS[text]
        case _:
            try:
                return json.loads(text)
            except ValueError:
                raise violation(f'can\'t parse JSON of parameter "{path}"') from None


def _is_scalar(kind: str, value: Any) -> bool:
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "True":
            return value is True
        case _:
            return isinstance(value, str)


def _check_scalar(kind: str, value: Any, path: str) -> None:
    if not _is_scalar(kind, value):
        raise _wrong_type(path, f"of type {kind}")


def _wrong_type(path: str, expected: str) -> BotApiError:
    return violation(f'"{path}" must be {expected}')
