"""A served ledger as ibl clients meet it: two platforms, their keys, and people to seat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from httpx import Response
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.actor import Actor, Role
from seatledger.domain.command import AssignSeat, Command, SaveGroup, SaveItem
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform, CreateToken, LinkLearner
from seatledger.domain.refusal import Refusal
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.usecases.carry_out import carry_out
from tests.dialects.ibl import contract

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ROOT = Actor(name="root", role=Role.OPERATOR, platform_id=None, surface="test")
COURSE = "course-v1:ACME+1+2026"
PROGRAM = "ACME+nursing"
LICENSES = "/api/catalog/licenses"


class Clock:
    """Noon, until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Caller:
    """Somebody with a key; relative paths are those of the licences."""

    client: TestClient[Any]
    headers: dict[str, str]

    def send(self, method: str, path: str, **options: Any) -> Response:
        path = path if path.startswith(("/", "http://")) else f"{LICENSES}/{path}"
        headers = {**self.headers, **options.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **options)

    def get(self, path: str, **query: Any) -> Response:
        return self.send("GET", path, params=query or None)

    def post(self, path: str, body: Any = None, **options: Any) -> Response:
        return self.send("POST", path, json={} if body is None else body, **options)

    def delete(self, path: str, **query: Any) -> Response:
        return self.send("DELETE", path, params=query)


@dataclass
class Kind:
    """A kind of licence, as a caller creates one for the platform `acme`."""

    name: str
    create: dict[str, Any]
    item: dict[str, str]

    def __str__(self) -> str:
        return self.name


COURSE_KIND = Kind("course", {"platform_key": "acme", "course_id": COURSE}, {"course_id": COURSE})
PROGRAM_KIND = Kind(
    "program", {"platform_key": "acme", "program_key": PROGRAM}, {"program_key": PROGRAM}
)
USER_KIND = Kind("user", {"platform_key": "acme"}, {"platform_key": "acme"})
PLATFORM_KIND = Kind("platform", {"platform_key": "acme"}, {"platform_key": "acme"})
SEATED = [COURSE_KIND, PROGRAM_KIND, USER_KIND]
ALL = [*SEATED, PLATFORM_KIND]


@dataclass
class World:
    """`operator` runs the deployment; `manager` is of `acme`, `stranger` of `zeta`."""

    database: Database
    client: TestClient[Any]
    clock: Clock
    callers: dict[str, Caller] = field(default_factory=dict)

    def do(self, command: Command) -> Any:
        """Carry out a command that must succeed, beside the interface."""
        outcome = carry_out(self.database, [command], self.clock.now)[0]
        assert not isinstance(outcome, (Refusal, Exception)), outcome
        return outcome

    @property
    def operator(self) -> Caller:
        return self.callers["operator"]

    @property
    def manager(self) -> Caller:
        return self.callers["manager"]

    @property
    def stranger(self) -> Caller:
        return self.callers["stranger"]

    @property
    def nobody(self) -> Caller:
        return Caller(self.client, {})

    def licence(self, kind: Kind, count: int = 10, **fields: Any) -> dict[str, Any]:
        """A new licence, for acme where nothing else is said."""
        answer = self.operator.post(f"{kind}/create/", {**kind.create, "count": count, **fields})
        made: dict[str, Any] = contract.checked(answer, f"catalog_licenses_{kind}_create_create")
        return made

    def assign(self, kind: Kind, license_id: int, **fields: Any) -> dict[str, Any]:
        """A seat that must be given."""
        body = {"license_id": license_id, **fields}
        answer = self.manager.post(f"{kind}/assignment/", body)
        given: dict[str, Any] = contract.checked(
            answer, f"catalog_licenses_{kind}_assignment_create"
        )
        return given

    def grant(self, kind: Kind, license_id: int, group_id: int, **fields: Any) -> dict[str, Any]:
        """A grant that must be made."""
        body = {"license_id": license_id, "group_id": group_id, **fields}
        answer = self.manager.post(f"{kind}/assignment/group/", body)
        made: dict[str, Any] = contract.checked(
            answer, f"catalog_licenses_{kind}_assignment_group_create"
        )
        return made

    def look(self, kind: Kind, license_id: int) -> dict[str, Any]:
        """The licence as its list shows it."""
        rows = self.operator.get(f"{kind}/", verbose="true", page_size=500).json()["results"]
        return next(row for row in rows if row["id"] == license_id)

    def used(self, kind: Kind, license_id: int) -> int:
        """How many seats are in use."""
        count: int = self.look(kind, license_id)["usage_count"]
        return count

    def seats(self, kind: Kind, license_id: int, **query: Any) -> list[dict[str, Any]]:
        """The assignments of a licence, as their list shows them."""
        answer = self.manager.get(f"{kind}/assignment/", license_id=license_id, **query)
        listed = contract.checked(answer, f"catalog_licenses_{kind}_assignment_retrieve")
        rows: list[dict[str, Any]] = listed["results"]
        return rows

    def grants(self, kind: Kind, license_id: int, **query: Any) -> list[dict[str, Any]]:
        """The group assignments of a licence, as their list shows them."""
        answer = self.manager.get(f"{kind}/assignment/group/", license_id=license_id, **query)
        listed = contract.checked(answer, f"catalog_licenses_{kind}_assignment_group_retrieve")
        rows: list[dict[str, Any]] = listed["results"]
        return rows

    def member(self, name: str, platform: str = "acme") -> int:
        """The id of a person who is registered on a platform, as `name`@`platform`.example."""
        course = f"course-v1:{platform.upper()}+0+0"
        org = platform.upper()
        self.do(SaveItem(ROOT, kind=ItemKind.COURSE, key=course, platform_org=org))
        known = self.operator.post(
            "course/create/", {"platform_key": platform, "course_id": course, "count": 1}
        ).json()
        seated = self.do(
            AssignSeat(ROOT, pool_id=known["id"], email=f"{name}@{platform}.example", name=name)
        )
        learner_id: int = seated.learner.id
        self.link(learner_id, platform)
        return learner_id

    def link(self, learner_id: int, platform: str = "acme", **fields: Any) -> None:
        """Register a person on a platform, or change the tie."""
        self.do(LinkLearner(ROOT, learner_id=learner_id, platform_key=platform, **fields))

    def group(self, *members: int, platform: str = "acme", name: str = "Night shift") -> int:
        """The id of a new group of these people."""
        view = self.do(SaveGroup(ROOT, platform_key=platform, name=name, member_ids=members))
        group_id: int = view.group.id
        return group_id

    def regroup(self, group_id: int, *members: int) -> None:
        """Make these the group's members."""
        self.do(SaveGroup(ROOT, group_id=group_id, member_ids=members))


Keys = dict[str, str]


def stock(database_url: str) -> Keys:
    """The platforms acme and zeta, a course and a program; answers each caller's key."""
    database = Database(database_url)

    def do(command: Command) -> Any:
        return carry_out(database, [command], NOON)[0]

    for key in ("acme", "zeta"):
        do(CreatePlatform(ROOT, key=key, org=key.upper(), name=key.title()))
    do(SaveItem(ROOT, kind=ItemKind.COURSE, key=COURSE, platform_org="ACME", title="One"))
    do(SaveItem(ROOT, kind=ItemKind.PROGRAM, key=PROGRAM, platform_org="ACME", title="Nursing"))
    keys = {
        "operator": do(CreateToken(ROOT, name="operator", operator=True)).text,
        "manager": do(CreateToken(ROOT, name="manager", platform_key="acme")).text,
        "stranger": do(CreateToken(ROOT, name="stranger", platform_key="zeta")).text,
    }
    database.close()
    return keys


@contextmanager
def serving(database: Database, keys: Keys, clock: Clock) -> Iterator[World]:
    """The service on a ledger with that stock."""
    url = database.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, log_level="warning", worker="apart")
    with TestClient(create_app(settings, clock)) as client:
        world = World(database, client, clock)
        for name, key in keys.items():
            world.callers[name] = Caller(client, {"Authorization": f"Api-Token {key}"})
        yield world


def problem(answer: Response, status: int, field: str | None = None) -> str:
    """The sentence of a refusal, after a look at its shape (W52)."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    body: dict[str, Any] = msgspec.json.decode(answer.content)
    sentence = body["detail"]
    assert isinstance(sentence, str)
    assert sentence.endswith(".")
    assert set(body) == ({"detail"} if field is None else {"detail", field})
    if field is not None:
        assert body[field] == [sentence]
    return sentence
