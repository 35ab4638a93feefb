"""`/healthz`: the process lives. `/readyz`: it can serve. `/metrics`: what it has counted."""

from typing import Any

from litestar import MediaType, Request, Response, Router, get

from seatledger.desk import Desk
from seatledger.domain.refusal import Refusal
from seatledger.ops.metrics import Metrics
from seatledger.usecases.check_ready import check_ready


@get("/healthz", sync_to_thread=False, summary="Whether the process lives")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@get("/readyz", summary="Whether the database is reachable and its schema current")
async def readyz(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    desk: Desk = request.app.state.desk
    trouble = await desk.run(check_ready)
    if isinstance(trouble, Refusal):
        trouble = trouble.sentence
    if trouble is None:
        return Response({"status": "ok"})
    return Response({"status": "unavailable", "detail": trouble}, status_code=503)


@get("/metrics", sync_to_thread=False, media_type=MediaType.TEXT, summary="Prometheus metrics")
def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    counted: Metrics = request.app.state.metrics
    body, content_type = counted.render()
    return Response(body, media_type=content_type)


router = Router("/", route_handlers=[healthz, readyz, metrics], tags=["operation"])
