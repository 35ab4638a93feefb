"""POST suggestions/{kind}/manage/ (ibl O1, O2, O8, C1, C6, W15–W17, W52, W54, W56)."""

from typing import Any

import pytest

from tests.dialects.ibl.people_contract import checked
from tests.dialects.ibl.persons import HUGE, ids
from tests.dialects.ibl.suggestions.cast import (
    COURSE_KIND,
    NOON_SAID,
    PATHWAY_KIND,
    PROGRAM_KIND,
    Kind,
    kinds,
    listed,
    pathway,
    said_of,
    subject,
    suggested,
)
from tests.dialects.ibl.world import COURSE_KIND as COURSE_LICENCE
from tests.dialects.ibl.world import DAY, NOON, Caller, Clock, World, problem


@kinds
def test_something_is_suggested_to_a_person(world: World, kind: Kind) -> None:
    """O1: not accepted, visible."""
    ann = world.member("ann")
    assert suggested(world, kind, ann) == {
        "id": 1,
        "user_id": ann,
        "username": "ann@acme.example",
        "name": "ann",
        "platform_key": "acme",
        "accepted": False,
        "visible": True,
        "created": NOON_SAID,
        "modified": NOON_SAID,
        "metadata": {},
        **said_of(world, kind),
    }


@kinds
def test_again_it_is_the_same_row_and_what_is_left_out_stays(
    world: World, clock: Clock, kind: Kind
) -> None:
    """O1, W12."""
    ann = world.member("ann")
    first = suggested(world, kind, ann, visible=False, metadata={"why": 1}, suggested_by="bo")
    clock.now = NOON + DAY
    assert suggested(world, kind, ann) == first  # nothing changed, so it was not modified
    second = suggested(world, kind, ann, accepted=True)
    assert second == {**first, "accepted": True, "modified": "2026-03-02T12:00:00Z"}
    third = suggested(world, kind, ann, metadata={})
    assert third == {**second, "metadata": {}}
    assert ids(listed(world.manager, kind)) == [first["id"]]


@kinds
def test_other_people_and_other_subjects_are_other_rows(world: World, kind: Kind) -> None:
    ann, bob = world.member("ann"), world.member("bob")
    rows = [
        suggested(world, kind, ann),
        suggested(world, kind, bob),
        suggested(world, kind, ann, **subject(world, kind, 2)),
    ]
    assert len(set(ids(rows))) == 3


@kinds
def test_a_person_is_named_in_many_ways(world: World, kind: Kind) -> None:
    """O2; the id decides (W16)."""
    ann = world.member("ann")
    world.member("bob")
    what = subject(world, kind)
    for who in (
        {"user_id": ann},
        {"user_id": f" {ann} "},
        {"username": "ann@acme.example"},
        {"email": " ANN@acme.example "},
        {"user_id": ann, "email": "bob@acme.example"},
    ):
        answer = world.manager.post(kind.manage, {**what, **who})
        assert checked(answer, kind.operation("manage_create"))["user_id"] == ann, who
    assert len(listed(world.manager, kind)) == 1


@kinds
def test_no_seat_is_given_and_none_is_needed(world: World, kind: Kind) -> None:
    """O8."""
    ann = world.member("ann")
    licence = world.licence(COURSE_LICENCE, count=0)
    suggested(world, kind, ann, accepted=True)
    assert world.used(COURSE_LICENCE, licence["id"]) == 0


def test_who_holds_a_seat_and_is_not_registered_may_be_suggested_something(world: World) -> None:
    """W14: they have a placeholder account."""
    licence = world.licence(COURSE_LICENCE)
    seat = world.assign(COURSE_LICENCE, licence["id"], email="new@else.example")
    row = suggested(world, COURSE_KIND, seat["user_id"])
    assert (row["username"], row["name"]) == ("new@else.example", "")


def test_a_course_that_the_platform_has_a_licence_of_may_be_suggested(world: World) -> None:
    ann = world.member("ann")
    theirs = subject(world, COURSE_KIND, platform="zeta")
    problem(world.manager.post(COURSE_KIND.manage, {"user_id": ann, **theirs}), 404)
    world.licence(COURSE_LICENCE, course_id=theirs["course_id"])
    assert suggested(world, COURSE_KIND, ann, **theirs)["course_id"] == theirs["course_id"]


def test_a_pathway_is_named_by_uuid_or_id(world: World) -> None:
    """C6: the uuid decides; an id means the person's own, else the only one."""
    ann, bob = world.member("ann"), world.member("bob")
    of_ann = pathway(world, "way", owner="ann")["pathway_uuid"]
    assert suggested(world, PATHWAY_KIND, bob, pathway_id="way")["pathway_uuid"] == of_ann
    of_bob = pathway(world, "way", owner="bob")["pathway_uuid"]
    assert suggested(world, PATHWAY_KIND, bob, pathway_id="way")["pathway_uuid"] == of_bob
    both = {"pathway_id": "way", "pathway_uuid": of_bob}
    assert suggested(world, PATHWAY_KIND, ann, **both)["pathway_uuid"] == of_bob
    refused: list[tuple[dict[str, Any], int, str | None]] = [
        ({"pathway_id": "way", "user_id": world.member("eve")}, 400, "pathway_uuid"),
        ({"pathway_id": "other", "pathway_uuid": of_ann}, 400, "pathway_id"),
        ({"pathway_id": "way", "pathway_uuid": "none"}, 404, None),
        ({"pathway_id": "other"}, 404, None),
        ({}, 400, "pathway_uuid"),
    ]
    for wrong, status, field in refused:
        answer = world.manager.post(PATHWAY_KIND.manage, {"user_id": ann, **wrong})
        problem(answer, status, field)


@kinds
def test_the_platform_is_named_in_query_body_both_or_by_the_key(world: World, kind: Kind) -> None:
    """C1, C2, W56."""
    ann = world.member("ann")
    body = {"user_id": ann, **subject(world, kind)}
    acme, zeta = {"platform_key": "acme"}, {"platform_key": "zeta"}
    asked: list[tuple[Caller, dict[str, Any], dict[str, Any], int]] = [
        (world.manager, {}, {}, 200),
        (world.manager, acme, acme, 200),
        (world.manager, {"platform_org": "ACME"}, {}, 200),
        (world.manager, zeta, {}, 403),
        (world.manager, {}, zeta, 403),
        (world.manager, {}, {"platform_org": "ZETA"}, 403),
        (world.operator, acme, {}, 200),
        (world.operator, {}, acme, 200),
        (world.operator, {}, {"platform_org": "ACME"}, 200),
        (world.operator, {}, {**acme, "platform_org": "ZETA"}, 404),
        (world.operator, {}, {"platform_key": "none"}, 404),
        (world.operator, zeta, {}, 404),
    ]
    for caller, query, named, status in asked:
        answer = caller.post(kind.manage, {**body, **named}, params=query)
        assert answer.status_code == status, (query, named, answer.text)
    problem(world.operator.post(kind.manage, body), 400, "platform_key")
    differ = world.operator.post(kind.manage, {**body, **acme}, params=zeta)
    problem(differ, 400, "platform_key")
    assert len(listed(world.manager, kind)) == 1


WRONG: list[tuple[dict[str, Any], int, str | None]] = [
    ({"user_id": None}, 400, "user_id"),
    ({"user_id": "ann"}, 400, "user_id"),
    ({"user_id": HUGE}, 400, "user_id"),
    ({"user_id": True}, 400, "user_id"),
    ({"user_id": 1.5}, 400, "user_id"),
    ({"user_id": 999}, 404, None),
    ({"user_id": 999, "email": "ann@acme.example"}, 404, None),
    ({"username": ""}, 400, "username"),
    ({"email": 7}, 400, "email"),
    ({"accepted": None}, 400, "accepted"),
    ({"accepted": "true"}, 400, "accepted"),
    ({"visible": 1}, 400, "visible"),
    ({"direct": "no"}, 400, "direct"),
    ({"suggested_by": 5}, 400, "suggested_by"),
    ({"suggested_by": "a\x00"}, 400, "suggested_by"),
    ({"metadata": None}, 400, "metadata"),
    ({"metadata": []}, 400, "metadata"),
    ({"metadata": {"a": "\x00"}}, 400, "metadata"),
    ({"platform_key": ""}, 400, "platform_key"),
    ({"department_mode": "x"}, 400, "department_mode"),
]


@kinds
def test_bad_input_names_its_field_and_suggests_nothing(
    world: World, kind: Kind, subtests: pytest.Subtests
) -> None:
    good = {"user_id": world.member("ann"), **subject(world, kind)}
    of_kind: list[tuple[dict[str, Any], int, str | None]] = [
        ({kind.field: None}, 400, kind.field),
        ({kind.field: ""}, 400, kind.field),
        ({kind.field: 7}, 400, kind.field),
        ({kind.field: "nothing"}, 404, None),
        (subject(world, kind, platform="zeta"), 404, None),
    ]
    for fields, status, field in [*WRONG, *of_kind]:
        with subtests.test(repr(fields)):
            problem(world.manager.post(kind.manage, {**good, **fields}), status, field)
    for field in ("user_id", kind.field):
        left = {name: value for name, value in good.items() if name != field}
        problem(world.manager.post(kind.manage, left), 400, field)
    answer = world.manager.post(kind.manage, good, params={"department_mode": "x"})
    problem(answer, 400, "department_mode")
    assert listed(world.manager, kind) == []


def test_unknown_fields_are_ignored_and_forms_are_read(world: World) -> None:
    """A9, W54."""
    ann = world.member("ann")
    form = {
        "user_id": str(ann),
        **subject(world, PROGRAM_KIND),
        "accepted": "1",
        "metadata": '{"a": [1]}',
        "id": "77",
    }
    answer = world.manager.send("POST", PROGRAM_KIND.manage, data=form)
    row = checked(answer, PROGRAM_KIND.operation("manage_create"))
    assert (row["id"], row["accepted"], row["metadata"]) == (1, True, {"a": [1]})


@kinds
def test_list_parameters_are_accepted_and_ignored(world: World, kind: Kind) -> None:
    """W19a."""
    body = {"user_id": world.member("ann"), **subject(world, kind)}
    query = {"page": 0, "page_size": "x", "sort": "none", "query": ""}
    answer = world.manager.post(kind.manage, body, params=query)
    checked(answer, kind.operation("manage_create"))


@kinds
def test_a_stranger_can_suggest_nothing_of_ours_and_to_nobody_of_ours(
    world: World, kind: Kind
) -> None:
    """W56."""
    ann, zoe = world.member("ann"), world.member("zoe", "zeta")
    ours, theirs = subject(world, kind), subject(world, kind, platform="zeta")
    problem(world.stranger.post(kind.manage, {"user_id": zoe, **ours}), 404)
    problem(world.stranger.post(kind.manage, {"user_id": ann, **theirs}), 404)
    problem(world.stranger.post(kind.manage, {"email": "ann@acme.example", **theirs}), 404)
    problem(world.stranger.post(kind.manage, {"user_id": ann, **ours, "platform_key": "acme"}), 403)
    assert listed(world.operator, kind, platform_key="zeta") == []
