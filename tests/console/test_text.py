"""Whatever names, notes and searches say is shown as text, and never read as anything else."""

from html import unescape
from typing import Any

import pytest

from seatledger.domain.command import AssignSeat, SaveGroup
from seatledger.domain.invitation_command import (
    InvitePerson,
    MarkUndeliverable,
    RequestAccess,
)
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import CreateToken, LinkLearner, ShapePlatform
from tests.console.conftest import SAME_ORIGIN, Browser, Console
from tests.console.test_door import LOOKS, filled
from tests.support.cast import MANAGER, OPERATOR
from tests.support.ledgers import SqliteLedgers
from tests.support.links import a_link

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
    a_link(world, pool.id)
    ada = seated.learner.id
    to: dict[str, Any] = {"kind": ItemKind.COURSE, "item_key": "course-1", "source": EVIL}
    invited = world.do(InvitePerson(MANAGER, learner_id=ada, **to)).invitation
    world.do(MarkUndeliverable(MANAGER, invitation_id=invited.id, why=EVIL))
    world.do(LinkLearner(OPERATOR, learner_id=ada, platform_key="acme"))
    world.do(
        RequestAccess(
            MANAGER,
            item_key="course-1",
            person=PersonName(learner_id=ada),
            metadata={EVIL: EVIL},
        )
    )


def test_no_page_takes_text_for_markup(console: Console, operator: Browser, evil: None) -> None:
    for path in LOOKS:
        if "{job_id}" in path or path.endswith(".csv"):
            continue
        answer = operator.get(filled(path))
        assert (path, answer.status_code) in {(path, 200), (path, 303)}
        for raw in RAW:
            assert raw not in answer.text, path


def test_why_an_invitation_came_back_is_shown_as_text(operator: Browser, evil: None) -> None:
    page = operator.page("/console/p/1/invitations?show=undeliverable")
    assert f": {EVIL}</span>" in unescape(page)
    for raw in RAW:
        assert raw not in page


@pytest.mark.parametrize("path", ["pools", "pools/1", "learners"])
def test_what_is_searched_for_is_shown_as_text(operator: Browser, evil: None, path: str) -> None:
    for query in (EVIL, "%", "_", "\\", "'", "\0", "%00", "x" * 60_000):
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
        "/console/p/1/links/new": {"pool": EVIL, "quota": EVIL, "duration_days": EVIL},
        "/console/p/1/invitations/new": {"people": EVIL, "to": EVIL, "end": EVIL},
        "/console/accounts/new": {"name": EVIL, "email": EVIL, "role": EVIL},
        "/console/sign-in": {"email": EVIL, "next": EVIL},
    }
    for path, fields in forms.items():
        answer = operator.post(path, **fields)
        assert (path, answer.status_code) == (path, 422)
        for raw in RAW:
            assert raw not in answer.text, path


@pytest.mark.parametrize(
    "head", ['name="name"', 'name="name"\r\nContent-Type: text/plain; charset=klingon']
)
@pytest.mark.parametrize("path", ["/console/p/1/groups/new", "/console/sign-in"])
def test_a_form_that_no_browser_sends_is_refused(operator: Browser, path: str, head: str) -> None:
    part = f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode()
    headers = {**SAME_ORIGIN, "Content-Type": "multipart/form-data; boundary=x"}
    content = part + b"\xff\xfe\r\n--x--\r\n"
    answer = operator.request("POST", path, headers=headers, content=content)
    assert (answer.status_code, "can&#39;t be read" in answer.text) == (422, True)


def test_no_form_is_broken_by_what_it_does_not_expect(operator: Browser, evil: None) -> None:
    forms: dict[str, dict[str, Any]] = {
        "/console/p/1/pools/new": {"key": "a\0b", "title": "t", "size": "9" * 30},
        "/console/p/1/pools/1/change": {"name": "n", "size": "-1", "start": "0000-00-00"},
        "/console/p/1/tokens/new": {"name": "n\0", "expires": "9999-12-31"},
        "/console/p/1/groups/1/grants": {"pool": "x"},
        "/console/p/1/groups/new": {"name": "\0"},
        "/console/p/1/links/new": {"pool": "9" * 30, "quota": "-1", "duration_days": "\0"},
        "/console/p/1/invitations/new": {"people": "\0", "to": "course:\0", "end": "9999-12-31"},
        "/console/accounts/new": {"name": "a\0", "email": "a@b.example", "platforms": "nowhere"},
        "/console/platforms/new": {"name": "\0", "key": "\0", "org": "\0"},
    }
    for path, fields in forms.items():
        answer = operator.post(path, **fields)
        assert answer.status_code < 500, (path, answer.text)
        assert operator.post(path).status_code in {404, 422}, path
