"""/learners/{id}/export and /erase: what is kept about a person, told or forgotten."""

import time
from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.command import GrantGroup, SaveGroup
from seatledger.domain.people_command import CreatePlatform, CreateToken, LinkLearner
from seatledger.storage.columns import metadata
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR

ADDRESS, NAME, NOTE = "ada@acme.example", "Ada Lovelace", "likes punched cards"
CSV = f"E-mail,Name\n{ADDRESS.upper()},\nbob@acme.example,Bob\n"
LOOKS_MAX = 400  # for the end of a job, which runs beside the requests


@pytest.fixture
def native(native_at_work: Native) -> Native:
    """With a worker, who does the rows of a file."""
    return native_at_work


@pytest.fixture
def ada(native: Native) -> dict[str, Any]:
    """Somebody with a past: seats of three kinds, a group, progress, a file, a kept answer."""
    world = native.world
    first, second = world.pool(size=1), world.pool(item_key="course-2")
    third = world.pool(item_key="course-3", transferable=False)
    key = {"headers": {"Idempotency-Key": "once"}}
    body = {"pool": str(first.id), "email": ADDRESS, "name": NAME, "metadata": {"note": NOTE}}
    seat = native.told(201, "POST", "/seats", json=body, **key)
    learner_id = int(seat["learner"]["id"])
    world.do(LinkLearner(OPERATOR, learner_id=learner_id, platform_key="acme"))
    members = (learner_id, world.assign(second.id, "bob")[0].learner.id)
    group = world.do(SaveGroup(OPERATOR, platform_key="acme", name="T", member_ids=members)).group
    world.do(GrantGroup(OPERATOR, pool_id=second.id, group_id=group.id))
    world.assign(third.id, "ada", metadata={"note": NOTE})
    content = {"content": CSV.encode(), "headers": {"Content-Type": "text/csv"}}
    job = native.told(202, "POST", f"/pools/{third.id}/seats:import", **content)
    for _ in range(LOOKS_MAX):
        if native.told(200, "GET", f"/jobs/{job['id']}")["state"] == "done":
            break
        time.sleep(0.05)
    native.told(
        200, "PUT", f"/learners/{learner_id}/progress/course:course-2", json={"percent": 40}
    )
    return {"id": str(learner_id), "pools": (first.id, second.id, third.id)}


def everywhere(native: Native) -> str:
    """Every value in every table, as text."""
    with native.world.database.read() as unit:
        rows = [
            tuple(row) for each in metadata.tables.values() for row in unit.select(select(each))
        ]
    return repr(rows).casefold()


def test_an_export_has_every_row_about_a_person_and_nobody_else(
    native: Native, ada: dict[str, Any]
) -> None:
    export = native.told(200, "GET", f"/learners/{ada['id']}/export")
    assert (export["email"], export["name"]) == (ADDRESS, NAME)
    tables = {name for name, each in metadata.tables.items() if "learner_id" in each.c}
    assert export["rows"].keys() == tables | {"events", "link_codes"}
    rows = export["rows"]
    assert {row["learner_id"] for name in tables for row in rows[name]} == {int(ada["id"])}
    assert [row["pool_id"] for row in rows["seats"]] == list(ada["pools"])
    assert rows["seats"][0]["metadata"] == {"note": NOTE}
    assert [row["percent"] for row in rows["progress"]] == [40]
    kinds = [row["kind"] for row in rows["events"]]
    assert kinds.count("seat_assigned") == 3
    assert "progress_reported" in kinds


def test_who_is_erased_is_named_nowhere_and_history_still_folds(
    native: Native, ada: dict[str, Any]
) -> None:
    before = native.told(200, "GET", "/events", params={"limit": 500})["data"]
    assert ADDRESS in everywhere(native)
    erased = native.told(200, "POST", f"/learners/{ada['id']}/erase")
    assert erased == {
        "id": ada["id"],
        "email": f"erased-{ada['id']}@seatledger.invalid",
        "seats_ended": 3,
    }
    left = everywhere(native)
    for word in (ADDRESS, NAME, NOTE):
        assert word.casefold() not in left
    after = native.told(200, "GET", "/events", params={"limit": 500})["data"]
    assert [row["id"] for row in after[: len(before)]] == [row["id"] for row in before]
    assert after[-1]["type"] == "learner_erased"
    assert [native.world.look(pool).held for pool in ada["pools"]] == [0, 1, 2]
    native.world.check()


def test_the_others_in_a_file_stay(native: Native, ada: dict[str, Any]) -> None:
    native.told(200, "POST", f"/learners/{ada['id']}/erase")
    (job,) = native.told(200, "GET", "/jobs")["data"]
    rows = native.told(200, "GET", f"/jobs/{job['id']}/rows")["data"]
    assert ADDRESS not in repr(rows).casefold()
    assert "bob@acme.example" in repr(rows)


def test_erasing_again_changes_nothing_and_the_address_may_come_back_as_somebody_new(
    native: Native, ada: dict[str, Any]
) -> None:
    native.told(200, "POST", f"/learners/{ada['id']}/erase")
    history = native.told(200, "GET", "/events", params={"limit": 500})["data"]
    assert native.told(200, "POST", f"/learners/{ada['id']}/erase")["seats_ended"] == 0
    assert native.told(200, "GET", "/events", params={"limit": 500})["data"] == history
    again = native.told(201, "POST", "/seats", json={"pool": "1", "email": ADDRESS})
    assert again["learner"]["id"] != ada["id"]


def test_only_an_operator_erases_whom_another_platform_knows(
    native: Native, ada: dict[str, Any]
) -> None:
    world = native.world
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    stranger = world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    for path in ("export", "erase"):
        method = "GET" if path == "export" else "POST"
        native.problem("unknown_learner", method, f"/learners/{ada['id']}/{path}", token=stranger)
        native.problem("unknown_learner", method, f"/learners/x/{path}")
    pool = world.pool(platform_key="zeta", item_key="zeta-1")
    world.assign(pool.id, "ada")
    native.problem("forbidden", "POST", f"/learners/{ada['id']}/erase")
    theirs = native.told(200, "GET", f"/learners/{ada['id']}/export", token=stranger)["rows"]
    assert [row["pool_id"] for row in theirs["seats"]] == [pool.id]
    assert theirs["progress"] == []
    erased = native.told(200, "POST", f"/learners/{ada['id']}/erase", token=native.operator)
    assert erased["seats_ended"] == 4
