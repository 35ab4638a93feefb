"""/console/p/…/links: auto-enrolment links, what they lend, and their addresses."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import status_of, unwrap
from seatledger.console.forms import Form, read_form
from seatledger.console.pages.pools import cursor
from seatledger.console.paths import HOME, VISITORS
from seatledger.console.visit import Visit, read_id
from seatledger.domain.link import LinkUse, unknown_link
from seatledger.domain.link_command import CreateLink, DeleteLink
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal, unknown_pool
from seatledger.usecases import keep_links, questions
from seatledger.usecases.cursor_questions import Stretch
from seatledger.usecases.questions import Page, PoolFilter

LIST = f"{HOME}/p/{{platform_id:str}}/links"
LINKS_SHOWN = 50
CHOICES = Page(1, 500, "-id")


@dataclass(frozen=True, slots=True)
class Shown:
    """A link, how many it may lend now, and the address to hand out."""

    use: LinkUse
    free: int
    address: str


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    stretch = Stretch(cursor(visit), LINKS_SHOWN, backwards=True)
    found = await visit.ask(keep_links.follow_links, visit.reach, None, stretch, visit.now)
    shown = [_shown(visit, use) for use in found.rows]
    return visit.page("links.html", part="rows", found=found, shown=shown)


@get(f"{LIST}/new")
async def show_new(visit: NamedDependency[Visit]) -> Response[bytes]:
    return await _form(visit, Form(values={"pool": visit.request.query_params.get("pool", "")}))


@post(f"{LIST}/new")
async def make(visit: NamedDependency[Visit]) -> Response[bytes]:
    form = await read_form(visit.request)
    pool = await _pool(visit, form)
    quota = form.count("quota") if form.text("quota") else None
    days = form.count("duration_days") if form.text("duration_days") else None
    if pool is None or not form.ok:
        return await _form(visit, form, 422)
    command = CreateLink(
        visit.actor,
        pool_id=pool.id,
        quota=quota,
        duration_days=days,
        auto_reassign=form.checked("auto_reassign"),
    )
    made = await visit.do(command)
    if isinstance(made, Refusal):
        form.refuse(made)
        return await _form(visit, form, status_of(made))
    return visit.go(visit.to("/links"), "link_made")


@get(f"{LIST}/{{link_id:str}}/delete")
async def show_delete(visit: NamedDependency[Visit], link_id: FromPath[str]) -> Response[bytes]:
    return visit.page("link_delete.html", part="panel", use=await _link(visit, link_id))


@post(f"{LIST}/{{link_id:str}}/delete")
async def delete(visit: NamedDependency[Visit], link_id: FromPath[str]) -> Response[bytes]:
    use = await _link(visit, link_id)
    unwrap(await visit.do(DeleteLink(visit.actor, link_id=use.link.id)))
    return visit.go(visit.to("/links"), "link_deleted")


async def _link(visit: Visit, link_id: str) -> LinkUse:
    wanted = read_id(link_id, unknown_link())
    use: LinkUse = await visit.ask(keep_links.get_link, visit.reach, wanted, visit.now)
    return use


async def _pool(visit: Visit, form: Form) -> Pool | None:
    """The pool that was chosen, if it is this platform's; else what is wrong is in the form."""
    said = form.text("pool", needed=True)
    if not said:
        return None
    fits = said.isascii() and said.isdigit() and len(said) < 19
    wanted = int(said) if fits else 0
    pool = await visit.desk.ask(questions.get_pool, visit.reach, wanted, visit.now)
    if isinstance(pool, Pool):
        return pool
    form.wrong("pool", unknown_pool().sentence)
    return None


async def _form(visit: Visit, form: Form, status: int = 200) -> Response[bytes]:
    wanted = PoolFilter(open_at=visit.now)
    pools = await visit.ask(questions.list_pools, visit.reach, wanted, CHOICES, visit.now)
    return visit.page("link_new.html", part="panel", status=status, form=form, choices=pools.rows)


def _shown(visit: Visit, use: LinkUse) -> Shown:
    base = str(visit.request.base_url).rstrip("/")
    return Shown(use, use.free(visit.now), f"{base}{VISITORS}/{use.link.token}")


handlers = [show_all, show_new, make, show_delete, delete]
