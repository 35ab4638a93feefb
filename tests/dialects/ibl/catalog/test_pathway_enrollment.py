"""GET, POST and DELETE /api/catalog/enrollment/pathways/, and …/search/ (ibl P2, C6)."""

from typing import Any

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, ids
from tests.dialects.ibl.world import DAY, NOON, Clock, World, problem

PATH = f"{CATALOG}/enrollment/pathways/"
SEARCH = f"{PATH}search/"
NAME = "catalog_enrollment_pathways"


def pathway(world: World, owner: int, key: str = "way") -> dict[str, Any]:
    body = {"user_id": owner, "name": "My way", "path": [], "pathway_id": key, "slug": "my-way"}
    answer = world.manager.post(f"{CATALOG}/pathways/", body)
    made: dict[str, Any] = checked(answer, "catalog_pathways_create", 201)
    return made


def enroll(world: World, user_id: int, **fields: Any) -> dict[str, Any]:
    answer = world.manager.post(PATH, {"user_id": str(user_id), **fields})
    enrollment: dict[str, Any] = checked(answer, f"{NAME}_create")
    return enrollment


def searched(world: World, caller: str = "manager", **query: Any) -> list[dict[str, Any]]:
    answer = getattr(world, caller).get(SEARCH, **query)
    rows: list[dict[str, Any]] = checked(answer, f"{NAME}_search_retrieve")["results"]
    return rows


def test_somebody_is_enrolled(world: World) -> None:
    ann, bob = world.member("ann"), world.member("bob")
    way = pathway(world, ann)
    enrollment = enroll(world, bob, pathway_uuid=way["pathway_uuid"])
    assert enrollment == {"created": "2026-03-01T12:00:00Z", "ended": None, "active": True}
    (row,) = searched(world)
    assert row == {
        **enrollment,
        "user_id": bob,
        "username": "bob@acme.example",
        "pathway_id": "way",
        "pathway_uuid": way["pathway_uuid"],
        "platform_key": "acme",
        "org": "ACME",
        "name": "My way",
        "slug": "my-way",
        "metadata": {},
    }
    one = world.manager.get(PATH, user_id=bob, pathway_uuid=way["pathway_uuid"])
    assert checked(one, f"{NAME}_retrieve") == row


def test_a_pathway_is_named_in_many_ways(world: World) -> None:
    """C6."""
    ann = world.member("ann")
    way = pathway(world, ann)
    for naming in (
        {"pathway_uuid": way["pathway_uuid"]},
        {"pathway_id": "way"},
        {"pathway_id": "way", "platform_key": "acme", "org": "ACME"},
        {"pathway_key": "ACME+way"},
        {"pathway_key": "way", "pathway_id": "way"},
        {"slug": "my-way"},
    ):
        assert enroll(world, ann, **naming)["active"]
    assert len(searched(world)) == 1
    body = {"user_id": ann, "pathway_key": "ACME+way", "pathway_id": "other"}
    problem(world.manager.post(PATH, body), 400, "pathway_key")


def test_of_pathways_with_one_id_ones_own_is_meant(world: World) -> None:
    ann, bob, eve = (world.member(name) for name in ("ann", "bob", "eve"))
    of_ann, of_bob = pathway(world, ann), pathway(world, bob)
    enroll(world, bob, pathway_id="way")
    assert ids(searched(world), "pathway_uuid") == [of_bob["pathway_uuid"]]
    problem(world.manager.post(PATH, {"user_id": eve, "pathway_id": "way"}), 400, "pathway_uuid")
    enroll(world, eve, pathway_uuid=of_ann["pathway_uuid"])
    assert len(searched(world)) == 2


def test_a_delete_deactivates_and_removes_nothing(world: World, clock: Clock) -> None:
    """P2."""
    ann = world.member("ann")
    pathway(world, ann)
    enroll(world, ann, pathway_id="way", metadata={"a": 1})
    clock.now = NOON + DAY
    query = {"user_id": ann, "pathway_id": "way"}
    gone = checked(world.manager.delete(PATH, **query), f"{NAME}_destroy")
    assert (gone["active"], gone["ended"]) == (False, "2026-03-02T12:00:00Z")
    assert checked(world.manager.delete(PATH, **query), f"{NAME}_destroy") == gone
    assert searched(world) == []
    problem(world.manager.get(PATH, **query), 404)
    shown = checked(world.manager.get(PATH, **query, active="false"), f"{NAME}_retrieve")
    assert (shown["ended"], shown["metadata"]) == (gone["ended"], {"a": 1})
    assert ids(searched(world, active="0"), "ended") == [gone["ended"]]
    bare = world.manager.get(PATH, **query, active="false", include_metadata="false").json()
    assert bare["metadata"] is None


def test_who_was_never_enrolled_cannot_be_deactivated(world: World) -> None:
    ann = world.member("ann")
    pathway(world, ann)
    problem(world.manager.delete(PATH, user_id=ann, pathway_id="way"), 404)


def test_searches_are_filtered_and_paged_by_number(world: World) -> None:
    people = {name: world.member(name) for name in "abc"}
    way = pathway(world, people["a"])
    for user_id in people.values():
        enroll(world, user_id, pathway_uuid=way["pathway_uuid"])
    asked: list[tuple[dict[str, Any], str]] = [
        ({}, "cba"),
        ({"sort": "id"}, "abc"),
        ({"user_id": people["b"]}, "b"),
        ({"username": "c@acme.example"}, "c"),
        ({"pathway_id": "way"}, "cba"),
        ({"pathway_id": "other"}, ""),
        ({"pathway_uuid": way["pathway_uuid"]}, "cba"),
        ({"slug": "none"}, ""),
        ({"platform_key": "acme"}, "cba"),
    ]
    found = [
        (query, "".join(row["username"][0] for row in searched(world, **query)))
        for query, _ in asked
    ]
    assert found == asked
    page = world.manager.get(SEARCH, page=2, page_size=2).json()
    assert (page["count"], page["previous_page"], page["next_page"]) == (3, 1, None)


def test_a_stranger_sees_and_changes_nothing(world: World) -> None:
    ann = world.member("ann")
    way = pathway(world, ann)
    enroll(world, ann, pathway_id="way")
    named = {"user_id": ann, "pathway_uuid": way["pathway_uuid"]}
    problem(world.stranger.get(PATH, **named), 404)
    problem(world.stranger.get(SEARCH, org="ACME"), 403)
    problem(world.stranger.post(PATH, named), 404)
    problem(world.stranger.post(PATH, {**named, "platform_key": "acme"}), 403)
    problem(world.stranger.delete(PATH, **named), 404)
    zoe = world.member("zoe", "zeta")
    problem(world.stranger.post(PATH, {**named, "user_id": zoe}), 404)
    assert searched(world, "stranger") == []
    assert len(searched(world)) == 1


def test_bad_input_names_its_field_and_enrolls_nobody(world: World) -> None:
    ann = world.member("ann")
    pathway(world, ann)
    for body, status, field in [
        ({"pathway_id": "way"}, 400, "user_id"),
        ({"user_id": "ann", "pathway_id": "way"}, 400, "user_id"),
        ({"user_id": 999, "pathway_id": "way"}, 404, None),
        ({"user_id": ann}, 400, "pathway_uuid"),
        ({"user_id": ann, "pathway_id": "other"}, 404, None),
        ({"user_id": ann, "pathway_id": 7}, 400, "pathway_id"),
        ({"user_id": ann, "pathway_id": "way", "active": 1}, 400, "active"),
        ({"user_id": ann, "pathway_id": "way", "metadata": "x"}, 400, "metadata"),
    ]:
        problem(world.manager.post(PATH, body), status, field)
    problem(world.manager.get(PATH, user_id=ann), 400, "pathway_uuid")
    problem(world.manager.get(PATH, pathway_id="way"), 400, "user_id")
    problem(world.manager.get(SEARCH, sort="price"), 400, "sort")
    assert searched(world) == []
