"""Ending seats and moving ends on real databases."""

from seatledger.domain.command import ChangeEnd, EndSeat, LapseSeats
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import Code
from seatledger.usecases.keep_tokens import SWEEP
from tests.support.cast import DAY, MANAGER, NOON, OPERATOR, STRANGER
from tests.support.world import World


def test_a_seat_is_taken_back_once(world: World) -> None:
    pool = world.pool()
    (seated,) = world.assign(pool.id, "a")
    assert world.do(EndSeat(MANAGER, seat_id=seated.seat.id)).pool.held == 0
    assert world.code(EndSeat(MANAGER, seat_id=seated.seat.id)) is Code.UNKNOWN_SEAT
    again = EndSeat(MANAGER, seat_id=seated.seat.id, only_in_force=True)
    assert world.code(again) is Code.SEAT_ENDED
    world.check()


def test_twice_in_one_batch_ends_it_once(world: World) -> None:
    pool = world.pool()
    (seated,) = world.assign(pool.id, "a")
    outcomes = world.all(*[EndSeat(OPERATOR, seat_id=seated.seat.id)] * 2)
    assert outcomes[0].seat.reason == "revoked"
    assert outcomes[1].code is Code.UNKNOWN_SEAT
    assert world.look(pool.id).held == 0


def test_a_foreign_seat_and_one_of_another_pool_or_kind_are_unknown(world: World) -> None:
    pool = world.pool()
    (seated,) = world.assign(pool.id, "a")
    id_ = seated.seat.id
    for command in (
        EndSeat(STRANGER, seat_id=id_),
        EndSeat(OPERATOR, seat_id=id_, pool_id=pool.id + 1),
        EndSeat(OPERATOR, seat_id=id_, item_kind=ItemKind.PROGRAM),
        EndSeat(OPERATOR, seat_id=id_ + 1),
        ChangeEnd(STRANGER, seat_id=id_, end=NOON + DAY),
    ):
        assert world.refusal(command) == world.refusal(EndSeat(OPERATOR, seat_id=999))
    assert world.holders(pool.id) == ["a"]


def test_a_moved_end_frees_the_place_at_its_second(world: World) -> None:
    pool = world.pool(size=1)
    (seated,) = world.assign(pool.id, "a")
    world.do(ChangeEnd(OPERATOR, seat_id=seated.seat.id, end=NOON + DAY))
    world.now = NOON + DAY
    assert world.look(pool.id).free == 1
    world.assign(pool.id, "b")
    world.check()


def test_the_sweep_records_what_became_true_and_then_finds_nothing(world: World) -> None:
    pools = [world.pool(), world.pool(item_key="course-2", transferable=False)]
    for number, pool in enumerate(pools):
        world.assign(pool.id, f"a{number}", f"b{number}", end=NOON + DAY)
        world.assign(pool.id, f"c{number}", end=NOON + 2 * DAY)
    world.now = NOON + DAY
    assert world.do(LapseSeats(SWEEP, seats_max=3)) == 3
    assert world.do(LapseSeats(SWEEP, seats_max=3)) == 1
    assert world.do(LapseSeats(SWEEP)) == 0
    assert [world.look(pool.id).held for pool in pools] == [1, 3]
    assert [len(world.holders(pool.id)) for pool in pools] == [1, 1]
    world.check()
