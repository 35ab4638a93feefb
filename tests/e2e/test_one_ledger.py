"""A story told through both dialects at once: one ledger, the same counts, every promise kept.

Assign by ibl to a group, revoke by SQLBI, the member rejoins, recycle, lower the size, let seats
run out.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.people_command import CreateToken
from seatledger.domain.pool import Pool
from seatledger.ops.settings import Settings
from tests.e2e.conftest import Ledger
from tests.support.cast import DAY, NOON, OPERATOR

LICENSES = "/api/catalog/licenses/course"


class Story:
    """One pool of three, an ibl client of an operator, a SQLBI client of a manager."""

    def __init__(self, ledger: Ledger) -> None:
        self.world = ledger.world
        self.client = TestClient(
            create_app(
                Settings(database_url=ledger.url, sqlbi_rate_per_minute=0),
                clock=lambda: self.world.now,
            )
        )
        root = self.world.do(CreateToken(OPERATOR, name="root", operator=True)).text
        self._ibl = {"Authorization": f"Api-Token {root}"}
        self._sqlbi = {"Authorization": f"Bearer {ledger.token}"}
        self.pool: Pool = ledger.pool(3)

    def ibl(self, method: str, path: str, status: int = 200, **said: Any) -> Any:
        answer = self.client.request(method, path, headers=self._ibl, **said)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def sqlbi(self, method: str, path: str, status: int = 200, **said: Any) -> Any:
        path = f"/api/licensing/v1{path}"
        answer = self.client.request(method, path, headers=self._sqlbi, **said)
        assert answer.status_code == status, answer.text
        return answer.json()

    def learner(self, name: str) -> int:
        """Somebody known to the platform by a seat elsewhere."""
        elsewhere = self.world.pool(item_key=f"elsewhere-{name}", size=1)
        (seated,) = self.world.assign(elsewhere.id, name)
        return int(seated.learner.id)

    def agree(self, used: int, size: int) -> None:
        """Both dialects count the same, list the same seats, and the ledger keeps its promises."""
        in_ibl = self.ibl("GET", f"{LICENSES}/", params={"platform_key": "acme"})["results"]
        counted = next(each for each in in_ibl if each["id"] == self.pool.id)
        in_sqlbi = self.sqlbi("GET", f"/pool/{self.pool.id}")
        assert (counted["usage_count"], counted["count"]) == (used, size)
        assert (in_sqlbi["assignedLicenses"], in_sqlbi["licenses"]) == (used, size)
        assert in_sqlbi["availableLicenses"] == size - used
        self.world.check()

    def holders(self) -> set[str]:
        """Whose seats are in force, as SQLBI lists them."""
        listed = self.sqlbi("GET", f"/pool/{self.pool.id}/licenses", params={"pageSize": 100})
        return {each["student"]["email"].partition("@")[0] for each in listed}


@pytest.fixture
def story(ledger: Ledger) -> Iterator[Story]:
    told = Story(ledger)
    with told.client:
        yield told


def test_the_story(story: Story) -> None:
    ann, bob = story.learner("ann"), story.learner("bob")
    group = story.ibl(
        "POST",
        "/api/core/user-groups/",
        201,
        json={"name": "Team", "platform_key": "acme", "users_to_set": [ann, bob]},
    )["id"]
    story.ibl(
        "POST",
        f"{LICENSES}/assignment/group/",
        json={"license_id": story.pool.id, "group_id": group},
    )
    story.agree(2, 3)
    assert story.holders() == {"ann", "bob"}

    of_ann = next(
        each
        for each in story.sqlbi("GET", f"/pool/{story.pool.id}/licenses")
        if each["student"]["id"] == str(ann)
    )
    revoked = story.sqlbi("DELETE", f"/license/{of_ann['id']}")
    assert revoked["active"] is False
    story.agree(1, 3)
    assert story.holders() == {"bob"}

    for members in ([bob], [bob, ann]):
        story.ibl("PATCH", f"/api/core/user-groups/{group}/", json={"users_to_set": members})
    story.agree(2, 3)
    assert story.holders() == {"ann", "bob"}

    story.world.now = NOON + timedelta(hours=1)
    assign = f"/pool/{story.pool.id}/license"
    story.sqlbi("POST", assign, json={"email": "cy@acme.example", "endDate": "2026-03-05"})
    refused = story.sqlbi("POST", assign, 400, json={"email": "di@acme.example"})
    assert refused["code"] == "no_available_licenses"
    story.agree(3, 3)

    story.sqlbi("POST", assign, json={"email": "di@acme.example", "recycle": True})
    story.agree(3, 3)
    assert story.holders() == {"ann", "cy", "di"}

    shrink = {"license_id": story.pool.id, "count": 2}
    story.ibl("POST", f"{LICENSES}/update/", 400, json=shrink)
    story.world.now = NOON + 10 * DAY
    assert story.holders() == {"ann", "di"}
    story.agree(2, 3)
    story.ibl("POST", f"{LICENSES}/update/", json=shrink)
    story.agree(2, 2)

    story.ibl("DELETE", f"/api/core/user-groups/{group}/", 204)
    story.agree(1, 2)
    assert story.holders() == {"di"}
