"""Rows of suggestions, as the write path loads, adds and changes them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Boolean, Text, select, update

from seatledger.domain.instant import text
from seatledger.domain.suggestion import Suggestion
from seatledger.storage.statement import Columns, Statement
from seatledger.storage.suggestion_tables import suggestions as table
from seatledger.storage.types import Document, Instant
from seatledger.storage.unit import Unit, Writes

Key = tuple[int, int | None, int | None, int | None, int | None]

_KEY = {
    "platform_id": "bigint",
    "item_id": "bigint",
    "pathway_id": "bigint",
    "learner_id": "bigint",
    "group_id": "bigint",
}
_SAYS = {
    "accepted": "boolean",
    "visible": "boolean",
    "direct": "boolean",
    "suggested_by": "text",
    "metadata": "jsonb",
    "withdrawn": "boolean",
    "modified_at": "timestamptz",
}
_ROWS = {"id": "bigint", **_KEY, **_SAYS, "created_at": "timestamptz"}
_NAMES = ", ".join(_ROWS)
_TYPES = {
    "bigint": BigInteger,
    "boolean": Boolean,
    "text": Text,
    "jsonb": Document,
    "timestamptz": Instant,
}
COLUMNS: Columns = {name: _TYPES[type_] for name, type_ in _ROWS.items()}

LOCK = Statement(
    f"""
    SELECT {", ".join(f"s.{name}" for name in COLUMNS)} FROM {{wanted}}
    JOIN suggestions s ON NOT s.withdrawn AND s.platform_id = wanted.platform_id
        AND (s.learner_id = wanted.learner_id OR s.group_id = wanted.group_id)
        AND (s.item_id = wanted.item_id OR s.pathway_id = wanted.pathway_id)
    ORDER BY s.id {{lock}}
    """,
    rows={"wanted": _KEY},
    locks="s",
    returns=COLUMNS,
)
ADD = Statement(
    f"INSERT INTO suggestions ({_NAMES}) SELECT {_NAMES} FROM {{new_suggestions}} ORDER BY id",
    rows={"new_suggestions": _ROWS},
)
CHANGE = Statement(
    f"""
    UPDATE suggestions SET {", ".join(f"{name} = changed_suggestions.{name}" for name in _SAYS)}
    FROM {{changed_suggestions}} WHERE suggestions.id = changed_suggestions.id
    """,
    rows={"changed_suggestions": {"id": "bigint", **_SAYS}},
)


def key_of(suggestion: Suggestion) -> Key:
    """Under what at most one suggestion stands."""
    return (
        suggestion.platform_id,
        suggestion.item_id,
        suggestion.pathway_id,
        suggestion.learner_id,
        suggestion.group_id,
    )


def lock(unit: Unit, keys: Iterable[Key]) -> dict[Key, Suggestion]:
    """Those that stand under the keys, locked until the transaction ends."""
    wanted = [dict(zip(_KEY, key, strict=True)) for key in dict.fromkeys(keys)]
    rows = unit.rows(LOCK, wanted=wanted) if wanted else []
    return {key_of(each): each for each in map(build, rows)}


def by_id(unit: Unit, suggestion_id: int) -> Suggestion | None:
    """A standing suggestion, locked until the transaction ends."""
    rows = unit.select(_standing().where(table.c.id == suggestion_id))
    return build(rows[0]) if rows else None


def standing(unit: Unit, **of: int) -> list[Suggestion]:
    """All that stand of an `item_id` or `pathway_id`, or to a `learner_id` or `group_id`; locked.

    Whatever the platform: what they are of, or to, is about to be gone.
    """
    query = _standing().where(*(table.c[name] == value for name, value in of.items()))
    return [build(row) for row in unit.select(query)]


def write(unit: Unit, new: Iterable[Suggestion], changed: Iterable[Suggestion]) -> None:
    parts: Writes = {
        "new_suggestions": (ADD, [_row(each) for each in new]),
        "changed_suggestions": (CHANGE, [_row(each) for each in changed]),
    }
    unit.postpone(parts)


def detach(unit: Unit, **of: int) -> None:
    """Let go of an `item_id` or `pathway_id` that no standing suggestion is of any more."""
    condition = [table.c[name] == value for name, value in of.items()]
    unit.execute(update(table).where(*condition).values(dict.fromkeys(of)))


def _standing() -> Any:
    return select(table).where(~table.c.withdrawn).order_by(table.c.id).with_for_update()


def _row(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "id": suggestion.id,
        **dict(zip(_KEY, key_of(suggestion), strict=True)),
        "accepted": suggestion.accepted,
        "visible": suggestion.visible,
        "direct": suggestion.direct,
        "suggested_by": suggestion.suggested_by,
        "metadata": suggestion.metadata,
        "withdrawn": suggestion.withdrawn,
        "created_at": text(suggestion.created),
        "modified_at": text(suggestion.modified),
    }


def build(row: Any) -> Suggestion:
    return Suggestion(
        id=row.id,
        platform_id=row.platform_id,
        item_id=row.item_id,
        pathway_id=row.pathway_id,
        learner_id=row.learner_id,
        group_id=row.group_id,
        accepted=row.accepted,
        visible=row.visible,
        direct=row.direct,
        suggested_by=row.suggested_by,
        metadata=row.metadata,
        created=row.created_at,
        modified=row.modified_at,
        withdrawn=row.withdrawn,
    )
