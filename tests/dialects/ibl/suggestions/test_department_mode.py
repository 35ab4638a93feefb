"""`department_mode`: a key acts for the departments that its person is an admin of (ibl B13)."""

from dataclasses import dataclass

import pytest

from seatledger.domain.people_command import SaveDepartment, StaffDepartment
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import ids, key_of
from tests.dialects.ibl.suggestions.cast import (
    Kind,
    kinds,
    listed,
    listed_to_groups,
    subject,
    suggested,
    suggested_to_group,
)
from tests.dialects.ibl.world import ROOT, Caller, World, problem

MODE = {"department_mode": "true"}


@dataclass
class Surgery:
    """`head` leads ann; bob is in another department, which they are merely in; cem in none."""

    head: Caller
    people: dict[str, int]


@pytest.fixture
def surgery(world: World) -> Surgery:
    people = {name: world.member(name) for name in ("head", "ann", "bob", "cem")}
    for name, admins in (("Surgery", {"head"}), ("Kitchen", set[str]())):
        made = world.do(SaveDepartment(ROOT, platform_key="acme", name=name)).department
        staff = ("head", "ann") if name == "Surgery" else ("head", "bob")
        for each in staff:
            command = StaffDepartment(
                ROOT,
                department_id=made.id,
                learner_id=people[each],
                is_admin=each in admins,
            )
            world.do(command)
    return Surgery(key_of(world, people["head"]), people)


@kinds
def test_only_people_of_ones_departments_are_suggested_something(
    world: World, surgery: Surgery, kind: Kind
) -> None:
    what = subject(world, kind)
    for name, in_query, in_body in [("ann", MODE, {}), ("ann", {}, {"department_mode": True})]:
        body = {"user_id": surgery.people[name], **what, **in_body}
        answer = surgery.head.post(kind.manage, body, params=in_query)
        checked(answer, kind.operation("manage_create"))
    for name in ("bob", "cem"):
        body = {"user_id": surgery.people[name], **what}
        problem(surgery.head.post(kind.manage, body, params=MODE), 403)
        problem(surgery.head.post(kind.manage, {**body, "department_mode": True}), 403)
    assert len(listed(world.manager, kind)) == 1
    body = {"user_id": surgery.people["ann"], **what, "department_mode": False}
    problem(surgery.head.post(kind.manage, body, params=MODE), 400, "department_mode")


@kinds
def test_without_it_a_key_is_for_the_whole_platform(
    world: World, surgery: Surgery, kind: Kind
) -> None:
    body = {"user_id": surgery.people["cem"], "department_mode": False, **subject(world, kind)}
    checked(surgery.head.post(kind.manage, body), kind.operation("manage_create"))
    assert len(listed(surgery.head, kind, department_mode="0")) == 1


@kinds
def test_lists_and_withdrawals_know_only_ones_people(
    world: World, surgery: Surgery, kind: Kind
) -> None:
    rows = {name: suggested(world, kind, each)["id"] for name, each in surgery.people.items()}
    assert ids(listed(surgery.head, kind, **MODE)) == [rows["ann"], rows["head"]]
    problem(surgery.head.delete(kind.manage, suggestion_id=rows["bob"], **MODE), 404)
    answer = surgery.head.delete(kind.manage, suggestion_id=rows["ann"], **MODE)
    checked(answer, kind.operation("manage_destroy"))
    assert len(listed(world.manager, kind)) == 3


@kinds
def test_a_group_is_ones_own_where_all_in_it_are(
    world: World, surgery: Surgery, kind: Kind
) -> None:
    ann, bob = surgery.people["ann"], surgery.people["bob"]
    groups = {"own": world.group(ann), "mixed": world.group(ann, bob), "empty": world.group()}
    what = subject(world, kind)
    for name, group_id in groups.items():
        body = {"group_id": group_id, "department_mode": True, **what}
        answer = surgery.head.post(kind.group, body)
        assert answer.status_code == (200 if name == "own" else 403), name
    rows = {name: suggested_to_group(world, kind, each)["id"] for name, each in groups.items()}
    assert ids(listed_to_groups(surgery.head, kind, **MODE)) == [rows["own"]]
    for name in ("mixed", "empty"):
        problem(surgery.head.delete(kind.group, suggestion_id=rows[name], **MODE), 404)
    answer = surgery.head.delete(kind.group, suggestion_id=rows["own"], **MODE)
    checked(answer, kind.operation("manage_group_destroy"))


@kinds
def test_of_many_those_to_others_are_told(world: World, surgery: Surgery, kind: Kind) -> None:
    what = subject(world, kind)
    rows = [{"user_id": surgery.people[name], **what} for name in ("bob", "ann", "cem")]
    body = {"suggestion_data": rows, "department_mode": True}
    said = checked(surgery.head.post(kind.bulk, body), kind.operation("manage_bulk_create"))
    assert said["successes"] == 1
    assert [each[0] for each in said["error_codes"]] == ["0", "2"]


@kinds
def test_a_key_of_nobody_leads_nobody(world: World, surgery: Surgery, kind: Kind) -> None:
    ann = surgery.people["ann"]
    row = suggested(world, kind, ann)
    group = suggested_to_group(world, kind, world.group(ann))
    assert listed(world.manager, kind, **MODE) == []
    assert listed_to_groups(world.manager, kind, **MODE) == []
    problem(world.manager.delete(kind.manage, suggestion_id=row["id"], **MODE), 404)
    problem(world.manager.delete(kind.group, suggestion_id=group["id"], **MODE), 404)
    body = {"user_id": ann, **subject(world, kind)}
    problem(world.manager.post(kind.manage, body, params=MODE), 403)
