"""/console/p/…/requests: members who ask to be let into a course, and what was decided."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.failures import Refused, status_of
from seatledger.console.forms import Form, read_form
from seatledger.console.pages.pools import page_number
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.invitation_command import DecideRequest
from seatledger.domain.refusal import Code, Refusal, unknown_access_request
from seatledger.usecases.invitation_questions import Asker, list_requests
from seatledger.usecases.questions import Found, Page
from seatledger.usecases.request_access import Requested

LIST = f"{HOME}/p/{{platform_id:str}}/requests"
OPEN_SHOWN = 50
DECIDED_SHOWN = 25


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    return await _page(visit)


@post(f"{LIST}/{{request_id:str}}/approve")
async def approve(visit: NamedDependency[Visit], request_id: FromPath[str]) -> Response[bytes]:
    return await _decide(visit, request_id, approved=True)


@post(f"{LIST}/{{request_id:str}}/reject")
async def reject(visit: NamedDependency[Visit], request_id: FromPath[str]) -> Response[bytes]:
    return await _decide(visit, request_id, approved=False)


async def _decide(visit: Visit, request_id: str, *, approved: bool) -> Response[bytes]:
    """Decide; what stands against it is said above and beside the request, which stays as it is."""
    assert visit.platform is not None
    wanted = read_id(request_id, unknown_access_request())
    form = await read_form(visit.request)
    command = DecideRequest(
        visit.actor,
        request_id=wanted,
        platform_key=visit.platform.key,
        approved=approved,
        only_open=not approved or form.checked("open"),
    )
    decided: Requested | Refusal = await visit.do(command)
    if isinstance(decided, Refusal):
        if decided.code is Code.UNKNOWN_ACCESS_REQUEST:
            raise Refused(decided)
        form.wrong("", decided.sentence)
        return await _page(visit, form, wanted, status_of(decided))
    if not approved:
        return visit.go(visit.to("/requests"), "request_rejected")
    seated = decided.request.seat_id is not None
    said = "request_approved" if seated else "request_approved_alone"
    return visit.go(visit.to("/requests"), said)


async def _page(
    visit: Visit, form: Form | None = None, refused_id: int | None = None, status: int = 200
) -> Response[bytes]:
    query = visit.request.query_params
    number, decided_number = (page_number(query.get(name)) for name in ("page", "decided"))
    waiting = await _listed(visit, Page(number, OPEN_SHOWN, "id"), waiting=True)
    decided = await _listed(visit, Page(decided_number, DECIDED_SHOWN, "-modified"), waiting=False)
    return visit.page(
        "requests.html",
        status=status,
        waiting=waiting,
        number=number,
        last=waiting.pages(OPEN_SHOWN),
        decided=decided,
        decided_number=decided_number,
        decided_last=decided.pages(DECIDED_SHOWN),
        form=form or Form(),
        refused_id=refused_id,
    )


async def _listed(visit: Visit, page: Page, *, waiting: bool) -> Found[Asker]:
    found: Found[Asker] = await visit.ask(list_requests, visit.reach, None, page, waiting)
    return found


handlers = [show_all, approve, reject]
