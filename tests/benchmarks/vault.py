"""How long sealing and opening one credential takes. Run by itself: `python -m tests.benchmarks.vault`."""

import statistics
import sys
import time
from collections.abc import Callable

from bot.vault import MasterKey, RecordContext, Vault, new_keyring

RUNS = 20_000

# A Binance credential as compact JSON: 64 characters of key, 64 of secret.
CREDENTIAL = b'{"api_key":"%s","secret":"%s"}' % (b"k" * 64, b"s" * 64)
CONTEXT = RecordContext("deployment-1", "c0ffee00-0000-4000-8000-000000000001", 123456789, "binance", "live", 1)


def figures() -> list[tuple[str, float, str]]:
    """The median of each operation, over `RUNS` runs after a warm-up."""
    keyring = new_keyring()
    vault = Vault(keyring, CONTEXT.deployment_id)
    record = vault.seal(CREDENTIAL, CONTEXT)
    box = vault.box("inbox", CREDENTIAL, b"1")
    newer = MasterKey.generate(apart_from=keyring.terms)
    rotated = Vault(keyring.add(newer).promote(newer.term), CONTEXT.deployment_id)
    return [
        ("seal a credential, p50", _median_us(lambda: vault.seal(CREDENTIAL, CONTEXT)), "µs"),
        ("open a credential, p50", _median_us(lambda: vault.unseal(record, CONTEXT)), "µs"),
        ("reseal a credential, p50", _median_us(lambda: rotated.reseal(record, CONTEXT)), "µs"),
        ("box an inbox payload, p50", _median_us(lambda: vault.box("inbox", CREDENTIAL, b"1")), "µs"),
        ("unbox an inbox payload, p50", _median_us(lambda: vault.unbox("inbox", box, b"1")), "µs"),
    ]


def _median_us(operation: Callable[[], object]) -> float:
    for _ in range(RUNS // 20):
        operation()
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter_ns()
        operation()
        taken.append(time.perf_counter_ns() - started)
    return statistics.median(taken) / 1000


if __name__ == "__main__":
    for name, value, unit in figures():
        sys.stdout.write(f"{name:32} {value:8.1f} {unit}\n")
