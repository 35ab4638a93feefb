"""/console/p/…/invitations: who was invited to what, and what came of it."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import unwrap
from seatledger.console.pages.pools import page_number
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.invitation import InvitationState
from seatledger.domain.invitation_command import WithdrawInvitation
from seatledger.domain.refusal import unknown_invitation
from seatledger.usecases.invitation_questions import (
    InvitationFilter,
    Invitee,
    get_invitation,
    list_invitations,
)
from seatledger.usecases.questions import Page

LIST = f"{HOME}/p/{{platform_id:str}}/invitations"
INVITATIONS_SHOWN = 50


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    query = visit.request.query_params
    number = page_number(query.get("page"))
    state = _state(query.get("show", ""))
    wanted = InvitationFilter(state=(state, visit.now))
    page = Page(number, INVITATIONS_SHOWN, "-id")
    found = await visit.ask(list_invitations, visit.reach, wanted, page)
    return visit.page(
        "invitations.html",
        found=found,
        state=state,
        number=number,
        last=found.pages(INVITATIONS_SHOWN),
    )


@get(f"{LIST}/{{invitation_id:str}}/withdraw")
async def show_withdraw(
    visit: NamedDependency[Visit], invitation_id: FromPath[str]
) -> Response[bytes]:
    invitee = await _invitee(visit, invitation_id)
    return visit.page("invitation_withdraw.html", part="panel", invitee=invitee)


@post(f"{LIST}/{{invitation_id:str}}/withdraw")
async def withdraw(visit: NamedDependency[Visit], invitation_id: FromPath[str]) -> Response[bytes]:
    assert visit.platform is not None
    wanted = read_id(invitation_id, unknown_invitation())
    command = WithdrawInvitation(visit.actor, invitation_id=wanted, platform_key=visit.platform.key)
    unwrap(await visit.do(command))
    return visit.go(visit.to("/invitations"), "invitation_withdrawn")


async def _invitee(visit: Visit, invitation_id: str) -> Invitee:
    wanted = read_id(invitation_id, unknown_invitation())
    invitee: Invitee = await visit.ask(get_invitation, visit.reach, wanted)
    return invitee


def _state(text: str) -> InvitationState:
    return InvitationState(text) if text in list(InvitationState) else InvitationState.PENDING


handlers = [show_all, show_withdraw, withdraw]
