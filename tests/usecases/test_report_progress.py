"""Progress that somebody reports: who may, of whom, of what, and what history keeps of it."""

from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.command import AssignSeat, CreatePlatform, LinkLearner, ReportProgress
from seatledger.domain.item import ItemKind
from seatledger.domain.progress import Progress
from seatledger.domain.refusal import Code
from seatledger.storage.tables import events, progress
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.world import World


@pytest.fixture
def learner_id(world: World) -> int:
    """Who holds a seat in course-1 of acme; zeta, the stranger's, has a pool of it too."""
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    world.pool(platform_key="zeta")
    return world.assign(world.pool().id, "mira")[0].learner.id


def report(learner_id: int, percent: float = 35, **how: Any) -> ReportProgress:
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
    assert world.do(report(learner_id)) == Progress(35)
    world.now = NOON + DAY
    done = Progress(100, completed=NOON)
    assert world.do(report(learner_id, 100, completed=NOON)) == done
    (row,) = rows(world)
    assert (row.percent, row.completed_at, row.updated_at) == (100, NOON, NOON + DAY)


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
    assert world.do(report(learner_id, by=OPERATOR)) == Progress(35)


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
    assert world.do(report(learner_id, by=STRANGER, platform_key="zeta")) == Progress(35)


def test_platforms_are_told_apart(world: World, learner_id: int) -> None:
    theirs = world.pool(platform_key="zeta")
    world.do(AssignSeat(OPERATOR, pool_id=theirs.id, learner_id=learner_id))
    world.do(report(learner_id))
    world.do(report(learner_id, 80, by=STRANGER, platform_key="zeta"))
    assert sorted(row.percent for row in rows(world)) == [35, 80]
