"""The served OpenAPI document says what the contract says of all beside the licences."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.ops.settings import Settings
from tests.dialects.ibl.people_contract import OPERATIONS, SCHEMAS

# Bodies of which the contract says more than is read here: what the ledger has no use for.
UNREAD = {
    "ProgramEnrollmentPlus": {"name", "slug", "created", "ended", "program_metadata"},
    "ProgramEnrollment": {"name", "slug", "created", "ended"},
    "PathwayEnrollmentRequest": {"include_default_platform", "include_metadata"},
    "PatchedNotification": set(SCHEMAS["PatchedNotification"]) - {"status"},
    "PatchedNotificationTemplateDetail": set(SCHEMAS["PatchedNotificationTemplateDetail"])
    - {"message_title", "message_body", "email_subject", "email_html_template"},
}
# Parameters that the contract demands and that may be said otherwise: the platform by its org, in
# the body or by the key (C1, C2), the person by any of four names or by the key (O6), the course of
# an access request in the body (N2). By the beginning of the operation's name.
ELSEWHERE = {
    "catalog_suggestions_": {"platform_key", "user", "username"},
    "catalog_access_requests_course_request_create": {"course_id"},
}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('document') / 'none.db'}"
    with TestClient(create_app(Settings(database_url=url, log_level="error"))) as client:
        yield client.get("/schema/openapi.json").json()


def operation_of(document: dict[str, Any], operation_id: str) -> dict[str, Any]:
    fact = OPERATIONS[operation_id]
    operation: dict[str, Any] = document["paths"][fact["path"].rstrip("/")][fact["method"].lower()]
    return operation


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_an_operation_is_served_under_its_name_and_asks_for_a_key(
    document: dict[str, Any], operation_id: str
) -> None:
    operation = operation_of(document, operation_id)
    assert operation["operationId"] == operation_id
    asked: list[dict[str, list[str]]] | None = (
        None if OPERATIONS[operation_id].get("open") else [{"PlatformApiKeyAuthentication": []}]
    )
    assert operation.get("security") == asked


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_parameter_and_status_is_documented(
    document: dict[str, Any], operation_id: str
) -> None:
    operation = operation_of(document, operation_id)
    said = {each["name"]: each for each in operation.get("parameters") or []}
    asked = OPERATIONS[operation_id]["query"]
    spared = {
        name
        for beginning, names in ELSEWHERE.items()
        for name in names
        if operation_id.startswith(beginning)
    }
    assert set(asked) <= set(said)
    for name, fact in asked.items():
        demanded = fact.endswith("!") and name not in spared
        assert said[name]["required"] == demanded, name
    assert set(map(str, OPERATIONS[operation_id]["statuses"])) <= set(operation["responses"])


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_field_of_a_body_is_documented(document: dict[str, Any], operation_id: str) -> None:
    name = OPERATIONS[operation_id]["body"]
    if name is None:
        return
    operation = operation_of(document, operation_id)
    said = operation["requestBody"]["content"]["application/json"]["schema"]
    wanted = set(SCHEMAS[name]) - UNREAD.get(name, set())
    assert wanted <= set(said["properties"])
    demanded = {field for field, fact in SCHEMAS[name].items() if fact.endswith("!")}
    assert set(said.get("required", [])) <= demanded


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_answer_promises_what_the_contract_does(
    document: dict[str, Any], operation_id: str
) -> None:
    fact = OPERATIONS[operation_id]
    success = str(min(status for status in fact["statuses"] if status < 300))
    answer = (fact["answer"] or "").strip("[]")
    if answer not in SCHEMAS:
        return
    operation = operation_of(document, operation_id)
    shown = operation["responses"][success]["content"]["application/json"]["schema"]
    said = resolved(document, shown.get("items", shown))
    demanded = {field for field, each in SCHEMAS[answer].items() if each.endswith("!")}
    assert demanded <= set(said["required"])
