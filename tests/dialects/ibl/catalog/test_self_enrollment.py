"""POST and DELETE /api/catalog/enrollment/{programs,pathways}/self/ (ibl B15)."""

from typing import Any

from seatledger.domain.command import AssignSeat
from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import CATALOG, ids, key_of
from tests.dialects.ibl.world import COURSE_KIND, ROOT, Caller, World, problem

PROGRAMS = f"{CATALOG}/enrollment/programs"
PATHWAYS = f"{CATALOG}/enrollment/pathways"
NURSING = {"program_id": "nursing", "org": "ACME"}


def enrolled(world: World, path: str, **query: Any) -> list[int]:
    return ids(world.manager.get(f"{path}/search/", **query).json()["results"], "user_id")


def pathway(world: World, owner: int) -> None:
    body = {"user_id": owner, "name": "My way", "path": [], "pathway_id": "way"}
    checked(world.manager.post(f"{CATALOG}/pathways/", body), "catalog_pathways_create", 201)


def test_a_member_enrolls_and_leaves_a_program(world: World) -> None:
    ann = world.member("ann")
    caller = key_of(world, ann)
    made = checked(
        caller.post(f"{PROGRAMS}/self/", NURSING), "catalog_enrollment_programs_self_create"
    )
    assert (made["user_id"], made["active"]) == (ann, True)
    assert enrolled(world, PROGRAMS) == [ann]
    gone = caller.delete(f"{PROGRAMS}/self/", **NURSING)
    checked(gone, "catalog_enrollment_programs_self_destroy", 204)
    assert enrolled(world, PROGRAMS) == []


def test_a_member_enrolls_and_leaves_a_pathway(world: World) -> None:
    ann = world.member("ann")
    pathway(world, ann)
    caller, named = key_of(world, ann), {"pathway_id": "way"}
    made = caller.post(f"{PATHWAYS}/self/", named)
    assert checked(made, "catalog_enrollment_pathways_self_create")["active"]
    assert enrolled(world, PATHWAYS) == [ann]
    gone = caller.delete(f"{PATHWAYS}/self/", **named)
    assert not checked(gone, "catalog_enrollment_pathways_self_destroy")["active"]
    assert enrolled(world, PATHWAYS) == []


def test_an_admin_may_name_somebody_else(world: World) -> None:
    """They might enroll them by the other path just as well."""
    ann = world.member("ann")
    answer = world.manager.post(f"{PROGRAMS}/self/", {**NURSING, "user_id": ann})
    assert answer.json()["user_id"] == ann


def test_a_key_that_is_nobodys_must_name_somebody(world: World) -> None:
    problem(world.manager.post(f"{PROGRAMS}/self/", NURSING), 400, "user_id")
    problem(world.manager.delete(f"{PROGRAMS}/self/", **NURSING), 400, "user_id")


def test_only_active_members_may_enroll_themselves(world: World) -> None:
    """B15."""
    licence = world.licence(COURSE_KIND)
    seated = world.do(AssignSeat(ROOT, pool_id=licence["id"], email="guest@acme.example"))
    guest = seated.learner.id
    caller = key_of(world, guest)
    problem(caller.post(f"{PROGRAMS}/self/", NURSING), 403)
    world.link(guest)
    assert caller.post(f"{PROGRAMS}/self/", NURSING).status_code == 200
    world.link(guest, active=False)
    body = {**NURSING, "user_id": guest}
    problem(world.manager.post(f"{PROGRAMS}/self/", body), 403)
    assert enrolled(world, PROGRAMS) == [guest]


def test_a_member_of_another_platform_is_none_here(world: World) -> None:
    """B15, asked by an operator, who knows everybody."""
    zoe = world.member("zoe", "zeta")
    for path, named in ((PROGRAMS, NURSING), (PATHWAYS, {"pathway_id": "way"})):
        if path == PATHWAYS:
            pathway(world, world.member("ann"))
        problem(world.operator.post(f"{path}/self/", {**named, "user_id": zoe}), 403)
        assert enrolled(world, path) == []


def test_strangers_and_nobody_are_refused(world: World) -> None:
    zoe: Caller = key_of(world, world.member("zoe", "zeta"), "zeta")
    problem(zoe.post(f"{PROGRAMS}/self/", NURSING), 404)
    problem(zoe.post(f"{PROGRAMS}/self/", {**NURSING, "platform_key": "acme"}), 403)
    problem(world.nobody.post(f"{PROGRAMS}/self/", NURSING), 401)
    problem(world.nobody.delete(f"{PATHWAYS}/self/", pathway_id="way"), 401)


def test_bad_input_names_its_field(world: World) -> None:
    caller = key_of(world, world.member("ann"))
    problem(caller.post(f"{PROGRAMS}/self/", {}), 400, "program_id")
    problem(caller.post(f"{PROGRAMS}/self/", {"program_id": "other"}), 404)
    problem(caller.post(f"{PATHWAYS}/self/", {}), 400, "pathway_uuid")
    problem(caller.delete(f"{PATHWAYS}/self/", pathway_id="way", active="so"), 400, "active")
