"""`seatledger pool history` and `seatledger seat history`: what happened to one of them."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from seatledger.cli.options import ID_MAX, AsJson, DatabaseUrl
from seatledger.cli.shell import PAGE_SIZE, Shell, opened
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.questions import Stretch
from seatledger.usecases.read_history import Told, pool_history, seat_history

COLUMNS = ["seq", "at", "type", "subject_id", "actor", "surface", "before", "after"]
PoolId = Annotated[int, typer.Argument(metavar="ID", min=1, max=ID_MAX, help="The pool's id.")]
SeatId = Annotated[int, typer.Argument(metavar="ID", min=1, max=ID_MAX, help="The seat's id.")]


def of_pool(
    ctx: typer.Context, pool: PoolId, database_url: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Tell what happened to a pool, its seats and its grants, in order."""
    with opened(ctx, database_url, as_json) as shell:
        _show(shell, pool_history, pool)


def of_seat(
    ctx: typer.Context, seat: SeatId, database_url: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Tell what happened to a seat, in order."""
    with opened(ctx, database_url, as_json) as shell:
        _show(shell, seat_history, seat)


def _show(shell: Shell, history: Callable[..., Any], subject_id: int) -> None:
    told: list[Told] = []
    last, more = 0, True
    while more:
        stretch = Stretch(last, PAGE_SIZE)
        found = shell.ask(history, SHELL.reach, subject_id, stretch, shell.ledger.clock())
        told += found.rows
        last, more = found.last_id, found.more
    shell.answers.show([_facts(each) for each in told], COLUMNS)


def _facts(told: Told) -> dict[str, Any]:
    event = told.event
    return {
        "seq": event.seq,
        "at": event.at,
        "type": event.kind,
        "subject_id": event.subject_id,
        "pool_id": event.pool_id,
        "actor": event.actor,
        "role": event.role,
        "surface": event.surface,
        "request_id": event.request_id,
        "change_type": event.change_type,
        "transaction_id": event.transaction_id,
        "before": event.before,
        "after": event.after,
    }
