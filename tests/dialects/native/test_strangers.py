"""Every write, asked by the manager of another platform: nothing of this one changes."""

from typing import Any

import pytest
import sqlalchemy

from seatledger.domain.people_command import CreatePlatform, CreateToken
from seatledger.storage.tables import metadata
from tests.dialects.native.conftest import Native
from tests.dialects.native.writes import REQUESTS, operations, staged
from tests.support.cast import OPERATOR

# These make something of the caller's own platform, whatever the body is about.
OWN = {("POST", "/learners"), ("POST", "/tokens")}


def of_acme(native: Native) -> dict[str, list[Any]]:
    """All rows of the first platform."""
    with native.world.database.read() as unit:
        return {
            table.name: sorted(
                map(repr, unit.select(sqlalchemy.select(table).where(table.c.platform_id == 1)))
            )
            for table in metadata.sorted_tables
            if "platform_id" in table.c
        }


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_a_good_request_of_a_stranger_is_refused_and_changes_nothing(
    native: Native, operation: tuple[str, str]
) -> None:
    on = staged(native)
    native.world.do(CreatePlatform(OPERATOR, key="other", org="OTHER", name="Other"))
    zed = native.world.do(CreateToken(OPERATOR, name="z", platform_key="other")).text
    before = of_acme(native)
    good = REQUESTS[operation](on)
    answer = native.ask(operation[0], good.path, zed, json=good.body)
    assert of_acme(native) == before
    if operation in OWN:
        assert answer.status_code == 201
    elif answer.status_code == 200:  # of many in one request, each is refused by itself
        assert set(answer.json()["counts"]) == {"refused"}
    else:
        assert answer.status_code in {400, 403, 404}, answer.text
