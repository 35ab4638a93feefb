"""POST /api/catalog/invitations/{kind}/ (ibl L1–L3, L12–L15, W40, W54, B8)."""

from typing import Any

import pytest

from seatledger.domain.command import SaveItem
from seatledger.domain.item import ItemKind
from tests.dialects.ibl.invitations.inviting import (
    ALL,
    COURSES,
    OF_ITEMS,
    PATH,
    PLATFORMS,
    body_for,
    invite,
    listed,
)
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.world import ROOT, Kind, World, problem


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_invitation_answers_200_with_the_person_and_the_item(world: World, kind: Kind) -> None:
    made = invite(
        world,
        kind,
        source="Mira",
        redirect_to="https://acme.example/welcome",
        expired="2026-04-01T00:00:00+02:00",
        metadata={"team": 3},
    )
    assert made == {
        "id": 1,
        "user_id": 1,
        "username": None,
        "email": "ada@acme.example",
        "created": "2026-03-01T12:00:00Z",
        "started": None,
        "expired": "2026-03-31T22:00:00Z",
        "source": "Mira",
        "redirect_to": "https://acme.example/welcome",
        "active": True,
        "metadata": {"team": 3},
        **kind.item,
    }


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_the_same_person_and_item_is_updated_w40(world: World, kind: Kind) -> None:
    first = invite(world, kind, source="Mira", created="2026-01-01T00:00:00Z")
    again = invite(world, kind, email=" ADA@acme.example", active=False)
    assert again == {**first, "active": False}
    assert first["created"] == "2026-01-01T00:00:00Z"
    assert len(listed(world, kind)) == 1


def test_extra_fields_are_kept_as_metadata_l3(world: World) -> None:
    made = invite(world, COURSES, team=3, tags=["a"], metadata={"team": 4, "b": None})
    assert made["metadata"] == {"team": 4, "tags": ["a"], "b": None}
    assert invite(world, COURSES, source="x")["metadata"] == made["metadata"]
    assert invite(world, COURSES, c=1)["metadata"] == {"c": 1}


def test_what_is_known_of_the_person_is_no_metadata_l12(world: World) -> None:
    made = invite(
        world,
        PLATFORMS,
        company_name="Ada & Co",
        first_name="Ada",
        last_name="Lovelace",
        user_group="Nights",
        user_group_owner_email="boss@acme.example",
    )
    assert made["metadata"] == {}
    world.link(made["user_id"])
    (person,) = world.manager.get("/api/core/platform/users/", platform_key="acme").json()[
        "results"
    ]
    assert person["name"] == "Ada Lovelace"
    (group,) = world.manager.get("/api/core/user_groups/", platform_key="acme").json()["results"]
    assert group["name"] == "Nights"


def test_the_access_dates_and_the_config_are_taken_and_never_said_j1_j2(world: World) -> None:
    made = invite(
        world,
        COURSES,
        enrollment_config={"mode": "honor"},
        course_access_start_date="2026-04-01T00:00:00Z",
        course_access_expiration_date=None,
    )
    assert made["metadata"] == {}
    assert "enrollment_config" not in made


def test_a_username_is_the_address_while_there_is_no_other(world: World) -> None:
    ada = world.member("ada")
    made = invite(world, COURSES, username="ada@acme.example", email="other@acme.example")
    assert (made["user_id"], made["username"]) == (ada, "ada@acme.example")
    body = {**COURSES.item, "username": "nobody"}
    assert "learner" in problem(world.manager.post(f"{PATH}/course/", body), 404)


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "bad"}, "email"),
        ({"email": ""}, "email"),
        ({"email": None}, "email"),
        ({"email": 5}, "email"),
        ({"active": "yes"}, "active"),
        ({"expired": "tomorrow"}, "expired"),
        ({"expired": None}, "expired"),
        ({"created": 5}, "created"),
        ({"source": None}, "source"),
        ({"redirect_to": None}, "redirect_to"),
        ({"metadata": None}, "metadata"),
        ({"metadata": []}, "metadata"),
        ({"note": "\x00"}, "note"),
        ({"note": 2**64}, "note"),
    ],
)
def test_bad_fields_are_400_by_name_and_make_nothing(
    world: World, kind: Kind, said: dict[str, Any], field: str
) -> None:
    problem(world.manager.post(f"{PATH}/{kind}/", body_for(kind, **said)), 400, field)
    assert listed(world, kind) == []


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_person_and_item_are_needed_l1(world: World, kind: Kind) -> None:
    path = f"{PATH}/{kind}/"
    problem(world.manager.post(path, kind.item), 400, "email")
    (field,) = kind.item
    problem(world.manager.post(path, {"email": "ada@acme.example"}), 400, field)


@pytest.mark.parametrize("name", ["company_name", "first_name", "last_name", "user_group"])
def test_names_have_255_characters_at_most_l12(world: World, name: str) -> None:
    invite(world, PLATFORMS, **{name: "x" * 255})
    body = body_for(PLATFORMS, **{name: "x" * 256})
    problem(world.manager.post(f"{PATH}/platform/", body), 400, name)


@pytest.mark.parametrize("kind", OF_ITEMS, ids=str)
def test_unknown_and_foreign_items_are_404_l2(world: World, kind: Kind) -> None:
    (field,) = kind.item
    owner = ItemKind(kind.name)
    world.do(SaveItem(ROOT, kind=owner, key="theirs", platform_org="ZETA"))
    answers = [
        world.manager.post(f"{PATH}/{kind}/", body_for(kind, **{field: key}))
        for key in ("nothing", "theirs")
    ]
    assert problem(answers[0], 404) == problem(answers[1], 404)


def test_another_platform_is_403_for_a_manager_and_none_is_404_for_an_operator(
    world: World,
) -> None:
    body = body_for(PLATFORMS, platform_key="zeta")
    problem(world.manager.post(f"{PATH}/platform/", body), 403)
    problem(world.manager.post(f"{PATH}/course/?platform_key=zeta", body_for(COURSES)), 403)
    problem(world.manager.post(f"{PATH}/course/", body_for(COURSES, platform_org="ZETA")), 403)
    assert checked(
        world.operator.post(f"{PATH}/platform/", body), "catalog_invitations_platform_create"
    )
    unknown = body_for(PLATFORMS, platform_key="nowhere")
    problem(world.operator.post(f"{PATH}/platform/", unknown), 404)


def test_an_operators_invitation_is_of_the_items_owner(world: World) -> None:
    answer = world.operator.post(f"{PATH}/course/", body_for(COURSES))
    checked(answer, "catalog_invitations_course_create")
    assert len(listed(world, COURSES)) == 1


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_forms_say_the_same_a9(world: World, kind: Kind) -> None:
    form = body_for(kind, active="1", metadata='{"a": 1}', expired="2026-04-01", team="3")
    answer = world.manager.send("POST", f"{PATH}/{kind}/", data=form)
    made = checked(answer, f"catalog_invitations_{kind}_create")
    assert made["metadata"] == {"a": 1, "team": "3"}
    assert made["expired"] == "2026-04-01T00:00:00Z"


def test_list_parameters_are_ignored_on_a_post(world: World) -> None:
    path = f"{PATH}/course/?page=0&page_size=0&sort=&active=maybe&source=x"
    checked(world.manager.post(path, body_for(COURSES)), "catalog_invitations_course_create")


def test_the_other_spelling_of_the_path_a2(world: World) -> None:
    answer = world.manager.post("/api/ibl/catalog/invitations/platform/", body_for(PLATFORMS))
    checked(answer, "catalog_invitations_platform_create")
