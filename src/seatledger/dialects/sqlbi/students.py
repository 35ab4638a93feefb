"""GET /v1/students and /v1/student: who holds or held a license of the manager (2.12, 2.13)."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.sqlbi import schemas, translate
from seatledger.dialects.sqlbi.documented import (
    TEXT,
    TOTAL,
    IncludeInactiveText,
    PageSizeText,
    PageText,
    described,
)
from seatledger.dialects.sqlbi.reading import read_id, read_include_inactive, read_page
from seatledger.domain.actor import Actor
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import invalid, unknown_learner
from seatledger.usecases.questions import Found, SeatFilter
from seatledger.usecases.surveys import Holder, get_holder, list_holders


@get("/students", **described("list_students", "The manager's students", listed=True))
async def list_students(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    page: PageText = None,
    page_size: PageSizeText = None,
    include_inactive: IncludeInactiveText = None,
) -> Response[list[schemas.Student]]:
    held = SeatFilter(kind=ItemKind.COURSE, in_force=not read_include_inactive(include_inactive))
    wanted, now = read_page(page, page_size), desk.clock()
    found: Found[Holder] = unwrap(await desk.ask(list_holders, actor.reach, held, wanted, now))
    return Response(
        [translate.student(holder, now) for holder in found.rows],
        headers={TOTAL: str(found.total)},
    )


EmailText = Annotated[
    str | None,
    QueryParameter(name="email", description="The student's address.", schema_extra=TEXT),
]
IdText = Annotated[
    str | None, QueryParameter(name="id", description="The student's id.", schema_extra=TEXT)
]


@get(
    "/student",
    **described("get_student", "One student, by address, by id, or by both"),
)
async def get_student(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    email: EmailText = None,
    student_id: IdText = None,
    include_inactive: IncludeInactiveText = None,
) -> schemas.Student:
    only_active = not read_include_inactive(include_inactive)
    if not email and not student_id:
        raise Refused(invalid("email", "Name the student: by email or by id."))
    if email and "\x00" in email:
        raise Refused(unknown_learner())  # no address has a NUL, and no database takes one
    held = SeatFilter(
        kind=ItemKind.COURSE,
        email=email_key(email) if email else None,
        learner_id=read_id(student_id, unknown_learner()) if student_id else None,
        in_force=only_active,
    )
    now = desk.clock()
    holder = await desk.ask(get_holder, actor.reach, held, now)
    return translate.student(unwrap(holder), now)
