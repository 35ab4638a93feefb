"""POST /v1/pool/{id}/license: who gets a license, until when, and what counts change."""

from datetime import UTC, datetime
from typing import Any

import pytest

from seatledger.domain.command import AssignSeat
from seatledger.domain.item import ItemKind
from seatledger.storage.events import of_pool
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import DAY, ENDS, NOON, World, refused


def test_a_new_license_is_shown_with_the_documented_fields(world: World) -> None:
    """Rules 2, 15, 20, 21; table 3.6: all ids but the course's are integers here."""
    pool_id = world.pool()
    body = {"email": "jon.vale@acme.example", "name": "Jon Vale", "endDate": "2027-06-30"}
    answer = world.ask("POST", f"/v1/pool/{pool_id}/license", json={**body, "recycle": False})
    assert answer.status_code == 200
    license_ = answer.json()
    assert license_ == {
        "id": license_["id"],
        "poolId": pool_id,
        "courseId": world.get(f"/v1/pool/{pool_id}")["course"]["id"],
        "start": "2026-03-01T12:00:00+00:00",
        "end": "2027-06-30T00:00:00+00:00",
        "active": True,
        "revokable": True,
        "editable": True,
        "student": {
            "id": license_["student"]["id"],
            "name": "Jon Vale",
            "email": "jon.vale@acme.example",
        },
    }
    assert isinstance(license_["id"], int)
    assert isinstance(license_["student"]["id"], int)
    assert world.counts(pool_id) == (2, 1, 1)


def test_without_an_end_date_the_license_ends_with_its_pool(world: World) -> None:
    """Rules 9, 19, 46."""
    pool_id = world.pool(end=datetime(2027, 1, 12, 16, 44, 5, tzinfo=UTC))
    assert world.assign(pool_id, "mira")["end"] == "2027-01-12T16:44:05+00:00"
    assert world.assign(world.pool("dax", end=None), "mira")["end"] == ENDS["never"]


def test_an_end_date_of_null_is_none_at_all(world: World) -> None:
    """Rule 19; O11."""
    license_ = world.assign(world.pool(), "mira", endDate=None, name=None, recycle=None)
    assert (license_["end"], license_["student"]["name"]) == (ENDS["pool"], "Student")


def test_access_stops_at_the_start_of_the_end_date(world: World) -> None:
    """Rules 20, 42; O37."""
    license_ = world.assign(world.pool(), "mira", endDate="2026-03-02")
    world.clock.now = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)
    assert world.get(f"/v1/license/{license_['id']}")["active"] is True
    world.clock.now = datetime(2026, 3, 2, tzinfo=UTC)
    assert world.get(f"/v1/license/{license_['id']}")["active"] is False


@pytest.mark.parametrize("name", [{}, {"name": None}, {"name": ""}, {"name": "  "}])
def test_a_new_student_without_a_name_is_called_student(world: World, name: dict[str, Any]) -> None:
    """Rule 16."""
    assert world.assign(world.pool(), "mira", **name)["student"]["name"] == "Student"


def test_a_known_student_keeps_name_address_and_id(world: World) -> None:
    """O13, O23."""
    first = world.assign(world.pool(), "Mira", name="Mira Okafor")["student"]
    answer = world.try_assign(world.pool("dax"), " mIRA@ACME.example ", name="Somebody Else")
    assert answer.json()["student"] == first
    assert first["email"] == "Mira@acme.example"


def test_a_student_whom_nobody_named_is_shown_as_student(world: World) -> None:
    """Rule 16."""
    pool_id = world.pool()
    world.carry_out(AssignSeat(SHELL, pool_id=pool_id, email="mira@acme.example"))
    (license_,) = world.get("/v1/licenses")
    assert license_["student"]["name"] == "Student"


@pytest.mark.parametrize(
    ("email", "transferable", "status"),
    [
        pytest.param("mira@acme.example", True, 200, id="the domain"),
        pytest.param("mira@ACME.Example", True, 200, id="in any case"),
        pytest.param("mira@eu.acme.example", True, 400, id="not below it"),
        pytest.param("mira@notacme.example", True, 400, id="not one like it"),
        pytest.param("mira@zeta.example", True, 400, id="not another"),
        pytest.param("mira@zeta.example", False, 200, id="any, where untransferable"),
    ],
)
def test_the_domain_decides_who_may_hold_a_transferable_license(
    world: World, email: str, transferable: bool, status: int
) -> None:
    """Rules 10, 11, 13; O12."""
    pool_id = world.pool(transferable=transferable)
    answer = world.try_assign(pool_id, email)
    assert answer.status_code == status
    if status == 400:
        assert refused(answer) == (400, "domain_not_allowed")
        assert answer.json()["field"] == "email"
        assert world.counts(pool_id) == (2, 0, 2)


def test_a_manager_without_a_list_of_domains_may_assign_to_any(world: World) -> None:
    """Rule 12."""
    world.platform("zeta")
    pool_id = world.pool(platform_key="zeta")
    path, body = f"/v1/pool/{pool_id}/license", {"email": "mira@elsewhere.example"}
    assert world.ask("POST", path, by="zeta", json=body).status_code == 200


def test_who_is_enrolled_in_the_course_gets_no_second_license(world: World) -> None:
    """Rule 17; O7, O31."""
    pool_id = world.pool()
    world.assign(pool_id, "mira")
    for recycle in (False, True):
        answer = world.try_assign(pool_id, "MIRA@acme.example", recycle=recycle)
        assert refused(answer) == (400, "already_enrolled")
    assert world.counts(pool_id) == (2, 1, 1)


def test_a_license_of_another_pool_of_the_course_blocks_too(world: World) -> None:
    """Rule 17."""
    world.assign(world.pool(), "mira")
    other = world.pool(transferable=False)
    assert refused(world.try_assign(other, "mira@acme.example")) == (400, "already_enrolled")
    assert world.counts(other) == (2, 0, 2)


def test_a_license_of_another_course_does_not_block(world: World) -> None:
    """Rules 1, 17."""
    world.assign(world.pool(), "mira")
    assert world.try_assign(world.pool("dax"), "mira@acme.example").status_code == 200


def test_a_license_from_another_manager_does_not_block(world: World) -> None:
    """Rule 55: what a student has from others is no matter of this manager."""
    world.platform("zeta")
    theirs = world.pool(platform_key="zeta")
    body = {"email": "mira@acme.example"}
    first = world.ask("POST", f"/v1/pool/{theirs}/license", by="zeta", json=body)
    assert first.status_code == 200
    assert world.try_assign(world.pool(), "mira@acme.example").status_code == 200


@pytest.mark.parametrize("transferable", [True, False])
def test_after_its_end_the_same_student_can_be_assigned_again(
    world: World, transferable: bool
) -> None:
    """Rules 6, 18, 48: a new license, and the old one stays as a record."""
    pool_id = world.pool(transferable=transferable)
    first = world.assign(pool_id, "mira", endDate="2026-03-02")
    world.clock.forward(days=1)
    second = world.assign(pool_id, "mira")
    assert second["id"] > first["id"]
    assert second["student"] == first["student"]
    assert world.license_ids(includeInactive=True) == [first["id"], second["id"]]
    assert world.counts(pool_id) == ((2, 1, 1) if transferable else (2, 2, 0))


def test_after_a_revoke_the_same_student_can_be_assigned_again(world: World) -> None:
    """Rules 6, 18."""
    pool_id = world.pool(size=1)
    first = world.assign(pool_id, "mira")
    world.revoke(first["id"])
    assert world.assign(pool_id, "mira")["id"] != first["id"]


def test_a_license_of_a_pool_that_is_over_does_not_block(world: World) -> None:
    """Rules 18, 46."""
    world.assign(world.pool(end=NOON + DAY), "mira")
    fresh = world.pool()
    world.clock.forward(days=1)
    assert world.try_assign(fresh, "mira@acme.example").status_code == 200


@pytest.mark.parametrize("transferable", [True, False])
def test_a_full_pool_gives_nothing(world: World, transferable: bool) -> None:
    """Rules 22, 24; O8."""
    pool_id = world.pool(size=1, transferable=transferable)
    world.assign(pool_id, "mira")
    for body in ({}, {"recycle": False}, {"recycle": not transferable}):
        answer = world.try_assign(pool_id, "jon@acme.example", **body)
        assert refused(answer) == (400, "no_available_licenses")
    assert world.counts(pool_id) == (1, 1, 0)


def test_a_refused_assignment_makes_no_student(world: World) -> None:
    """Rules 15, 28."""
    pool_id = world.pool(size=0)
    assert world.try_assign(pool_id, "mira@acme.example").status_code == 400
    found = world.ask("GET", "/v1/student", params={"email": "mira@acme.example"})
    assert refused(found) == (404, "not_found")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        pytest.param({"end": NOON}, "pool_ended", id="at its end"),
        pytest.param({"end": NOON - DAY}, "pool_ended", id="after its end"),
        pytest.param({"start": NOON + DAY}, "pool_not_started", id="before its start"),
        pytest.param({"active": False}, "pool_inactive", id="switched off"),
    ],
)
def test_a_pool_that_is_not_in_force_gives_nothing(
    world: World, how: dict[str, object], code: str
) -> None:
    """Rule 49."""
    pool_id = world.pool(**how)  # type: ignore[arg-type]
    assert refused(world.try_assign(pool_id, "mira@acme.example")) == (400, code)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        pytest.param("2025-12-31", "end_in_past", id="in the past"),
        pytest.param("2026-03-01", "end_in_past", id="today"),
        pytest.param("0001-01-01", "end_in_past", id="the first day there is"),
        pytest.param("2029-02-04", "end_after_pool", id="after the pool"),
        pytest.param("9999-12-31", "end_after_pool", id="the last day there is"),
    ],
)
def test_an_end_that_no_license_may_have_is_refused_not_capped(
    world: World, day: str, code: str
) -> None:
    """Rules 33, 35, 46; O9, O10."""
    answer = world.try_assign(world.pool(), "mira@acme.example", endDate=day)
    assert refused(answer) == (400, code)
    assert answer.json()["field"] == "endDate"


def test_a_refused_end_names_the_end_of_the_pool(world: World) -> None:
    """O9."""
    answer = world.try_assign(world.pool(), "mira@acme.example", endDate="2030-01-01")
    assert ENDS["pool"] in answer.json()["message"]


@pytest.mark.parametrize(
    ("pool_end", "day"),
    [
        pytest.param(datetime(2029, 2, 3, tzinfo=UTC), "2029-02-03", id="midnight"),
        pytest.param(datetime(2029, 2, 3, 16, 44, 5, tzinfo=UTC), "2029-02-03", id="later"),
        pytest.param(None, "9999-12-31", id="never"),
    ],
)
def test_the_day_on_which_the_pool_ends_is_allowed(
    world: World, pool_end: datetime | None, day: str
) -> None:
    """Rules 19, 34."""
    license_ = world.assign(world.pool(end=pool_end), "mira", endDate=day)
    assert license_["end"] == f"{day}T00:00:00+00:00"


def test_an_untransferable_license_may_have_an_end_of_its_own(world: World) -> None:
    """Rule 56; O29."""
    license_ = world.assign(world.pool(transferable=False), "mira", endDate="2027-06-30")
    assert license_["end"] == "2027-06-30T00:00:00+00:00"
    assert (license_["active"], license_["revokable"], license_["editable"]) == (True, False, False)
    assert refused(world.change(license_["id"], "2028-06-30")) == (400, "not_transferable")


@pytest.mark.parametrize(
    "others",
    [
        pytest.param({"platform_key": "zeta"}, id="another manager's"),
        pytest.param({"item_kind": ItemKind.PROGRAM}, id="of no course"),
    ],
)
def test_a_pool_that_is_not_the_manager_s_is_unknown(world: World, others: dict[str, str]) -> None:
    """O3."""
    world.platform("zeta")
    pool_id = world.pool("suite", **others)  # type: ignore[arg-type]
    answer = world.try_assign(pool_id, "mira@acme.example")
    assert refused(answer) == (404, "not_found")
    assert answer.json() == world.try_assign(999, "mira@acme.example").json()


def test_the_ledger_says_who_assigned_and_through_which_tongue(world: World) -> None:
    pool_id = world.pool()
    license_ = world.assign(pool_id, "mira")
    with world.database.read() as unit:
        (event,) = [each for each in of_pool(unit, pool_id) if each.kind == "seat_assigned"]
    assert (event.subject_id, event.surface, event.actor) == (license_["id"], "sqlbi", "first")
