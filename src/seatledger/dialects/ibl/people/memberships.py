"""Who belongs to which platform: ties of one person, people of one platform (ibl Q1, Q2)."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Email, Id, Instant, Word, flag, none, unset
from seatledger.dialects.ibl.lists import Listing
from seatledger.dialects.ibl.numbered_lists import NumberedPage, numbered
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.platforms import platform_of, reach_of_one
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.learner import Membership
from seatledger.domain.people_command import LinkLearner
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import invalid
from seatledger.usecases.member_questions import MemberFilter, list_members
from seatledger.usecases.questions import Found, Tie, list_ties


class LinkQuery(msgspec.Struct, kw_only=True):
    """One of these is needed; the first that is given decides."""

    user_id: Id | UnsetType = UNSET
    username: Word | UnsetType = UNSET
    email: Email | UnsetType = UNSET


class UserPlatformViewPostRequest(msgspec.Struct, kw_only=True):
    """A tie that is new is active, from now, without end, and not an admin's."""

    user_id: Id
    platform_key: Word
    added_on: Instant | UnsetType = UNSET
    expired_on: Instant | None | UnsetType = UNSET
    is_admin: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class UserPlatformLink(msgspec.Struct, kw_only=True):
    """`public` and `is_enterprise` are strings in this contract, and empty: nothing is known."""

    user_id: int
    username: str
    email: str
    user_active: bool
    key: str
    org: str
    platform_name: str
    lms_url: str
    cms_url: str
    portal_url: str
    is_admin: bool
    is_staff: bool
    added_on: datetime
    expired_on: datetime | None
    public: str
    active: bool
    is_enterprise: str
    show_paywall: bool


class PlatformUsersQuery(Listing, kw_only=True):
    """`query` is in the name, the address or the username."""

    platform_key: Word | UnsetType = UNSET
    platform_org: Word | UnsetType = UNSET
    query: Word | UnsetType = UNSET
    is_admin: bool | UnsetType = UNSET
    return_policies: Annotated[Word, Meta(description="`true` or `false`.")] = "false"


class PlatformUser(msgspec.Struct, kw_only=True):
    user_id: int
    username: str
    name: str
    email: str
    is_admin: bool
    is_staff: bool
    active: bool
    platform_key: str
    platform_org: str
    added_on: datetime
    expired_on: datetime | None
    policies: list[str] | UnsetType = UNSET


class PlatformUsersWithPolicies(msgspec.Struct, kw_only=True):
    """There are no policies here: both lists of them are empty."""

    allowed_policies: list[str]
    data: list[PlatformUser]


async def list_links(call: Call[LinkQuery, Any]) -> list[UserPlatformLink]:
    """The person's platforms, as far as the key reaches; nobody has none."""
    query = call.query
    if query.user_id is UNSET and query.username is UNSET and query.email is UNSET:
        raise Refused(invalid("user_id", "Name the person: by user_id, username or email."))
    question = partial(
        list_ties,
        learner_id=none(query.user_id),
        username=none(query.username),
        email=none(query.email),
    )
    found: list[Tie] = granted(await call.desk.ask(question, call.actor.reach))
    return [link(each.membership, each.platform) for each in found]


async def save_link(call: Call[Any, UserPlatformViewPostRequest]) -> UserPlatformLink:
    """Tie a known person to the platform, which registers them there; or change the tie (W14a)."""
    body = call.body
    platform = await platform_of(call, key=body.platform_key)
    saved: Membership = granted(
        await call.desk.submit(
            LinkLearner(
                call.actor,
                learner_id=body.user_id,
                platform_key=platform.key,
                active=unset(body.active),
                is_admin=unset(body.is_admin),
                added_on=unset(body.added_on),
                expired_on=unset(body.expired_on),
            )
        )
    )
    return link(saved, platform)


async def list_users(call: Call[PlatformUsersQuery, Any]) -> NumberedPage[Any]:
    """A page of the platform's people, those who left among them."""
    query = call.query
    with_policies = flag("return_policies", query.return_policies)
    within = await reach_of_one(call, key=query.platform_key, org=query.platform_org)
    wanted = MemberFilter(text=none(query.query), is_admin=none(query.is_admin))
    found: Found[Tie] = granted(await call.desk.ask(list_members, within, wanted, query.asked()))
    page = numbered(query, found, partial(_user, with_policies=with_policies))
    if not with_policies:
        return page
    return NumberedPage(
        count=page.count,
        next_page=page.next_page,
        previous_page=page.previous_page,
        results=PlatformUsersWithPolicies(allowed_policies=[], data=page.results),
    )


def link(membership: Membership, platform: Platform) -> UserPlatformLink:
    person = membership.learner
    return UserPlatformLink(
        user_id=person.id,
        username=person.login,
        email=person.email,
        user_active=person.registered,
        key=platform.key,
        org=platform.org,
        platform_name=platform.name,
        lms_url=platform.learning_url,
        cms_url=platform.studio_url,
        portal_url=platform.portal_url,
        is_admin=membership.is_admin,
        is_staff=False,
        added_on=membership.added_on,
        expired_on=membership.expired_on,
        public="",
        active=membership.active,
        is_enterprise="",
        show_paywall=False,
    )


def _user(tie: Tie, *, with_policies: bool) -> PlatformUser:
    membership, person = tie.membership, tie.membership.learner
    return PlatformUser(
        user_id=person.id,
        username=person.login,
        name=person.name,
        email=person.email,
        is_admin=membership.is_admin,
        is_staff=False,
        active=membership.active,
        platform_key=tie.platform.key,
        platform_org=tie.platform.org,
        added_on=membership.added_on,
        expired_on=membership.expired_on,
        policies=[] if with_policies else UNSET,
    )
