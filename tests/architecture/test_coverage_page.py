"""docs/coverage.md lists every operation served: by whom it may be called, and where it is tested.

The page is made from the router and from asking; where it is out of date the test fails, having
written the new one: look at it and commit it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.people_command import CreateToken
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from tests.support.cast import OPERATOR
from tests.support.ledgers import SqliteLedgers
from tests.support.routes import Operation, operations
from tests.support.world import World

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "coverage.md"
DIALECTS = ROOT / "tests" / "dialects"
HEAD = """# Coverage

Every operation served, made from the router by a test. *who* was found by asking: who is turned
away with 403 may not. *tests* is the file that is about the operation, under `tests/dialects/`;
others try all of them: without a token, with one that is gone, as a manager of another platform.

| dialect | operation | who | tests |
|---|---|---|---|
"""
# The first that fits.
TESTS = {
    "ibl": [
        (r"/user/assignment/check", "licences/test_check.py"),
        (r"POST .*licenses/\w+/assignment/group", "licences/test_grant_group.py"),
        (r"GET .*licenses/\w+/assignment/group", "licences/test_list_group_assignments.py"),
        (r"DELETE .*/assignment/group", "licences/test_take_back_group_assignment.py"),
        (r"POST .*licenses/\w+/assignment", "licences/test_assign.py"),
        (r"GET .*licenses/\w+/assignment", "licences/test_list_assignments.py"),
        (r"DELETE .*licenses/\w+/assignment", "licences/test_take_back_assignment.py"),
        (r"licenses/\w+/create", "licences/test_create_license.py"),
        (r"licenses/\w+/update", "licences/test_update_license.py"),
        (r"GET .*licenses/\w+", "licences/test_list_licenses.py"),
        (r"suggestions/\w+/user", "suggestions/test_what_reaches_a_person.py"),
        (r"suggestions/\w+/manage/bulk", "suggestions/test_suggest_to_many.py"),
        (r"suggestions/\w+/manage/group", "suggestions/test_groups.py"),
        (r"POST .*suggestions/\w+/manage", "suggestions/test_suggest.py"),
        (r"GET .*suggestions/\w+/manage", "suggestions/test_list_suggestions.py"),
        (r"DELETE .*suggestions/\w+/manage", "suggestions/test_withdraw.py"),
        (r"invitations/platform/check", "invitations/test_check.py"),
        (r"invitations/\w+/(bulk|blank|redeem)", r"invitations/test_\1.py"),
        (r"POST .*invitations", "invitations/test_invite.py"),
        (r"GET .*invitations", "invitations/test_list.py"),
        (r"DELETE .*invitations", "invitations/test_withdraw.py"),
        (r"access_requests/course/(request|manage)", r"access_requests/test_\1.py"),
        (r"enrollment/\w+/self", "catalog/test_self_enrollment.py"),
        (r"enrollment/courses", "catalog/test_course_enrollment.py"),
        (r"enrollment/programs", "catalog/test_program_enrollment.py"),
        (r"enrollment/pathways", "catalog/test_pathway_enrollment.py"),
        (r"eligibility", "catalog/test_eligibility.py"),
        (r"catalog/courses", "catalog/test_courses.py"),
        (r"catalog/programs", "catalog/test_programs.py"),
        (r"catalog/pathways", "catalog/test_pathways.py"),
        (r"platforms/(config|self-link)", "people/test_self_link.py"),
        (r"users/platforms", "people/test_users_platforms.py"),
        (r"platform/users", "people/test_platform_users.py"),
        (r"platform/api-tokens|token/verify", "people/test_api_tokens.py"),
        (r"core/platform", "people/test_platform.py"),
        (r"user-groups", "people/test_user_groups.py"),
        (r"user_groups", "people/test_older_groups.py"),
        (r"departments", "people/test_departments.py"),
        (r"/templates", "notifications/test_templates.py"),
        (r"/notification/", "notifications/test_inbox.py"),
    ],
    "sqlbi": [
        (r"/me$", "test_get_me.py"),
        (r"/courses$", "test_list_courses.py"),
        (r"/course/", "test_get_course.py"),
        (r"/pools$", "test_list_pools.py"),
        (r"POST .*/pool/.*/license$", "test_assign_license.py"),
        (r"/pool/.*/licenses$", "test_list_pool_licenses.py"),
        (r"/pool/", "test_get_pool.py"),
        (r"/licenses$", "test_list_licenses.py"),
        (r"GET .*/license/", "test_get_license.py"),
        (r"PATCH .*/license/", "test_change_license.py"),
        (r"DELETE .*/license/", "test_revoke_license.py"),
        (r"/students$", "test_list_students.py"),
        (r"/student$", "test_get_student.py"),
    ],
    "native": [
        (r"/links/open/", "test_open_links.py"),
        (r"/seats:", "test_bulk.py"),
        (r"/access$", "test_check_access.py"),
        (r"/access/check$", "test_check_access_of_many.py"),
        (r"/seats/[^/]*/move$", "test_move_seat.py"),
        (r"/learners/[^/]*/progress/", "test_progress.py"),
        (r"/usage$", "test_usage.py"),
        (r"/history$", "test_history.py"),
        (r"/webhooks/[^/]*/(deliveries|redeliver)$", "test_deliveries.py"),
        (r"v1/mail-settings", "test_mail.py"),
        (r"v1/message-templates", "test_mail.py"),
        (r"v1/(\w+)", r"test_\1.py"),
    ],
}
# Of the published contracts: all operations of these families, under their published ids.
CONTRACTS = sorted((DIALECTS / "ibl").glob("contract*.json"))


class Asked:
    """The served operations, and what a manager and an operator are answered."""

    def __init__(self, url: str, world: World) -> None:
        app = create_app(Settings(database_url=url, sqlbi_rate_per_minute=0, worker="apart"))
        self.client = TestClient(app)
        self.operations = [each for each in operations(app) if each.dialect]
        self._tokens = {
            "manager": world.do(CreateToken(OPERATOR, name="m", platform_key="acme")).text,
            "operator": world.do(CreateToken(OPERATOR, name="o", operator=True)).text,
        }

    def who(self, operation: Operation) -> str:
        if self._status(operation, None) != 401:
            return "anyone"
        may = [role for role in self._tokens if self._status(operation, self._tokens[role]) != 403]
        return ", ".join(may)

    def _status(self, operation: Operation, token: str | None) -> int:
        scheme = "Api-Token" if operation.dialect == "ibl" else "Bearer"
        headers = {} if token is None else {"Authorization": f"{scheme} {token}"}
        return self.client.request(operation.method, operation.example, headers=headers).status_code


@pytest.fixture
def asked(sqlite_ledgers: SqliteLedgers) -> Iterator[Asked]:
    url = sqlite_ledgers.empty()
    database = Database(url)
    asked = Asked(url, World(database))
    with asked.client:
        yield asked
    database.close()
    sqlite_ledgers.drop(url)


def file_of(operation: Operation) -> str:
    """The file whose tests are this operation's."""
    said = f"{operation.method} {operation.path}"
    found = [(re.search(pattern, said), file) for pattern, file in TESTS[operation.dialect]]
    named = [match.expand(file) for match, file in found if match]
    assert named, f"{said} has no tests: write them, and name their file in TESTS"
    assert (DIALECTS / operation.dialect / named[0]).exists(), named[0]
    return named[0]


def test_the_page_lists_what_is_served(asked: Asked) -> None:
    rows = [
        f"| {each.dialect} | `{each.method} {each.path}` | {asked.who(each)} | {file_of(each)} |\n"
        for each in asked.operations
    ]
    page = HEAD + "".join(sorted(rows))
    written = PAGE.read_text() if PAGE.exists() else ""
    PAGE.write_text(page)
    assert written == page, "docs/coverage.md was out of date and is written anew"


def test_everything_of_the_published_contracts_is_served(asked: Asked) -> None:
    served = {(each.method, each.path.rstrip("/")) for each in asked.operations}
    for contract in CONTRACTS:
        listed = json.loads(contract.read_text())["operations"]
        missing = {
            name
            for name, said in listed.items()
            if (said["method"], said["path"].rstrip("/")) not in served
        }
        assert missing == set()
    assert sum(each.dialect == "sqlbi" for each in asked.operations) == 13
