"""Whatever names, notes and searches say is shown as text, and never read as anything else."""

from typing import Any

import pytest

from seatledger.domain.command import AssignSeat, SaveGroup
from seatledger.domain.people_command import CreateToken, ShapePlatform
from tests.console.conftest import Browser, Console
from tests.console.test_door import LOOKS, filled
from tests.support.cast import OPERATOR
from tests.support.ledgers import SqliteLedgers

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
RAW = ("<script>alert", "<img src=x", ">49<")


@pytest.fixture
def ledgers(sqlite_ledgers: SqliteLedgers) -> SqliteLedgers:
    """The engine makes no difference here."""
    return sqlite_ledgers


@pytest.fixture
def evil(console: Console) -> None:
    """A platform in which everything is called so."""
    world = console.world
    world.do(ShapePlatform(OPERATOR, key="acme", name=EVIL[:200]))
    pool = world.pool(name=EVIL, item_title=EVIL, metadata={EVIL: EVIL}, external_id=EVIL)
    seated = world.do(AssignSeat(OPERATOR, pool_id=pool.id, email="ada@acme.example", name=EVIL))
    members = (seated.learner.id,)
    world.do(
        SaveGroup(OPERATOR, platform_key="acme", name=EVIL, description=EVIL, member_ids=members)
    )
    world.do(CreateToken(OPERATOR, name=EVIL, platform_key="acme"))


def test_no_page_takes_text_for_markup(console: Console, operator: Browser, evil: None) -> None:
    for path in LOOKS:
        if "{job_id}" in path or path.endswith(".csv"):
            continue
        answer = operator.get(filled(path))
        assert (path, answer.status_code) in {(path, 200), (path, 303)}
        for raw in RAW:
            assert raw not in answer.text, path


@pytest.mark.parametrize("path", ["pools", "pools/1", "learners"])
def test_what_is_searched_for_is_shown_as_text(operator: Browser, evil: None, path: str) -> None:
    for query in (EVIL, "%", "_", "\\", "'", "\0", "%00", "x" * 2000):
        answer = operator.request("GET", f"/console/p/1/{path}", params={"q": query})
        assert answer.status_code == 200
        for raw in RAW:
            assert raw not in answer.text


def test_a_page_says_only_what_it_knows(manager: Browser, evil: None) -> None:
    page = manager.page("/console/p/1?said=<b>You+have+won</b>")
    assert "won" not in page


def test_forms_show_again_what_was_filled_in_as_text(operator: Browser, evil: None) -> None:
    forms: dict[str, dict[str, Any]] = {
        "/console/p/1/pools/new": {"key": EVIL, "title": EVIL, "size": EVIL, "kind": EVIL},
        "/console/p/1/pools/1/assign": {"people": EVIL, "end": EVIL},
        "/console/p/1/seats/1/move": {"email": EVIL, "name": EVIL},
        "/console/p/1/seats/1/change": {"end": EVIL},
        "/console/p/1/groups/new": {"name": "", "description": EVIL},
        "/console/p/1/groups/1/members": {"people": EVIL},
        "/console/p/1/tokens/new": {"name": EVIL * 9, "expires": EVIL},
        "/console/platforms/new": {"name": EVIL, "key": "", "org": EVIL},
        "/console/accounts/new": {"name": EVIL, "email": EVIL, "role": EVIL},
        "/console/sign-in": {"email": EVIL, "next": EVIL},
    }
    for path, fields in forms.items():
        answer = operator.post(path, **fields)
        assert (path, answer.status_code) == (path, 422)
        for raw in RAW:
            assert raw not in answer.text, path


def test_no_form_is_broken_by_what_it_does_not_expect(operator: Browser, evil: None) -> None:
    forms: dict[str, dict[str, Any]] = {
        "/console/p/1/pools/new": {"key": "a\0b", "title": "t", "size": "9" * 30},
        "/console/p/1/pools/1/change": {"name": "n", "size": "-1", "start": "0000-00-00"},
        "/console/p/1/tokens/new": {"name": "n\0", "expires": "9999-12-31"},
        "/console/p/1/groups/1/grants": {"pool": "x"},
        "/console/p/1/groups/new": {"name": "\0"},
        "/console/accounts/new": {"name": "a\0", "email": "a@b.example", "platforms": "nowhere"},
        "/console/platforms/new": {"name": "\0", "key": "\0", "org": "\0"},
    }
    for path, fields in forms.items():
        answer = operator.post(path, **fields)
        assert answer.status_code < 500, (path, answer.text)
        assert operator.post(path).status_code in {404, 422}, path
