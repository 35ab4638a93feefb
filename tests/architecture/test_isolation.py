"""Every operation, tried by those who may not: tokens that are gone, and managers of others.

The list of operations comes from the router, so that a new one can't be forgotten. A foreign id and
an unknown id must answer alike, and nothing of the platform may change or be told.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.command import AssignSeat, GrantGroup, OpenPool, SaveGroup
from seatledger.domain.invitation_command import InvitePerson, RequestAccess
from seatledger.domain.item import ItemKind
from seatledger.domain.job import JobKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import CreatePlatform, CreateToken, DeleteToken, LinkLearner
from seatledger.domain.suggestion import Notes, SubjectKind
from seatledger.domain.suggestion_command import SubjectName, Suggest, Wish
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.storage.tables import events
from tests.support.cast import DAY, NOON, OPERATOR
from tests.support.jobs import asked, job, work
from tests.support.links import a_link
from tests.support.mail import sent_message
from tests.support.routes import Operation, operations
from tests.support.webhooks import dead_letter
from tests.support.world import World

SECRET = "only-for-acme"
UNKNOWN = 987_654
UNKNOWN_WORDS = {"course_id": f"course-{UNKNOWN}", "source": SECRET, "approved": True}
OPEN = ("/user/assignment/check", "/invitations/platform/check")
BY_LINK = "/api/v1/links/open/"  # whoever has a link may use it, from whatever platform


class Trespass:
    """A server with two platforms, and requests that point at what is the other's."""

    def __init__(self, url: str, world: World) -> None:
        self.world = world
        app = create_app(
            Settings(database_url=url, sqlbi_rate_per_minute=0, worker="apart"),
            clock=lambda: world.now,
        )
        self.client = TestClient(app, raise_server_exceptions=False)
        self.operations = [
            each for each in operations(app) if each.dialect and not each.path.startswith(BY_LINK)
        ]
        self._requests = 0

    def token(self, name: str, platform: str = "acme", **fields: Any) -> str:
        text: str = self.world.do(
            CreateToken(OPERATOR, name=name, platform_key=platform, **fields)
        ).text
        return text

    def ask(self, operation: Operation, token: str, ids: dict[str, Any]) -> tuple[int, str]:
        """Status and body, with all numbers made alike."""
        self._requests += 1
        path = re.sub(
            r"\{(\w+)\}", lambda found: _in_path(operation, found[1], ids), operation.path
        )
        scheme = "Api-Token" if operation.dialect == "ibl" else "Bearer"
        fields: dict[str, Any] = {**ids, "name": f"name{self._requests}", "id": ids["seat"]}
        if "/invitations/" in path:
            fields |= {"email": "zed@zeta.example", "count": 1}
        answer = self.client.request(
            operation.method,
            path,
            params={**ids, "id": ids["invitation" if "/invitations/" in path else "seat"]},
            headers={"Authorization": f"{scheme} {token}"},
            json=None if operation.method in {"GET", "DELETE"} else fields,
        )
        assert answer.status_code < 500, (operation, answer.text)
        assert SECRET not in answer.text, (operation, answer.text)
        return answer.status_code, re.sub(r"[0-9a-f]{64}|\d+", "#", answer.text)


# What each variable of a path points at, by dialect; `=` before what is nobody's own.
VARIABLES = {
    "ibl": {
        "license_id": "seat",
        "user_id": "user_id",
        "notification_id": "message_of_path",
        "notification_type": "=COURSE_LICENSE_ASSIGNMENT",
    },
    "sqlbi": {"pool_id": "license_id", "license_id": "seat", "course_id": "item"},
    "native": {
        "pool_id": "license_id",
        "seat_id": "seat",
        "group_id": "group_id",
        "grant_id": "assignment_id",
        "learner_id": "user_id",
        "token_id": "token",
        "job_id": "job",
        "link_id": "link",
        "webhook_id": "webhook",
        "delivery_id": "delivery",
        "message_id": "message",
        "type": "=ended",
        "key": "platform_of_path",
        "item": "item_of_path",
    },
}


def _in_path(operation: Operation, variable: str, ids: dict[str, Any]) -> str:
    known = VARIABLES[operation.dialect]
    name = known[variable] if operation.dialect == "native" else known.get(variable, "group_id")
    if name.startswith("="):
        return name[1:]
    return f"course:{ids[name]}" if name == "item_of_path" else str(ids[name])


@pytest.fixture
def trespass(database: Database, database_url: str) -> Iterator[Trespass]:
    trespass = Trespass(database_url, World(database))
    with trespass.client:
        yield trespass


@pytest.fixture
def ids(trespass: Trespass) -> dict[str, Any]:
    """Pools, seats, a group, a grant and a person of acme, each marked as its secret."""
    world = trespass.world
    world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
    world.do(
        OpenPool(
            OPERATOR,
            platform_key="zeta",
            item_kind=ItemKind.COURSE,
            item_key="zeta-1",
            item_title="Zeta 1",
            size=3,
        )
    )
    pool = world.pool(name=SECRET, metadata={"note": SECRET})
    seated = world.do(
        AssignSeat(OPERATOR, pool_id=pool.id, email=f"{SECRET}@acme.example", name=SECRET)
    )
    person = seated.learner.id
    world.do(LinkLearner(OPERATOR, learner_id=person, platform_key="acme"))
    group = world.do(
        SaveGroup(OPERATOR, platform_key="acme", name=SECRET, member_ids=(person,))
    ).group
    grant = world.do(GrantGroup(OPERATOR, pool_id=pool.id, group_id=group.id)).grant
    invited = world.do(
        InvitePerson(
            OPERATOR,
            kind=ItemKind.COURSE,
            item_key=pool.item.key,
            learner_id=person,
            source=SECRET,
            metadata={"note": SECRET},
        )
    )
    asked_for = RequestAccess(
        OPERATOR,
        item_key=pool.item.key,
        person=PersonName(learner_id=person),
        metadata={"note": SECRET},
    )
    made = job(world, pool.id, JobKind.IMPORT, asked(SECRET))
    wish = Wish(
        subject=SubjectName(kind=SubjectKind.COURSE, key=pool.item.key),
        person=PersonName(learner_id=person),
        notes=Notes(metadata={"note": SECRET}),
    )
    suggested = world.do(Suggest(OPERATOR, platform_key="acme", wish=wish))
    webhook, delivery = dead_letter(world)
    message = sent_message(world, seated.learner)
    return {
        "license_id": pool.id,
        "seat": seated.seat.id,
        "item": pool.item.id,
        "assignment_id": grant.id,
        "group_id": group.id,
        "user_id": person,
        "invitation": invited.invitation.id,
        "request_id": world.do(asked_for).request.id,
        "course_id": pool.item.key,
        "source": SECRET,
        "approved": True,
        "token": world.do(CreateToken(OPERATOR, name=SECRET, platform_key="acme")).id,
        "suggestion_id": suggested.suggestion.id,
        "link": a_link(world, pool.id).id,
        "job": work(world.database, world.now, made.id).id,
        "webhook": webhook,
        "delivery": delivery,
        "message": message.id,
        "message_of_path": f"00000000-0000-0000-0000-{message.id:012x}",
        "platform_of_path": "acme",
        "item_of_path": pool.item.key,
    }


def history(world: World) -> list[Any]:
    """What happened on acme."""
    query = sqlalchemy.select(events).where(events.c.platform_id == 1).order_by(events.c.id)
    with world.database.read() as unit:
        return [tuple(row) for row in unit.select(query)]


def test_a_deleted_and_an_expired_token_open_nothing(
    trespass: Trespass, ids: dict[str, Any]
) -> None:
    deleted = trespass.token("deleted")
    trespass.world.do(DeleteToken(OPERATOR, name="deleted", platform_key="acme"))
    expired = trespass.token("expired", expires=NOON)
    before = history(trespass.world)
    for operation in trespass.operations:
        answers = [trespass.ask(operation, token, ids) for token in (deleted, expired, "f" * 64)]
        assert len(set(answers)) == 1, operation
        if not operation.path.rstrip("/").endswith(OPEN):
            assert answers[0][0] == 401, operation
    assert history(trespass.world) == before


def test_what_is_a_strangers_answers_as_if_it_did_not_exist(
    trespass: Trespass, ids: dict[str, Any]
) -> None:
    stranger = trespass.token("stranger", "zeta")
    unknown = {**dict.fromkeys(ids, UNKNOWN), **UNKNOWN_WORDS}
    before = history(trespass.world)
    assert len(trespass.operations) > 40
    for operation in trespass.operations:
        foreign = trespass.ask(operation, stranger, ids)
        nothing = trespass.ask(operation, stranger, unknown)
        assert foreign == nothing, (operation, foreign, nothing)
    assert history(trespass.world) == before
    trespass.world.check()


def test_a_token_stops_at_the_second_it_expires(trespass: Trespass) -> None:
    token = trespass.token("short", expires=NOON + DAY)
    headers = {"Authorization": f"Bearer {token}"}
    assert trespass.client.get("/api/licensing/v1/licenses", headers=headers).status_code == 200
    trespass.world.now = NOON + DAY
    assert trespass.client.get("/api/licensing/v1/licenses", headers=headers).status_code == 401
