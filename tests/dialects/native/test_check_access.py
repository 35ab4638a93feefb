"""GET /api/access: may this person open this item?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.command import (
    AssignSeat,
    CreatePlatform,
    CreateToken,
    EndSeat,
    IfHeld,
    SaveItem,
    ShapePool,
)
from seatledger.domain.item import ItemKind
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.world import World

ITEM = "course:course-1"


class Asking:
    """A server on a world whose clock both share."""

    def __init__(self, url: str, world: World) -> None:
        self.world = world
        self.app = create_app(Settings(database_url=url), clock=lambda: world.now)
        self.client = TestClient(self.app)
        self.token = world.do(CreateToken(OPERATOR, name="t", platform_key="acme")).text

    def ask(self, *, token: str | None = None, **parameters: str) -> Any:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.client.get("/api/access", params=parameters, headers=headers)

    def may(self, name: str, item: str = ITEM, **more: str) -> bool:
        answer = self.ask(email=f"{name}@acme.example", item=item, **more)
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["access"])


@pytest.fixture
def asking(database: Database, database_url: str) -> Iterator[Asking]:
    asking = Asking(database_url, World(database))
    with asking.client:
        yield asking


def test_a_live_seat_gives_access_until_it_is_taken_back(asking: Asking) -> None:
    world = asking.world
    assert not asking.may("a")
    (seated,) = world.assign(world.pool().id, "a")
    answer = asking.ask(email=" A@Acme.example", item=ITEM).json()
    assert answer == {"access": True, "seat_id": seated.seat.id, "until": None}
    assert not asking.may("b")
    world.do(EndSeat(OPERATOR, seat_id=seated.seat.id))
    assert asking.ask(email="a@acme.example", item=ITEM).json() == {
        "access": False,
        "seat_id": None,
        "until": None,
    }


def test_access_begins_and_stops_at_the_very_instant(asking: Asking) -> None:
    world = asking.world
    pool = world.pool(start=NOON + DAY, end=NOON + 2 * DAY)
    world.assign(pool.id, "a")
    tick = timedelta(microseconds=1)
    seen = {}
    for now in (NOON, NOON + DAY - tick, NOON + DAY, NOON + 2 * DAY - tick, NOON + 2 * DAY):
        world.now = now
        seen[now] = asking.may("a")
    assert list(seen.values()) == [False, False, True, True, False]


def test_a_pool_switched_off_gives_none_and_on_again_gives_it_back(asking: Asking) -> None:
    world = asking.world
    pool = world.pool()
    world.assign(pool.id, "a")
    for active in (False, True):
        world.do(ShapePool(OPERATOR, pool_id=pool.id, item_kind=ItemKind.COURSE, active=active))
        assert asking.may("a") is active


def test_a_suspended_seat_gives_none(asking: Asking) -> None:
    world = asking.world
    pool = world.pool()
    world.assign(pool.id, "a")
    world.do(
        AssignSeat(
            OPERATOR,
            pool_id=pool.id,
            email="a@acme.example",
            active=False,
            if_held=IfHeld.UPDATE,
        )
    )
    assert not asking.may("a")


def test_of_several_seats_the_one_that_lasts_longest_answers(asking: Asking) -> None:
    world = asking.world
    world.assign(world.pool(end=NOON + DAY).id, "a")
    (longer,) = world.assign(world.pool(end=NOON + 9 * DAY).id, "a", end=NOON + 2 * DAY)
    answer = asking.ask(email="a@acme.example", item=ITEM).json()
    assert (answer["seat_id"], answer["until"]) == (longer.seat.id, "2026-03-03T12:00:00Z")


def test_a_programs_seat_opens_its_courses(asking: Asking) -> None:
    world = asking.world
    course = SaveItem(OPERATOR, kind=ItemKind.COURSE, key="inside", platform_org="ACME")
    world.do(course)
    world.do(
        SaveItem(
            OPERATOR,
            kind=ItemKind.PROGRAM,
            key="ACME+P1",
            platform_org="ACME",
            course_keys=("inside",),
        )
    )
    pool = world.pool(item_kind=ItemKind.PROGRAM, item_key="ACME+P1")
    world.assign(pool.id, "a")
    assert asking.may("a", "course:inside")
    assert asking.may("a", "program:ACME+P1")
    assert not asking.may("b", "course:inside")


def test_another_platforms_seats_are_not_seen(asking: Asking) -> None:
    world = asking.world
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    world.assign(world.pool(platform_key="zeta").id, "a")
    stranger = world.do(CreateToken(OPERATOR, name="z", platform_key="zeta")).text
    assert not asking.may("a")
    foreign = asking.ask(email="a@acme.example", item=ITEM, platform="zeta")
    unknown = asking.ask(email="a@acme.example", item=ITEM, platform="nowhere")
    assert (foreign.status_code, foreign.json()) == (404, unknown.json())
    assert asking.ask(token=stranger, email="a@acme.example", item=ITEM).json()["access"]


def test_an_operator_names_the_platform(asking: Asking) -> None:
    world = asking.world
    world.assign(world.pool().id, "a")
    token = world.do(CreateToken(OPERATOR, name="root", operator=True)).text
    refused = asking.ask(token=token, email="a@acme.example", item=ITEM)
    assert (refused.status_code, refused.json()["field"]) == (400, "platform")
    named = asking.ask(token=token, email="a@acme.example", item=ITEM, platform="acme")
    assert named.json()["access"]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"item": ITEM}, "email"),
        ({"email": "a@acme.example"}, "item"),
        ({"email": "", "item": ITEM}, "email"),
        ({"email": "a@acme.example", "item": "course"}, "item"),
        ({"email": "a@acme.example", "item": "course:"}, "item"),
        ({"email": "a@acme.example", "item": "cursus:x"}, "item"),
        ({"email": "a\0@acme.example", "item": ITEM}, "item"),
    ],
)
def test_what_cant_be_read_is_refused_by_name(
    asking: Asking, parameters: dict[str, str], field: str
) -> None:
    refused = asking.ask(**parameters)
    assert (refused.status_code, refused.json()["field"]) == (400, field)
