"""GET suggestions/{kind}/manage/ (ibl O7, S1–S4, T1, V1, W48, W49, W51, W56)."""

from typing import Any

from httpx import URL

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import ids
from tests.dialects.ibl.suggestions.cast import (
    KINDS,
    PATHWAY_KIND,
    Kind,
    kinds,
    listed,
    said_of,
    subject,
    suggested,
    suggested_to_group,
)
from tests.dialects.ibl.world import DAY, NOON, Clock, World, problem


def of_three(world: World, kind: Kind, clock: Clock) -> dict[str, int]:
    """Suggestions to ann, bob and cem, a day between them; bob's was changed last."""
    rows = {}
    for day, name in enumerate(("ann", "bob", "cem")):
        clock.now = NOON + day * DAY
        rows[name] = suggested(world, kind, world.member(name), visible=name != "ann")["id"]
    clock.now = NOON + 9 * DAY
    suggested(world, kind, world.member("bob"), accepted=True)
    return rows


@kinds
def test_the_newest_come_first_or_as_asked(world: World, clock: Clock, kind: Kind) -> None:
    """O7, W49: ties are broken by id."""
    of_three(world, kind, clock)
    asked = {
        "-id": "cba",
        "id": "abc",
        "created": "abc",
        "-modified": "bca",
        "accepted": "acb",
        "-visible": "cba",
        "user_id": "abc",
    }
    assert "".join(row["name"][0] for row in listed(world.manager, kind)) == "cba"
    found = {
        sort: "".join(row["name"][0] for row in listed(world.manager, kind, sort=sort))
        for sort in asked
    }
    assert found == asked


@kinds
def test_pages_are_cut_and_linked(world: World, clock: Clock, kind: Kind) -> None:
    """S1, V1, W48."""
    of_three(world, kind, clock)
    answer = world.manager.get(kind.manage, platform_key="acme", page_size=1, page=2)
    page = checked(answer, kind.operation("manage_retrieve"))
    assert (page["count"], len(page["results"])) == (3, 1)
    for name, number in (("next", "3"), ("previous", "1")):
        link = URL(page[name])
        assert page[f"{name}_page"] == page[name]
        assert (link.host, link.path) == ("testserver.local", kind.manage)
        assert dict(link.params) == {"platform_key": "acme", "page_size": "1", "page": number}
    assert listed(world.manager, kind, page=9) == []


@kinds
def test_a_query_is_contained_in_a_name_of_subject_or_person(
    world: World, clock: Clock, kind: Kind
) -> None:
    rows = of_three(world, kind, clock)
    title = {"course": "ONE", "program": "urs", "pathway": "my W"}[kind.name]
    key = {"course": "v1:ACME", "program": "acme+nursing", "pathway": "WAY-1"}[kind.name]
    asked: list[tuple[str, set[int]]] = [
        (title, set(rows.values())),
        (key, set(rows.values())),
        ("ANN@", {rows["ann"]}),
        ("cem", {rows["cem"]}),
        ("%", set()),
        ("nobody", set()),
    ]
    found = [(text, set(ids(listed(world.manager, kind, query=text)))) for text, _ in asked]
    assert found == asked


@kinds
def test_each_kind_and_those_to_groups_have_lists_of_their_own(world: World, kind: Kind) -> None:
    ann = world.member("ann")
    for each in KINDS:
        suggested(world, each, ann)
    suggested_to_group(world, kind, world.group(ann))
    (row,) = listed(world.manager, kind)
    assert {name: row[name] for name in said_of(world, kind)} == said_of(world, kind)


@kinds
def test_everybody_lists_their_own_platform(world: World, kind: Kind) -> None:
    """C1, C2, T1, W56."""
    row = suggested(world, kind, world.member("ann"))
    assert listed(world.manager, kind, platform_key="acme", platform_org="ACME") == [row]
    assert listed(world.operator, kind, platform_key="acme") == [row]
    assert listed(world.operator, kind, platform_org="ACME") == [row]
    assert listed(world.operator, kind, platform_key="zeta") == []
    assert listed(world.operator, kind, platform_key="none") == []
    assert listed(world.operator, kind, platform_key="acme", platform_org="ZETA") == []
    assert listed(world.stranger, kind) == []
    problem(world.operator.get(kind.manage), 400, "platform_key")
    problem(world.stranger.get(kind.manage, platform_key="acme"), 403)
    problem(world.stranger.get(kind.manage, platform_org="ACME"), 403)
    problem(world.nobody.get(kind.manage), 401)


@kinds
def test_a_parameter_that_cannot_be_read_is_named(world: World, kind: Kind) -> None:
    wrong: list[tuple[str, Any]] = [
        ("sort", "price"),
        ("sort", ""),
        ("page", 0),
        ("page", "x"),
        ("page_size", -1),
        ("department_mode", "maybe"),
        ("query", ""),
        ("query", "\x00"),
        ("platform_key", ""),
    ]
    for name, value in wrong:
        problem(world.manager.get(kind.manage, **{name: value}), 400, name)


def test_a_pathway_is_shown_as_it_is_now(world: World) -> None:
    row = suggested(world, PATHWAY_KIND, world.member("ann"))
    body = {"user_id": world.member("owner"), "name": "Our way", "path": []}
    uuid = {"pathway_uuid": row["pathway_uuid"]}
    assert world.manager.post("/api/catalog/pathways/", {**body, **uuid}).status_code == 200
    assert listed(world.manager, PATHWAY_KIND) == [{**row, "pathway_name": "Our way"}]


def test_other_subjects_do_not_come_along(world: World) -> None:
    ann = world.member("ann")
    for kind in KINDS:
        second = suggested(world, kind, ann, **subject(world, kind, 2))
        assert ids(listed(world.manager, kind)) == [second["id"]]
