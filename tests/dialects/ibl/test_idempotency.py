"""Idempotency-Key on ibl operations, whose answers are made of more than of what was done."""

from typing import Any

import pytest
import sqlalchemy

from seatledger.storage.tables import repeats
from tests.dialects.ibl.persons import CORE
from tests.dialects.ibl.world import COURSE_KIND, World

GROUPS = f"{CORE}/user-groups/"
TOKENS = f"{CORE}/platform/api-tokens/"
KEY = {"Idempotency-Key": "order-4711"}
GROUP = {"name": "Night shift", "platform_key": "acme"}


def replayed(answer: Any) -> bool:
    return bool(answer.headers.get("idempotent-replayed") == "true")


def test_a_licence_is_bought_once(world: World) -> None:
    order = {**COURSE_KIND.create, "count": 10}
    first = world.operator.post("course/create/", order, headers=KEY)
    second = world.operator.post("course/create/", order, headers=KEY)
    assert (first.status_code, second.text) == (second.status_code, first.text)
    assert (replayed(first), replayed(second)) == (False, True)
    assert world.operator.get("course/").json()["count"] == 1


def test_an_answer_that_was_looked_up_is_told_as_it_was_though_the_thing_is_gone(
    world: World,
) -> None:
    first = world.manager.post(GROUPS, GROUP, headers=KEY)
    world.manager.delete(f"{GROUPS}{first.json()['id']}/")
    second = world.manager.post(GROUPS, GROUP, headers=KEY)
    assert (second.status_code, second.text) == (first.status_code, first.text)
    assert replayed(second)
    assert world.manager.get(GROUPS).json()["count"] == 0


def test_where_the_answer_got_lost_it_is_made_again(world: World) -> None:
    first = world.manager.post(GROUPS, GROUP, headers=KEY)
    with world.database.write() as unit:
        unit.execute(sqlalchemy.update(repeats).values(answer=None))
    second = world.manager.post(GROUPS, GROUP, headers=KEY)
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert replayed(second)


def test_a_key_is_made_once_and_its_text_is_told_once(world: World) -> None:
    order = {"name": "nightly", "platform_key": "acme"}
    first = world.manager.post(TOKENS, order, headers=KEY)
    second = world.manager.post(TOKENS, order, headers=KEY)
    assert len(first.json()["key"]) == 64
    assert second.json() == {**first.json(), "key": ""}
    assert replayed(second)
    with world.database.read() as unit:
        kept = str(unit.select(sqlalchemy.select(repeats)))
    assert first.json()["key"] not in kept


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        pytest.param(KEY, {**GROUP, "name": "Day shift"}, 422, id="another request"),
        pytest.param({"Idempotency-Key": "k" * 256}, GROUP, 400, id="no key"),
    ],
)
def test_a_refusal_is_in_the_shape_of_this_contract(
    world: World, headers: dict[str, str], body: dict[str, Any], status: int
) -> None:
    world.manager.post(GROUPS, GROUP, headers=KEY)
    answer = world.manager.post(GROUPS, body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["detail"].endswith(".")
    assert world.manager.get(GROUPS).json()["count"] == 1
