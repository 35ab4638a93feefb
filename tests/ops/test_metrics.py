"""Metrics: what a Prometheus server reads."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from seatledger.ops.metrics import Metrics
from seatledger.ops.request_log import Exchange

Labels = dict[str, str]


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    """The value of one sample, read as Prometheus would."""
    families = text_string_to_metric_families(metrics.render()[0].decode())
    for sample in (sample for family in families for sample in family.samples):
        if sample.name == name and sample.labels == labels:
            return float(sample.value)
    return None


def exchange(method: str = "GET", route: str = "/pools/{id}", dialect: str = "ibl") -> Exchange:
    return Exchange(method, route, dialect, 200, 0.02)


def test_requests_are_counted_by_dialect_method_route_and_status() -> None:
    metrics = Metrics()
    metrics.request(exchange())
    metrics.request(exchange())
    labels = {"dialect": "ibl", "method": "GET", "route": "/pools/{id}"}
    assert value(metrics, "seatledger_requests_total", **labels, status="200") == 2
    assert value(metrics, "seatledger_request_seconds_count", **labels) == 2
    assert value(metrics, "seatledger_request_seconds_sum", **labels) == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("told", "labels"),
    [
        (exchange(method="BREW"), {"dialect": "ibl", "method": "other", "route": "/pools/{id}"}),
        (exchange(route="", dialect=""), {"dialect": "none", "method": "GET", "route": "none"}),
    ],
)
def test_what_callers_invent_does_not_become_a_label(told: Exchange, labels: Labels) -> None:
    metrics = Metrics()
    metrics.request(told)
    assert value(metrics, "seatledger_requests_total", **labels, status="200") == 1


def test_a_batch_counts_once_with_the_number_of_its_commands() -> None:
    metrics = Metrics()
    metrics.batch("write", 3)
    metrics.batch("write", 32)
    assert value(metrics, "seatledger_batch_commands_count", lane="write") == 2
    assert value(metrics, "seatledger_batch_commands_sum", lane="write") == 35
    assert value(metrics, "seatledger_batch_commands_bucket", lane="write", le="4.0") == 1


def test_the_queue_is_as_long_as_it_is_when_somebody_looks() -> None:
    metrics = Metrics()
    waiting = [1, 2]
    metrics.watch_queue("write", lambda: len(waiting))
    assert value(metrics, "seatledger_queue_commands", lane="write") == 2
    waiting.append(3)
    assert value(metrics, "seatledger_queue_commands", lane="write") == 3


def test_refusals_are_counted_by_code() -> None:
    metrics = Metrics()
    metrics.refused("sqlbi", "pool_full")
    assert value(metrics, "seatledger_refusals_total", dialect="sqlbi", code="pool_full") == 1


def test_two_applications_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.refused("ibl", "pool_full")
    assert value(second, "seatledger_refusals_total", dialect="ibl", code="pool_full") is None


def test_the_content_type_is_prometheus_text() -> None:
    assert Metrics().render()[1].startswith("text/plain; version=")
