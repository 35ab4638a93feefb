"""Which pages there are."""

from litestar import Router
from litestar.di import Provide

from seatledger.console import assets
from seatledger.console.pages import (
    account,
    accounts,
    activity,
    assign,
    choose_password,
    groups,
    health,
    invitations,
    invite,
    jobs,
    learners,
    links,
    overview,
    platforms,
    pool_form,
    pools,
    requests,
    seats,
    sign_in,
    start,
    tokens,
    use,
    visitor,
)
from seatledger.console.visit import visit_of

PAGES = (
    visitor,
    sign_in,
    choose_password,
    start,
    account,
    overview,
    use,
    pools,
    pool_form,
    assign,
    jobs,
    seats,
    learners,
    groups,
    links,
    invitations,
    invite,
    requests,
    activity,
    tokens,
    platforms,
    accounts,
    health,
)

router = Router(
    "/",
    route_handlers=[assets.asset, *(handler for page in PAGES for handler in page.handlers)],
    dependencies={"visit": Provide(visit_of)},
    include_in_schema=False,
)
