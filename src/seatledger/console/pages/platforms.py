"""/console/platforms: all platforms, to go to; operators make and change them here."""

import re

from litestar import Response, get, post
from litestar.di import NamedDependency

from seatledger.console.failures import status_of
from seatledger.console.forms import Form, read_form
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit
from seatledger.domain.actor import Reach
from seatledger.domain.people_command import CreatePlatform, ShapePlatform
from seatledger.domain.refusal import Refusal
from seatledger.usecases.keep_accounts import managers_of
from seatledger.usecases.overview import list_platform_rows

LIST = f"{HOME}/platforms"
CHANGE = f"{HOME}/p/{{platform_id:str}}/settings"


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    q = visit.search.strip()
    every = await visit.ask(list_platform_rows, Reach(None), visit.now)
    said = q.casefold()
    rows = [row for row in every if said in row.name.casefold() or said in row.key.casefold()]
    return visit.page("platforms.html", part="rows", rows=rows, q=q)


@get(f"{LIST}/new")
async def show_new(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    return visit.page("platform_new.html", part="panel", form=Form())


@post(f"{LIST}/new")
async def make(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    form = await read_form(visit.request)
    command = CreatePlatform(
        visit.actor,
        key=form.text("key", needed=True, most=200),
        org=form.text("org", needed=True, most=200),
        name=form.text("name", needed=True, most=200),
        email=form.text("email", most=254),
        domains=_domains(form),
    )
    made = await visit.do(command) if form.ok else None
    if isinstance(made, Refusal):
        form.refuse(made)
    if not form.ok or made is None:
        status = status_of(made) if isinstance(made, Refusal) else 422
        return visit.page("platform_new.html", part="panel", status=status, form=form)
    return visit.go(f"{HOME}/p/{made.id}", "platform_made")


@get(CHANGE)
async def show_change(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    assert visit.platform is not None
    values = {
        "name": visit.platform.name,
        "email": visit.platform.email,
        "domains": ", ".join(visit.platform.domains),
    }
    return await _change(visit, Form(values=values))


@post(CHANGE)
async def change(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    assert visit.platform is not None
    form = await read_form(visit.request)
    command = ShapePlatform(
        visit.actor,
        key=visit.platform.key,
        name=form.text("name", needed=True, most=200),
        email=form.text("email", most=254),
        domains=_domains(form),
    )
    changed = await visit.do(command) if form.ok else None
    if isinstance(changed, Refusal):
        form.refuse(changed)
    if not form.ok:
        status = status_of(changed) if isinstance(changed, Refusal) else 422
        return await _change(visit, form, status)
    return visit.go(visit.to("/settings"), "platform_changed")


async def _change(visit: Visit, form: Form, status: int = 200) -> Response[bytes]:
    managers = await visit.ask(managers_of, visit.reach)
    return visit.page("platform.html", status=status, form=form, managers=managers)


def _domains(form: Form) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[\s,;]+", form.text("domains", most=5_000))))


handlers = [show_all, show_new, make, show_change, change]
