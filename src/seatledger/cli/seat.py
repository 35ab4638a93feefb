"""`seatledger seat`: one learner's place in a pool."""

from datetime import datetime
from typing import Annotated, Any

import typer

from seatledger.cli.options import ID_MAX, AsJson, DatabaseUrl, read_instant
from seatledger.cli.shell import opened
from seatledger.domain.command import AssignSeat, EndSeat, IfHeld
from seatledger.domain.moving import Moved
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import SeatState
from seatledger.domain.seating import Seated
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.questions import SeatFilter, get_pool, get_seat, list_seats

app = typer.Typer(help="Give seats to learners, move them, take them back, list them.")
COLUMNS = ["seat_id", "email", "name", "state", "in_force", "start", "end", "reason"]
PoolId = Annotated[
    int, typer.Option("--pool", metavar="ID", min=1, max=ID_MAX, help="The pool's id.")
]
SeatId = Annotated[int, typer.Argument(metavar="ID", min=1, max=ID_MAX, help="The seat's id.")]


@app.command()
def assign(
    ctx: typer.Context,
    pool: PoolId,
    email: Annotated[str, typer.Option("--email", help="The learner's address.")],
    name: Annotated[
        str | None, typer.Option("--name", help="The learner's name, if they are new.")
    ] = None,
    end: Annotated[
        datetime | None,
        typer.Option(
            "--end",
            parser=read_instant,
            metavar="WHEN",
            help="The date or instant (UTC) the seat ends at; with its pool, without it.",
        ),
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Give a learner a seat. Who holds one of the pool already keeps it as it is."""
    with opened(ctx, database_url, as_json) as shell:
        seated: Seated = shell.do(
            AssignSeat(SHELL, pool_id=pool, email=email, name=name, end=end, if_held=IfHeld.KEEP)
        )
        verb = "has" if seated.created else "already had"
        shell.answers.say(
            {"seat_id": seated.seat.id},
            f"{seated.learner.email} {verb} seat {seated.seat.id} of pool {seated.pool.id}.",
        )


@app.command()
def move(
    ctx: typer.Context,
    seat: SeatId,
    to: Annotated[
        str, typer.Option("--to", metavar="EMAIL", help="The address of who gets the place.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="The other learner's name, if they are new.")
    ] = None,
    keep_end: Annotated[
        bool,
        typer.Option(
            "--keep-end/--follow-pool",
            help="Whether the new seat ends when the old one would have, or with its pool.",
        ),
    ] = True,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Pass a seat on to another learner, as its pool's rule allows."""
    with opened(ctx, database_url, as_json) as shell:
        moved: Moved = shell.do(
            MoveSeat(SHELL, seat_id=seat, email=to, name=name, keep_end=keep_end)
        )
        left, given = moved.left, moved.given
        shell.answers.say(
            {"seat_id": given.seat.id, "moved_from": left.seat.id},
            f"Seat {left.seat.id} of {left.learner.email} passed to {given.learner.email}: "
            f"seat {given.seat.id} of pool {given.pool.id}.",
        )


@app.command()
def end(
    ctx: typer.Context,
    seat: SeatId,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Take a seat back, which frees its place."""
    with opened(ctx, database_url, as_json) as shell:
        found = shell.ask(get_seat, SHELL.reach, seat, shell.ledger.clock())
        if found.seat.state is SeatState.ENDED:
            shell.answers.refuse(Refusal(Code.SEAT_ENDED, f"Seat {seat} has ended already."))
        ended: Seated = shell.do(EndSeat(SHELL, seat_id=seat))
        shell.answers.say(
            {"seat_id": ended.seat.id},
            f"Seat {ended.seat.id} is ended; {ended.pool.free} free in pool {ended.pool.id}.",
        )


@app.command("list")
def list_all(
    ctx: typer.Context,
    pool: PoolId,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """List the seats of a pool, those that have ended too."""
    with opened(ctx, database_url, as_json) as shell:
        now = shell.ledger.clock()
        shell.ask(get_pool, SHELL.reach, pool, now)
        wanted = SeatFilter(pool_id=pool)
        seats = shell.every(lambda page: shell.ask(list_seats, SHELL.reach, wanted, page, now))
        shell.answers.show([_facts(seated, now) for seated in seats], COLUMNS)


def _facts(seated: Seated, now: datetime) -> dict[str, Any]:
    seat = seated.seat
    return {
        "seat_id": seat.id,
        "pool_id": seat.pool_id,
        "email": seated.learner.email,
        "name": seated.learner.name,
        "state": seat.state,
        "reason": seat.reason,
        "start": seat.start,
        "end": seat.end_within(seated.pool),
        "in_force": seat.in_force(seated.pool, now),
    }
