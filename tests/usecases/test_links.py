"""Links as managers keep them: made, looked at, deleted (F16, F17, F19, F21, F21a, F21h)."""

from typing import Any

import pytest
from sqlalchemy import select

from seatledger.domain.actor import Actor, Reach
from seatledger.domain.command import ShapePool
from seatledger.domain.link_command import CreateLink, DeleteLink
from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage.tables import events, link_codes
from seatledger.usecases import keep_links
from seatledger.usecases.cursor_questions import Stretch
from seatledger.usecases.redeem_links import open_link
from tests.support.cast import MANAGER, OPERATOR, STRANGER
from tests.support.links import a_link, code_for, enter, redeem, use_of
from tests.support.world import World


def listed(world: World, actor: Actor = MANAGER, pool_id: int | None = None) -> list[int]:
    with world.database.read() as unit:
        found = keep_links.follow_links(unit, actor.reach, pool_id, Stretch(0, 50), world.now)
    return [use.link.id for use in found.rows]


def told(world: World) -> list[Any]:
    """What history says of links."""
    query = select(events).where(events.c.kind.startswith("link_")).order_by(events.c.seq)
    with world.database.read() as unit:
        return list(unit.select(query))


@pytest.mark.parametrize("transferable", [True, False])
def test_both_sorts_of_pool_have_links_and_several_each_its_own_library(
    world: World, transferable: bool
) -> None:
    pool = world.pool(size=4, transferable=transferable)
    one, two = a_link(world, pool.id, quota=1), a_link(world, pool.id)
    assert (one.quota, two.quota) == (1, 4)
    assert one.token != two.token
    assert len(one.token) == len(two.token) == 64
    enter(world, one, "ada")
    assert [
        (use_of(world, each).live, use_of(world, each).free(world.now)) for each in (one, two)
    ] == [(1, 0), (0, 3)]
    assert listed(world) == listed(world, pool_id=pool.id) == [one.id, two.id]
    assert listed(world, pool_id=pool.id + 1) == []


@pytest.mark.parametrize(
    ("shape", "settings", "code", "field"),
    [
        ({}, {"quota": 0}, Code.INVALID, "quota"),
        ({}, {"quota": 11}, Code.INVALID, "quota"),
        ({}, {"duration_days": 0}, Code.INVALID, "duration_days"),
        ({}, {"duration_days": 3651}, Code.INVALID, "duration_days"),
        ({"transferable": False}, {"auto_reassign": True}, Code.NOT_TRANSFERABLE, "auto_reassign"),
    ],
)
def test_settings_that_make_no_library_are_refused(
    world: World, shape: dict[str, Any], settings: dict[str, Any], code: Code, field: str
) -> None:
    refusal = world.refusal(CreateLink(MANAGER, pool_id=world.pool(**shape).id, **settings))
    assert (refusal.code, refusal.field) == (code, field)
    assert (listed(world), told(world)) == ([], [])


def test_the_largest_settings_are_taken(world: World) -> None:
    made = a_link(world, world.pool().id, quota=10, duration_days=3650, auto_reassign=True)
    assert (made.quota, made.duration_days, made.auto_reassign) == (10, 3650, True)


def test_history_tells_of_a_link_and_never_its_token(world: World) -> None:
    pool = world.pool()
    made = a_link(world, pool.id, quota=2)
    world.do(DeleteLink(MANAGER, link_id=made.id))
    created, deleted = told(world)
    settings = {"pool_id": pool.id, "quota": 2, "duration_days": None, "auto_reassign": False}
    assert (created.before, created.after) == (None, settings)
    assert (deleted.before, deleted.after) == (settings, {})
    assert {created.subject_id, deleted.subject_id} == {made.id}
    assert {created.platform_id, created.actor} == {1, "mira"}
    assert made.token not in repr([created, deleted])
    assert made.token not in repr(made)
    world.check()


def test_deleting_a_link_leaves_what_it_lent_and_opens_nothing_more(world: World) -> None:
    pool = world.pool()
    made = a_link(world, pool.id)
    enter(world, made, "ada")
    code = code_for(world, made, "bob@acme.example")
    was = world.do(DeleteLink(MANAGER, link_id=made.id))
    assert (was.link.id, was.live) == (made.id, 1)
    assert world.holders(pool.id) == ["ada"]
    assert world.code(redeem(made, "bob@acme.example", code)) is Code.UNKNOWN_LINK
    assert world.code(DeleteLink(MANAGER, link_id=made.id)) is Code.UNKNOWN_LINK
    assert listed(world) == []
    with world.database.read() as unit:
        gone = keep_links.get_link(unit, Reach(1), made.id, world.now)
        assert gone == keep_links.get_link(unit, Reach(1), 999, world.now)
        assert open_link(unit, made.token, world.now) == open_link(unit, "0" * 64, world.now)
        assert unit.select(select(link_codes)) == []
    world.check()


def test_a_stranger_finds_makes_and_deletes_nothing(world: World) -> None:
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    pool = world.pool()
    made = a_link(world, pool.id)
    assert world.code(CreateLink(STRANGER, pool_id=pool.id)) is Code.UNKNOWN_POOL
    assert world.code(DeleteLink(STRANGER, link_id=made.id)) is Code.UNKNOWN_LINK
    assert (listed(world, STRANGER), listed(world), listed(world, OPERATOR)) == (
        [],
        [made.id],
        [made.id],
    )
    with world.database.read() as unit:
        found = keep_links.get_link(unit, STRANGER.reach, made.id, world.now)
    assert isinstance(found, Refusal)


def test_a_pool_that_shrinks_bounds_the_link_too(world: World) -> None:
    pool = world.pool(size=5)
    made = a_link(world, pool.id, quota=5)
    world.do(ShapePool(OPERATOR, pool_id=pool.id, size=1))
    assert use_of(world, made).free(world.now) == 1
    enter(world, made, "ada")
    assert enter(world, made, "bob").code is Code.POOL_FULL
