"""GET /v1/me: the license manager (2.1)."""

from litestar import get
from litestar.di import NamedDependency

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.sqlbi import schemas, translate
from seatledger.dialects.sqlbi.documented import described
from seatledger.domain.actor import Actor
from seatledger.domain.item import ItemKind
from seatledger.usecases.surveys import get_account


@get("/me", **described("get_me", "The license manager"))
async def get_me(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> schemas.Me:
    return translate.me(unwrap(await desk.ask(get_account, actor, ItemKind.COURSE)))
