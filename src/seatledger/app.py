"""Builds the application: all wiring on one screen."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from litestar import Litestar
from litestar.types import ASGIApp

from seatledger import console
from seatledger.desk import Clock, Desk, utc_now
from seatledger.dialects import ibl, native, sqlbi
from seatledger.dialects.dialect import PROVIDED, Dialect
from seatledger.dialects.gate import Gate
from seatledger.dialects.rendering import render
from seatledger.dialects.repeating import Repeating
from seatledger.ops import documentation, health, log
from seatledger.ops.metrics import Metrics
from seatledger.ops.plain_paths import PlainPaths
from seatledger.ops.request_log import RequestLog
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.worker import at_work

DIALECTS: Sequence[Dialect] = (ibl.dialect, sqlbi.dialect, native.dialect)


def create_app(settings: Settings | None = None, clock: Clock = utc_now) -> ASGIApp:
    """The ASGI application. `settings` are the environment's where None is given."""
    settings = settings or Settings.read()
    log.configure(settings.log_format, settings.log_level)
    metrics = Metrics()
    desk = Desk(
        Database(settings.database_url),
        clock=clock,
        batch_max=settings.batch_max,
        queue_max=settings.queue_max,
        patience=settings.patience_seconds,
        observe=metrics.batch,
    )

    metrics.watch_queue("writes", lambda: desk.waiting)
    litestar = routed(settings.body_bytes_max)
    litestar.state.desk = desk
    litestar.state.metrics = metrics
    litestar.state.verifier = console.Verifier(desk)
    litestar.state.settings = settings
    litestar.state.observe_refusal = metrics.refused
    repeating = Repeating(litestar, desk, max(settings.body_bytes_max, settings.import_bytes_max))
    gate = Gate(repeating, DIALECTS, desk, settings)
    return RequestLog(PlainPaths(console.Door(gate, desk)), metrics.request)


def routed(body_bytes_max: int) -> Litestar:
    """Every route there is. What they work with is in the state of the application."""
    return Litestar(
        route_handlers=[
            health.router,
            console.router,
            documentation.assets,
            *(router for dialect in DIALECTS for router in dialect.routers),
        ],
        dependencies=PROVIDED,
        exception_handlers={Exception: console.failing(render)},
        lifespan=[running],
        request_max_body_size=body_bytes_max,
        openapi_config=documentation.openapi(
            {name: scheme for each in DIALECTS for name, scheme in each.security.items()}
        ),
        logging_config=None,
    )


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    """The desk is open as long as the application runs, and the worker at work if it is inside."""
    desk: Desk = app.state.desk
    settings: Settings = app.state.settings
    async with AsyncExitStack() as beside:
        if settings.worker == "inside":
            metrics: Metrics = app.state.metrics
            await beside.enter_async_context(at_work(desk, settings, metrics.delivery))
        yield
    await desk.close()
