"""A server that speaks the ledger's own tongue, on a world whose clock both share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.people_command import CreateToken
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from tests.support.cast import OPERATOR
from tests.support.world import World


class Native:
    """Asks as a manager of `acme`, unless another token is given."""

    def __init__(self, url: str, world: World, **settings: Any) -> None:
        self.world = world
        settings = {"worker": "apart", **settings}
        self.app = create_app(Settings(database_url=url, **settings), clock=lambda: world.now)
        self.client = TestClient(self.app, raise_server_exceptions=False)
        self.operator = str(world.do(CreateToken(OPERATOR, name="root", operator=True)).text)
        self.manager = str(world.do(CreateToken(OPERATOR, name="m", platform_key="acme")).text)

    def ask(self, method: str, path: str, token: str | None = None, **request: Any) -> Any:
        """The response to `METHOD /api/v1/PATH`; `json` for its body."""
        headers = {
            "Authorization": f"Bearer {token or self.manager}",
            **request.pop("headers", {}),
        }
        return self.client.request(method, f"/api/v1{path}", headers=headers, **request)

    def told(self, status: int, method: str, path: str, **request: Any) -> Any:
        """The JSON of a response that must have this status."""
        answer = self.ask(method, path, **request)
        assert answer.status_code == status, answer.text
        return answer.json()

    def problem(self, code: str, method: str, path: str, **request: Any) -> dict[str, Any]:
        """The problem with this code, which must be the answer, in the shape all problems have."""
        answer = self.ask(method, path, **request)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problem: dict[str, Any] = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["type"] == f"urn:seatledger:problem:{problem['code']}"
        assert problem["code"] == code, problem
        return problem


@pytest.fixture
def native(database: Database, database_url: str) -> Iterator[Native]:
    """A server that only answers: nothing happens beside what a test asks for."""
    with _serving(Native(database_url, World(database))) as native:
        yield native


@pytest.fixture
def native_at_work(database: Database, database_url: str) -> Iterator[Native]:
    """A server with the worker inside, as it is by default."""
    with _serving(Native(database_url, World(database), worker="inside")) as native:
        yield native


@contextmanager
def _serving(native: Native) -> Iterator[Native]:
    with native.client:
        yield native
    native.world.check()
