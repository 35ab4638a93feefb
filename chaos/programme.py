"""Which faults there are, and how much of each a short and a long run has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chaos import (
    full_disk,
    hung_database,
    killed_database,
    killed_delivery,
    killed_import,
    killed_onboarding,
    killed_server,
    last_seat,
    lost_answers,
    no_connections,
    overload,
    read_only,
)
from chaos.report import Report
from chaos.stage import Stage


@dataclass(frozen=True, slots=True)
class Amounts:
    """`operations` and `kills` are those on PostgreSQL; SQLite has a part of them."""

    operations: int
    kills: int
    learners: int
    seconds: float  # that a database stays unusable
    patience: int  # seconds that callers are let wait for it
    connections: int
    requests: int
    rows: int  # of a file
    events: int  # that are delivered
    invited: int  # people


SHORT = Amounts(2_500, 4, 50, 1, 1, 1_000, 6_000, 10_000, 400, 100)
LONG = Amounts(100_000, 200, 2_000, 30, 10, 2_000, 100_000, 100_000, 10_000, 500)

Fault = Callable[[Stage, Amounts, int], Report]

FAULTS: Mapping[str, Fault] = {
    "last-seat-sqlite": lambda stage, how, seed: last_seat.run(
        stage, "sqlite", how.operations // 4, seed
    ),
    "last-seat-postgresql": lambda stage, how, seed: last_seat.run(
        stage, "postgresql", how.operations, seed
    ),
    "killed-server-sqlite": lambda stage, how, seed: killed_server.run(
        stage, "sqlite", how.kills // 2, seed
    ),
    "killed-server-postgresql": lambda stage, how, seed: killed_server.run(
        stage, "postgresql", how.kills // 2, seed
    ),
    "killed-database": lambda stage, how, seed: killed_database.run(stage, how.kills, seed),
    "killed-import-sqlite": lambda stage, how, seed: killed_import.run(
        stage, "sqlite", how.rows, how.kills // 4, seed
    ),
    "killed-import-postgresql": lambda stage, how, seed: killed_import.run(
        stage, "postgresql", how.rows, how.kills // 4, seed
    ),
    "killed-delivery-sqlite": lambda stage, how, seed: killed_delivery.run(
        stage, "sqlite", how.events, how.kills // 4, seed
    ),
    "killed-delivery-postgresql": lambda stage, how, seed: killed_delivery.run(
        stage, "postgresql", how.events, how.kills // 4, seed
    ),
    "killed-onboarding-sqlite": lambda stage, how, seed: killed_onboarding.run(
        stage, "sqlite", how.invited, how.kills, seed
    ),
    "killed-onboarding-postgresql": lambda stage, how, seed: killed_onboarding.run(
        stage, "postgresql", how.invited, how.kills, seed
    ),
    "lost-answers-sqlite": lambda stage, how, seed: lost_answers.run(
        stage, "sqlite", how.learners, seed
    ),
    "lost-answers-postgresql": lambda stage, how, seed: lost_answers.run(
        stage, "postgresql", how.learners, seed
    ),
    "full-disk-sqlite": lambda stage, how, seed: full_disk.run(stage, "sqlite", how.seconds),
    "full-disk-postgresql": lambda stage, how, seed: full_disk.run(
        stage, "postgresql", how.seconds
    ),
    "read-only": lambda stage, how, seed: read_only.run(stage, how.seconds),
    "no-connections": lambda stage, how, seed: no_connections.run(stage, how.seconds),
    "hung-sqlite": lambda stage, how, seed: hung_database.run(
        stage, "sqlite", how.seconds, how.patience
    ),
    "hung-postgresql": lambda stage, how, seed: hung_database.run(
        stage, "postgresql", how.seconds, how.patience
    ),
    "overload": lambda stage, how, seed: overload.run(
        stage, "postgresql", how.connections, how.requests
    ),
}
