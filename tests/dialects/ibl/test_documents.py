"""The served OpenAPI document says what the contract says, and no less."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.ops.settings import Settings
from tests.dialects.ibl import contract

TYPES = {"instant": "string", "object": "object"}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('document') / 'none.db'}"
    with TestClient(create_app(Settings(database_url=url, log_level="error"))) as client:
        yield client.get("/schema/openapi.json").json()


def operation_of(document: dict[str, Any], operation_id: str) -> dict[str, Any]:
    fact = contract.OPERATIONS[operation_id]
    operation: dict[str, Any] = document["paths"][fact["path"].rstrip("/")][fact["method"].lower()]
    return operation


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def types(schema: dict[str, Any]) -> set[str]:
    parts = schema.get("anyOf") or schema.get("oneOf") or [schema]
    return {part.get("type", "object") for part in parts}


@pytest.mark.parametrize("operation_id", contract.OPERATIONS)
def test_an_operation_is_served_under_its_name(document: dict[str, Any], operation_id: str) -> None:
    assert operation_of(document, operation_id)["operationId"] == operation_id


@pytest.mark.parametrize("operation_id", contract.OPERATIONS)
def test_every_parameter_is_documented(document: dict[str, Any], operation_id: str) -> None:
    said = (
        {each["name"]: each for each in operation_of(document, operation_id)["parameters"] or []}
        if contract.OPERATIONS[operation_id]["query"]
        else {}
    )
    for name, fact in contract.OPERATIONS[operation_id]["query"].items():
        assert said[name]["in"] == "query"
        assert types(said[name]["schema"]) == {fact.rstrip("!?")}, name
        # V7, W20: a licence in the query is asked of lists alone.
        asked = fact.endswith("!") and not (
            name == "license_id" and contract.OPERATIONS[operation_id]["method"] != "GET"
        )
        assert said[name]["required"] == asked, name


@pytest.mark.parametrize("operation_id", contract.OPERATIONS)
def test_every_field_of_a_body_is_documented_in_every_format(
    document: dict[str, Any], operation_id: str
) -> None:
    """A9."""
    schema = contract.OPERATIONS[operation_id]["body"]
    operation = operation_of(document, operation_id)
    assert ("requestBody" in operation) == (schema is not None)
    if schema is None:
        return
    content = operation["requestBody"]["content"]
    assert set(content) == {
        "application/json",
        "application/scim+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    }
    said = content["application/json"]["schema"]
    assert said["title"] == schema
    for name, fact in contract.SCHEMAS[schema].items():
        kind = fact.rstrip("!?")
        wanted = {TYPES.get(kind, kind)} | ({"null"} if "?" in fact else set())
        assert types(said["properties"][name]) == wanted, name
    assert set(said.get("required", [])) <= contract.required(schema)


@pytest.mark.parametrize("operation_id", contract.OPERATIONS)
def test_every_answer_is_documented(document: dict[str, Any], operation_id: str) -> None:
    fact = contract.OPERATIONS[operation_id]
    operation = operation_of(document, operation_id)
    assert set(map(str, fact["statuses"])) <= set(operation["responses"])
    if fact["answer"] is None:
        return
    shown = operation["responses"]["200"]["content"]["application/json"]["schema"]
    promises(document, fact["answer"], resolved(document, shown))


def promises(document: dict[str, Any], name: str, said: dict[str, Any]) -> None:
    """What must be there is there for certain, and null only where the contract has it."""
    assert said["title"] == name
    assert contract.required(name) <= set(said["required"])
    for field, fact in contract.SCHEMAS[name].items():
        shown = said["properties"][field]
        if "?" not in fact:
            assert "null" not in types(shown), f"{name}.{field}"
        if fact.startswith("["):
            promises(document, fact.strip("[]!?"), resolved(document, shown["items"]))


def test_the_key_is_documented_where_it_is_asked(document: dict[str, Any]) -> None:
    """A3, A7."""
    schemes = document["components"]["securitySchemes"]
    assert schemes["PlatformApiKeyAuthentication"]["in"] == "header"
    for operation_id in contract.OPERATIONS:
        asked = operation_of(document, operation_id).get("security")
        is_open = operation_id == "catalog_licenses_user_assignment_check_retrieve"
        assert asked == (None if is_open else [{"PlatformApiKeyAuthentication": []}])
