"""How a "no" is said (T1, W52)."""

from typing import Any

import msgspec
import pytest

from seatledger.dialects.ibl import dialect
from seatledger.dialects.ibl.refusals import FIELDS, STATUSES, refuse
from seatledger.domain.refusal import Code, Refusal
from tests.dialects.ibl.world import World, problem

KEYS = {Code.KEY_IN_USE: 409, Code.KEY_REUSED: 422}


def test_every_code_has_its_status() -> None:
    assert set(STATUSES) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_every_refusal_is_a_json_object_with_a_sentence(code: Code) -> None:
    """W52; T1: no 409 and no 422, unless for a key that the vendor's clients never send."""
    answer = dialect.refuse(Refusal(code, "So it is.", field="size"))
    body: dict[str, Any] = msgspec.json.decode(answer.encoded())
    assert body["detail"] == "So it is."
    statuses = {400, 401, 403, 404, 405, 413, 415, 429, 500, 503}
    assert answer.status == KEYS[code] if code in KEYS else answer.status in statuses
    assert (body.get("count") == ["So it is."]) == (answer.status == 400)
    assert ("Retry-After" in answer.headers) == (answer.status in {409, 429, 503})
    assert ("WWW-Authenticate" in answer.headers) == (answer.status == 401)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_called_by_the_name_it_has_on_the_wire(field: str) -> None:
    body = refuse(Refusal(Code.INVALID, "No.", field=field)).body
    assert set(body) == {"detail", FIELDS[field]}


def test_a_body_as_a_whole_is_no_field() -> None:
    body = refuse(Refusal(Code.INVALID, "No.", field="body")).body
    assert body == {"detail": "No."}


def test_unknown_paths_and_wrong_methods_are_said_in_json(world: World) -> None:
    """W52: never HTML."""
    problem(world.operator.get("/api/catalog/nowhere/"), 404)
    problem(world.operator.send("PATCH", "course/"), 405)
    problem(world.operator.send("DELETE", "course/create/"), 405)


def test_a_fault_of_ours_is_500_in_json_and_tells_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W52."""

    def breaks(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("seatledger.storage.pool_lists.find", breaks)
    answer = world.operator.get("course/")
    assert "secret" not in problem(answer, 500)


def test_a_body_past_the_limit_is_413(world: World) -> None:
    body = {"license_id": 1, "name": "x" * 2_000_000}
    problem(world.operator.post("course/update/", body), 413)
