"""The access check as it is measured: which items are asked for, and that they are open."""

import json

from bench.calls import ACCESS
from bench.crowd import POOLS
from bench.measurement import Skipped
from bench.server import Server
from bench.site import Site, item_key


def item_keys() -> list[str]:
    """The keys of the items that every learner of a crowded site holds a seat of."""
    return [item_key(n) for n in range(1, POOLS + 1)]


def demand_access(server: Server, site: Site) -> None:
    """See that a check says yes. Raises Skipped where this server has none."""
    path = ACCESS.path.replace("{n}", "0").replace("{each}", item_keys()[0])
    status, body = server.get(path, {"Authorization": f"{ACCESS.scheme} {site.token}"})
    if status == 404:
        raise Skipped("this server has no access check at GET /api/v1/access")
    if status != 200 or json.loads(body)["allow"] is not True:
        raise RuntimeError(f"an access check was answered with {status}: {body!r}")
