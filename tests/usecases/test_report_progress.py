"""Progress that somebody reports: who may, of whom, of what, and what history keeps of it."""

from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.command import AssignSeat
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import (
    CreatePlatform,
    LinkLearner,
    ReportProgress,
    ReportProgressOfMany,
)
from seatledger.domain.progress import Outcome, Progress
from seatledger.domain.refusal import Code
from seatledger.storage.tables import events, progress
from seatledger.usecases.report_progress import ProgressAsked, get_progress
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.statements import noted
from tests.support.world import World


@pytest.fixture
def learner_id(world: World) -> int:
    """Who holds a seat in course-1 of acme; zeta, the stranger's, has a pool of it too."""
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    world.pool(platform_key="zeta")
    return world.assign(world.pool().id, "mira")[0].learner.id


def report(learner_id: int | None, percent: float = 35, **how: Any) -> ReportProgress:
    plain: dict[str, Any] = {
        "by": MANAGER,
        "platform_key": "acme",
        "item_kind": ItemKind.COURSE,
        "item_key": "course-1",
    }
    return ReportProgress(learner_id=learner_id, percent=percent, **{**plain, **how})


def history(world: World) -> list[Any]:
    query = select(events).where(events.c.kind == "progress_reported").order_by(events.c.id)
    with world.database.read() as unit:
        return list(unit.select(query))


def rows(world: World) -> list[Any]:
    with world.database.read() as unit:
        return list(unit.select(select(progress)))


def test_each_report_replaces_the_one_before(world: World, learner_id: int) -> None:
    assert world.do(report(learner_id)).progress == Progress(35)
    world.now = NOON + DAY
    done = Progress(100, completed=NOON, last_opened=NOON - DAY)
    told = {"completed": NOON, "last_opened": NOON - DAY}
    assert world.do(report(learner_id, 100, **told)).progress == done
    (row,) = rows(world)
    assert (row.percent, row.completed_at, row.last_opened_at) == (100, NOON, NOON - DAY)
    assert (row.reported_at, row.updated_at) == (NOON + DAY, NOON + DAY)


def test_a_report_from_before_the_known_one_changes_nothing(world: World, learner_id: int) -> None:
    world.do(report(learner_id, 60, at=NOON - DAY))
    late = world.do(report(learner_id, 40, at=NOON - 2 * DAY))
    assert (late.outcome, late.progress) == (Outcome.OUTDATED, Progress(60))
    assert (rows(world)[0].percent, len(history(world))) == (60, 1)


def test_saying_the_same_later_keeps_what_is_older_out(world: World, learner_id: int) -> None:
    world.do(report(learner_id, 60, at=NOON - 3 * DAY))
    assert world.do(report(learner_id, 60, at=NOON - DAY)).outcome is Outcome.UNCHANGED
    assert world.do(report(learner_id, 40, at=NOON - 2 * DAY)).outcome is Outcome.OUTDATED
    assert (rows(world)[0].reported_at, len(history(world))) == (NOON - DAY, 1)


def test_in_one_batch_the_reports_of_one_learner_follow_each_other(
    world: World, learner_id: int
) -> None:
    ats = (NOON - 3 * DAY, NOON - DAY, NOON - 2 * DAY, None)
    told = [report(learner_id, 10 * nth, at=at) for nth, at in enumerate(ats, 1)]
    outcomes = world.do(ReportProgressOfMany(MANAGER, reports=tuple(told)))
    assert [each.outcome for each in outcomes] == ["recorded", "recorded", "outdated", "recorded"]
    befores = [event.before and event.before["percent"] for event in history(world)]
    assert (befores, rows(world)[0].percent) == ([None, 10, 20], 40)


def test_a_batch_takes_the_same_few_statements_for_two_reports_and_for_many(
    world: World, learner_id: int
) -> None:
    crowd = [f"n{number}" for number in range(100)]
    ids = [each.learner.id for each in world.assign(world.pool(size=100).id, *crowd)]
    counted = []
    for part in (ids[:2], ids[2:]):
        with noted(world.database) as statements:
            together = tuple(report(each, 20) for each in part)
            outcomes = world.do(ReportProgressOfMany(MANAGER, reports=together))
        assert [each.progress.percent for each in outcomes] == [20] * len(part)
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 8
    assert len(rows(world)) == 100


def test_in_a_batch_a_refusal_harms_no_neighbour(world: World, learner_id: int) -> None:
    told = (
        report(999),
        report(learner_id, 101),
        report(learner_id, item_key="x"),
        report(learner_id),
    )
    outcomes = world.do(ReportProgressOfMany(MANAGER, reports=told))
    assert [getattr(each, "code", None) for each in outcomes] == [
        Code.UNKNOWN_LEARNER,
        Code.INVALID,
        Code.UNKNOWN_ITEM,
        None,
    ]
    assert [row.percent for row in rows(world)] == [35]


def test_who_is_known_to_one_platform_is_not_so_to_its_neighbour_in_the_batch(
    world: World, learner_id: int
) -> None:
    told = (
        report(learner_id, by=OPERATOR),
        report(learner_id, by=OPERATOR, platform_key="zeta"),
        report(learner_id, by=STRANGER),
    )
    outcomes = world.all(*told)
    assert [getattr(each, "code", None) for each in outcomes] == [
        None,
        Code.UNKNOWN_LEARNER,
        Code.UNKNOWN_PLATFORM,
    ]


def test_a_learner_can_be_named_by_address(world: World, learner_id: int) -> None:
    world.do(report(None, email=" MIRA@acme.example"))
    assert [row.learner_id for row in rows(world)] == [learner_id]
    assert world.code(report(None, email="nobody@acme.example")) is Code.UNKNOWN_LEARNER


def test_what_stands_can_be_asked_for(world: World, learner_id: int) -> None:
    named: dict[str, Any] = {
        "platform_key": "acme",
        "item_kind": ItemKind.COURSE,
        "item_key": "course-1",
    }
    asked = ProgressAsked(by=MANAGER, learner_id=learner_id, **named)
    with world.database.read() as unit:
        assert get_progress(unit, asked) == Progress(0)
    world.do(report(learner_id))
    with world.database.read() as unit:
        assert get_progress(unit, asked) == Progress(35, at=NOON)


def test_history_tells_what_was_and_what_is(world: World, learner_id: int) -> None:
    world.do(report(learner_id))
    world.do(report(learner_id, 50.5))
    first, second = history(world)
    assert (first.before, first.after["percent"]) == (None, 35)
    assert (second.before["percent"], second.after["percent"]) == (35, 50.5)
    assert second.after["item_id"] == first.after["item_id"]
    assert (second.subject_id, second.pool_id, second.actor) == (learner_id, None, "mira")
    world.check()


def test_a_report_that_says_nothing_new_leaves_no_event(world: World, learner_id: int) -> None:
    for _ in range(3):
        world.do(report(learner_id))
    assert len(history(world)) == 1


@pytest.mark.parametrize("percent", [-0.1, 100.1, float("nan"), float("inf")])
def test_progress_is_from_0_to_100(world: World, learner_id: int, percent: float) -> None:
    refusal = world.refusal(report(learner_id, percent))
    assert (refusal.code, refusal.field) == (Code.INVALID, "percent")
    assert rows(world) == []


def test_an_operator_reports_for_any_platform(world: World, learner_id: int) -> None:
    assert world.do(report(learner_id, by=OPERATOR)).progress == Progress(35)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        pytest.param({"by": STRANGER}, Code.UNKNOWN_PLATFORM, id="a stranger's platform"),
        pytest.param({"platform_key": "nothing"}, Code.UNKNOWN_PLATFORM, id="no such platform"),
        pytest.param(
            {"by": STRANGER, "platform_key": "zeta"},
            Code.UNKNOWN_LEARNER,
            id="a learner whom the platform does not know",
        ),
        pytest.param({"learner_id": 999}, Code.UNKNOWN_LEARNER, id="no such learner"),
        pytest.param({"item_key": "course-2"}, Code.UNKNOWN_ITEM, id="no such item"),
        pytest.param({"item_kind": ItemKind.PROGRAM}, Code.UNKNOWN_ITEM, id="of another kind"),
    ],
)
def test_only_of_its_own_learners_and_items_a_platform_is_told(
    world: World, learner_id: int, how: dict[str, Any], code: Code
) -> None:
    assert world.code(report(**{"learner_id": learner_id, **how})) == code
    assert rows(world) == []
    assert history(world) == []


def test_an_item_that_the_platform_has_nothing_of_is_unknown(world: World, learner_id: int) -> None:
    world.pool(platform_key="zeta", item_key="theirs", item_title="Theirs")
    assert world.code(report(learner_id, item_key="theirs")) is Code.UNKNOWN_ITEM


def test_a_member_without_a_seat_can_be_reported_too(world: World, learner_id: int) -> None:
    world.do(LinkLearner(OPERATOR, learner_id=learner_id, platform_key="zeta"))
    told = world.do(report(learner_id, by=STRANGER, platform_key="zeta"))
    assert told.progress == Progress(35)


def test_platforms_are_told_apart(world: World, learner_id: int) -> None:
    theirs = world.pool(platform_key="zeta")
    world.do(AssignSeat(OPERATOR, pool_id=theirs.id, learner_id=learner_id))
    world.do(report(learner_id))
    world.do(report(learner_id, 80, by=STRANGER, platform_key="zeta"))
    assert sorted(row.percent for row in rows(world)) == [35, 80]
