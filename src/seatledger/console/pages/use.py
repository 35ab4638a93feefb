"""/console/p/…/use: how many seats were bought and in use, week by week.

Other pages show it too, and fetch it once they are there: it looks at all of history.
"""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.charts import NARROW, chart
from seatledger.console.pages.pools import PATH as POOL
from seatledger.console.pages.pools import pool_of
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit
from seatledger.domain.usage import Step
from seatledger.usecases.measure_usage import Usage, UsageAsked, measure_platform, measure_pool

WEEKLY = UsageAsked(step=Step.WEEK)


@get(f"{HOME}/p/{{platform_id:str}}/use")
async def show_platforms(visit: NamedDependency[Visit]) -> Response[bytes]:
    used: Usage = await visit.ask(measure_platform, visit.reach.platform_id, WEEKLY, visit.now)
    return visit.page("use.html", part="graph", used=used.steps, chart=chart(used.steps))


@get(f"{POOL}/use")
async def show_pools(visit: NamedDependency[Visit], pool_id: FromPath[str]) -> Response[bytes]:
    pool = await pool_of(visit, pool_id)
    used: Usage = await visit.ask(measure_pool, visit.reach, pool.id, WEEKLY, visit.now)
    drawn = chart(used.steps, NARROW)
    return visit.page(
        "pool_use.html", part="graph", pool=pool, used=used.steps, chart=drawn, run_out=used.run_out
    )


handlers = [show_platforms, show_pools]
