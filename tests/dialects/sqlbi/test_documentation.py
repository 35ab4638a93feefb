"""The OpenAPI page: all thirteen operations, with what they take and what they answer."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.dialects.sqlbi.world import BASE, World

OPERATIONS = {
    ("get", "/v1/me"): "sqlbi_get_me",
    ("get", "/v1/courses"): "sqlbi_list_courses",
    ("get", "/v1/course/{course_id}"): "sqlbi_get_course",
    ("get", "/v1/pools"): "sqlbi_list_pools",
    ("get", "/v1/pool/{pool_id}"): "sqlbi_get_pool",
    ("get", "/v1/pool/{pool_id}/licenses"): "sqlbi_list_pool_licenses",
    ("post", "/v1/pool/{pool_id}/license"): "sqlbi_assign_license",
    ("get", "/v1/licenses"): "sqlbi_list_licenses",
    ("get", "/v1/license/{license_id}"): "sqlbi_get_license",
    ("patch", "/v1/license/{license_id}"): "sqlbi_change_license",
    ("delete", "/v1/license/{license_id}"): "sqlbi_revoke_license",
    ("get", "/v1/students"): "sqlbi_list_students",
    ("get", "/v1/student"): "sqlbi_get_student",
}
PAGED = {"page": ("integer", 1), "pageSize": ("integer", 10)}
FLAG = {"includeInactive": ("boolean", False)}
QUERIES: dict[str, Any] = {
    "sqlbi_list_courses": PAGED,
    "sqlbi_list_pools": PAGED,
    "sqlbi_list_pool_licenses": {**PAGED, **FLAG},
    "sqlbi_list_licenses": {**PAGED, **FLAG},
    "sqlbi_list_students": {**PAGED, **FLAG},
    "sqlbi_get_student": {"email": ("string", None), "id": ("string", None), **FLAG},
}


@pytest.fixture(scope="module")
def page(shared_world: World) -> Any:
    return shared_world.client.get("/schema/openapi.json").json()


def operations(page: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    for path, methods in page["paths"].items():
        if path.startswith(BASE):
            yield from (((method, path[len(BASE) :]), said) for method, said in methods.items())


def test_there_are_thirteen_operations_and_no_others(page: Any) -> None:
    assert {where: said["operationId"] for where, said in operations(page)} == OPERATIONS


def test_every_operation_is_under_the_tag_and_needs_a_token(page: Any) -> None:
    for _, said in operations(page):
        assert said["tags"] == ["sqlbi"]
        assert said["security"] == [{"sqlbi_token": []}]
    assert page["components"]["securitySchemes"]["sqlbi_token"]["scheme"] == "bearer"


def test_the_query_parameters_have_the_documented_types_and_defaults(page: Any) -> None:
    """Rule 50; O14, O15."""
    for _, said in operations(page):
        asked = {
            each["name"]: (each["schema"]["type"], each["schema"].get("default"))
            for each in said.get("parameters", [])
            if each["in"] == "query"
        }
        wanted = QUERIES.get(said["operationId"], {})
        assert asked == wanted


def test_every_operation_says_200_and_each_error_in_the_one_shape(page: Any) -> None:
    """O1, O2."""
    for _, said in operations(page):
        answers = said["responses"]
        assert set(answers) == {"200", "400", "401", "403", "404", "429", "500", "503"}
        shapes = {
            answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            for status, answer in answers.items()
            if status != "200"
        }
        assert len(shapes) == 1
        shape = page["components"]["schemas"][shapes.pop()]
        assert set(shape["properties"]) == {"code", "message", "field"}
        assert set(shape["required"]) == {"code", "message"}


def test_lists_say_that_they_count(page: Any) -> None:
    """O18."""
    for (_, path), said in operations(page):
        listed = path.endswith("s")
        assert ("X-Total-Count" in said["responses"]["200"].get("headers", {})) == listed
        schema = said["responses"]["200"]["content"]["application/json"]["schema"]
        assert (schema.get("type") == "array") == listed


def test_bodies_are_described_field_by_field(page: Any) -> None:
    found = dict(operations(page))

    def body(method: str, path: str) -> Any:
        return found[method, path]["requestBody"]["content"]["application/json"]["schema"]

    assign = body("post", "/v1/pool/{pool_id}/license")
    assert set(assign["properties"]) == {"email", "name", "endDate", "recycle"}
    assert assign["required"] == ["email"]
    change = body("patch", "/v1/license/{license_id}")
    assert (set(change["properties"]), change["required"]) == ({"endDate"}, ["endDate"])
