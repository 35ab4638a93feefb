"""Lists of the learners a platform knows: its members, who has or had a seat, who was invited."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, or_, select, union

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner, email_key
from seatledger.storage import cursors
from seatledger.storage import learners as learner_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.invitation_tables import invitations
from seatledger.storage.members import Tie, query, tie
from seatledger.storage.tables import learners, members, seats
from seatledger.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerFilter:
    """What a list is narrowed to; None asks nothing.

    `beginning` is that of the name, the address or the username, in any case; `called` also that
    of another word of the name.
    """

    email: str | None = None
    username: str | None = None
    beginning: str | None = None
    called: str | None = None


def follow(unit: Unit, reach: Reach, wanted: LearnerFilter, stretch: Stretch) -> Followed[Learner]:
    """The next learners within reach, by id."""
    asked = select(*learner_rows.labelled("")).where(*_conditions(wanted))
    if reach.platform_id is not None:
        known = union(
            _next_of(members, reach.platform_id, wanted, stretch),
            _next_of(seats, reach.platform_id, wanted, stretch),
            _next_of(invitations, reach.platform_id, wanted, stretch),
        )
        asked = asked.where(learners.c.id.in_(known))
    return cursors.follow(unit, asked, learners.c.id, stretch, learner_rows.build)


def ties(unit: Unit, reach: Reach, learner_ids: Iterable[int]) -> dict[int, list[Tie]]:
    """The platforms within reach that each belongs or belonged to."""
    found: dict[int, list[Tie]] = {learner_id: [] for learner_id in learner_ids}
    asked = query().where(members.c.learner_id.in_(list(found)))
    if reach.platform_id is not None:
        asked = asked.where(members.c.platform_id == reach.platform_id)
    for row in unit.select(asked.order_by(members.c.platform_id)) if found else []:
        found[row.learner_id].append(tie(row))
    return found


def _next_of(
    table: Table, platform_id: int, wanted: LearnerFilter, stretch: Stretch
) -> Select[Any]:
    """The next ids out of one table, so few that the union of two is sorted in no time."""
    column: Column[int] = table.c.learner_id
    asked = select(column).where(table.c.platform_id == platform_id, column > stretch.after)
    conditions = _conditions(wanted)
    if conditions:
        asked = asked.join(learners, learners.c.id == column).where(*conditions)
    nearest = asked.distinct().order_by(column).limit(stretch.limit + 1).subquery()
    return select(nearest.c.learner_id)


def _conditions(wanted: LearnerFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.email is not None:
        conditions.append(learners.c.email_key == email_key(wanted.email))
    if wanted.username is not None:
        conditions.append(learners.c.username == wanted.username)
    if wanted.beginning is not None:
        conditions.append(or_(*_begins(wanted.beginning)))
    if wanted.called is not None:
        conditions.append(is_called(wanted.called))
    return conditions


def is_called(text: str) -> ColumnElement[bool]:
    """Whether a word of a learner's name, the address or the username begins so, in any case."""
    return or_(*_begins(text), learners.c.name.icontains(f" {text}", autoescape=True))


def _begins(text: str) -> list[ColumnElement[bool]]:
    columns = (learners.c.name, learners.c.email, learners.c.username)
    return [column.istartswith(text, autoescape=True) for column in columns]
