"""Every write, asked by the manager of another platform: nothing of this one changes."""

import pytest
import sqlalchemy

from seatledger.domain.people_command import CreatePlatform, CreateToken
from seatledger.storage.tables import events
from tests.dialects.native.conftest import Native
from tests.dialects.native.writes import REQUESTS, operations, staged
from tests.support.cast import OPERATOR

# These make something of the caller's own platform, whatever the body is about.
OWN = {
    ("POST", "/learners"),
    ("POST", "/tokens"),
    ("POST", "/webhooks"),
    ("PATCH", "/mail-settings"),
    ("PATCH", "/message-templates/{type}"),
    ("DELETE", "/message-templates/{type}"),
    ("PUT", "/items/{item}"),
}


def done_to(native: Native, platform_id: int, actor: str) -> list[str]:
    """What somebody did to a platform, as history tells it."""
    query = sqlalchemy.select(events.c.kind).where(
        events.c.platform_id == platform_id, events.c.actor == actor
    )
    with native.world.database.read() as unit:
        return [row.kind for row in unit.select(query)]


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_a_good_request_of_a_stranger_is_refused_and_changes_nothing(
    native: Native, operation: tuple[str, str]
) -> None:
    on = staged(native)
    other = native.world.do(CreatePlatform(OPERATOR, key="other", org="OTHER", name="Other"))
    zed = native.world.do(CreateToken(OPERATOR, name="zed", platform_key="other")).text
    good = REQUESTS[operation](on)
    answer = native.ask(operation[0], good.path, zed, json=good.body)
    assert done_to(native, 1, "zed") == []
    if operation in OWN:
        assert answer.status_code < 300
        assert len(done_to(native, other.id, "zed")) == (operation[0] != "DELETE")
    elif answer.status_code == 200:  # of many in one request, each is refused by itself
        assert set(answer.json()["counts"]) == {"refused"}
    else:
        assert answer.status_code in {400, 403, 404}, answer.text
