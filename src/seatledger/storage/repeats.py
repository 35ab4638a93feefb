"""Rows of what came of requests with a key, written in the transaction of what they did (I7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Integer, Text

from seatledger.domain.instant import text
from seatledger.domain.repeat import Repeat
from seatledger.storage.statement import Statement
from seatledger.storage.types import Instant
from seatledger.storage.unit import Rows, Unit

Place = tuple[int, str, int]  # platform, key, number
_COLUMNS = {
    "platform_id": BigInteger,
    "key": Text,
    "number": Integer,
    "fingerprint": Text,
    "at": Instant,
    "outcome": Text,
    "answer": Text,
}
_READ = "SELECT r.platform_id, r.key, r.number, r.fingerprint, r.at, r.outcome, r.answer"

FIND = Statement(
    _READ
    + """
    FROM {wanted} JOIN repeats r ON r.platform_id = wanted.platform_id
    AND r.key = wanted.key AND r.number = wanted.number
    """,
    rows={"wanted": {"platform_id": "bigint", "key": "text", "number": "integer"}},
    returns=_COLUMNS,
)

OF_KEY = Statement(
    _READ
    + """
    FROM {wanted} JOIN repeats r ON r.platform_id = wanted.platform_id AND r.key = wanted.key
    """,
    rows={"wanted": {"platform_id": "bigint", "key": "text"}},
    returns=_COLUMNS,
)

# Always in the same order, so that two processes that meet each other's keys wait in no circle.
ADD = Statement(
    """
    INSERT INTO repeats (platform_id, key, number, fingerprint, at, outcome)
    SELECT platform_id, key, number, fingerprint, at, outcome FROM {new_repeats} WHERE true
    ORDER BY platform_id, key, number
    """,
    rows={
        "new_repeats": {
            "platform_id": "bigint",
            "key": "text",
            "number": "integer",
            "fingerprint": "text",
            "at": "timestamptz",
            "outcome": "text",
        }
    },
)

KEEP = Statement(
    """
    UPDATE repeats SET answer = kept.answer FROM {kept}
    WHERE repeats.platform_id = kept.platform_id AND repeats.key = kept.key AND repeats.number = 1
    """,
    rows={"kept": {"platform_id": "bigint", "key": "text", "answer": "text"}},
)

REMOVE = Statement(
    """
    DELETE FROM repeats WHERE (platform_id, key, number) IN (
        SELECT platform_id, key, number FROM repeats
        WHERE at < (SELECT moment FROM {oldest}) ORDER BY at LIMIT :most
    )
    """,
    rows={"oldest": {"moment": "timestamptz"}},
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of one command: the `outcome` as text, and when; `answer` is its request's."""

    fingerprint: str
    at: datetime
    outcome: str
    answer: str | None


def find(unit: Unit, repeats: Iterable[Repeat]) -> dict[Place, Stored]:
    """What is known of these commands."""
    wanted = [
        {"platform_id": each.platform_id, "key": each.key, "number": each.number}
        for each in repeats
    ]
    return _by_place(unit.rows(FIND, wanted=wanted))


def of_keys(unit: Unit, keys: Iterable[tuple[int, str]]) -> dict[Place, Stored]:
    """What is known of all commands of these keys."""
    wanted = [{"platform_id": platform_id, "key": key} for platform_id, key in sorted(set(keys))]
    return _by_place(unit.rows(OF_KEY, wanted=wanted))


def add(unit: Unit, outcomes: Sequence[tuple[Repeat, str]], now: datetime) -> None:
    """Write what came of commands, with the last of the transaction.

    Of the same command twice, the second is a Conflict.
    """
    new = [
        {
            "platform_id": repeat.platform_id,
            "key": repeat.key,
            "number": repeat.number,
            "fingerprint": repeat.fingerprint,
            "at": text(now),
            "outcome": outcome,
        }
        for repeat, outcome in outcomes
    ]
    unit.postpone_too({"new_repeats": (ADD, new)})


def keep(unit: Unit, answers: Mapping[tuple[int, str], str]) -> None:
    """Write the answers of requests whose first command is there."""
    kept = [
        {"platform_id": platform_id, "key": key, "answer": answer}
        for (platform_id, key), answer in sorted(answers.items())
    ]
    unit.run(KEEP, kept=kept)


def remove(unit: Unit, before: datetime, rows_max: int) -> int:
    """Remove what is older, the oldest first; answers how many rows that were."""
    return unit.run(REMOVE, oldest=[{"moment": text(before)}], most=rows_max)


def _by_place(rows: Rows) -> dict[Place, Stored]:
    return {
        (row.platform_id, row.key, row.number): Stored(
            row.fingerprint, row.at, row.outcome, row.answer
        )
        for row in rows
    }
