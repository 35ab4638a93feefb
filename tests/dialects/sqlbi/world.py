"""A served ledger to ask in SQLBI's tongue, with the pools that a test needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import Response
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.command import Command, OpenPool, ShapePool
from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import CreatePlatform, CreateToken, ReportProgress
from seatledger.domain.refusal import Refusal
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.keep_tokens import SHELL

BASE = "/api/licensing"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
POOL_START = datetime(2026, 2, 3, 8, 15, 42, tzinfo=UTC)
POOL_END = datetime(2029, 2, 3, tzinfo=UTC)
ENDS = {"pool": "2029-02-03T00:00:00+00:00", "never": "9999-12-31T00:00:00+00:00"}


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@dataclass
class World:
    """`acme` is the license manager whose token is sent where no other is named."""

    client: TestClient[Any]
    database: Database
    clock: Clock
    tokens: dict[str, str] = field(default_factory=dict)

    def carry_out(self, command: Command) -> Any:
        """Do something that SQLBI's interface has no words for."""
        outcome = carry_out(self.database, [command], self.clock())[0]
        assert not isinstance(outcome, Refusal), outcome
        return outcome

    def platform(self, key: str, *domains: str) -> int:
        """A license manager with a token under its own name; answers its id."""
        platform = self.carry_out(
            CreatePlatform(
                SHELL,
                key=key,
                org=key,
                name=f"{key.title()} Training",
                email=f"learning@{key}.example",
                domains=domains,
            )
        )
        minted = self.carry_out(CreateToken(SHELL, name="first", platform_key=key))
        self.tokens[key] = minted.text
        return int(platform.id)

    def pool(self, course: str = "modeling", size: int = 2, **how: Any) -> int:
        """A transferable pool of a course, in force at noon; answers its id."""
        plain: dict[str, Any] = {
            "platform_key": "acme",
            "item_kind": ItemKind.COURSE,
            "item_key": course,
            "item_title": f"The {course} course",
            "size": size,
            "start": POOL_START,
            "end": POOL_END,
        }
        return int(self.carry_out(OpenPool(SHELL, **{**plain, **how})).id)

    def shape(self, pool_id: int, **changes: Any) -> None:
        """Change a pool, as a renewal does."""
        self.carry_out(ShapePool(SHELL, pool_id=pool_id, item_kind=ItemKind.COURSE, **changes))

    def progress(self, student_id: int, percent: float, **how: Any) -> None:
        """Report how far a student has come in the modeling course."""
        plain: dict[str, Any] = {
            "platform_key": "acme",
            "item_kind": ItemKind.COURSE,
            "item_key": "modeling",
        }
        self.carry_out(
            ReportProgress(SHELL, learner_id=student_id, percent=percent, **{**plain, **how})
        )

    def ask(self, method: str, path: str, *, by: str | None = "acme", **more: Any) -> Response:
        """A request of `by` (None: of a stranger) to a path after the base."""
        headers = dict(more.pop("headers", {}))
        if by is not None:
            headers["Authorization"] = f"Bearer {self.tokens[by]}"
        return self.client.request(method, BASE + path, headers=headers, **more)

    def get(self, path: str, **more: Any) -> Any:
        """What a GET that succeeds answers with."""
        answer = self.ask("GET", path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def assign(self, pool_id: int, who: str, **body: Any) -> dict[str, Any]:
        """Give `who`@acme.example a license; answers with it."""
        answer = self.try_assign(pool_id, f"{who}@acme.example", **body)
        assert answer.status_code == 200, answer.text
        license_: dict[str, Any] = answer.json()
        return license_

    def try_assign(self, pool_id: int, email: str, **body: Any) -> Response:
        return self.ask("POST", f"/v1/pool/{pool_id}/license", json={"email": email, **body})

    def change(self, license_id: int | str, day: str) -> Response:
        return self.ask("PATCH", f"/v1/license/{license_id}", json={"endDate": day})

    def revoke(self, license_id: int | str) -> Response:
        return self.ask("DELETE", f"/v1/license/{license_id}")

    def counts(self, pool_id: int) -> tuple[int, int, int]:
        """A pool's licenses: bought, assigned, available."""
        pool = self.get(f"/v1/pool/{pool_id}")
        return pool["licenses"], pool["assignedLicenses"], pool["availableLicenses"]

    def license_ids(self, **query: Any) -> list[int]:
        return [int(each["id"]) for each in self.get("/v1/licenses", params=query)]


@contextmanager
def serving(database: Database, clock: Clock, *, per_minute: int = 0) -> Iterator[World]:
    """The service on a ledger."""
    url = database.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, sqlbi_rate_per_minute=per_minute, worker="apart")
    with TestClient(create_app(settings, clock)) as client:
        yield World(client, database, clock)


def refused(answer: Response) -> tuple[int, str]:
    """Status and code of a refusal, which has the one shape that all of them have (O1)."""
    body = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert set(body) - {"field"} == {"code", "message"}
    assert body["message"].endswith(".")
    assert "seat" not in body["message"]
    assert "learner" not in body["message"]
    return answer.status_code, body["code"]
