"""POST licenses/{kind}/create/ (D1–D7, E2, F1, J1–J3, W2, W3, W8, W33, W37)."""

from typing import Any

import pytest

from tests.dialects.ibl.world import (
    ALL,
    COURSE,
    COURSE_KIND,
    PLATFORM_KIND,
    PROGRAM,
    PROGRAM_KIND,
    SEATED,
    Kind,
    World,
    problem,
)

NOON_TEXT = "2026-03-01T12:00:00Z"


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_what_is_left_out_gets_a_value_that_is_never_null(world: World, kind: Kind) -> None:
    """D1, D2, D3, D5, W37: 200 with the licence."""
    body = {name: value for name, value in kind.create.items() if name != "count"}
    made = world.operator.post(f"{kind}/create/", body).json()
    named = {"course": COURSE, "program": PROGRAM}.get(kind.name, "")
    said = {
        "id": 1,
        "created": NOON_TEXT,
        "started": NOON_TEXT,
        "expired": None,
        "name": named,
        "count": 0,
        "active": True,
        "metadata": {},
        "source": "api" if kind is PROGRAM_KIND else "",
        "external_id": None,
        "platform_key": "acme",
    }
    extra = set(made) - set(said)
    assert {name: made[name] for name in said} == said
    summary = {"assignments", "usage_count"}
    assert (
        extra
        == {
            "course": {"course_id", "usage_count"},
            "program": {"program_id", "program_key", "program_name", *summary},
            "user": summary,
            "platform": set(),
        }[kind.name]
    )


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_what_is_said_is_kept(world: World, kind: Kind) -> None:
    """D5, D6: enrollment_config, transaction_id and change_type are taken and not said again."""
    said: dict[str, Any] = {
        "name": "Spring intake",
        "count": 40,
        "started": "2026-04-01T00:00:00Z",
        "expired": "2026-10-01T00:00:00Z",
        "active": False,
        "metadata": {"order": 7, "tags": ["a"]},
        "source": "crm",
        "external_id": "A-77",
    }
    unsaid: dict[str, Any] = {
        "enrollment_config": {"started": "2026-04-02", "anything": [1]},
        "transaction_id": "t-1",
        "change_type": "imported",
    }
    made = world.licence(kind, **said, **unsaid)
    assert {name: made[name] for name in said} == said
    assert not set(unsaid) & set(made)
    assert world.look(kind, made["id"]) == {**made, **summary_of(kind)}


def summary_of(kind: Kind) -> dict[str, Any]:
    """Course licences have a summary when asked verbosely (V5)."""
    empty = {"total": 0, "active": 0, "pending": 0}
    return {} if kind is PLATFORM_KIND else {"assignments": empty}


def test_the_published_sample_is_accepted(world: World) -> None:
    """D2, W8: it starts and ends at the same instant."""
    sample = {
        "platform_key": "acme",
        "platform_org": "ACME",
        "course_id": COURSE,
        "name": "name",
        "count": 0,
        "started": "2024-01-02T03:04:05+00:00",
        "expired": "2024-01-02T03:04:05+00:00",
        "active": True,
        "metadata": {"ANY": "anything"},
        "enrollment_config": {"ANY": "anything"},
        "source": "source",
        "external_id": "external_id",
        "transaction_id": "transaction_id",
        "change_type": "create",
    }
    answer = world.operator.post("course/create/", sample)
    assert answer.status_code == 200
    assert answer.json()["started"] == answer.json()["expired"] == "2024-01-02T03:04:05Z"


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_end_before_the_start_is_400(world: World, kind: Kind) -> None:
    """W8."""
    body = {**kind.create, "started": "2026-04-02", "expired": "2026-04-01"}
    problem(world.operator.post(f"{kind}/create/", body), 400, "expired")
    assert world.operator.get(f"{kind}/").json()["count"] == 0


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_unknown_platform_is_404(world: World, kind: Kind) -> None:
    """D7."""
    body = {**kind.create, "platform_key": "nowhere"}
    problem(world.operator.post(f"{kind}/create/", body), 404)


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_two_names_of_different_platforms_are_404(world: World, kind: Kind) -> None:
    body = {**kind.create, "platform_org": "ZETA"}
    problem(world.operator.post(f"{kind}/create/", body), 404)


@pytest.mark.parametrize(
    ("kind", "field"), [(COURSE_KIND, "course_id"), (PROGRAM_KIND, "program_key")], ids=str
)
def test_an_unknown_course_or_program_is_404(world: World, kind: Kind, field: str) -> None:
    """D7."""
    body = {**kind.create, field: "course-v1:ACME+none+1"}
    problem(world.operator.post(f"{kind}/create/", body), 404)
    assert world.operator.get(f"{kind}/").json()["count"] == 0


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_external_id_is_used_once_within_a_kind(world: World, kind: Kind) -> None:
    """C5, W33."""
    world.licence(kind, external_id="A-1")
    body = {**kind.create, "external_id": "A-1", "platform_key": "acme"}
    problem(world.operator.post(f"{kind}/create/", body), 400, "external_id")
    other = next(each for each in ALL if each is not kind)
    world.licence(other, external_id="A-1")
    assert world.operator.get(f"{kind}/").json()["count"] == 1


@pytest.mark.parametrize("nothing", ["", None], ids=["empty", "null"])
def test_an_empty_external_id_counts_as_none_and_may_repeat(
    world: World, nothing: str | None
) -> None:
    """W33."""
    for _ in range(2):
        assert world.licence(COURSE_KIND, external_id=nothing)["external_id"] is None


def test_two_licences_for_one_course_are_independent(world: World) -> None:
    """W10."""
    first, second = world.licence(COURSE_KIND, 1), world.licence(COURSE_KIND, 1)
    for made in (first, second):
        world.assign(COURSE_KIND, made["id"], email="ada@acme.example")
    assert [world.used(COURSE_KIND, made["id"]) for made in (first, second)] == [1, 1]


@pytest.mark.parametrize(
    "named",
    [
        {"program_key": PROGRAM},
        {"program_id": "nursing"},
        {"program_id": PROGRAM},
        {"program_id": "nursing", "org": "ACME"},
        {"program_id": "nursing", "org": "ACME", "platform_key": "zeta"},
    ],
    ids=str,
)
def test_a_program_is_named_by_key_or_by_org_and_id(world: World, named: dict[str, str]) -> None:
    """C6, V3: a platform and a program are all that is required."""
    answer = world.operator.post("program/create/", {"platform_key": "acme", **named})
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert (made["program_key"], made["program_id"]) == (PROGRAM, "nursing")
    assert made["program_name"] == "Nursing"


def test_a_program_licence_must_name_a_program_and_a_platform(world: World) -> None:
    """V3, D4."""
    problem(world.operator.post("program/create/", {"platform_key": "acme"}), 400, "program_key")
    problem(world.operator.post("program/create/", {"program_key": PROGRAM}), 400, "platform_key")
    body = {"program_id": "none", "platform_key": "acme"}
    problem(world.operator.post("program/create/", body), 404)


@pytest.mark.parametrize(
    "named", [{"platform_key": "zeta"}, {"platform_org": "ZETA"}, {"platform_id": 2}], ids=str
)
def test_the_platform_of_a_program_licence_is_named_in_three_ways(
    world: World, named: dict[str, Any]
) -> None:
    """D4."""
    answer = world.operator.post("program/create/", {"program_key": PROGRAM, **named})
    assert answer.json()["platform_key"] == "zeta"


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_a_count_of_zero_is_no_seat_at_all(world: World, kind: Kind) -> None:
    """W2."""
    made = world.licence(kind, 0)
    body = {"license_id": made["id"], "email": "ada@acme.example"}
    problem(world.manager.post(f"{kind}/assignment/", body), 400)
