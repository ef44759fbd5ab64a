"""The code and the list of fields agree, and no log call is given a text that was put together."""

import ast
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.observability.logs import FIELDS, NAMELESS, OURS, event_of

BOT = Path(__file__).parents[3] / "bot"
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
FORBIDDEN_ARGUMENTS = {"exc_info", "stack_info"}
NO_LOGGERS_OF_OURS = {BOT / "exchanges" / "library.py", BOT / "store" / "sqlite.py", BOT / "observability" / "logs.py"}
"""They name foreign loggers, to mute or to set them."""


@dataclass(frozen=True)
class LogCall:
    """One ``log.error(…)`` in the source."""

    file: Path
    node: ast.Call
    literals: dict[str, ast.expr]
    """Names that stand for one expression in the file: a helper's return, a dictionary assigned once."""

    @property
    def method(self) -> str:
        assert isinstance(self.node.func, ast.Attribute)
        return self.node.func.attr

    @property
    def event(self) -> ast.expr:
        return self.node.args[1 if self.method == "log" else 0]

    @property
    def surplus(self) -> list[ast.expr]:
        return self.node.args[2 if self.method == "log" else 1 :]

    def facts(self) -> Iterator[tuple[str, ast.expr]]:
        for keyword in self.node.keywords:
            if keyword.arg == "extra":
                yield from self._pairs(keyword.value)

    def _pairs(self, node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
        match node:
            case ast.Dict(keys, values):
                for key, value in zip(keys, values, strict=True):
                    if key is None:
                        yield from self._pairs(value)
                    else:
                        assert isinstance(key, ast.Constant), f"{self}: a fact's name is not a constant"
                        yield str(key.value), value
            case ast.BinOp(left, ast.BitOr(), right):
                yield from self._pairs(left)
                yield from self._pairs(right)
            case ast.Call(func=ast.Name(name)) | ast.Name(name) if name in self.literals:
                yield from self._pairs(self.literals[name])
            case _:
                raise AssertionError(f"{self}: its facts cannot be read here; write them as a dictionary")

    def __str__(self) -> str:
        return f"{self.file.relative_to(BOT.parent)}:{self.node.lineno}"


def modules() -> list[Path]:
    return sorted(path for path in BOT.rglob("*.py") if "sandbox" not in path.relative_to(BOT).parts)


def loggers_in(tree: ast.Module) -> dict[str, str | None]:
    """Variable → name of the logger it was assigned; None where the name is not a constant."""
    found: dict[str, str | None] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(name)], value=call) | ast.AnnAssign(target=ast.Name(name), value=call):
                match call:
                    case ast.Call(func=ast.Attribute(attr="getLogger"), args=[ast.Constant(str(logger))]):
                        found[name] = logger
                    case ast.Call(func=ast.Attribute(attr="getLogger")):
                        found[name] = None
    return found


def literals_in(tree: ast.Module) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name, body=[*_, ast.Return(value=ast.Dict() as value)]):
                found[name] = value
            case ast.Assign(targets=[ast.Name(name)], value=ast.Dict() as value):
                found[name] = value
    return found


def log_calls() -> list[LogCall]:
    calls = []
    for file in modules():
        tree = ast.parse(file.read_text())
        loggers, literals = loggers_in(tree), literals_in(tree)
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(name), attr=method)):
                    if name in loggers and method in LEVELS:
                        calls.append(LogCall(file, node, literals))
    return calls


CALLS = log_calls()
EACH = pytest.mark.parametrize("call", CALLS, ids=str)


def test_the_log_calls_were_found() -> None:
    """Every line that looks like one is one, so that nothing is passed over below."""
    lines = {
        (file, number)
        for file in modules()
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if line.lstrip().startswith(tuple(f"{name}.{level}(" for name in ("log", "_LOG") for level in LEVELS))
    }

    assert lines == {(call.file, call.node.lineno) for call in CALLS}
    assert 30 < len(CALLS)


@pytest.mark.parametrize("file", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_loggers_are_ours_and_logging_is_used_in_one_way(file: Path) -> None:
    """No ``logging.error(…)``, no ``print`` of a traceback, no logger of somebody else's name."""
    if file in NO_LOGGERS_OF_OURS:
        return
    tree = ast.parse(file.read_text())

    strangers = [name for name in loggers_in(tree).values() if name is None or not name.startswith(f"{OURS}.")]
    shortcuts = [
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if (node.func.value.id == "logging" and node.func.attr in LEVELS)
        or (node.func.value.id == "traceback" and node.func.attr.startswith(("print", "format")))
    ]

    assert [] == strangers
    assert [] == shortcuts


@EACH
def test_an_event_is_a_constant_name(call: LogCall) -> None:
    """A parameter of that name is allowed where a function passes constants on; texts put together are not."""
    match call.event:
        case ast.Constant(str(event)):
            assert NAMELESS != event_of(_record(event))["event"]
        case other:
            assert isinstance(other, ast.Name), f"{call}: the event is put together"
            assert "event" == other.id, f"{call}: the event is no constant"
    assert [] == call.surplus, f"{call}: arguments to format"


@EACH
def test_every_fact_is_on_the_list(call: LogCall) -> None:
    assert set() == {name for name, _ in call.facts()} - FIELDS


@EACH
def test_no_fact_is_the_text_of_something(call: LogCall) -> None:
    """``type(error).__name__`` is fine; ``str(error)``, ``repr(x)``, an f-string and ``"…" % x`` are not."""
    for name, value in call.facts():
        for node in ast.walk(value):
            assert not isinstance(node, ast.JoinedStr) or name == "where", f"{call}: {name} is put together"
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)), f"{call}: {name} is formatted"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"str", "repr", "ascii", "format", "vars"}, f"{call}: {name}"
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"args", "text", "message", "format", "label", "username"}, f"{call}: {name}"


@EACH
def test_no_call_asks_for_a_traceback(call: LogCall) -> None:
    assert "exception" != call.method
    assert set() == {keyword.arg for keyword in call.node.keywords} & FORBIDDEN_ARGUMENTS


def _record(event: str) -> logging.LogRecord:
    return logging.LogRecord(f"{OURS}.test", logging.INFO, __file__, 1, event, (), None)
