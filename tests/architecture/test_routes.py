"""No route answers a stranger, and the document lists exactly what is served."""

from collections.abc import Iterator

import pytest
from litestar.routes import HTTPRoute
from litestar.testing import TestClient
from litestar.types import ASGIApp

from seatledger.app import DIALECTS, create_app
from seatledger.dialects.dialect import Dialect
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.storage.schema import upgrade
from tests.support.routes import litestar_of, operations

# What needs no token, and why.
OPEN = {
    ("GET", "/healthz"): "an orchestrator asks",
    ("GET", "/readyz"): "an orchestrator asks",
    ("GET", "/metrics"): "Prometheus asks; nothing private is counted",
    ("GET", "/.well-known/jwks.json"): "public keys, which prove nothing to whoever has only them",
    ("GET", "/schema"): "documentation",
    ("GET", "/schema/openapi.json"): "documentation",
    ("GET", "/schema/oauth2-redirect.html"): "documentation",
    ("GET", "/schema/assets/{file_path}"): "documentation",
    ("GET", "/schema/{path}"): "documentation: not found",
    ("GET", "/api/catalog/licenses/user/assignment/check"): "public by the contract (ibl A7, K1)",
    ("GET", "/api/catalog/invitations/platform/check"): "public by the contract (ibl A7, L9)",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> ASGIApp:
    url = f"sqlite:///{tmp_path_factory.mktemp('routes') / 'ledger.db'}"
    database = Database(url)
    upgrade(database)
    database.close()
    return create_app(Settings(database_url=url, log_level="error"))


@pytest.fixture(scope="module")
def client(app: ASGIApp) -> Iterator[TestClient[ASGIApp]]:
    with TestClient(app) as opened:
        yield opened


def test_every_route_refuses_without_a_token(app: ASGIApp, client: TestClient[ASGIApp]) -> None:
    answered = {
        (each.method, each.path.rstrip("/") or "/")
        for each in operations(app)
        if client.request(each.method, each.example).status_code != 401
    }
    assert answered - set(OPEN) == set()


def test_a_wrong_token_is_no_better_than_none(app: ASGIApp, client: TestClient[ASGIApp]) -> None:
    for scheme in ("Bearer", "Api-Token", "Token"):
        headers = {"Authorization": f"{scheme} {'0' * 64}"}
        for each in operations(app):
            if (each.method, each.path.rstrip("/") or "/") not in OPEN:
                answer = client.request(each.method, each.example, headers=headers)
                assert answer.status_code == 401, each
                assert "json" in answer.headers["content-type"], each
                answer.json()


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.name)
def test_strangers_learn_nothing_about_what_paths_exist(
    client: TestClient[ASGIApp], dialect: Dialect
) -> None:
    for prefix in dialect.prefixes:
        known = client.get(f"{prefix}/nothing/here")
        assert known.status_code == 401
        assert client.delete(f"{prefix}/nothing/here").json() == known.json()


def test_the_document_lists_exactly_what_is_served(
    app: ASGIApp, client: TestClient[ASGIApp]
) -> None:
    document = client.get("/schema/openapi.json").json()
    listed = {
        (method.upper(), path.rstrip("/") or "/")
        for path, methods in document["paths"].items()
        for method in methods
    }
    served = {
        (each.method, each.path.rstrip("/") or "/") for each in operations(app) if each.documented
    }
    assert listed == served
    assert document["openapi"].startswith("3.1")


def test_every_operation_is_described_and_named_once(client: TestClient[ASGIApp]) -> None:
    document = client.get("/schema/openapi.json").json()
    described = [
        operation for methods in document["paths"].values() for operation in methods.values()
    ]
    names = [operation["operationId"] for operation in described]
    assert len(names) == len(set(names))
    assert [each["operationId"] for each in described if not each.get("summary")] == []


@pytest.mark.parametrize("path", ["/schema", "/schema/"])
def test_the_documentation_loads_nothing_from_other_hosts(
    client: TestClient[ASGIApp], path: str
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "://" not in page.text.split("<body")[0]
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "swagger-ui-standalone-preset.js"):
        assert f"/schema/assets/{asset}" in page.text
        assert client.get(f"/schema/assets/{asset}").status_code == 200


def test_the_routes_file_names_only_routes_that_exist(app: ASGIApp) -> None:
    served = {(each.method, each.path.rstrip("/") or "/") for each in operations(app)}
    assert set(OPEN) - served == set()


def test_no_request_starts_a_group_of_tasks_to_find_its_dependencies(app: ASGIApp) -> None:
    """Litestar does so for each batch of several, and that is half the cost of a request."""
    batches = {
        (route.path, method): [{each.key for each in batch} for batch in model.dependency_batches]
        for route in litestar_of(app).routes
        if isinstance(route, HTTPRoute)
        for method, (_, model) in route.route_handler_map.items()
    }
    assert {"desk"} in batches["/api/v1/access", "GET"]
    assert [at for at, each in batches.items() if any(len(batch) > 1 for batch in each)] == []
