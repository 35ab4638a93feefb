"""/console/p/…/invitations/new: invite one or many, to a course, a program or the platform."""

from datetime import datetime

from litestar import Response, get, post
from litestar.di import NamedDependency

from seatledger.console import addresses
from seatledger.console.addresses import Pasted
from seatledger.console.failures import status_of
from seatledger.console.forms import Form, end_of, read_form
from seatledger.console.language import _, ngettext
from seatledger.console.pages.invitations import LIST
from seatledger.console.visit import Visit
from seatledger.domain.command import UNSET, Unset
from seatledger.domain.invitation_command import InviteMany, InvitePerson
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import Refusal
from seatledger.usecases.cursor_questions import Stretch, follow_items, get_item
from seatledger.usecases.invite_persons import MANY_MAX

PASTED_MAX = 100_000  # characters
ITEMS_SHOWN = 1000
INVITING = (ItemKind.COURSE, ItemKind.PROGRAM)


@get(f"{LIST}/new")
async def show(visit: NamedDependency[Visit]) -> Response[bytes]:
    return await _form(visit, Form(values={"to": visit.request.query_params.get("to", "")}))


@post(f"{LIST}/new")
async def invite(visit: NamedDependency[Visit]) -> Response[bytes]:
    """Invite whom nothing stands against; the others stay in the form, with what does."""
    form = await read_form(visit.request)
    people = addresses.read(form.text("people", needed=True, most=PASTED_MAX))
    to = await _read_to(visit, form)
    end = _read_end(form, visit.now)
    if len(people) > MANY_MAX:
        form.wrong("people", _("At most %(most)s at once.", most=MANY_MAX))
    if to is None or not form.ok:
        return await _form(visit, form, 422)
    told = await visit.do(_command(visit, people, to, end))
    if isinstance(told, Refusal):
        form.refuse(told)
        return await _form(visit, form, status_of(told))
    refused = [
        (person, each) for person, each in zip(people, told, strict=True) if _is_refusal(each)
    ]
    if not refused:
        return visit.go(visit.to("/invitations"), "invited")
    _keep(form, refused)
    return await _form(visit, form, 422, len(people) - len(refused))


def _command(
    visit: Visit, people: list[Pasted], to: tuple[ItemKind, str], end: datetime | Unset
) -> InviteMany:
    assert visit.platform is not None
    kind, key = to
    invitations = tuple(
        InvitePerson(
            visit.actor,
            kind=kind,
            platform_key=visit.platform.key,
            item_key=key or None,
            email=each.email,
            end=end,
            profile=_profile(each.name),
        )
        for each in people
    )
    return InviteMany(visit.actor, platform_key=visit.platform.key, invitations=invitations)


def _profile(name: str) -> dict[str, str] | Unset:
    first, _space, last = name.partition(" ")
    return {"first_name": first, "last_name": last.strip()} if name else UNSET


async def _read_to(visit: Visit, form: Form) -> tuple[ItemKind, str] | None:
    """What it is to: `platform`, or a kind and a key with a colon between.

    A course that is another platform's alone is as good as none.
    """
    said = form.text("to", needed=True)
    kind, _colon, key = said.partition(":")
    if said == ItemKind.PLATFORM:
        return ItemKind.PLATFORM, ""
    if kind not in INVITING or not key:
        form.wrong("to", _("Choose what they are invited to."))
        return None
    found = await visit.desk.ask(get_item, visit.reach, ItemKind(kind), key)
    if isinstance(found, Refusal):
        form.wrong("to", found.sentence)
        return None
    return ItemKind(kind), key


def _read_end(form: Form, now: datetime) -> datetime | Unset:
    last_day = form.day("end")
    end = None if last_day is None else end_of(last_day)
    if end is None:
        return UNSET
    if end <= now:
        form.wrong("end", _("This day is over already."))
    return end


def _is_refusal(outcome: object) -> bool:
    return isinstance(outcome, Refusal)


def _keep(form: Form, refused: list[tuple[Pasted, Refusal]]) -> None:
    """Leave in the form who could not be invited, and say why."""
    said = [f"{person.email or person.name}: {each.sentence}" for person, each in refused]
    form.values["people"] = "\n".join(person.email or person.name for person, _why in refused)
    form.wrong("people", " ".join(said[:10]))


async def _form(visit: Visit, form: Form, status: int = 200, invited: int = 0) -> Response[bytes]:
    stretch = Stretch(0, ITEMS_SHOWN)
    found = await visit.ask(follow_items, visit.reach, None, stretch)
    items = [each.item for each in found.rows if each.item.kind in INVITING]
    said = ngettext("%(num)s was invited.", "%(num)s were invited.", invited) if invited else None
    return visit.page(
        "invite.html", part="panel", status=status, form=form, items=items, invited=said
    )


handlers = [show, invite]
