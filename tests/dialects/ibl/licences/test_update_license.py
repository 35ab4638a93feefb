"""POST licenses/{kind}/update/ (C4, D7–D10, F7, F8, V8, W3, W4, W8, W34–W36)."""

from typing import Any

import pytest

from tests.dialects.ibl import contract
from tests.dialects.ibl.world import ALL, COURSE_KIND, SEATED, USER_KIND, Kind, World, problem

FIELDS: dict[str, Any] = {
    "name": "Autumn",
    "count": 12,
    "started": "2026-02-01T00:00:00Z",
    "expired": "2027-02-01T00:00:00Z",
    "active": False,
    "metadata": {"b": 2},
    "source": "shop",
}


def update(world: World, kind: Kind, **body: Any) -> dict[str, Any]:
    answer = world.operator.post(f"{kind}/update/", body)
    changed: dict[str, Any] = contract.checked(answer, f"catalog_licenses_{kind}_update_create")
    return changed


def refused(world: World, kind: Kind, status: int, field: str | None = None, **body: Any) -> None:
    problem(world.operator.post(f"{kind}/update/", body), status, field)


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize("selector", ["license_id", "external_id"])
def test_each_field_can_change_and_the_rest_stays(world: World, kind: Kind, selector: str) -> None:
    """C4, D8."""
    made = world.licence(kind, external_id="A-1", metadata={"a": 1}, expired="2026-12-31T00:00:00Z")
    named = {"license_id": made["id"]} if selector == "license_id" else {"external_id": "A-1"}
    expected = dict(made)
    for field, value in FIELDS.items():
        expected[field] = value
        assert update(world, kind, **named, **{field: value}) == expected


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_end_of_null_is_no_end(world: World, kind: Kind) -> None:
    """D8: null is a value of its own."""
    made = world.licence(kind, expired="2026-12-31T00:00:00Z")
    assert update(world, kind, license_id=made["id"])["expired"] == "2026-12-31T00:00:00Z"
    assert update(world, kind, license_id=made["id"], expired=None)["expired"] is None


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_metadata_is_replaced_as_a_whole_and_never_null(world: World, kind: Kind) -> None:
    """W36."""
    made = world.licence(kind, metadata={"a": 1, "b": {"c": 2}})
    refused(world, kind, 400, "metadata", license_id=made["id"], metadata=None)
    assert update(world, kind, license_id=made["id"], metadata={"b": 3})["metadata"] == {"b": 3}


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_enrollment_config_is_taken_on_every_kind_with_seats(world: World, kind: Kind) -> None:
    """D8, V8, W36."""
    made = world.licence(kind)
    changed = update(world, kind, license_id=made["id"], enrollment_config={"started": "x"})
    assert changed == made
    refused(world, kind, 400, "enrollment_config", license_id=made["id"], enrollment_config=None)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_one_selector_is_needed(world: World, kind: Kind) -> None:
    """C4, W34. The body as a whole may be left out, and then says nothing."""
    refused(world, kind, 400, "license_id", count=5)
    answer = world.operator.send("POST", f"{kind}/update/")
    problem(answer, 400, "license_id")


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_two_selectors_must_name_one_licence(world: World, kind: Kind) -> None:
    """W34."""
    one = world.licence(kind, external_id="A-1")
    two = world.licence(kind, external_id="A-2")
    refused(world, kind, 400, "external_id", license_id=one["id"], external_id="A-2", count=1)
    refused(world, kind, 400, "external_id", license_id=one["id"], external_id="A-9", count=1)
    changed = update(world, kind, license_id=two["id"], external_id="A-2", count=1)
    assert (changed["id"], changed["count"]) == (two["id"], 1)
    assert world.look(kind, one["id"])["count"] == 10


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_unknown_licence_is_404(world: World, kind: Kind) -> None:
    """D7."""
    refused(world, kind, 404, license_id=99, count=1)
    refused(world, kind, 404, license_id=2**63 - 1)
    refused(world, kind, 404, external_id="none", count=1)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_a_licence_of_another_kind_is_unknown(world: World, kind: Kind) -> None:
    other = COURSE_KIND if kind is not COURSE_KIND else USER_KIND
    made = world.licence(other, external_id="A-1")
    refused(world, kind, 404, license_id=made["id"], count=1)
    refused(world, kind, 404, external_id="A-1", count=1)
    assert world.look(other, made["id"])["count"] == 10


@pytest.mark.parametrize("kind", ALL, ids=str)
@pytest.mark.parametrize("field", ["platform_key", "platform_org"])
def test_another_platform_is_refused_and_the_same_is_fine(
    world: World, kind: Kind, field: str
) -> None:
    """D9, W35."""
    made = world.licence(kind)
    own, other = ("acme", "zeta") if field == "platform_key" else ("ACME", "ZETA")
    for named in (other, "nowhere"):
        refused(world, kind, 400, field, license_id=made["id"], count=3, **{field: named})
    assert world.look(kind, made["id"])["count"] == 10
    assert update(world, kind, license_id=made["id"], count=3, **{field: own})["count"] == 3


@pytest.mark.parametrize("kind", SEATED[:2], ids=str)
def test_another_item_is_refused_and_the_same_is_fine(world: World, kind: Kind) -> None:
    """D9, W35."""
    made = world.licence(kind)
    (field, own), *_ = kind.item.items()
    refused(world, kind, 400, field, license_id=made["id"], count=3, **{field: "other"})
    assert world.look(kind, made["id"])["count"] == 10
    assert update(world, kind, license_id=made["id"], count=3, **{field: own})["count"] == 3


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_the_count_may_fall_to_what_is_in_use_and_no_further(world: World, kind: Kind) -> None:
    """F7, W4: nothing is changed by a refused call."""
    made = world.licence(kind, 5)
    for name in ("ada", "bob"):
        world.assign(kind, made["id"], email=f"{name}@acme.example")
    refused(world, kind, 400, "count", license_id=made["id"], count=1, name="less")
    assert world.look(kind, made["id"])["name"] == made["name"]
    changed = update(world, kind, license_id=made["id"], count=2)
    assert changed["count"] == changed["usage_count"] == 2


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_a_negative_count_is_400(world: World, kind: Kind) -> None:
    """W3."""
    made = world.licence(kind)
    refused(world, kind, 400, "count", license_id=made["id"], count=-1)
    refused(world, kind, 400, "count", license_id=made["id"], count=2**31)
    refused(world, kind, 400, "count", license_id=made["id"], count="many")


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_end_may_not_come_before_the_start(world: World, kind: Kind) -> None:
    """W8, also where only one of them is said."""
    made = world.licence(kind, started="2026-04-01", expired="2026-05-01")
    refused(world, kind, 400, "expired", license_id=made["id"], expired="2026-03-31")
    refused(world, kind, 400, "expired", license_id=made["id"], started="2026-05-02")
    changed = update(world, kind, license_id=made["id"], expired="2026-04-01")
    assert changed["expired"] == changed["started"] == "2026-04-01T00:00:00Z"


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_switching_a_licence_off_leaves_its_assignments(world: World, kind: Kind) -> None:
    """F8, W7."""
    made = world.licence(kind)
    given = world.assign(kind, made["id"], email="ada@acme.example")
    changed = update(world, kind, license_id=made["id"], active=False)
    assert (changed["active"], changed["usage_count"]) == (False, 1)
    assert world.seats(kind, made["id"]) == [given]


def test_more_seats_go_to_who_waits_for_one(world: World) -> None:
    """W26: in order of joining."""
    made = world.licence(COURSE_KIND, 1)
    group = world.group(world.member("ada"))
    world.grant(COURSE_KIND, made["id"], group)
    bob, cy = world.member("bob"), world.member("cy")
    world.regroup(group, world.seats(COURSE_KIND, made["id"])[0]["user_id"], bob, cy)
    assert world.used(COURSE_KIND, made["id"]) == 1
    assert update(world, COURSE_KIND, license_id=made["id"], count=2)["usage_count"] == 2
    assert [row["user_id"] for row in world.seats(COURSE_KIND, made["id"])][1:] == [bob]
