"""Groups, their grants, and members who come and go (ibl parts H and W24–W32)."""

from collections.abc import Iterator
from typing import Any

from seatledger.domain.command import (
    AssignSeat,
    DeleteGroup,
    EndSeat,
    GrantGroup,
    IfHeld,
    RemoveGrant,
    SaveGroup,
    ShapePool,
)
from seatledger.domain.granting import Granted
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import LinkLearner
from seatledger.domain.refusal import Code
from seatledger.usecases.save_groups import GroupView, _in_order, _members
from tests.support.cast import MANAGER, NOON, OPERATOR, STRANGER
from tests.support.world import World


def people(world: World, *names: str) -> list[int]:
    """Learners known to the platform by a seat elsewhere."""
    elsewhere = world.pool(size=100, item_key="elsewhere")
    return [seated.learner.id for seated in world.assign(elsewhere.id, *names)]


def group(world: World, *members: int) -> GroupView:
    made: GroupView = world.do(
        SaveGroup(MANAGER, platform_key="acme", name="Team", member_ids=members)
    )
    return made


def set_members(world: World, team: GroupView, *members: int) -> None:
    world.do(SaveGroup(MANAGER, group_id=team.group.id, member_ids=members))


def test_a_grant_seats_the_whole_group_or_nobody(world: World) -> None:
    a, b, c = people(world, "a", "b", "c")
    pool = world.pool(size=2)
    team = group(world, a, b, c)
    ask = GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id)
    assert world.code(ask) is Code.GROUP_DOES_NOT_FIT
    assert world.holders(pool.id) == []
    world.do(AssignSeat(OPERATOR, pool_id=pool.id, learner_id=a))
    assert world.code(ask) is Code.GROUP_DOES_NOT_FIT
    world.do(ShapePool(OPERATOR, pool_id=pool.id, item_kind=ItemKind.COURSE, size=3))
    granted: Granted = world.do(ask)
    assert (granted.member_count, granted.seated_count, granted.pool.held) == (3, 3, 3)
    world.check()


def test_granting_twice_is_the_same_grant_and_runs_again_ibl_w30(world: World) -> None:
    a, b = people(world, "a", "b")
    pool = world.pool()
    team = group(world, a, b)
    ask = GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id)
    first = world.do(ask)
    held = world.do(AssignSeat(OPERATOR, pool_id=pool.id, learner_id=a, if_held=IfHeld.KEEP))
    world.do(EndSeat(MANAGER, seat_id=held.seat.id))
    assert world.holders(pool.id) == ["b"]
    again = world.do(ask)
    assert (again.grant.id, again.seated_count) == (first.grant.id, 2)
    world.check()


def test_members_come_wait_go_and_make_room_in_order(world: World) -> None:
    a, b, c, d = people(world, "a", "b", "c", "d")
    pool = world.pool(size=2)
    team = group(world, a, b)
    grant = world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id, fulfilled=True))
    assert grant.fulfilled
    set_members(world, team, a, b, c, d)
    assert world.holders(pool.id) == ["a", "b"]
    assert world.code(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id)) is (
        Code.GROUP_DOES_NOT_FIT
    )
    set_members(world, team, b, c, d)
    assert world.holders(pool.id) == ["b", "c"]
    set_members(world, team, b, c)
    set_members(world, team, c)
    assert world.holders(pool.id) == ["c"]
    world.check()


def test_a_seat_taken_back_from_a_member_is_not_given_again_until_they_rejoin(world: World) -> None:
    a, b = people(world, "a", "b")
    pool = world.pool(size=2)
    team = group(world, a, b)
    world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id))
    held = world.do(AssignSeat(OPERATOR, pool_id=pool.id, learner_id=a, if_held=IfHeld.KEEP))
    world.do(EndSeat(MANAGER, seat_id=held.seat.id))
    set_members(world, team, b)
    assert world.holders(pool.id) == ["b"]
    set_members(world, team, b, a)
    assert sorted(world.holders(pool.id)) == ["a", "b"]
    world.check()


def test_removing_a_grant_takes_its_seats_and_leaves_direct_ones_ibl_w28(world: World) -> None:
    a, b = people(world, "a", "b")
    pool = world.pool()
    world.do(AssignSeat(OPERATOR, pool_id=pool.id, learner_id=a))
    team = group(world, a, b)
    grant = world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id))
    remove = RemoveGrant(MANAGER, grant_id=grant.grant.id)
    world.do(remove)
    assert world.holders(pool.id) == ["a"]
    assert world.code(remove) is Code.UNKNOWN_GRANT
    world.check()


def test_removing_a_grant_may_keep_the_seats_as_direct_ones_ibl_h7(world: World) -> None:
    a, b = people(world, "a", "b")
    pool = world.pool()
    team = group(world, a, b)
    grant = world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id))
    world.do(RemoveGrant(MANAGER, grant_id=grant.grant.id, keep_seats=True))
    world.do(DeleteGroup(MANAGER, group_id=team.group.id))
    assert world.holders(pool.id) == ["a", "b"]
    world.check()


def test_two_grants_hold_one_seat_until_both_are_gone_ibl_w5_w27(world: World) -> None:
    (a,) = people(world, "a")
    pool = world.pool(size=1)
    teams = [group(world, a), group(world, a)]
    for team in teams:
        world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id))
    assert world.look(pool.id).held == 1
    world.do(DeleteGroup(MANAGER, group_id=teams[0].group.id))
    assert world.holders(pool.id) == ["a"]
    world.do(DeleteGroup(MANAGER, group_id=teams[1].group.id))
    assert world.look(pool.id).held == 0
    world.check()


def test_a_grant_switched_off_frees_its_seats_and_on_again_needs_room_ibl_w31(world: World) -> None:
    (a,) = people(world, "a")
    pool = world.pool(size=1)
    team = group(world, a)
    switch: dict[str, Any] = {"pool_id": pool.id, "group_id": team.group.id}
    world.do(GrantGroup(MANAGER, **switch))
    world.do(GrantGroup(MANAGER, active=False, **switch))
    assert world.look(pool.id).held == 0
    (other,) = world.assign(pool.id, "other")
    assert world.code(GrantGroup(MANAGER, active=True, **switch)) is Code.GROUP_DOES_NOT_FIT
    world.do(EndSeat(MANAGER, seat_id=other.seat.id))
    assert world.do(GrantGroup(MANAGER, active=True, **switch)).seated_count == 1
    world.check()


def test_a_seat_given_by_a_group_and_then_by_name_outlives_the_grant_ibl_w32(world: World) -> None:
    (a,) = people(world, "a")
    pool = world.pool()
    team = group(world, a)
    grant = world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id))
    world.do(AssignSeat(OPERATOR, pool_id=pool.id, learner_id=a, if_held=IfHeld.UPDATE))
    world.do(RemoveGrant(MANAGER, grant_id=grant.grant.id))
    assert world.holders(pool.id) == ["a"]
    world.check()


def test_an_empty_group_is_granted_and_fills_as_people_join_ibl_w25(world: World) -> None:
    (a,) = people(world, "a")
    pool = world.pool()
    team = group(world)
    world.do(GrantGroup(MANAGER, pool_id=pool.id, group_id=team.group.id))
    set_members(world, team, a)
    assert world.holders(pool.id) == ["a"]
    world.check()


def test_who_leaves_the_platform_keeps_no_place_and_is_not_restored_by_itself_ibl_w22(
    world: World,
) -> None:
    pool = world.pool()
    (seated,) = world.assign(pool.id, "a")
    link: dict[str, Any] = {"learner_id": seated.learner.id, "platform_key": "acme"}
    assert world.do(LinkLearner(MANAGER, **link)).learner.registered
    world.do(LinkLearner(MANAGER, active=False, **link))
    assert world.look(pool.id).held == 0
    world.do(LinkLearner(MANAGER, active=True, **link))
    assert world.look(pool.id).held == 0
    world.check()


def test_a_group_takes_only_members_known_to_its_platform(world: World) -> None:
    refusal = world.refusal(SaveGroup(MANAGER, platform_key="acme", name="T", member_ids=(77,)))
    assert (refusal.code, refusal.field) == (Code.INVALID, "member_ids")
    team = group(world)
    strange = SaveGroup(STRANGER, group_id=team.group.id, name="Mine")
    assert world.code(strange) is Code.UNKNOWN_GROUP
    assert world.code(DeleteGroup(STRANGER, group_id=team.group.id)) is Code.UNKNOWN_GROUP
    assert world.now == NOON


class Counted(list[int]):
    """Ids that count how often they are gone through."""

    times = 0

    def __iter__(self) -> Iterator[int]:
        self.times += 1
        return super().__iter__()


def test_the_members_of_a_large_group_are_gone_through_once_not_for_each_of_them() -> None:
    before, leaving = Counted(range(50)), Counted([7])
    leave: Any = SaveGroup(MANAGER, group_id=1, leaving_ids=leaving, joining_ids=(99,))  # type: ignore[arg-type]
    after = Counted(_members(leave, before))
    assert after == [*range(7), *range(8, 50), 99]
    assert _in_order(before, after) == after
    assert max(before.times, after.times, leaving.times) <= 4
