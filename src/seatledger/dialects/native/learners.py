"""/learners: the people whom a platform knows. Their seats are at /seats?learner=ID."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import UNSET, Meta, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.locations import made
from seatledger.dialects.native.naming import PlatformKey, platform_named, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, page
from seatledger.dialects.native.reading import LIMIT, read_id, read_stretch
from seatledger.domain import learner as domain
from seatledger.domain.actor import Actor
from seatledger.domain.command import UNSET as LEFT_OUT
from seatledger.domain.people_command import AddLearner, LinkLearner
from seatledger.domain.refusal import unknown_learner
from seatledger.usecases import cursor_questions
from seatledger.usecases.add_learners import Added
from seatledger.usecases.cursor_questions import Known, LearnerFilter

Email = Annotated[str, Meta(examples=["ada@acme.example"])]
Search = Annotated[
    str | None,
    QueryParameter(description="How the name, the e-mail address or the username begins."),
]


class Tie(msgspec.Struct):
    """That a learner belongs to a platform; not `active` once they left."""

    platform: str
    active: bool
    admin: bool
    since: datetime


class Learner(msgspec.Struct):
    """`platforms` has the ties that you may see; who only holds a seat there has none."""

    id: str
    email: str
    name: str
    username: str | None
    registered: bool
    created: datetime
    platforms: list[Tie]


class NewLearner(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody, by their address. `name` is for one who is new: nobody else's is changed."""

    email: Email
    name: str = ""
    platform: str | None = None
    admin: bool | UnsetType = UNSET


class TieChange(msgspec.Struct, forbid_unknown_fields=True):
    """`active` false suspends their seats there; true does not bring them back."""

    active: bool | UnsetType = UNSET
    admin: bool | UnsetType = UNSET


def shown(known: Known) -> Learner:
    return _learner(
        known.learner, [_tie(each.platform.key, each.membership) for each in known.ties]
    )


@get("/learners", **described("list_learners", "The learners you know, by id"))
async def list_learners(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    search: Search = None,
    email: FromQuery[str | None] = None,
    username: FromQuery[str | None] = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Learner]]:
    stretch = read_stretch(limit, after)
    reach = await reach_within(desk, actor, platform_key)
    wanted = LearnerFilter(email=email, username=username, beginning=search)
    found = await desk.ask(cursor_questions.follow_learners, reach, wanted, stretch)
    return page(unwrap(found), shown, fields)


@post(
    "/learners",
    **described("add_learner", "Make somebody a member of a platform", 415, also={200: Learner}),
)
async def add_learner(
    data: JSONBody[NewLearner], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Response[Learner]:
    command = AddLearner(
        actor,
        platform_key=platform_named(actor, data.platform),
        email=data.email,
        name=data.name,
        is_admin=LEFT_OUT if data.admin is UNSET else data.admin,
    )
    added: Added = unwrap(await desk.submit(command))
    row = _member(added.platform_key, added.membership)
    return made(row, "learners", row.id) if added.created else Response(row, status_code=200)


@get("/learners/{learner_id:str}", **described("get_learner", "One learner"))
async def get_learner(
    learner_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Learner:
    wanted = read_id(learner_id, unknown_learner())
    return shown(unwrap(await desk.ask(cursor_questions.get_learner, actor.reach, wanted)))


@patch("/learners/{learner_id:str}", **described("change_tie", "Change a tie to a platform", 415))
async def change_tie(
    learner_id: FromPath[str],
    data: JSONBody[TieChange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform: FromQuery[str | None] = None,
) -> Learner:
    key = platform_named(actor, platform)
    command = LinkLearner(
        actor,
        learner_id=read_id(learner_id, unknown_learner()),
        platform_key=key,
        active=LEFT_OUT if data.active is UNSET else data.active,
        is_admin=LEFT_OUT if data.admin is UNSET else data.admin,
    )
    return _member(key, unwrap(await desk.submit(command)))


def _member(platform_key: str, membership: domain.Membership) -> Learner:
    return _learner(membership.learner, [_tie(platform_key, membership)])


def _learner(learner: domain.Learner, ties: list[Tie]) -> Learner:
    return Learner(
        id=str(learner.id),
        email=learner.email,
        name=learner.name,
        username=learner.username,
        registered=learner.registered,
        created=learner.created,
        platforms=ties,
    )


def _tie(platform_key: str, membership: domain.Membership) -> Tie:
    return Tie(platform_key, membership.active, membership.is_admin, membership.added_on)


handlers = [list_learners, add_learner, get_learner, change_tie]
