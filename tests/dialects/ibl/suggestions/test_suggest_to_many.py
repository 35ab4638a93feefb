"""POST suggestions/{kind}/manage/bulk/ (ibl O3, L5, W42, W52)."""

import time
from typing import Any

import pytest

from seatledger.domain.people_command import AddLearner
from seatledger.usecases.carry_out import carry_out
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.suggestions.cast import (
    COURSE_KIND,
    PATHWAY_KIND,
    Kind,
    kinds,
    listed,
    subject,
    suggested,
)
from tests.dialects.ibl.world import DAY, NOON, ROOT, Clock, World, problem

MANY = 500
SOON = 0.5  # seconds of work, in client and server; other programs are not counted


def done(world: World, kind: Kind, *rows: Any, **fields: Any) -> dict[str, Any]:
    answer = world.manager.post(kind.bulk, {"suggestion_data": list(rows), **fields})
    said: dict[str, Any] = checked(answer, kind.operation("manage_bulk_create"))
    return said


@kinds
def test_many_are_made_and_changed(world: World, clock: Clock, kind: Kind) -> None:
    ann, bob = world.member("ann"), world.member("bob")
    what = subject(world, kind)
    standing = suggested(world, kind, ann, metadata={"a": 1})
    clock.now = NOON + DAY
    rows = [
        {"user_id": ann, "accepted": True, "platform_key": "acme", **what},
        {"user_id": str(bob), "visible": False, **what},
        {"email": "ann@acme.example", **subject(world, kind, 2)},
        {"username": "bob@acme.example", "accepted": True, **what},
    ]
    assert done(world, kind, *rows, platform_key="acme") == {"successes": 4, "error_codes": []}
    second, of_bob, of_ann = listed(world.manager, kind)
    assert (of_ann["id"], of_ann["metadata"]) == (standing["id"], {"a": 1})
    assert of_ann["accepted"]
    assert (of_bob["user_id"], of_bob["visible"], of_bob["accepted"]) == (bob, False, True)
    assert (second["user_id"], second["accepted"]) == (ann, False)


@kinds
def test_a_bad_one_keeps_no_other_back_and_is_told_by_its_place(world: World, kind: Kind) -> None:
    """W42."""
    ann, bob = world.member("ann"), world.member("bob")
    what = subject(world, kind)
    foreign = subject(world, kind, platform="zeta")
    rows: list[dict[str, Any]] = [
        {"user_id": ann, **what},
        {"user_id": 999, **what},
        {"user_id": "ann", **what},
        what,
        {"user_id": ann},
        {"user_id": ann, **foreign},
        {"user_id": ann, **what, "accepted": "yes"},
        {"user_id": ann, **what, "metadata": None},
        {"user_id": bob, **what},
        {},
    ]
    said = done(world, kind, *rows)
    assert said["successes"] == 2
    places = [each.partition(": ")[0] for each in said["error_codes"]]
    assert places == ["1", "2", "3", "4", "5", "6", "7", "9"]
    assert said["error_codes"][1].startswith("2: user_id: ")
    assert said["error_codes"][3].startswith(f"4: {kind.field}: ")
    assert said["error_codes"][5].startswith("6: accepted: ")
    assert [row["user_id"] for row in listed(world.manager, kind)] == [bob, ann]


@kinds
def test_one_for_another_platform_spoils_all(world: World, kind: Kind) -> None:
    """L5, W42."""
    row = {"user_id": world.member("ann"), **subject(world, kind)}
    for named in ({"platform_key": "zeta"}, {"platform_org": "ZETA"}):
        body = {"suggestion_data": [row, {**row, **named}]}
        problem(world.manager.post(kind.bulk, body), 400, "suggestion_data")
    problem(world.manager.post(kind.bulk, {**body, "platform_key": "zeta"}), 403)
    problem(world.stranger.post(kind.bulk, {**body, "platform_key": "acme"}), 403)
    assert listed(world.manager, kind) == []


@kinds
def test_an_operator_names_the_platform(world: World, kind: Kind) -> None:
    body = {"suggestion_data": [{"user_id": world.member("ann"), **subject(world, kind)}]}
    problem(world.operator.post(kind.bulk, body), 400, "platform_key")
    problem(world.operator.post(kind.bulk, {**body, "platform_key": "none"}), 404)
    answer = world.operator.post(kind.bulk, {**body, "platform_org": "ACME"})
    assert checked(answer, kind.operation("manage_bulk_create"))["successes"] == 1


@kinds
@pytest.mark.parametrize("rows", [[], None, {}, ["x"], [1], [{}] * 1001])
def test_what_is_no_list_of_suggestions_is_400(world: World, kind: Kind, rows: Any) -> None:
    problem(world.manager.post(kind.bulk, {"suggestion_data": rows}), 400, "suggestion_data")
    problem(world.manager.post(kind.bulk, {}), 400, "suggestion_data")


@kinds
def test_a_strangers_people_and_things_are_unknown(world: World, kind: Kind) -> None:
    """W56."""
    ann, zoe = world.member("ann"), world.member("zoe", "zeta")
    rows = [
        {"user_id": ann, **subject(world, kind, platform="zeta")},
        {"user_id": zoe, **subject(world, kind)},
    ]
    answer = world.stranger.post(kind.bulk, {"suggestion_data": rows})
    said = checked(answer, kind.operation("manage_bulk_create"))
    assert (said["successes"], len(said["error_codes"])) == (0, 2)


@pytest.mark.parametrize("kind", [COURSE_KIND, PATHWAY_KIND], ids=str)
def test_five_hundred_take_well_under_a_second(world: World, kind: Kind) -> None:
    people = carry_out(
        world.database,
        [AddLearner(ROOT, platform_key="acme", email=f"p{n}@acme.example") for n in range(MANY)],
        NOON,
    )
    what = subject(world, kind)
    for accepted in (False, True):
        rows = [
            {"user_id": each.membership.learner.id, "accepted": accepted, **what} for each in people
        ]
        start = time.process_time()
        assert done(world, kind, *rows)["successes"] == MANY
        assert time.process_time() - start < SOON
    page = world.manager.get(kind.manage, page_size=1).json()
    assert (page["count"], page["results"][0]["accepted"]) == (MANY, True)
