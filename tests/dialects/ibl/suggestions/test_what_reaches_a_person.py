"""GET suggestions/{kind}/user/ (ibl B12, O6, O7, T1, W49, W56)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import HUGE, ids, key_of
from tests.dialects.ibl.suggestions.cast import (
    KINDS,
    Kind,
    kinds,
    reaching,
    subject,
    suggested,
    suggested_to_group,
)
from tests.dialects.ibl.world import World, problem


@kinds
def test_a_person_is_named_in_any_way(world: World, kind: Kind) -> None:
    """O6: `user` may be an id or a username; the id decides, then the username."""
    ann, bob = world.member("ann"), world.member("bob")
    row = suggested(world, kind, ann)
    suggested(world, kind, bob)
    for query in (
        {"user_id": ann},
        {"user": ann},
        {"user": "ann@acme.example"},
        {"username": "ann@acme.example"},
        {"email": "ANN@acme.example"},
        {"user_id": ann, kind.user: "bob@acme.example"},
        {"username": "ann@acme.example", "user": bob},
        {"user": ann, "email": "bob@acme.example"},
    ):
        assert reaching(world.manager, kind, **query) == [row], query


@kinds
def test_the_person_of_the_key_is_meant_where_nobody_is_named(world: World, kind: Kind) -> None:
    """B12: self."""
    ann = world.member("ann")
    row = suggested(world, kind, ann)
    assert reaching(key_of(world, ann), kind) == [row]
    problem(world.manager.get(kind.reaching), 400, kind.user)


@kinds
def test_what_is_suggested_to_a_group_reaches_whoever_is_in_it(world: World, kind: Kind) -> None:
    ann, bob = world.member("ann"), world.member("bob")
    group_id = world.group(ann)
    of_group = suggested_to_group(world, kind, group_id, metadata={"of": "group"})
    (row,) = reaching(world.manager, kind, user_id=ann)
    assert (row["id"], row["user_id"], row["name"]) == (of_group["id"], ann, "ann")
    assert row["metadata"] == {"of": "group"}
    assert reaching(world.manager, kind, user_id=bob) == []
    world.regroup(group_id, bob)
    assert reaching(world.manager, kind, user_id=ann) == []
    assert ids(reaching(world.manager, kind, user_id=bob)) == [of_group["id"]]


@kinds
def test_of_one_subject_only_the_nearest_shows(world: World, kind: Kind) -> None:
    """The one to the person, else the oldest to a group; withdrawn ones hide nothing."""
    ann = world.member("ann")
    early = suggested_to_group(world, kind, world.group(ann, name="Early"))
    late = suggested_to_group(world, kind, world.group(ann, name="Late"))
    suggested_to_group(world, kind, world.group(name="Others"))
    assert ids(reaching(world.manager, kind, user_id=ann)) == [early["id"]]
    direct = suggested(world, kind, ann)
    assert ids(reaching(world.manager, kind, user_id=ann)) == [direct["id"]]
    world.manager.delete(kind.manage, suggestion_id=direct["id"])
    assert ids(reaching(world.manager, kind, user_id=ann)) == [early["id"]]
    world.manager.delete(kind.group, suggestion_id=early["id"])
    assert ids(reaching(world.manager, kind, user_id=ann)) == [late["id"]]


@kinds
def test_the_list_is_sorted_and_paged(world: World, kind: Kind) -> None:
    """O7, W49."""
    ann = world.member("ann")
    group_id = world.group(ann)
    rows = [
        suggested(world, kind, ann)["id"],
        suggested_to_group(world, kind, group_id, **subject(world, kind, 2))["id"],
        suggested(world, kind, ann, accepted=True, **subject(world, kind, 3))["id"],
    ]
    assert ids(reaching(world.manager, kind, user_id=ann)) == rows[::-1]
    assert ids(reaching(world.manager, kind, user_id=ann, sort="id")) == rows
    assert ids(reaching(world.manager, kind, user_id=ann, sort="-accepted"))[0] == rows[2]
    answer = world.manager.get(kind.reaching, user_id=ann, page=2, page_size=2)
    page = checked(answer, kind.operation("user_retrieve"))
    assert (page["count"], ids(page["results"])) == (3, rows[:1])
    problem(world.manager.get(kind.reaching, user_id=ann, sort="price"), 400, "sort")


@kinds
def test_every_platform_tells_only_of_itself(world: World, kind: Kind) -> None:
    """W56; lists know no 404 (T1)."""
    ann = world.member("ann")
    world.link(ann, "zeta")
    own = suggested(world, kind, ann)
    other = world.stranger.post(
        kind.manage, {"user_id": ann, **subject(world, kind, platform="zeta")}
    ).json()
    bob = world.member("bob")
    suggested(world, kind, bob)
    asked: list[tuple[Any, dict[str, Any], list[int]]] = [
        (world.manager, {"user_id": ann}, [own["id"]]),
        (world.stranger, {"user_id": ann}, [other["id"]]),
        (world.operator, {"user_id": ann}, [other["id"], own["id"]]),
        (world.operator, {"user_id": ann, "platform_key": "acme"}, [own["id"]]),
        (world.operator, {"user_id": ann, "platform_org": "ZETA"}, [other["id"]]),
        (world.operator, {"user_id": ann, "platform_key": "none"}, []),
        (world.stranger, {"user_id": bob}, []),
        (world.stranger, {"email": "bob@acme.example"}, []),
        (world.manager, {"user_id": 999}, []),
        (world.manager, {"user": "nobody"}, []),
    ]
    for caller, query, expected in asked:
        assert ids(reaching(caller, kind, **query)) == expected, query
    problem(world.manager.get(kind.reaching, user_id=ann, platform_key="zeta"), 403)
    problem(world.nobody.get(kind.reaching, user_id=ann), 401)


@kinds
def test_a_parameter_that_cannot_be_read_is_named(world: World, kind: Kind) -> None:
    wrong: list[tuple[str, Any]] = [
        ("user_id", "ann"),
        ("user_id", HUGE),
        ("user", ""),
        ("username", ""),
        ("email", ""),
        ("page", 0),
        ("sort", ""),
    ]
    for name, value in wrong:
        problem(world.manager.get(kind.reaching, **{name: value}), 400, name)
    assert reaching(world.manager, kind, user=str(HUGE)) == []


def test_each_kind_has_a_list_of_its_own(world: World) -> None:
    ann = world.member("ann")
    made = [suggested(world, kind, ann)["id"] for kind in KINDS]
    found = [ids(reaching(world.manager, kind, user_id=ann)) for kind in KINDS]
    assert found == [[each] for each in made]
