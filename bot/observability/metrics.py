"""Metrics for operators, on a registry of their own. Labels hold exchange ids and closed words only."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

_FAST: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 15, 60, 300)
DELETED: Final = "deleted"
"""The outcome of a deletion that Telegram confirmed; of all others only the number is kept."""


class PrometheusMetrics:
    """The ``Metrics`` port."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._probes = Counter("latchkey_probes", "Probes", ["exchange", "outcome"], registry=self.registry)
        self._probe_seconds = Histogram(
            "latchkey_probe_seconds", "Time a probe took", ["exchange"], buckets=_FAST, registry=self.registry
        )
        self._lateness = Histogram(
            "latchkey_probe_lateness_seconds", "How late probes start", buckets=_FAST, registry=self.registry
        )
        self._deletions = Counter(
            "latchkey_deletions", "Attempts to delete a secret message", ["outcome"], registry=self.registry
        )
        self._deletion_seconds = Histogram(
            "latchkey_deletion_seconds",
            "From receipt of a secret message to the confirmed deletion",
            buckets=_FAST,
            registry=self.registry,
        )
        self._flips = Counter("latchkey_flips", "Changes of status and gate", ["side", "new"], registry=self.registry)
        self._outbox = Gauge("latchkey_outbox_depth", "Messages waiting", registry=self.registry)
        self._outbox_age = Gauge("latchkey_outbox_age_seconds", "Age of the oldest due one", registry=self.registry)
        self._outbound = Counter(
            "latchkey_outbound",
            "Heartbeats, second channel, beacon",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self._updates = Counter("latchkey_updates", "Updates from Telegram", ["outcome"], registry=self.registry)

    def probe(self, exchange: str, outcome: str, seconds: float) -> None:
        """One probe ended; ``outcome`` is ``ok`` or a failure."""
        self._probes.labels(exchange, outcome).inc()
        self._probe_seconds.labels(exchange).observe(seconds)

    def lateness(self, seconds: float) -> None:
        """How late a probe started."""
        self._lateness.observe(seconds)

    def deletion(self, outcome: str, seconds: float) -> None:
        """A secret message was deleted, is tried again, or could not be."""
        self._deletions.labels(outcome).inc()
        if outcome == DELETED:
            self._deletion_seconds.observe(seconds)

    def flip(self, side: str, new: str) -> None:
        """A status or gate changed."""
        self._flips.labels(side, new).inc()

    def outbox(self, depth: int, oldest: float) -> None:
        """How many messages wait, and the age of the oldest that is due."""
        self._outbox.set(depth)
        self._outbox_age.set(oldest)

    def outbound(self, channel: str, outcome: str) -> None:
        """A heartbeat or a word to the second channel arrived, or did not."""
        self._outbound.labels(channel, outcome).inc()

    def update(self, outcome: str) -> None:
        """An update was accepted, handled, repeated or dead."""
        self._updates.labels(outcome).inc()

    def exposition(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self.registry)
