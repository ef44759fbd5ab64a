"""`python -m tests.benchmarks`, or `make bench`: measures everything and prints one table; see ``--help``."""

import argparse
import inspect
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Sequence

import uvloop

from bot.observability.collector import pace_collector
from tests.benchmarks import (
    catalogue,
    checks,
    deleting,
    exchange,
    history,
    service,
    table,
    telling,
    vault,
    watching,
)
from tests.benchmarks.figures import Figure, at_most

Plain = tuple[str, float, str]
Measure = Callable[[], Sequence[Figure] | Sequence[Plain] | Awaitable[Sequence[Figure] | Sequence[Plain]]]

SECTIONS: dict[str, tuple[str, Measure]] = {
    "vault": ("Vault", vault.figures),
    "checks": ("A whole check: load, unseal, sign, send, judge, record", checks.figures),
    "exchange": ("Asking the exchange alone", exchange.figures),
    "watching": ("Watching 5,000 connections every 60 s", watching.figures),
    "catalogue": ("Every exchange, 300 connections each, every 60 s, limits enforced", catalogue.figures),
    "deleting": ("Deleting keys at 100 updates/s, 5,000 connections watched meanwhile", deleting.figures),
    "history": ("History and its pictures", history.figures),
    "outage": ("An outage of 5,000 connections of 1,000 owners, Telegram's limits enforced", telling.outage),
    "critical": ("Critical messages while 10,000 others wait, Telegram's limits enforced", telling.critical),
    "weather": ("An hour (simulated) in which every tenth call to Telegram fails", telling.bad_weather),
    "service": ("The process", service.figures),
}
TARGETS = {"seal a credential, p50": at_most(25), "open a credential, p50": at_most(20)}
"""For the figures that come without one."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md, too")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="these parts only")
    wish = parser.parse_args()
    logging.basicConfig(level=logging.CRITICAL)
    pace_collector()
    started = time.monotonic()
    sections = {}
    for name in wish.only:
        title, measure = SECTIONS[name]
        sys.stderr.write(f"{title} …\n")
        sections[title] = [_figure(found) for found in _run(measure)]
    table.show(sections)
    if wish.write:
        table.write(sections, time.monotonic() - started)
    return 0 if all(figure.met is not False for figures in sections.values() for figure in figures) else 1


def _run(measure: Measure) -> Sequence[Figure] | Sequence[Plain]:
    found = measure()
    if inspect.isawaitable(found):

        async def wait() -> Sequence[Figure] | Sequence[Plain]:
            return await found

        return uvloop.run(wait())
    return found


def _figure(found: Figure | Plain) -> Figure:
    if isinstance(found, Figure):
        return found
    name, value, unit = found
    return Figure(name, value, unit, target=TARGETS.get(name))


if __name__ == "__main__":
    sys.exit(main())
