"""/console/p/…/seats/…: take a seat back, pass it on, move its end; each in a dialog."""

from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import status_of
from seatledger.console.forms import Form, day_before, end_of, last_day, read_form
from seatledger.console.language import _
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.command import ChangeEnd, EndSeat
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.refusal import Code, Refusal, unknown_seat
from seatledger.domain.seating import Seated
from seatledger.domain.version import version_of
from seatledger.usecases import questions

PATH = f"{HOME}/p/{{platform_id:str}}/seats/{{seat_id:str}}"


@get(f"{PATH}/end")
async def show_end(visit: NamedDependency[Visit], seat_id: FromPath[str]) -> Response[bytes]:
    return _form(visit, "seat_end.html", await _seated(visit, seat_id))


@post(f"{PATH}/end")
async def take_back(visit: NamedDependency[Visit], seat_id: FromPath[str]) -> Response[bytes]:
    seated = await _seated(visit, seat_id)
    form = await read_form(visit.request)
    command = EndSeat(visit.actor, seat_id=seated.seat.id, if_version=form.get("version") or None)
    return await _done(visit, "seat_end.html", seated, form, command, "seat_ended")


@get(f"{PATH}/move")
async def show_move(visit: NamedDependency[Visit], seat_id: FromPath[str]) -> Response[bytes]:
    return _form(visit, "seat_move.html", await _seated(visit, seat_id))


@post(f"{PATH}/move")
async def pass_on(visit: NamedDependency[Visit], seat_id: FromPath[str]) -> Response[bytes]:
    seated = await _seated(visit, seat_id)
    form = await read_form(visit.request)
    command = MoveSeat(
        visit.actor,
        seat_id=seated.seat.id,
        email=form.text("email", needed=True, most=254),
        name=form.text("name") or None,
        check_domain=True,
        if_version=form.get("version") or None,
    )
    return await _done(visit, "seat_move.html", seated, form, command, "seat_moved")


@get(f"{PATH}/change")
async def show_change(visit: NamedDependency[Visit], seat_id: FromPath[str]) -> Response[bytes]:
    return _form(visit, "seat_change.html", await _seated(visit, seat_id))


@post(f"{PATH}/change")
async def move_end(visit: NamedDependency[Visit], seat_id: FromPath[str]) -> Response[bytes]:
    seated = await _seated(visit, seat_id)
    form = await read_form(visit.request)
    day = form.day("end")
    if day is None:
        form.wrong("end", _("Choose a day."))
        return _form(visit, "seat_change.html", seated, form, 422)
    end = _end_on(day, seated)
    command = ChangeEnd(
        visit.actor, seat_id=seated.seat.id, end=end, if_version=form.get("version") or None
    )
    return await _done(visit, "seat_change.html", seated, form, command, "end_moved")


async def _seated(visit: Visit, seat_id: str) -> Seated:
    wanted = read_id(seat_id, unknown_seat())
    seated: Seated = await visit.ask(questions.get_seat, visit.reach, wanted, visit.now)
    return seated


def _end_on(day: date, seated: Seated) -> datetime:
    """When this day is over; on the last day of the seat or of its pool, at the hour of that."""
    for end in (seated.seat.end_within(seated.pool), seated.pool.window.end):
        if end is not None and day == day_before(end):
            return end
    return end_of(day)


async def _done(
    visit: Visit, template: str, seated: Seated, form: Form, command: Any, said: str
) -> Response[bytes]:
    """Carry the command out and go back; or show the form again with what is wrong."""
    outcome = await visit.do(command) if form.ok else None
    if isinstance(outcome, Refusal) and outcome.code is Code.CHANGED_MEANWHILE:
        seated = await _seated(visit, str(seated.seat.id))
        form.show_anew(_as_is(seated))
    elif isinstance(outcome, Refusal):
        form.refuse(outcome)
    if not form.ok:
        status = status_of(outcome) if isinstance(outcome, Refusal) else 422
        return _form(visit, template, seated, form, status)
    return visit.go(_home(visit, seated), said)


def _form(
    visit: Visit, template: str, seated: Seated, form: Form | None = None, status: int = 200
) -> Response[bytes]:
    form = form or Form(values=_as_is(seated))
    back = _home(visit, seated)
    return visit.page(template, part="panel", status=status, seated=seated, form=form, back=back)


def _as_is(seated: Seated) -> dict[str, str]:
    """A seat as the forms show it."""
    seat = seated.seat
    return {"version": version_of(seat.facts()), "end": last_day(seat.end_within(seated.pool))}


def _home(visit: Visit, seated: Seated) -> str:
    return visit.back(visit.to(f"/pools/{seated.pool.id}"))


handlers = [show_end, take_back, show_move, pass_on, show_change, move_end]
