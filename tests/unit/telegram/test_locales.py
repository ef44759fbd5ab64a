"""Every sentence, in every language: complete, of the right form, and used."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, TextElement, VariableReference
from fluent.syntax.visitor import Visitor

from bot.domain.failures import Failure, Severity, policy_of
from bot.domain.health import Gate, Side, Status
from bot.domain.history import Span, State
from bot.domain.labels import LabelProblem
from bot.domain.muting import MuteFor
from bot.domain.pasting.problems import PasteProblem
from bot.domain.permissions import Certainty, Permission
from bot.domain.repeating import is_repeated
from bot.domain.secrets import SecretKind
from bot.domain.verdict import Caution
from bot.exchanges.registry import ADAPTERS
from bot.sandbox.telegram.markup import parse_html, utf16_length
from bot.telegram.alert_text import loudness
from bot.telegram.commands import COMMANDS
from bot.telegram.dialogs.controls import TOAST_OF_GATE
from bot.telegram.intake_state import Intruder
from bot.telegram.texts import LOCALES, Texts
from bot.usecases.acknowledge import AckOutcome
from bot.usecases.gate import GateOutcome
from bot.usecases.ports import CheckItem

LANGUAGES = ("en", "pl")
TEXTS = Texts()
CODE = LOCALES.parent
TOASTS = re.compile(r"toast-|press-|stale-button|sorry$|key-intake-closed$|connect-press-")
PLURALS = {"count", "ip_count"}
ONE_OF = {
    "environment": ("live", "testnet", "demo"),
    "paused": ("yes", "no"),
    "choice": tuple(MuteFor),
    "ips": ("none", "203.0.113.7 203.0.113.8"),
    "seen_ip": ("none", "203.0.113.7"),
    "whose": ("ours", "foreign", "none"),
    "count": (1, 3, 5, 22),
    "ip_count": (0, 1, 3),
    "settled": ("none", "USDT/USDC"),
}
"""Values that sentences choose their words by."""


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


class Words(Visitor):
    def __init__(self) -> None:
        self.text = ""

    def visit_TextElement(self, node: TextElement) -> None:  # noqa: N802
        self.text += node.value


def messages(language: str) -> Iterator[tuple[Path, Message]]:
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text()).body:
            assert not isinstance(entry, Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, Message):
                yield path, entry


def variables(message: Message) -> set[str]:
    visitor = Variables()
    visitor.visit(message)
    return visitor.names


IDS = sorted({message.id.name for _, message in messages("en")})
VARIABLES = {message.id.name: variables(message) for _, message in messages("en")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_said_in_two_files(language: str) -> None:
    counted = Counter(message.id.name for _, message in messages(language))
    assert [] == [name for name, times in counted.items() if times > 1]


def test_every_language_has_the_same_files_messages_and_variables() -> None:
    def table(language: str) -> set[tuple[str, str, frozenset[str]]]:
        return {(path.name, entry.id.name, frozenset(variables(entry))) for path, entry in messages(language)}

    assert set() == table("en") ^ table("pl")


def test_every_language_on_disk_is_tested_here() -> None:
    assert set(LANGUAGES) == {path.name for path in LOCALES.iterdir()}


def test_what_is_said_otherwise_of_an_exchange_says_the_same_thing() -> None:
    own = [name.partition("-at-") for name in IDS if "-at-" in name]
    assert {"field-api_key-at-hyperliquid", "paste-url-at-hyperliquid"} <= {"".join(parts) for parts in own}
    for general, at, exchange in own:
        assert exchange in ADAPTERS
        assert VARIABLES[general + at + exchange] <= VARIABLES[general]


def test_an_exchange_without_words_of_its_own_has_the_general_ones() -> None:
    say = TEXTS.of("pl")

    assert say.at("binance", "field-api_key") == "field-api_key"
    assert say.at("hyperliquid", "field-api_key") == "field-api_key-at-hyperliquid"
    assert say.at("hyperliquid", "field-passphrase") == "field-passphrase"


def test_everything_that_can_happen_has_its_words() -> None:
    wanted = [
        *(f"{what}-{failure}" for failure in Failure for what in ("failure", "remedy")),
        *(f"paste-{problem}" for problem in PasteProblem),
        *(f"check-item-{item}" for item in CheckItem),
        *(f"caution-{caution}" for caution in Caution),
        *(f"connect-label-{problem}" for problem in LabelProblem),
        *(f"finding-{permission}" for permission in Permission),
        *(f"finding-certainty-{certainty}" for certainty in Certainty),
        *(f"card-status-{status}" for status in Status),
        *(f"flip-{Side.STATUS}-{status}" for status in Status),
        *(f"flip-{Side.GATE}-{gate}" for gate in Gate),
        *(f"reason-{failure}" for failure in Failure),
        *(f"history-state-{state}" for state in State),
        *(f"history-flip-{Side.STATUS}-{status}" for status in Status),
        *(f"history-flip-{Side.GATE}-{gate}" for gate in Gate),
        *(f"history-{what}-{span.name.lower()}" for span in Span for what in ("last", "strip")),
        *(f"month-{month}" for month in range(1, 13)),
        *(f"{what}-{severity}" for severity in Severity for what in ("alert", "least")),
        *(f"repeat-{loudness(failure)}" for failure in Failure if is_repeated(policy_of(failure).severity)),
        *(f"button-mute-{how_long}" for how_long in MuteFor),
        *(f"toast-ack-{outcome}" for outcome in AckOutcome),
        *(f"{what}-{kind}" for kind in SecretKind for what in ("removed-title", "removed-advice", "delete-steps")),
        *(f"operator-key_intake_closed_{intruder}" for intruder in Intruder),
        *(f"command-{command}" for command in COMMANDS),
        *(f"language-{language}" for language in LANGUAGES),
    ]
    assert [] == [name for name in wanted if name not in IDS]


def test_every_outcome_of_the_gate_has_its_toast() -> None:
    assert set(GateOutcome) == set(TOAST_OF_GATE)


def test_every_reason_why_a_message_stays_has_its_words() -> None:
    source = (CODE / "deletion_notices.py").read_text() + (CODE / "deletions.py").read_text()
    reasons = set(re.findall(r'Refusal\(\s*"([a-z_]+)"', source)) | {"refused", "no_rights"}
    assert {"too_old", "unreachable", "moved"} <= reasons
    assert set() == {f"delete-why-{reason}" for reason in reasons} - set(IDS)


def test_every_event_that_operators_are_told_has_its_words() -> None:
    told = set()
    for path in (*CODE.glob("*.py"), *(CODE.parent / "usecases").glob("*.py")):
        told |= set(re.findall(r'operators\.tell\(tx, "([a-z_]+)"', path.read_text()))
    assert {"dead_letter", "message_given_up", "incident"} <= told
    assert set() == {f"operator-{event}" for event in told} - set(IDS)


# ----------------------------------------------------------------------------------------------------------- their form


def sample(name: str, choice: int) -> str | int:
    if name in ONE_OF:
        return ONE_OF[name][choice % len(ONE_OF[name])]
    return 7 if name in {"n", "h", "m", "d", "hours", "length", "expected", "got", "max"} else "W" * 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_html_that_telegram_reads_and_is_short_enough(language: str) -> None:
    say = TEXTS.of(language)
    for message, names in VARIABLES.items():
        for choice in range(4):
            html = say(message, **{name: sample(name, choice) for name in names})
            text, _ = parse_html(html)
            assert utf16_length(text) <= 2500, f"{message}: alerts and cards are made of several of these"
            assert "{" not in html, message
            if TOASTS.match(message):
                assert html == text, f"{message}: toasts take no markup"
                assert len(text) <= 200, message
            if message.startswith("command-"):
                assert 0 < len(text) <= 256, message


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_bot_is_fits_its_profile(language: str) -> None:
    say = TEXTS.of(language)
    assert len(say.plain("about-short")) <= 120
    assert len(say.plain("about-long")) <= 512


def test_polish_is_polish() -> None:
    """Nothing was left in English: no sentence of four words and more is the same in both."""

    def said(language: str) -> dict[str, str]:
        found = {}
        for _, message in messages(language):
            words = Words()
            words.visit(message)
            found[message.id.name] = words.text
        return found

    english, polish = said("en"), said("pl")
    same = [name for name, text in english.items() if len(re.findall(r"[a-z]{2,}", text)) > 3 and text == polish[name]]
    assert [] == same


# ------------------------------------------------------------------------------------------------------------ their use


class Mentioned(ast.NodeVisitor):
    """The strings of a module: whole ones, and f-strings as patterns."""

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self.patterns: set[str] = set()

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.whole.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        pattern = "".join(_pattern_of(part) for part in node.values)
        if re.search(r"[a-z]", pattern.replace(ANYTHING, "")):
            self.patterns.add(pattern)
        self.generic_visit(node)


ANYTHING = "[a-z0-9_-]+"


def _pattern_of(part: ast.expr) -> str:
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        return re.escape(part.value)
    if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.IfExp):
        choices = [each.value for each in (part.value.body, part.value.orelse) if isinstance(each, ast.Constant)]
        return f"(?:{'|'.join(re.escape(str(choice)) for choice in choices)})"
    return ANYTHING


def mentioned() -> Mentioned:
    visitor = Mentioned()
    for path in CODE.rglob("*.py"):
        visitor.visit(ast.parse(path.read_text()))
    return visitor


def test_no_message_is_left_that_nobody_says() -> None:
    used = mentioned()
    patterns = [re.compile(pattern) for pattern in used.patterns]
    unsaid = [
        name for name in IDS if name not in used.whole and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert [] == unsaid


def test_every_message_that_is_said_exists() -> None:
    said: set[str] = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            if re.search(r"(^|\.)(say|say\.plain|plain|T|Caption|speaker\(manager\))$", called):
                first = node.args[0]
                said |= {
                    part.value
                    for part in ast.walk(first)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and part is first
                }
    assert {"press-gone", "home-title", "button-back"} <= said
    assert set() == said - set(IDS)
