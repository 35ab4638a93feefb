"""GET and POST suggestions/{kind}/manage/group/ (ibl O1, O4, O7, W49, W56)."""

from typing import Any

import pytest

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import HUGE, ids
from tests.dialects.ibl.suggestions.cast import (
    NOON_SAID,
    Kind,
    kinds,
    listed_to_groups,
    said_of,
    subject,
    suggested,
    suggested_to_group,
)
from tests.dialects.ibl.world import DAY, NOON, Clock, World, problem


@kinds
def test_something_is_suggested_to_a_group(world: World, kind: Kind) -> None:
    """O4."""
    group_id = world.group(world.member("ann"), world.member("bob"))
    row = suggested_to_group(world, kind, group_id)
    assert row == {
        "id": 1,
        "group_id": group_id,
        "group_name": "Night shift",
        "platform_key": "acme",
        "accepted": False,
        "visible": True,
        "created": NOON_SAID,
        "modified": NOON_SAID,
        "metadata": {},
        "user_count": 2,
        **said_of(world, kind),
    }
    assert listed_to_groups(world.manager, kind) == [row]
    world.regroup(group_id)
    assert listed_to_groups(world.manager, kind) == [{**row, "user_count": 0}]


@kinds
def test_again_it_is_the_same_row_and_what_is_left_out_stays(
    world: World, clock: Clock, kind: Kind
) -> None:
    """O1."""
    group_id = world.group()
    first = suggested_to_group(world, kind, group_id, visible=False, metadata={"a": 1})
    clock.now = NOON + DAY
    again = suggested_to_group(world, kind, group_id, accepted=True)
    assert again == {**first, "accepted": True, "modified": "2026-03-02T12:00:00Z"}
    other = suggested_to_group(world, kind, world.group(name="Day shift"))
    assert ids(listed_to_groups(world.manager, kind)) == [first["id"], other["id"]]


@kinds
def test_the_oldest_come_first_or_as_asked(world: World, kind: Kind) -> None:
    """O7, W49."""
    ann = world.member("ann")
    groups = [world.group(ann, name=name) for name in ("B", "A", "C")]
    rows = [suggested_to_group(world, kind, each)["id"] for each in reversed(groups)]
    suggested(world, kind, ann)
    asked: dict[str, list[int]] = {"id": rows, "-id": rows[::-1], "group_id": rows[::-1]}
    assert ids(listed_to_groups(world.manager, kind)) == rows
    for sort, expected in asked.items():
        assert ids(listed_to_groups(world.manager, kind, sort=sort)) == expected
    page = world.manager.get(kind.group, page=2, page_size=2).json()
    assert (page["count"], ids(page["results"])) == (3, rows[2:])
    problem(world.manager.get(kind.group, sort="user_id"), 400, "sort")


@kinds
def test_a_query_is_contained_in_the_name_of_the_group(world: World, kind: Kind) -> None:
    named = suggested_to_group(world, kind, world.group(name="Early birds"))
    suggested_to_group(world, kind, world.group(name="Owls"))
    assert ids(listed_to_groups(world.manager, kind, query="EARLY")) == [named["id"]]


@kinds
def test_everybody_lists_their_own_platform(world: World, kind: Kind) -> None:
    """C2, T1, W56."""
    row = suggested_to_group(world, kind, world.group())
    assert listed_to_groups(world.operator, kind, platform_key="acme") == [row]
    assert listed_to_groups(world.operator, kind, platform_key="none") == []
    assert listed_to_groups(world.stranger, kind) == []
    problem(world.operator.get(kind.group), 400, "platform_key")
    problem(world.stranger.get(kind.group, platform_key="acme"), 403)


WRONG: list[tuple[dict[str, Any], int, str | None]] = [
    ({"group_id": None}, 400, "group_id"),
    ({"group_id": "x"}, 400, "group_id"),
    ({"group_id": HUGE}, 400, "group_id"),
    ({"group_id": 999}, 404, None),
    ({"accepted": "yes"}, 400, "accepted"),
    ({"visible": None}, 400, "visible"),
    ({"metadata": "{}"}, 400, "metadata"),
    ({"department_mode": 2}, 400, "department_mode"),
    ({"platform_key": "zeta"}, 403, None),
]


@kinds
def test_bad_input_names_its_field_and_suggests_nothing(
    world: World, kind: Kind, subtests: pytest.Subtests
) -> None:
    good = {"group_id": world.group(), **subject(world, kind)}
    of_kind: list[tuple[dict[str, Any], int, str | None]] = [
        ({kind.field: None}, 400, kind.field),
        ({kind.field: "nothing"}, 404, None),
        (subject(world, kind, platform="zeta"), 404, None),
        ({"group_id": world.group(platform="zeta")}, 404, None),
    ]
    for fields, status, field in [*WRONG, *of_kind]:
        with subtests.test(repr(fields)):
            problem(world.manager.post(kind.group, {**good, **fields}), status, field)
    for field in ("group_id", kind.field):
        left = {name: value for name, value in good.items() if name != field}
        problem(world.manager.post(kind.group, left), 400, field)
    problem(world.stranger.post(kind.group, good), 404)
    assert listed_to_groups(world.manager, kind) == []


@kinds
def test_a_deleted_group_is_suggested_nothing(world: World, kind: Kind) -> None:
    group_id = world.group()
    world.manager.delete(f"/api/core/user-groups/{group_id}/")
    body = {"group_id": group_id, **subject(world, kind)}
    problem(world.manager.post(kind.group, body), 404)


@kinds
def test_an_operator_names_the_platform(world: World, kind: Kind) -> None:
    body = {"group_id": world.group(), **subject(world, kind)}
    problem(world.operator.post(kind.group, body), 400, "platform_key")
    answer = world.operator.post(kind.group, body, params={"platform_key": "acme"})
    checked(answer, kind.operation("manage_group_create"))
