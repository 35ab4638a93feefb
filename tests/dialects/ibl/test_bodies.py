"""Request bodies: formats, types, null and what can't be kept (A9, W3, W36, W53, W54)."""

from typing import Any

import pytest

from tests.dialects.ibl.world import COURSE, COURSE_KIND, World, problem

FORM = {
    "platform_key": "acme",
    "course_id": COURSE,
    "count": "3",
    "active": "FALSE",
    "started": "2026-05-01T00:00:00Z",
    "expired": "",
    "external_id": "",
    "metadata": '{"term": 7}',
}


def is_the_form(answer: Any) -> None:
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert (made["count"], made["active"], made["metadata"]) == (3, False, {"term": 7})
    assert (made["started"], made["expired"]) == ("2026-05-01T00:00:00Z", None)
    assert made["external_id"] is None


def test_a_body_may_be_a_form_whose_text_is_converted(world: World) -> None:
    """A9."""
    is_the_form(world.operator.send("POST", "course/create/", data=FORM))


def test_a_body_may_be_a_form_in_parts(world: World) -> None:
    """A9."""
    parts = {name: (None, value) for name, value in FORM.items()}
    is_the_form(world.operator.send("POST", "course/create/", files=parts))


def test_a_body_may_be_json_under_either_name(world: World, subtests: pytest.Subtests) -> None:
    """A9."""
    names = ["application/json", "application/scim+json", "application/JSON; charset=utf-8"]
    for name in names:
        with subtests.test(name):
            headers = {"content-type": name}
            answer = world.operator.post("course/create/", COURSE_KIND.create, headers=headers)
            assert answer.status_code == 200


def test_another_format_is_415(world: World, subtests: pytest.Subtests) -> None:
    for name in ("text/plain", "application/xml", "image/png"):
        with subtests.test(name):
            headers = {"content-type": name}
            answer = world.operator.send("POST", "course/create/", content=b"{}", headers=headers)
            assert "application/json" in problem(answer, 415)


def test_a_file_is_not_read(world: World) -> None:
    files = {"course_id": ("a.txt", b"course")}
    problem(world.operator.send("POST", "course/create/", files=files), 400, "course_id")


NO_OBJECTS = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b'{"count": NaN}',
    b'{"count": 1e999}',
    b'{"name": "\\ud800"}',
    b"\xff\xfe{}",
    b'{"name": "\xed\xa0\x80"}',
    b"[" * 100_000,
    '{"a": 1}'.encode("utf-16"),
]


def test_what_is_no_json_object_is_400(world: World, subtests: pytest.Subtests) -> None:
    headers = {"content-type": "application/json"}
    for source in NO_OBJECTS:
        with subtests.test(repr(source[:20])):
            answer = world.operator.send("POST", "course/create/", content=source, headers=headers)
            problem(answer, 400)


WRONG: list[tuple[str, Any]] = [
    ("platform_key", 5),
    ("platform_key", None),
    ("course_id", ["a"]),
    ("course_id", None),
    ("name", None),
    ("name", {}),
    ("name", "a\x00b"),
    ("count", "3"),
    ("count", 1.5),
    ("count", True),
    ("count", None),
    ("count", -1),
    ("count", 2**31),
    ("count", 2**80),
    ("started", None),
    ("started", 1_700_000_000),
    ("started", "yesterday"),
    ("started", "2026-13-01"),
    ("expired", False),
    ("expired", ""),
    ("active", None),
    ("active", "true"),
    ("active", 1),
    ("metadata", None),
    ("metadata", []),
    ("metadata", "{}"),
    ("metadata", {"a": "\x00"}),
    ("metadata", {"\x00": 1}),
    ("metadata", {"a": [2**64]}),
    ("enrollment_config", None),
    ("enrollment_config", 7),
    ("source", None),
    ("external_id", 3),
    ("transaction_id", None),
    ("change_type", None),
]


def test_a_field_that_cannot_be_read_is_named_and_nothing_is_made(
    world: World, subtests: pytest.Subtests
) -> None:
    """W3, W36, W52."""
    for field, value in WRONG:
        with subtests.test(field, value=repr(value)[:20]):
            body = {**COURSE_KIND.create, field: value}
            problem(world.operator.post("course/create/", body), 400, field)
    assert world.operator.get("course/").json()["count"] == 0


def test_documents_nest_only_so_deep(world: World) -> None:
    deep: dict[str, Any] = {}
    for _ in range(60):
        deep = {"a": deep}
    body = {**COURSE_KIND.create, "metadata": deep}
    problem(world.operator.post("course/create/", body), 400, "metadata")


@pytest.mark.parametrize("field", ["platform_key", "course_id"])
def test_a_required_field_that_is_missing_is_named(world: World, field: str) -> None:
    body = {name: value for name, value in COURSE_KIND.create.items() if name != field}
    problem(world.operator.post("course/create/", body), 400, field)


def test_unknown_fields_are_ignored(world: World) -> None:
    """W54."""
    made = world.licence(COURSE_KIND, colour="red", id=77, usage_count=5)
    assert (made["id"], made["usage_count"]) == (1, 0)
    assert "colour" not in made


TIMES = {
    "2026-05-01T10:00:00+02:00": "2026-05-01T08:00:00Z",
    "2026-05-01T10:00:00": "2026-05-01T10:00:00Z",
    "2026-05-01T10:00:00.250000+0000": "2026-05-01T10:00:00.250000Z",
    "2026-05-01T10:00:00Z": "2026-05-01T10:00:00Z",
    "2026-05-01": "2026-05-01T00:00:00Z",
}


def test_times_are_iso_and_utc_where_nothing_else_is_said(
    world: World, subtests: pytest.Subtests
) -> None:
    """A12, W53."""
    for said, meant in TIMES.items():
        with subtests.test(said):
            assert world.licence(COURSE_KIND, started=said)["started"] == meant


def test_what_any_tongue_can_write_is_kept(world: World) -> None:
    name = "Pflege – 護理 🎓 'x'; \"y\" % _ \\"
    made = world.licence(COURSE_KIND, name=name, metadata={name: [name, -(2**63), 1.5, None]})
    assert made["name"] == name
    assert made["metadata"] == {name: [name, -(2**63), 1.5, None]}
    assert world.operator.get("course/", name=name).json()["count"] == 1
