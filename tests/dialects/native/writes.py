"""One good request for each operation that writes, by method and path.

An operation that is missing here fails the tests which try all of them: say how to ask it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy

from seatledger.dialects.native import dialect
from seatledger.dialects.repeating import WRITES
from seatledger.domain.command import GrantGroup, SaveGroup, SaveItem
from seatledger.domain.item import ItemKind
from seatledger.domain.job import JobKind
from seatledger.domain.message_command import SaveTemplate
from seatledger.domain.people_command import CreateToken, LinkLearner
from seatledger.storage.tables import metadata
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR
from tests.support.jobs import asked, job, work
from tests.support.links import a_link
from tests.support.mail import sent_message
from tests.support.webhooks import dead_letter


@dataclass(frozen=True)
class Request:
    """A request that its operation grants. A `job` is kept also where it is a trial."""

    path: str
    body: Any = None
    by_operator: bool = False
    job: bool = False


@dataclass(frozen=True)
class Stage:
    """What the requests are about: ids of things that are there."""

    pool: int
    seat: int
    learner: int
    group: int
    granted_group: int
    grant: int
    token: int
    waiting_job: int
    refused_job: int
    link: int
    webhook: int
    delivery: int
    message: int


REQUESTS: Mapping[tuple[str, str], Callable[[Stage], Request]] = {
    ("POST", "/platforms"): lambda on: Request(
        "/platforms", {"key": "zeta", "name": "Zeta"}, by_operator=True
    ),
    ("PATCH", "/platforms/{key}"): lambda on: Request("/platforms/acme", {"name": "Acme & Co."}),
    ("PUT", "/items/{item}"): lambda on: Request("/items/course:new", {"title": "New"}),
    ("DELETE", "/items/{item}"): lambda on: Request("/items/course:unused"),
    ("POST", "/pools"): lambda on: Request(
        "/pools",
        {"platform": "acme", "item": "course:new", "title": "New", "size": 3},
        by_operator=True,
    ),
    ("PATCH", "/pools/{pool_id}"): lambda on: Request(
        f"/pools/{on.pool}", {"size": 5}, by_operator=True
    ),
    ("POST", "/seats"): lambda on: Request(
        "/seats", {"pool": str(on.pool), "email": "bob@acme.example"}
    ),
    ("PATCH", "/seats/{seat_id}"): lambda on: Request(
        f"/seats/{on.seat}", {"end": "2026-04-01T00:00:00Z"}
    ),
    ("DELETE", "/seats/{seat_id}"): lambda on: Request(f"/seats/{on.seat}"),
    ("POST", "/seats/{seat_id}/move"): lambda on: Request(
        f"/seats/{on.seat}/move", {"email": "bob@acme.example"}
    ),
    ("POST", "/groups"): lambda on: Request(
        "/groups", {"name": "Night", "members": [str(on.learner)]}
    ),
    ("PATCH", "/groups/{group_id}"): lambda on: Request(
        f"/groups/{on.granted_group}", {"leaving": [str(on.learner)]}
    ),
    ("DELETE", "/groups/{group_id}"): lambda on: Request(f"/groups/{on.granted_group}"),
    ("POST", "/grants"): lambda on: Request(
        "/grants", {"pool": str(on.pool), "group": str(on.group)}
    ),
    ("DELETE", "/grants/{grant_id}"): lambda on: Request(f"/grants/{on.grant}"),
    ("POST", "/learners"): lambda on: Request(
        "/learners", {"email": "bob@acme.example", "name": "Bob"}
    ),
    ("PATCH", "/learners/{learner_id}"): lambda on: Request(
        f"/learners/{on.learner}", {"active": False}
    ),
    ("POST", "/learners/{learner_id}/erase"): lambda on: Request(
        f"/learners/{on.learner}/erase", by_operator=True
    ),
    ("PUT", "/learners/{learner_id}/progress/{item}"): lambda on: Request(
        f"/learners/{on.learner}/progress/course:course-1", {"percent": 40}
    ),
    ("POST", "/progress"): lambda on: Request(
        "/progress",
        {"reports": [{"learner": str(on.learner), "item": "course:course-1", "percent": 40}]},
    ),
    ("POST", "/tokens"): lambda on: Request("/tokens", {"name": "nightly"}),
    ("DELETE", "/tokens/{token_id}"): lambda on: Request(f"/tokens/{on.token}"),
    ("POST", "/pools/{pool_id}/seats:import"): lambda on: Request(
        f"/pools/{on.pool}/seats:import", {"rows": [{"email": "bob@acme.example"}]}, job=True
    ),
    ("POST", "/pools/{pool_id}/seats:end"): lambda on: Request(
        f"/pools/{on.pool}/seats:end", {"rows": [{"email": "ada@acme.example"}]}, job=True
    ),
    ("POST", "/pools/{pool_id}/seats:extend"): lambda on: Request(
        f"/pools/{on.pool}/seats:extend",
        {"rows": [{"email": "ada@acme.example"}], "end": "2026-04-01T00:00:00Z"},
        job=True,
    ),
    ("POST", "/links"): lambda on: Request("/links", {"pool": str(on.pool), "quota": 2}),
    ("DELETE", "/links/{link_id}"): lambda on: Request(f"/links/{on.link}"),
    ("POST", "/messages/{message_id}/bounce"): lambda on: Request(
        f"/messages/{on.message}/bounce", {"reason": "mailbox closed"}
    ),
    ("PATCH", "/mail-settings"): lambda on: Request("/mail-settings", {"greeting": "Dear"}),
    ("PATCH", "/message-templates/{type}"): lambda on: Request(
        "/message-templates/ended", {"subject": "Over: {{ item_title }}"}
    ),
    ("DELETE", "/message-templates/{type}"): lambda on: Request("/message-templates/expired"),
    ("POST", "/jobs/{job_id}/cancel"): lambda on: Request(f"/jobs/{on.waiting_job}/cancel"),
    ("POST", "/webhooks"): lambda on: Request(
        "/webhooks", {"url": "https://hooks.acme.example/in", "types": ["seat_assigned"]}
    ),
    ("PATCH", "/webhooks/{webhook_id}"): lambda on: Request(
        f"/webhooks/{on.webhook}", {"state": "paused"}
    ),
    ("DELETE", "/webhooks/{webhook_id}"): lambda on: Request(f"/webhooks/{on.webhook}"),
    ("POST", "/webhooks/{webhook_id}/secret/rotate"): lambda on: Request(
        f"/webhooks/{on.webhook}/secret/rotate", {"keep_hours": 48}
    ),
    ("POST", "/webhooks/{webhook_id}/test"): lambda on: Request(f"/webhooks/{on.webhook}/test"),
    ("POST", "/webhooks/{webhook_id}/redeliver"): lambda on: Request(
        f"/webhooks/{on.webhook}/redeliver", {"first": 1, "last": 100}
    ),
    ("POST", "/deliveries/{delivery_id}/redeliver"): lambda on: Request(
        f"/deliveries/{on.delivery}/redeliver"
    ),
    ("POST", "/jobs/{job_id}/retry"): lambda on: Request(f"/jobs/{on.refused_job}/retry"),
}


def operations() -> list[tuple[str, str]]:
    """What writes, as the router knows it, but for what is `open` to people without a token."""
    found: set[tuple[str, str]] = set()
    for router in dialect.routers:
        for route in router.routes:
            for handler in route.route_handlers:  # type: ignore[union-attr]
                if not {"reads", "open"} & set(handler.opt):
                    path = _as_documented(route.path.removeprefix(router.path))
                    found.update((str(each), path) for each in handler.http_methods & WRITES)
    return sorted(found)


def _as_documented(path: str) -> str:
    return path.replace(":str}", "}").replace(":path}", "}")


def staged(native: Native) -> Stage:
    """A world in which each of the requests is granted."""
    world = native.world
    pool, other, full = world.pool(size=3), world.pool(size=3), world.pool(size=1)
    (seated,) = world.assign(pool.id, "ada")
    world.assign(full.id, "ada")
    learner = seated.learner.id
    world.do(LinkLearner(OPERATOR, learner_id=learner, platform_key="acme"))
    group, granted = (
        world.do(
            SaveGroup(OPERATOR, name=name, platform_key="acme", member_ids=(learner,))
        ).group.id
        for name in ("One", "Two")
    )
    grant = world.do(GrantGroup(OPERATOR, pool_id=other.id, group_id=granted)).grant
    world.do(
        SaveItem(OPERATOR, kind=ItemKind.COURSE, key="unused", platform_org="ACME", title="Unused")
    )
    world.do(SaveTemplate(OPERATOR, platform_key="acme", type_name="expired", subject="Over"))
    message = sent_message(world, seated.learner)
    refused = job(world, full.id, JobKind.IMPORT, asked("bob"))
    work(world.database, world.now, refused.id)
    webhook, delivery = dead_letter(world)
    return Stage(
        pool=pool.id,
        seat=seated.seat.id,
        learner=learner,
        group=group,
        granted_group=granted,
        grant=grant.id,
        token=world.do(CreateToken(OPERATOR, name="old", platform_key="acme")).id,
        refused_job=refused.id,
        link=a_link(world, pool.id).id,
        webhook=webhook,
        delivery=delivery,
        message=message.id,
        waiting_job=job(world, pool.id, JobKind.IMPORT, asked("cleo")).id,
    )


def ask(native: Native, operation: tuple[str, str], on: Stage, **request: Any) -> Any:
    """The response to the operation's good request."""
    good = REQUESTS[operation](on)
    token = native.operator if good.by_operator else native.manager
    return native.ask(operation[0], good.path, token, json=good.body, **request)


def everything(native: Native, *but: str) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with native.world.database.read() as unit:
        return {
            table.name: sorted(map(repr, unit.select(sqlalchemy.select(table))))
            for table in metadata.sorted_tables
            if table.name not in but
        }
