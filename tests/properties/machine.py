"""Does at random what surfaces do, on a real ledger and on the reference, and compares."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import delete

from seatledger.domain.actor import Reach
from seatledger.domain.command import (
    AssignSeat,
    ChangeEnd,
    EndSeat,
    GrantGroup,
    IfHeld,
    LapseSeats,
    RemoveGrant,
    SaveGroup,
    ShapePool,
)
from seatledger.domain.item import ItemKind
from seatledger.domain.moves import MoveRule, Moves
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from seatledger.storage.tables import metadata
from seatledger.usecases import questions
from tests.properties.reference import Place, Reference, Shelf
from tests.properties.wishes import (
    HOURS,
    LEARNERS,
    MOVES,
    SIZES,
    ends,
    filters,
    learner_numbers,
    pool_numbers,
    teams,
    wishes,
)
from tests.support.cast import OPERATOR
from tests.support.world import World


class LedgerMachine(RuleBasedStateMachine):
    """One run is one ledger of two pools, four learners and two teams."""

    grants = Bundle("grants")

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        _empty(database)
        self._world = World(self._database)
        self._reference = Reference(self._world.now)

    @initialize(transferable=st.booleans(), first=teams, second=teams)
    def open(self, transferable: bool, first: list[int], second: list[int]) -> None:
        world = self._world
        elsewhere = world.pool(size=LEARNERS, item_key="elsewhere")
        names = [f"learner{number}" for number in range(LEARNERS)]
        self._learners = [each.learner.id for each in world.assign(elsewhere.id, *names)]
        kinds = zip(SIZES, (True, transferable), MOVES, strict=True)
        self._pools = [self._new_pool(*kind) for kind in kinds]
        self._teams = [self._new_team(), self._new_team()]
        for number, members in enumerate((first, second)):
            self._grant(number, number)
            self._regroup(number, members)

    @rule(wish=wishes)
    def assign(self, wish: dict[str, Any]) -> None:
        self._assign([wish])

    @rule(wishes=st.lists(wishes, min_size=2, max_size=6))
    def assign_together(self, wishes: list[dict[str, Any]]) -> None:
        self._assign(wishes)

    @rule(pool=pool_numbers, hours=ends)
    def fill(self, pool: int, hours: int | None) -> None:
        """Everybody wants in, so that the pool is full, of seats that end together."""
        self._assign(
            [
                {"pool": pool, "learner": number, "hours": hours, "if_held": IfHeld.KEEP}
                for number in range(LEARNERS)
            ]
        )

    @rule(pick=st.integers(0, 200), only_in_force=st.booleans())
    def take_back(self, pick: int, only_in_force: bool) -> None:
        seat = self._some_seat(pick)
        if seat is None:
            return
        place = self._place_of(seat)
        unrecorded = seat.seat.lapsed(self._world.now)
        expected = self._reference.take_back(seat.pool.id, place, only_in_force=only_in_force)
        ask = EndSeat(OPERATOR, seat_id=seat.seat.id, only_in_force=only_in_force)
        outcome = self._world.all(ask)[0]
        if unrecorded and not only_in_force:
            return  # over, but perhaps nobody recorded it yet: then it may still be taken back
        assert _code(outcome) == expected

    @rule(pick=st.integers(0, 200), hours=HOURS)
    def move_end(self, pick: int, hours: int) -> None:
        seat = self._some_seat(pick)
        if seat is None:
            return
        end = self._world.now + timedelta(hours=hours)
        expected = self._reference.move_end(seat.pool.id, self._place_of(seat), end)
        outcome = self._world.all(ChangeEnd(OPERATOR, seat_id=seat.seat.id, end=end))[0]
        assert _code(outcome) == expected

    @rule(pick=st.integers(0, 200), learner=learner_numbers, keep_end=st.booleans())
    def pass_on(self, pick: int, learner: int, keep_end: bool) -> None:
        seat = self._some_seat(pick)
        if seat is None:
            return
        other = self._learners[learner]
        expected = self._reference.pass_on(
            seat.pool.id, self._place_of(seat), other, keep_end=keep_end
        )
        ask = MoveSeat(OPERATOR, seat_id=seat.seat.id, learner_id=other, keep_end=keep_end)
        assert _code(self._world.all(ask)[0]) == expected

    @rule(pool=pool_numbers, size=st.integers(0, 4), hours=ends)
    def shape(self, pool: int, size: int, hours: int | None) -> None:
        self._sweep_where_somebody_waits()
        pool_id, end = self._pools[pool], self._at(hours)
        expected = self._reference.shape(pool_id, size, end)
        ask = ShapePool(OPERATOR, pool_id=pool_id, item_kind=ItemKind.COURSE, size=size, end=end)
        assert _code(self._world.all(ask)[0]) == expected

    @rule(target=grants, pool=pool_numbers, team=st.integers(0, 1))
    def give_grant(self, pool: int, team: int) -> int | None:
        return self._grant(pool, team)

    @rule(grant=grants, keep=st.booleans())
    def take_grant_back(self, grant: int | None, keep: bool) -> None:
        if grant is None:
            return
        self._sweep_where_somebody_waits()
        expected = None if grant in self._reference.grants else Code.UNKNOWN_GRANT
        outcome = self._world.all(RemoveGrant(OPERATOR, grant_id=grant, keep_seats=keep))[0]
        assert _code(outcome) == expected
        if expected is None:
            self._reference.take_grant_back(grant, keep=keep)

    @rule(team=st.integers(0, 1), members=teams)
    def regroup(self, team: int, members: list[int]) -> None:
        self._regroup(team, members)

    @rule(pool=st.none() | pool_numbers, asked=filters)
    def count_a_list(self, pool: int | None, asked: dict[str, Any]) -> None:
        """Counters tell how many rows a list has, whatever was done and is not recorded yet."""
        pool_id = None if pool is None else self._pools[pool]
        found = self._list(questions.SeatFilter(pool_id=pool_id, **asked))
        assert found.total == len(found.rows)

    @rule(hours=HOURS)
    def wait(self, hours: int) -> None:
        self._world.now += timedelta(hours=hours)
        self._reference.wait_until(self._world.now)

    @rule()
    def sweep(self) -> None:
        self._sweep()
        self._world.check()

    @invariant()
    def both_seat_the_same(self) -> None:
        """Who has access to each pool, and how much is free."""
        rows = self._rows()
        now = self._world.now
        for pool_id, shelf in self._reference.shelves.items():
            mine = [each for each in rows if each.pool.id == pool_id]
            if shelf.queue or any(each.seat.live and each.seat.lapsed(now) for each in mine):
                continue  # who waits may be seated a little later: the next sweep compares
            seated = [each.learner.id for each in mine if each.seat.live]
            assert sorted(seated) == sorted(place.learner for place in shelf.live)
            held = mine[0].pool.held if mine else self._world.look(pool_id).held
            assert held == shelf.taken <= shelf.size

    def teardown(self) -> None:
        if hasattr(self, "_pools"):
            self._sweep()
            self._compare_all()
            self._world.check()

    def _assign(self, wishes: list[dict[str, Any]]) -> None:
        asked = [self._command(**wish) for wish in wishes]
        expected = [self._reference.assign(each) for each in asked]
        outcomes = [
            ("created" if each.created else "kept") if isinstance(each, Seated) else _code(each)
            for each in self._world.all(*asked)
        ]
        assert outcomes == expected

    def _command(
        self, pool: int, learner: int, if_held: IfHeld, hours: int | None, **fields: Any
    ) -> AssignSeat:
        return AssignSeat(
            OPERATOR,
            pool_id=self._pools[pool],
            learner_id=self._learners[learner],
            if_held=if_held,
            end=self._at(hours),
            **fields,
        )

    def _at(self, hours: int | None) -> datetime | None:
        return None if hours is None else self._world.now + timedelta(hours=hours)

    def _grant(self, pool: int, team: int) -> int | None:
        pool_id, group_id = self._pools[pool], self._teams[team]
        expected = self._reference.grant(pool_id, group_id)
        outcome = self._world.all(GrantGroup(OPERATOR, pool_id=pool_id, group_id=group_id))[0]
        assert _code(outcome) == expected
        if isinstance(outcome, Refusal):
            return None
        self._reference.granted(outcome.grant.id, pool_id, group_id)
        return int(outcome.grant.id)

    def _regroup(self, team: int, members: list[int]) -> None:
        self._sweep_where_somebody_waits()
        ids = tuple(self._learners[number] for number in members)
        view = self._world.do(SaveGroup(OPERATOR, group_id=self._teams[team], member_ids=ids))
        self._reference.regroup(self._teams[team], list(view.member_ids))

    def _new_pool(self, size: int, transferable: bool, moves_max: int | None) -> int:
        allowed = Moves.ALWAYS if moves_max is None else Moves.LIMITED
        pool = self._world.pool(
            size=size,
            transferable=transferable,
            item_key="one",
            moves=MoveRule(allowed, per_pool_max=moves_max),
        )
        self._reference.shelves[pool.id] = Shelf("one", size, transferable, None, moves_max)
        return pool.id

    def _new_team(self) -> int:
        view = self._world.do(SaveGroup(OPERATOR, platform_key="acme", name="Team"))
        self._reference.teams[view.group.id] = []
        return int(view.group.id)

    def _sweep_where_somebody_waits(self) -> None:
        if any(shelf.queue for shelf in self._reference.shelves.values()):
            self._sweep()

    def _sweep(self) -> None:
        while self._world.do(LapseSeats(OPERATOR)):
            pass

    def _rows(self) -> list[Seated]:
        """All seats of the two pools, by id."""
        found = self._list(questions.SeatFilter())
        return [each for each in found.rows if each.pool.id in self._reference.shelves]

    def _list(self, wanted: questions.SeatFilter) -> questions.Found[Seated]:
        page = questions.Page(1, 100_000)
        with self._database.read() as unit:
            found = questions.list_seats(unit, Reach(None), wanted, page, self._world.now)
        assert not isinstance(found, Refusal)
        return found

    def _some_seat(self, pick: int) -> Seated | None:
        rows = self._rows()
        return rows[pick % len(rows)] if rows else None

    def _place_of(self, seated: Seated) -> Place:
        """The reference's place for a row: the n-th seat of a learner is the n-th place."""
        alike = [
            each.seat.id
            for each in self._rows()
            if (each.pool.id, each.learner.id) == (seated.pool.id, seated.learner.id)
        ]
        places = [
            place
            for place in self._reference.shelves[seated.pool.id].places
            if place.learner == seated.learner.id
        ]
        return places[alike.index(seated.seat.id)]

    def _compare_all(self) -> None:
        for pool_id, shelf in self._reference.shelves.items():
            mine = [each for each in self._rows() if each.pool.id == pool_id]
            got = [(each.learner.id, each.seat.live, each.seat.direct) for each in mine]
            want = [(p.learner, p.live and not p.over, p.direct) for p in shelf.places]
            assert sorted(got) == sorted(want), (got, want)


def _empty(database: Database) -> None:
    with database.write() as unit:
        for table in reversed(metadata.sorted_tables):
            unit.execute(delete(table))


def _code(outcome: Any) -> Code | None:
    return outcome.code if isinstance(outcome, Refusal) else None
