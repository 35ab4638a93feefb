"""DELETE suggestions/{kind}/manage/ and …/manage/group/ (ibl O5, V7, W19, W19a, W56)."""

from typing import Any

import pytest

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, HUGE
from tests.dialects.ibl.suggestions.cast import (
    COURSE_KIND,
    KINDS,
    PATHWAY_KIND,
    PROGRAM_KIND,
    Kind,
    kinds,
    listed,
    listed_to_groups,
    pathway,
    reaching,
    subject,
    suggested,
    suggested_to_group,
)
from tests.dialects.ibl.world import Caller, World, problem


def target(world: World, kind: Kind, to_group: bool) -> tuple[str, str, dict[str, Any]]:
    """A suggestion to a person or to a group, and where it is withdrawn."""
    ann = world.member("ann")
    if to_group:
        made = suggested_to_group(world, kind, world.group(ann))
        return kind.group, kind.operation("manage_group_destroy"), made
    return kind.manage, kind.operation("manage_destroy"), suggested(world, kind, ann)


def standing(world: World, kind: Kind) -> int:
    return len(listed(world.manager, kind)) + len(listed_to_groups(world.manager, kind))


whom = pytest.mark.parametrize("to_group", [False, True], ids=["person", "group"])


@kinds
@whom
def test_a_suggestion_is_withdrawn_once(world: World, kind: Kind, to_group: bool) -> None:
    """O5, W19."""
    path, operation, made = target(world, kind, to_group)
    query = {"suggestion_id": made["id"], "platform_key": "acme", "page": 0, "page_size": 0}
    assert checked(world.manager.delete(path, **query), operation) == {}
    problem(world.manager.delete(path, **query), 404)
    assert standing(world, kind) == 0


@kinds
@whom
def test_suggested_again_it_is_another_row(world: World, kind: Kind, to_group: bool) -> None:
    path, _, made = target(world, kind, to_group)
    world.manager.delete(path, suggestion_id=made["id"])
    _, _, again = target(world, kind, to_group)
    assert again["id"] > made["id"]
    problem(world.manager.delete(path, suggestion_id=made["id"]), 404)
    assert standing(world, kind) == 1


@kinds
@whom
def test_only_that_kind_and_whom_it_is_to_are_meant(
    world: World, kind: Kind, to_group: bool
) -> None:
    path, _, made = target(world, kind, to_group)
    paths = {each.manage for each in KINDS} | {each.group for each in KINDS}
    for other in sorted(paths - {path}):
        problem(world.manager.delete(other, suggestion_id=made["id"]), 404)
    assert standing(world, kind) == 1


@kinds
@whom
def test_a_platform_that_is_named_must_be_its_own(world: World, kind: Kind, to_group: bool) -> None:
    """V7, W56: a stranger's id is as good as none."""
    path, operation, made = target(world, kind, to_group)
    refused: list[tuple[Caller, dict[str, Any], int]] = [
        (world.operator, {"platform_key": "zeta"}, 404),
        (world.operator, {"platform_org": "ZETA"}, 404),
        (world.operator, {"platform_key": "none"}, 404),
        (world.operator, {"platform_key": "acme", "platform_org": "ZETA"}, 404),
        (world.manager, {"platform_key": "zeta"}, 403),
        (world.manager, {"platform_org": "ZETA"}, 403),
        (world.stranger, {}, 404),
        (world.stranger, {"platform_key": "zeta"}, 404),
        (world.stranger, {"platform_key": "acme"}, 403),
        (world.nobody, {}, 401),
    ]
    for caller, named, status in refused:
        problem(caller.delete(path, suggestion_id=made["id"], **named), status)
    assert standing(world, kind) == 1
    checked(world.operator.delete(path, suggestion_id=made["id"]), operation)


@kinds
@whom
def test_an_id_that_cannot_be_read_is_named(world: World, kind: Kind, to_group: bool) -> None:
    path = kind.group if to_group else kind.manage
    for query in ({}, {"suggestion_id": ""}, {"suggestion_id": "x"}, {"suggestion_id": HUGE}):
        problem(world.manager.delete(path, **query), 400, "suggestion_id")
    problem(world.manager.delete(path, suggestion_id=0), 404)


@kinds
def test_what_is_deleted_is_suggested_no_more(world: World, kind: Kind) -> None:
    """The subject, or the group: suggestions hold nothing back."""
    ann = world.member("ann")
    what = {PATHWAY_KIND: lambda: pathway(world, "way-1")}.get(
        kind, lambda: subject(world, kind, 2)
    )()
    named = {kind.field: what[kind.field]}
    group_id = world.group(ann)
    suggested(world, kind, ann, **named)
    suggested_to_group(world, kind, group_id, **named)
    deleted: dict[Kind, tuple[str, dict[str, Any]]] = {
        COURSE_KIND: ("courses/", {"course_id": what[kind.field]} if kind is COURSE_KIND else {}),
        PROGRAM_KIND: ("programs/", {"program_id": "program-2", "org": "ACME"}),
        PATHWAY_KIND: ("pathways/", {"pathway_id": "way-1", "user_id": world.member("owner")}),
    }
    path, query = deleted[kind]
    assert world.manager.delete(f"{CATALOG}/{path}", **query).json()["count"] == 1
    assert standing(world, kind) == 0
    assert reaching(world.manager, kind, user_id=ann) == []


@kinds
def test_a_groups_suggestions_go_with_it(world: World, kind: Kind) -> None:
    ann = world.member("ann")
    group_id = world.group(ann)
    suggested_to_group(world, kind, group_id)
    direct = suggested(world, kind, ann, **subject(world, kind, 2))
    assert world.manager.delete(f"/api/core/user-groups/{group_id}/").status_code == 204
    assert listed_to_groups(world.manager, kind) == []
    assert reaching(world.manager, kind, user_id=ann) == [direct]
