"""Each deed breaks a promise, and the fault that watches over it must say so, in fitting words."""

from collections.abc import Callable

import pytest

from chaos import (
    hung_database,
    killed_database,
    killed_server,
    last_seat,
    lost_answers,
    overload,
    read_only,
)
from chaos.report import Report
from chaos.stage import Stage

SEED = 7

Watch = Callable[[Stage], Report]


def last_seats(engine: str) -> Watch:
    return lambda stage: last_seat.run(stage, engine, 20_000, SEED)


CASES: dict[str, tuple[str, Watch, str]] = {
    "a lock is dropped": (
        "drop_the_lock", last_seats("postgresql"), "can be ordered",
    ),
    "counts are old": (
        "answer_from_memory", last_seats("sqlite"), "can be ordered",
    ),
    "answers come before the commit": (
        "answer_before_the_commit",
        lambda stage: killed_server.run(stage, "sqlite", 5, SEED),
        "seats lost",
    ),
    "the server does not come back": (
        "never_come_back",
        lambda stage: killed_database.run(stage, 2, SEED),
        "did not serve again by itself",
    ),
    "repetitions are carried out": (
        "forget_who_is_seated",
        lambda stage: lost_answers.run(stage, "sqlite", 50, SEED),
        "given twice",
    ),
    "errors have no meaning": (
        "let_errors_through",
        lambda stage: read_only.run(stage, 0.2),
        "→ 500",
    ),
    "callers wait for ever": (
        "wait_for_ever",
        lambda stage: hung_database.run(stage, "postgresql", 1, 1),
        "nobody was told to come again",
    ),
    "everything is taken": (
        "take_everything",
        lambda stage: overload.run(stage, "sqlite", 300, 3_000),
        "no body was refused as too large",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("deed", "watch", "words"), CASES.values(), ids=CASES.keys())
def test_a_broken_promise_is_noticed(deed: str, watch: Watch, words: str) -> None:
    with Stage(sabotage=deed) as stage:
        report = watch(stage)
    assert any(words in sentence for sentence in report.broken), report.broken[:5]
