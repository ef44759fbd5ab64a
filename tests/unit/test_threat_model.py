"""The threat model names tests; they must be there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
THREATS = {*range(1, 21), 23, 24, 25}
"""Those that are met today; the others belong to break-glass."""


def page() -> str:
    return (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")


def test_every_test_that_the_threat_model_names_exists() -> None:
    named = NAMED.findall(page())
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).is_file() or f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []
    assert len(named) > 50


def test_every_threat_and_every_fault_names_one() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| ") and not line.startswith(("| # ", "| Fault "))]
    assert [row for row in rows if not NAMED.search(row)] == []
    numbers = {int(found) for row in rows if (found := row.split("|")[1].strip()).isdigit()}
    assert numbers == THREATS
