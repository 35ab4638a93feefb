"""What history says of licences and seats (part E, W38, W39); no operation reads it (E4)."""

from typing import Any

import pytest

from seatledger.domain.event import EventKind
from seatledger.storage import events
from seatledger.storage.events import Recorded
from seatledger.usecases.verify import verify
from tests.dialects.ibl.world import ALL, COURSE_KIND, NOON, SEATED, Kind, World


def history(world: World, license_id: int) -> list[Recorded]:
    with world.database.read() as unit:
        return events.of_pool(unit, license_id)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_a_record_for_the_create_and_for_each_update(world: World, kind: Kind) -> None:
    """E1, E2, E3, W38: who, when, before, after, and the caller's own labels."""
    made = world.licence(kind, 5, transaction_id="t-1")
    body = {"license_id": made["id"], "count": 7, "change_type": "renewal", "transaction_id": "t-2"}
    assert world.operator.post(f"{kind}/update/", body).status_code == 200
    assert world.operator.post(f"{kind}/update/", {**body, "count": -1}).status_code == 400
    created, updated = history(world, made["id"])
    assert (created.kind, created.change_type, created.transaction_id) == (
        EventKind.POOL_OPENED,
        "create",
        "t-1",
    )
    assert (created.actor, created.surface, created.at) == ("operator", "ibl", NOON)
    assert (created.before, created.after["size"]) == (None, 5)
    assert (updated.kind, updated.change_type, updated.transaction_id) == (
        EventKind.POOL_SHAPED,
        "renewal",
        "t-2",
    )
    assert (updated.before, updated.after) == ({"size": 5}, {"size": 7})


def test_the_label_of_an_update_is_update_where_nothing_else_is_said(world: World) -> None:
    """E2."""
    made = world.licence(COURSE_KIND, change_type="imported")
    world.operator.post("course/update/", {"license_id": made["id"], "count": 3})
    assert [each.change_type for each in history(world, made["id"])] == ["imported", "update"]


def test_a_repeated_transaction_id_is_recorded_again(world: World) -> None:
    """E1, W39: it is for tracking and no guard against replays; each accepted update counts."""
    made = world.licence(COURSE_KIND)
    body = {"license_id": made["id"], "count": 3, "transaction_id": "t-1"}
    for _ in range(2):
        assert world.operator.post("course/update/", body).status_code == 200
    _, first, second = history(world, made["id"])
    assert first.transaction_id == second.transaction_id == "t-1"
    assert (second.before, second.after) == ({}, {})


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_the_whole_ledger_folds_to_what_is_shown(world: World, kind: Kind) -> None:
    """After all sorts of changes the history still tells each row."""
    made = world.licence(kind, 3)
    ada, bob = world.member("ada"), world.member("bob")
    grant = world.grant(kind, made["id"], world.group(ada, bob))
    world.assign(kind, made["id"], user_id=ada, metadata={"a": 1})
    given: dict[str, Any] = world.assign(kind, made["id"], email="new@acme.example")
    world.manager.delete(f"{kind}/assignment/", assignment_id=given["id"])
    world.manager.delete(f"{kind}/assignment/group/", assignment_id=grant["id"])
    world.operator.post(f"{kind}/update/", {"license_id": made["id"], "count": 1})
    report = verify(world.database)
    assert report.ok, report.offenders
