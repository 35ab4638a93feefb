"""GET /v1/courses and /v1/course/{id}: what the manager has pools of (2.2, 2.3)."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.sqlbi import schemas, translate
from seatledger.dialects.sqlbi.documented import TOTAL, PageSizeText, PageText, described
from seatledger.dialects.sqlbi.reading import read_id, read_page
from seatledger.domain.actor import Actor
from seatledger.domain.item import ItemKind
from seatledger.domain.refusal import unknown_item
from seatledger.usecases.questions import Found
from seatledger.usecases.surveys import Stock, get_stock, list_stock


@get("/courses", **described("list_courses", "The manager's courses", listed=True))
async def list_courses(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    page: PageText = None,
    page_size: PageSizeText = None,
) -> Response[list[schemas.Course]]:
    wanted, now = read_page(page, page_size), desk.clock()
    found: Found[Stock] = unwrap(
        await desk.ask(list_stock, actor.reach, ItemKind.COURSE, wanted, now)
    )
    return Response(
        [translate.course(stock, now) for stock in found.rows],
        headers={TOTAL: str(found.total)},
    )


@get("/course/{course_id:str}", **described("get_course", "One course"))
async def get_course(
    course_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> schemas.Course:
    item_id, now = read_id(course_id, unknown_item()), desk.clock()
    stock = await desk.ask(get_stock, actor.reach, ItemKind.COURSE, item_id, now)
    return translate.course(unwrap(stock), now)
