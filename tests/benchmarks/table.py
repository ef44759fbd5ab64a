"""The one table: on the terminal, and in docs/benchmarks.md."""

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.figures import Figure, shown

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
VERDICTS = {True: "yes", False: "NO", None: ""}

INTRODUCTION = """\
# Benchmarks

`make bench` measures and prints this table; `make bench ARGS=--write` writes it here. Nothing in it is a timed test:
machines differ, so what can be is told as a ratio to a bare aiohttp GET + JSON of the same server in the same run.

The sandbox's Telegram and exchanges run in a process of their own, over loopback, and share the machine with the
service that is measured. Both sides run on uvloop, as the service does.

"""


def show(sections: Mapping[str, Sequence[Figure]]) -> None:
    table = Table(title="Latchkey", caption=machine())
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("to bare GET", justify="right")
    table.add_column("target", justify="right")
    table.add_column("met")
    for name, figures in sections.items():
        table.add_section()
        table.add_row(f"[bold]{name}[/]")
        for figure in figures:
            style = "red" if figure.met is False else None
            table.add_row(f"  {figure.name}", *_cells(figure), style=style)
    Console(width=max(120, Console().width)).print(table)


def write(sections: Mapping[str, Sequence[Figure]], seconds: float) -> None:
    lines = [INTRODUCTION, f"{machine()}. The run took {seconds:.0f} s.\n"]
    for name, figures in sections.items():
        lines.append(
            f"\n## {name}\n\n| figure | value | unit | to bare GET | target | met |\n|---|--:|---|--:|--:|---|\n"
        )
        lines += [f"| {figure.name} | {' | '.join(_cells(figure))} |\n" for figure in figures]
    PAGE.write_text("".join(lines), encoding="utf-8")


def machine() -> str:
    today = datetime.now(UTC).date()
    python, system = platform.python_version(), platform.system()
    busy = os.getloadavg()[2]  # what else runs there slows a benchmark: over its core count, mistrust absolute figures
    return f"{os.cpu_count()} cores of {_processor()}, load {busy:.1f} (15 min), {system}, Python {python}, {today}"


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    to_bare = "" if figure.to_bare is None else f"{figure.to_bare:.2f}"
    target = "" if figure.target is None else str(figure.target)
    return shown(figure.value), figure.unit, to_bare, target, VERDICTS[figure.met]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
