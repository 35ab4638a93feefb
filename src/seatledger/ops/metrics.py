"""What can be counted from outside: requests, batches, the queue, refusals.

Labels are words of the program (dialects, route templates, codes), never a platform's or a
person's, so that their number stays small and nothing private leaves. Each process counts for
itself.
"""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from seatledger.ops.request_log import Exchange

METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Metrics:
    """The counters of one application; two in one process don't mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        route = ("dialect", "method", "route")
        self._requests = Counter(
            "seatledger_requests",
            "Requests answered.",
            (*route, "status"),
            registry=self._registry,
        )
        self._durations = Histogram(
            "seatledger_request_seconds",
            "From the first byte of a request's head to the last byte of its answer.",
            route,
            buckets=SECONDS,
            registry=self._registry,
        )
        # Finding a label's counter takes longer than counting; of labels there are few.
        self._known: dict[tuple[str, str, str, int], tuple[Counter, Histogram]] = {}
        self._batches = Histogram(
            "seatledger_batch_commands",
            "Commands carried out together, one observation a batch.",
            ("lane",),
            buckets=SIZES,
            registry=self._registry,
        )
        self._waiting = Gauge(
            "seatledger_queue_commands",
            "Commands that wait for their batch.",
            ("lane",),
            registry=self._registry,
        )
        self._refusals = Counter(
            "seatledger_refusals",
            "Expected refusals by code.",
            ("dialect", "code"),
            registry=self._registry,
        )
        self._deliveries = Counter(
            "seatledger_deliveries",
            "Attempts to deliver by connector, and the state they left the delivery in.",
            ("connector", "state"),
            registry=self._registry,
        )

    def request(self, exchange: Exchange) -> None:
        """Count an answered request."""
        dialect, route = exchange.dialect or "none", exchange.route or "none"
        method = exchange.method if exchange.method in METHODS else "other"
        key = (dialect, method, route, exchange.status)
        if key not in self._known:
            self._known[key] = (
                self._requests.labels(dialect, method, route, str(exchange.status)),
                self._durations.labels(dialect, method, route),
            )
        requests, durations = self._known[key]
        requests.inc()
        durations.observe(exchange.seconds)

    def batch(self, lane: str, commands: int) -> None:
        """Count a batch of so many commands."""
        self._batches.labels(lane).observe(commands)

    def watch_queue(self, lane: str, length: Callable[[], int]) -> None:
        """Ask `length` for the queue's length whenever somebody looks."""
        self._waiting.labels(lane).set_function(length)

    def refused(self, dialect: str, code: str) -> None:
        """Count a refusal; `code` is one of the domain's codes."""
        self._refusals.labels(dialect, code).inc()

    def delivery(self, connector: str, state: str) -> None:
        """Count an attempt to deliver; a delivery it left dead was given up."""
        self._deliveries.labels(connector, state).inc()

    def render(self) -> tuple[bytes, str]:
        """All counts in Prometheus' text format, and its content type."""
        return generate_latest(self._registry), CONTENT_TYPE_PLAIN_0_0_4
