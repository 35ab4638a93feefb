"""/console/p/…/groups: their members, the pools they are given, and who waits for a place."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console import addresses
from seatledger.console.failures import status_of, unwrap
from seatledger.console.forms import Form, read_form
from seatledger.console.language import _
from seatledger.console.pages.pools import cursor, page_number
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.command import DeleteGroup, GrantGroup, RemoveGrant, SaveGroup
from seatledger.domain.people_command import AddLearner
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal, unknown_grant, unknown_group, unknown_learner
from seatledger.usecases import questions
from seatledger.usecases.group_pages import SizedGroup, follow_members, get_sized, list_sized
from seatledger.usecases.naming import read_address
from seatledger.usecases.questions import GrantFilter, Page, PoolFilter, Stretch

LIST = f"{HOME}/p/{{platform_id:str}}/groups"
PATH = f"{LIST}/{{group_id:str}}"
GROUPS_SHOWN = 50
MEMBERS_SHOWN = 50
ADDED_MAX = 100  # at once
GRANTS = Page(1, 200, "-id")
CHOICES = Page(1, 500, "-id")


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    number = page_number(visit.request.query_params.get("page"))
    page = Page(number, GROUPS_SHOWN, "-id")
    found = await visit.ask(list_sized, visit.reach, page)
    last = found.pages(GROUPS_SHOWN)
    return visit.page("groups.html", found=found, number=number, last=last)


@get(f"{LIST}/new")
async def show_new(visit: NamedDependency[Visit]) -> Response[bytes]:
    return visit.page("group_form.html", part="panel", form=Form(), group=None)


@post(f"{LIST}/new")
async def make(visit: NamedDependency[Visit]) -> Response[bytes]:
    assert visit.platform is not None
    form = await read_form(visit.request)
    command = SaveGroup(
        visit.actor,
        platform_key=visit.platform.key,
        name=form.text("name", needed=True, most=200),
        description=form.text("description", most=500),
    )
    made = await visit.do(command) if form.ok else None
    if isinstance(made, Refusal):
        form.refuse(made)
    if not form.ok or made is None:
        status = status_of(made) if isinstance(made, Refusal) else 422
        return visit.page("group_form.html", part="panel", status=status, form=form, group=None)
    return visit.go(visit.to(f"/groups/{made.group.id}"), "group_saved")


@get(PATH)
async def show(visit: NamedDependency[Visit], group_id: FromPath[str]) -> Response[bytes]:
    return await _page(visit, group_id, Form())


@post(f"{PATH}/members")
async def add_members(visit: NamedDependency[Visit], group_id: FromPath[str]) -> Response[bytes]:
    """Make people known by their addresses, then members of the group in one change.

    With an address that can't be read nothing is done. Where the group may not grow, they stay
    known to the platform.
    """
    assert visit.platform is not None
    group = await _group(visit, group_id)
    form = await read_form(visit.request)
    people = addresses.read(form.text("people", needed=True, most=20_000))
    if len(people) > ADDED_MAX:
        form.wrong("people", _("At most %(most)s at once.", most=ADDED_MAX))
    for each in people if form.ok else ():
        if isinstance(refused := read_address(each.email), Refusal):
            form.wrong("people", f"{each.email or each.name}: {refused.sentence}")
    joining: list[int] = []
    for each in people if form.ok else ():
        command = AddLearner(
            visit.actor, platform_key=visit.platform.key, email=each.email, name=each.name
        )
        added = await visit.do(command)
        if isinstance(added, Refusal):
            form.wrong("people", f"{each.email}: {added.sentence}")
            break
        joining.append(added.membership.learner.id)
    if form.ok:
        joined = SaveGroup(visit.actor, group_id=group.group.id, joining_ids=tuple(joining))
        saved = await visit.do(joined)
        if isinstance(saved, Refusal):
            form.wrong("people", saved.sentence)
    if not form.ok:
        return await _page(visit, group_id, form, 422)
    return visit.go(visit.to(f"/groups/{group.group.id}"), "group_saved")


@post(f"{PATH}/members/{{learner_id:str}}/remove")
async def remove_member(
    visit: NamedDependency[Visit], group_id: FromPath[str], learner_id: FromPath[str]
) -> Response[bytes]:
    group = await _group(visit, group_id)
    leaving = read_id(learner_id, unknown_learner())
    command = SaveGroup(visit.actor, group_id=group.group.id, leaving_ids=(leaving,))
    unwrap(await visit.do(command))
    return visit.go(visit.to(f"/groups/{group.group.id}"), "group_saved")


@post(f"{PATH}/grants")
async def grant(visit: NamedDependency[Visit], group_id: FromPath[str]) -> Response[bytes]:
    group = await _group(visit, group_id)
    form = await read_form(visit.request)
    pool_id = read_id(form.get("pool") or "0", unknown_grant())
    pool = await visit.desk.ask(questions.get_pool, visit.reach, pool_id, visit.now)
    made = pool
    if not isinstance(pool, Refusal):
        command = GrantGroup(visit.actor, pool_id=pool.id, group_id=group.group.id)
        made = await visit.do(command)
    if isinstance(made, Refusal):
        form.wrong("pool", made.sentence)
        return await _page(visit, group_id, form, 422)
    return visit.go(visit.to(f"/groups/{group.group.id}"), "grant_made")


@post(f"{PATH}/grants/{{grant_id:str}}/remove")
async def remove_grant(
    visit: NamedDependency[Visit], group_id: FromPath[str], grant_id: FromPath[str]
) -> Response[bytes]:
    group = await _group(visit, group_id)
    wanted = read_id(grant_id, unknown_grant())
    await visit.ask(questions.get_grant, visit.reach, wanted, visit.now)
    unwrap(await visit.do(RemoveGrant(visit.actor, grant_id=wanted)))
    return visit.go(visit.to(f"/groups/{group.group.id}"), "grant_removed")


@get(f"{PATH}/delete")
async def show_delete(visit: NamedDependency[Visit], group_id: FromPath[str]) -> Response[bytes]:
    group = await _group(visit, group_id)
    return visit.page("group_delete.html", part="panel", group=group)


@post(f"{PATH}/delete")
async def delete(visit: NamedDependency[Visit], group_id: FromPath[str]) -> Response[bytes]:
    group = await _group(visit, group_id)
    unwrap(await visit.do(DeleteGroup(visit.actor, group_id=group.group.id)))
    return visit.go(visit.to("/groups"), "group_deleted")


async def _group(visit: Visit, group_id: str) -> SizedGroup:
    group: SizedGroup = await visit.ask(get_sized, visit.reach, read_id(group_id, unknown_group()))
    return group


async def _page(visit: Visit, group_id: str, form: Form, status: int = 200) -> Response[bytes]:
    group = await _group(visit, group_id)
    stretch = Stretch(cursor(visit), MEMBERS_SHOWN, backwards=True)
    called = visit.search.strip() or None
    found = await visit.ask(follow_members, visit.reach, group.group.id, called, stretch)
    shown = [learner.id for learner in found.rows]
    waits = await visit.ask(questions.list_waits, visit.reach, group.group.id, shown)
    wanted = GrantFilter(group_id=group.group.id)
    grants = await visit.ask(questions.list_grants, visit.reach, wanted, GRANTS, visit.now)
    return visit.page(
        "group.html",
        part="rows",
        status=status,
        group=group,
        found=found,
        q=visit.search,
        searched=group.member_count > MEMBERS_SHOWN,
        waiting={(wait.grant_id, wait.learner_id) for wait in waits},
        grants=grants.rows,
        choices=await _choices(visit, {each.pool.id for each in grants.rows}),
        form=form,
    )


async def _choices(visit: Visit, given: set[int]) -> list[Pool]:
    """The open pools that the group is not given yet, the newest first."""
    wanted = PoolFilter(open_at=visit.now)
    pools = await visit.ask(questions.list_pools, visit.reach, wanted, CHOICES, visit.now)
    return [pool for pool in pools.rows if pool.id not in given]


handlers = [
    show_all,
    show_new,
    make,
    show,
    add_members,
    remove_member,
    grant,
    remove_grant,
    show_delete,
    delete,
]
