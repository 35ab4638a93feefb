"""GET, POST and DELETE /api/catalog/pathways/ (ibl M7, C6)."""

import json
from typing import Any

import pytest

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, HUGE, ids
from tests.dialects.ibl.world import COURSE, World, problem

PATH = f"{CATALOG}/pathways/"
STEPS = [{"item_id": COURSE, "type": "course"}, {"item_id": "b", "optional": True}]


def new(user_id: int, **fields: Any) -> dict[str, Any]:
    return {"user_id": user_id, "name": "My way", "path": STEPS, **fields}


def made(world: World, user_id: int, **fields: Any) -> dict[str, Any]:
    answer = world.manager.post(PATH, new(user_id, **fields))
    pathway: dict[str, Any] = checked(answer, "catalog_pathways_create", 201)
    return pathway


def listed(world: World, caller: str = "operator", **query: Any) -> list[str]:
    rows = checked(getattr(world, caller).get(PATH, **query), "catalog_pathways_list")
    return ids(rows, "pathway_id")


def test_a_pathway_is_made_and_named_by_itself(world: World) -> None:
    ann = world.member("ann")
    pathway = made(world, ann)
    assert pathway["pathway_id"].startswith("my-way-")
    assert len(pathway["pathway_uuid"]) == 36
    assert json.loads(pathway["path"]) == STEPS
    assert (pathway["user_id"], pathway["username"]) == (ann, "ann@acme.example")
    assert (pathway["platform_key"], pathway["visible"], pathway["data"]) == ("acme", True, None)
    assert listed(world) == [pathway["pathway_id"]]


def test_owner_and_id_together_name_the_same_pathway(world: World) -> None:
    """C6."""
    ann, bob = world.member("ann"), world.member("bob")
    first = made(world, ann, pathway_id="way", slug="my-way", visible=False, data={"a": 1})
    changed = checked(
        world.manager.post(PATH, new(ann, pathway_id="way", name="Other", path=[])),
        "catalog_pathways_create",
        200,
    )
    assert changed == {**first, "name": "Other", "path": "[]"}  # what is left out stays
    assert made(world, bob, pathway_id="way")["id"] != first["id"]


def test_a_uuid_names_a_pathway_and_never_makes_one(world: World) -> None:
    """M7."""
    ann, bob = world.member("ann"), world.member("bob")
    way = made(world, ann, pathway_id="way")
    other = made(world, ann, pathway_id="other")
    body = new(ann, pathway_uuid=way["pathway_uuid"], pathway_id="renamed")
    changed = checked(world.manager.post(PATH, body), "catalog_pathways_create", 200)
    assert (changed["id"], changed["pathway_id"]) == (way["id"], "renamed")
    problem(world.manager.post(PATH, new(ann, pathway_uuid="nothing")), 404)
    problem(world.manager.post(PATH, new(bob, pathway_uuid=way["pathway_uuid"])), 404)
    taken = new(ann, pathway_uuid=way["pathway_uuid"], pathway_id="other")
    problem(world.manager.post(PATH, taken), 400, "pathway_id")
    assert listed(world) == ["renamed", other["pathway_id"]]


def test_pathways_are_filtered(world: World) -> None:
    ann, bob = world.member("ann"), world.member("bob")
    made(world, ann, pathway_id="a", slug="Way-A")
    hidden = made(world, bob, pathway_id="b", name="Hidden", visible=False, path=[])
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["a", "b"]),
        ({"pathway_id": "b"}, ["b"]),
        ({"pathway_uuid": hidden["pathway_uuid"]}, ["b"]),
        ({"name": "My way"}, ["a"]),
        ({"slug": "way-a"}, ["a"]),
        ({"user_id": bob}, ["b"]),
        ({"username": "ann@acme.example"}, ["a"]),
        ({"visible": "false"}, ["b"]),
        ({"item_id": COURSE}, ["a"]),
        ({"platform_key": "zeta"}, []),
    ]
    assert [(query, listed(world, **query)) for query, _ in asked] == asked


def test_a_pathway_nobody_is_enrolled_in_can_be_deleted(world: World) -> None:
    ann = world.member("ann")
    made(world, ann, pathway_id="way")
    query = {"pathway_id": "way", "user_id": ann}
    gone = checked(world.manager.delete(PATH, **query), "catalog_pathways_destroy")
    assert gone == {"count": 1, "type": {"pathway": 1}}
    again = checked(world.manager.delete(PATH, **query), "catalog_pathways_destroy")
    assert again == {"count": 0, "type": {}}


def test_a_pathway_somebody_is_enrolled_in_stays(world: World) -> None:
    ann = world.member("ann")
    made(world, ann, pathway_id="way")
    enrolment = {"user_id": ann, "pathway_id": "way"}
    assert world.manager.post(f"{CATALOG}/enrollment/pathways/", enrolment).status_code == 200
    problem(world.manager.delete(PATH, pathway_id="way", user_id=ann), 400)
    assert listed(world) == ["way"]


def test_a_stranger_sees_changes_and_deletes_nothing(world: World) -> None:
    ann = world.member("ann")
    way = made(world, ann, pathway_id="way")
    assert listed(world, "stranger") == []
    problem(world.stranger.get(PATH, platform_key="acme"), 403)
    problem(world.stranger.post(PATH, new(ann, platform_key="acme")), 403)
    problem(world.stranger.post(PATH, new(ann, pathway_uuid=way["pathway_uuid"])), 404)
    gone = world.stranger.delete(PATH, pathway_id="way", user_id=ann)
    assert checked(gone, "catalog_pathways_destroy")["count"] == 0
    assert listed(world) == ["way"]


def test_an_operator_must_name_the_platform(world: World) -> None:
    ann = world.member("ann")
    problem(world.operator.post(PATH, new(ann)), 400, "platform_key")
    answer = world.operator.post(PATH, new(ann, platform_key="acme"))
    checked(answer, "catalog_pathways_create", 201)


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"user_id": None}, 400, "user_id"),
        ({"user_id": HUGE}, 400, "user_id"),
        ({"user_id": 999}, 404, None),
        ({"name": ""}, 400, "name"),
        ({"name": "n" * 256}, 400, "name"),
        ({"path": {}}, 400, "path"),
        ({"path": ["step"]}, 400, "path"),
        ({"path": [{"a": "\x00"}]}, 400, "path"),
        ({"pathway_id": "p" * 256}, 400, "pathway_id"),
        ({"slug": ""}, 400, "slug"),
        ({"visible": "yes"}, 400, "visible"),
    ],
)
def test_bad_input_names_its_field_and_makes_nothing(
    world: World, fields: dict[str, Any], status: int, field: str | None
) -> None:
    ann = world.member("ann")
    problem(world.manager.post(PATH, {**new(ann), **fields}), status, field)
    assert listed(world) == []


def test_a_delete_needs_the_pathway_and_its_owner(world: World) -> None:
    problem(world.manager.delete(PATH, user_id=1), 400, "pathway_id")
    problem(world.manager.delete(PATH, pathway_id="way"), 400, "user_id")
    problem(world.manager.delete(PATH, pathway_id="way", user_id="x"), 400, "user_id")
