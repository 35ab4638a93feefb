"""GET licenses/{kind}/ (D11, S1–S6, V1, V5, W48–W51)."""

from typing import Any

import pytest

from tests.dialects.ibl import contract
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


def listed(world: World, kind: Kind, **query: Any) -> dict[str, Any]:
    answer = world.operator.get(f"{kind}/", **query)
    page: dict[str, Any] = contract.checked(answer, f"catalog_licenses_{kind}_retrieve")
    return page


def names(world: World, kind: Kind, **query: Any) -> list[str]:
    return [row["name"] for row in listed(world, kind, **query)["results"]]


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_an_empty_list_is_an_envelope_without_rows(world: World, kind: Kind) -> None:
    """S1, V1."""
    links = dict.fromkeys(["next", "next_page", "previous", "previous_page"])
    assert listed(world, kind) == {"count": 0, "results": [], **links}


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_the_newest_come_first_fifty_at_a_time(world: World, kind: Kind) -> None:
    """D11, S3, W48."""
    for number in range(52):
        world.licence(kind, name=f"{number}")
    first = listed(world, kind)
    assert first["count"] == 52
    assert [row["name"] for row in first["results"]] == [f"{n}" for n in range(51, 1, -1)]
    assert names(world, kind, page=2) == ["1", "0"]


def test_pages_lead_to_each_other_by_links_under_both_names(world: World) -> None:
    """S1, V1: links repeat the path as it was spelled, and every other parameter."""
    for number in range(5):
        world.licence(COURSE_KIND, name=f"{number}", metadata={"a b": "ü&=?"})
    path = "/dm/api/ibl/catalog/licenses/course/"
    query = {"page_size": 2, "sort": "id", "a b": "ü&=?", "active": "true"}
    page = world.manager.get(path, **query).json()
    seen = [[row["name"] for row in page["results"]]]
    while page["next_page"] is not None:
        assert page["next"] == page["next_page"]
        assert page["next"].startswith(f"http://testserver.local{path}?")
        page = world.manager.get(page["next"]).json()
        seen.append([row["name"] for row in page["results"]])
    assert seen == [["0", "1"], ["2", "3"], ["4"]]
    assert page["next"] is None
    back = world.manager.get(page["previous"]).json()
    assert page["previous"] == page["previous_page"]
    assert [row["name"] for row in back["results"]] == ["2", "3"]


def test_a_page_past_the_end_is_empty_and_leads_back_to_the_last(world: World) -> None:
    """W48: lists have no 404."""
    for number in range(3):
        world.licence(COURSE_KIND, name=f"{number}")
    for far in (3, 900, 2**63 - 1):
        page = listed(world, COURSE_KIND, page=far, page_size=2, sort="id")
        assert (page["count"], page["results"], page["next"]) == (3, [], None)
        last = world.operator.get(page["previous"]).json()
        assert [row["name"] for row in last["results"]] == ["2"]


def test_a_page_is_a_positive_whole_number(world: World, subtests: pytest.Subtests) -> None:
    """W48."""
    for field in ("page", "page_size"):
        for value in ("0", "-1", "x", "1.0", "1e1", "", "99999999999999999999"):
            with subtests.test(f"{field}={value}"):
                problem(world.operator.get("course/", **{field: value}), 400, field)


def test_a_page_has_five_hundred_rows_at_most(world: World) -> None:
    """W48: asking for more is asking for that many."""
    world.licence(COURSE_KIND)
    assert len(names(world, COURSE_KIND, page_size=100_000)) == 1


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_a_list_is_sorted_by_a_field_either_way(
    world: World, kind: Kind, subtests: pytest.Subtests
) -> None:
    """S3, W49: ties are broken by id."""
    for name, count, day in (("b", 3, 3), ("a", 1, 2), ("c", 1, 4)):
        start, end = f"2026-04-0{day}", f"2026-05-0{day}"
        world.licence(kind, count, name=name, source=name, started=start, expired=end)
    orders = {"id": "bac", "count": "acb", "name": "abc", "source": "abc"}
    for field, order in {**orders, "started": "abc", "expired": "abc"}.items():
        with subtests.test(field):
            assert "".join(names(world, kind, sort=field)) == order
            assert "".join(names(world, kind, sort=f"-{field}")) == order[::-1]


def test_an_unknown_sort_is_400(world: World, subtests: pytest.Subtests) -> None:
    """W49."""
    for sort in ("colour", "-", "--id", "", "id,name", "pools.id", "held"):
        with subtests.test(sort):
            problem(world.operator.get("course/", sort=sort), 400, "sort")


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_filters_combine(world: World, kind: Kind) -> None:
    """D11, S4."""
    world.licence(kind, name="Spring", source="crm", external_id="A-1")
    world.licence(kind, name="Spring 50%", source="shop", active=False)
    world.licence(kind, name="Autumn_", source="crm", active=False)
    assert names(world, kind, name="Spring") == ["Spring"]
    assert names(world, kind, query="spring") == ["Spring 50%", "Spring"]
    assert names(world, kind, query="%") == ["Spring 50%"]
    assert names(world, kind, query="_") == ["Autumn_"]
    assert names(world, kind, source="crm") == ["Autumn_", "Spring"]
    assert names(world, kind, external_id="A-1") == ["Spring"]
    assert names(world, kind, source="crm", active="false") == ["Autumn_"]
    assert names(world, kind, source="crm", name="Spring 50%") == []


def test_a_flag_is_true_false_1_or_0_in_any_case(world: World, subtests: pytest.Subtests) -> None:
    """W51."""
    world.licence(COURSE_KIND, name="on")
    world.licence(COURSE_KIND, name="off", active=False)
    for said, found in {"true": "on", "TRUE": "on", "1": "on", "False": "off", "0": "off"}.items():
        with subtests.test(said):
            assert names(world, COURSE_KIND, active=said) == [found]
    for said in ("yes", "2", "", "null", "tru"):
        with subtests.test(said):
            problem(world.operator.get("course/", active=said), 400, "active")
            problem(world.operator.get("course/", verbose=said), 400, "verbose")


def test_courses_and_programs_are_found_by_their_item(world: World) -> None:
    """D11."""
    world.licence(COURSE_KIND)
    world.licence(PROGRAM_KIND)
    assert listed(world, COURSE_KIND, course_id=COURSE)["count"] == 1
    assert listed(world, COURSE_KIND, course_id="course-v1:other")["count"] == 0
    for found in (PROGRAM, "nursing"):
        assert listed(world, PROGRAM_KIND, program_id=found)["count"] == 1
    for missing in ("ursing", "NURSING", "ACME", "+nursing", "other+nursing", "%"):
        assert listed(world, PROGRAM_KIND, program_id=missing)["count"] == 0


@pytest.mark.parametrize("kind", ALL, ids=str)
def test_any_other_parameter_filters_by_metadata(world: World, kind: Kind) -> None:
    """S6, W50: text, numbers and flags are compared as text; an unknown key finds nothing."""
    world.licence(kind, name="one", metadata={"term": 7, "paid": True, "team": "it's"})
    world.licence(kind, name="two", metadata={"term": 8, "paid": True, "name": "three"})
    assert names(world, kind, term=7) == ["one"]
    assert names(world, kind, paid="true") == ["two", "one"]
    assert names(world, kind, team="it's") == ["one"]
    assert names(world, kind, paid="true", term=8) == ["two"]
    assert names(world, kind, colour="red") == []
    assert names(world, kind, name="three") == []  # a known parameter is never metadata


@pytest.mark.parametrize("kind", SEATED, ids=str)
def test_seats_in_use_are_counted_and_summed_up(world: World, kind: Kind) -> None:
    """F2, F3, V4, V5, W5: those of members are active, those of everybody else are pending."""
    made = world.licence(kind, 9)
    for name in ("ada", "bob"):
        world.assign(kind, made["id"], user_id=world.member(name))
    world.assign(kind, made["id"], email="unknown@acme.example")
    world.assign(kind, made["id"], email="off@acme.example", active=False)
    other = world.licence(kind, 5)
    summary = {"total": 3, "active": 2, "pending": 1}
    for verbose in (False, True):
        rows = {row["id"]: row for row in listed(world, kind, verbose=verbose)["results"]}
        used, empty = rows[made["id"]], rows[other["id"]]
        assert (used["usage_count"], empty["usage_count"]) == (3, 0)
        if verbose or kind is not COURSE_KIND:
            assert used["assignments"] == summary
            assert empty["assignments"] == {"total": 0, "active": 0, "pending": 0}
        else:
            assert "assignments" not in used


def test_platform_licences_have_no_seats_to_count(world: World) -> None:
    """F2, W11."""
    world.licence(PLATFORM_KIND)
    (row,) = listed(world, PLATFORM_KIND, verbose=True)["results"]
    assert not {"usage_count", "assignments"} & set(row)
    problem(world.operator.get("platform/assignment/", license_id=1), 404)
