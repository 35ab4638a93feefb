"""/console/p/…/pools/new and …/change: what operators do with pools."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import status_of
from seatledger.console.forms import Form, end_of, first_day, last_day, read_form, start_of
from seatledger.console.language import _
from seatledger.console.pages.pools import LIST, PATH, pool_of
from seatledger.console.visit import Visit
from seatledger.domain.command import OpenPool, ShapePool
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.version import version_of

NEW = f"{LIST}/new"
CHANGE = f"{PATH}/change"
FIELDS = {"item_key": "key", "item_title": "title", "item_kind": "kind"}


@get(NEW)
async def show_new(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    form = Form(values={"kind": ItemKind.COURSE, "transferable": "yes"})
    return _new(visit, form)


@post(NEW)
async def make(visit: NamedDependency[Visit]) -> Response[bytes]:
    visit.operators_only()
    form = await read_form(visit.request)
    assert visit.platform is not None
    start, end = form.day("start"), form.day("end")
    command = OpenPool(
        visit.actor,
        platform_key=visit.platform.key,
        item_kind=_kind(form),
        item_key=form.text("key", needed=True, most=255),
        item_title=form.text("title", needed=True, most=255),
        name=form.text("name", most=255) or None,
        size=form.count("size"),
        start=None if start is None else start_of(start),
        end=None if end is None else end_of(end),
        transferable=form.checked("transferable"),
        source="console",
    )
    if not form.ok:
        return _new(visit, form, 422)
    made = await visit.do(command)
    if isinstance(made, Refusal):
        form.refuse(made, **FIELDS)
        return _new(visit, form, status_of(made))
    return visit.go(visit.to(f"/pools/{made.id}"), "pool_made")


@get(CHANGE)
async def show_change(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    visit.operators_only()
    pool = await pool_of(visit, pool_id)
    return _change(visit, pool, Form(values=_as_is(pool)))


@post(CHANGE)
async def change(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    visit.operators_only()
    pool = await pool_of(visit, pool_id)
    form = await read_form(visit.request)
    was = _as_is(pool)
    start, end = form.day("start"), form.day("end")
    fields: dict[str, Any] = {
        "name": form.text("name", needed=True, most=255),
        "size": form.count("size"),
        "active": form.checked("active"),
    }
    if start is None:
        form.text("start", needed=True)
    elif form.get("start") != was["start"]:  # a day that was left alone keeps its hour
        fields["start"] = start_of(start)
    if form.get("end").strip() != was["end"]:
        fields["end"] = None if end is None else end_of(end)
    if not form.ok:
        return _change(visit, pool, form, 422)
    command = ShapePool(
        visit.actor, pool_id=pool.id, if_version=form.get("version") or None, **fields
    )
    changed = await visit.do(command)
    if isinstance(changed, Refusal) and changed.code is Code.CHANGED_MEANWHILE:
        pool, form = await pool_of(visit, pool_id), Form()
        form.show_anew(_as_is(pool))
        return _change(visit, pool, form, status_of(changed))
    if isinstance(changed, Refusal):
        form.refuse(changed)
        return _change(visit, pool, form, status_of(changed))
    return visit.go(visit.to(f"/pools/{pool.id}"), "pool_changed")


def _as_is(pool: Pool) -> dict[str, str]:
    """A pool as the form shows it."""
    values = {
        "name": pool.name,
        "size": str(pool.size),
        "start": first_day(pool.window.start),
        "end": last_day(pool.window.end),
        "version": version_of(pool.facts()),
    }
    return values | ({"active": "yes"} if pool.active else {})


def _kind(form: Form) -> ItemKind:
    said = form.get("kind")
    if said not in set(ItemKind):
        form.wrong("kind", _("Choose one of these."))
        return ItemKind.COURSE
    return ItemKind(said)


def _new(visit: Visit, form: Form, status: int = 200) -> Response[bytes]:
    return visit.page("pool_new.html", part="panel", status=status, form=form)


def _change(visit: Visit, pool: Pool, form: Form, status: int = 200) -> Response[bytes]:
    return visit.page("pool_change.html", part="panel", status=status, pool=pool, form=form)


handlers = [show_new, make, show_change, change]
