"""Invitations: who is invited to what, what came of it, and taking it back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from seatledger.domain.command import SaveItem
from seatledger.domain.invitation_command import (
    InvitePerson,
    MarkUndeliverable,
    OfferBlank,
    RedeemInvitation,
)
from seatledger.domain.item import ItemKind
from tests.console.conftest import Browser, Console, text_of
from tests.console.test_reach import history
from tests.support.cast import MANAGER, OPERATOR
from tests.usecases.invitations import course, invitations

LIST = "/console/p/1/invitations"
TO_COURSE: dict[str, Any] = {"kind": ItemKind.COURSE, "item_key": "course-1"}


def names(manager: Browser, show: str) -> list[str]:
    """Who is listed under a filter, by the first part of the address."""
    page = manager.page(f"{LIST}?show={show}")
    rows = re.findall(r'<th scope="row">(.*?)</th>', page, re.DOTALL)
    return sorted(text_of(row).split("@")[0].strip() for row in rows)


def invite(console: Console, name: str, **fields: Any) -> int:
    said = {**TO_COURSE, "email": f"{name}@acme.example", **fields}
    invited: int = console.world.do(InvitePerson(MANAGER, **said)).invitation.id
    return invited


def test_without_invitations_the_page_says_what_to_do(manager: Browser) -> None:
    page = manager.page(LIST)
    assert "Nobody is invited" in page
    assert f'href="{LIST}/new"' in page


def test_each_stands_under_what_came_of_it(console: Console, manager: Browser) -> None:
    world = console.world
    course(world)
    invite(console, "pia")
    invite(console, "exa", end=world.now + timedelta(hours=1))
    back = invite(console, "una")
    world.do(MarkUndeliverable(MANAGER, invitation_id=back, why="no such mailbox"))
    invite(console, "ada", source="fair")
    world.do(RedeemInvitation(MANAGER, **TO_COURSE, email="ada@acme.example", source="fair"))
    off = invite(console, "wim")
    manager.led(manager.post(f"{LIST}/{off}/withdraw"))
    world.do(OfferBlank(MANAGER, **TO_COURSE, source="stand", count=1))
    world.now += timedelta(hours=2)
    assert names(manager, "pending") == ["Whoever takes it first stand", "pia"]
    assert names(manager, "accepted") == ["ada"]
    assert names(manager, "expired") == ["exa"]
    assert names(manager, "undeliverable") == ["una"]
    assert names(manager, "withdrawn") == ["wim"]
    assert names(manager, "nothing") == names(manager, "pending")
    assert "Undeliverable 1 Mar 2026 : no such mailbox" in text_of(
        manager.page(f"{LIST}?show=undeliverable")
    )


def test_many_are_invited_at_once(console: Console, manager: Browser) -> None:
    course(console.world)
    answer = manager.post(
        f"{LIST}/new",
        people="Ada Moreno <ada@acme.example>\nben@acme.example, cleo@zeta.example",
        to="course:course-1",
        end="2026-03-31",
    )
    assert manager.led(answer) == f"{LIST}?said=invited"
    page = text_of(manager.page(LIST))
    assert "Ada Moreno ada@acme.example course-1 course Pending 1 Mar 2026 31 Mar 2026" in page
    assert {(each.kind, each.item_key) for each in invitations(console.world)} == {
        (ItemKind.COURSE, "course-1")
    }
    assert len(invitations(console.world)) == 3


@pytest.mark.parametrize(
    ("to", "kind", "key"),
    [
        ("platform", ItemKind.PLATFORM, "acme"),
        ("program:program-1", ItemKind.PROGRAM, "program-1"),
    ],
)
def test_people_are_invited_to_the_platform_and_to_programs(
    console: Console, operator: Browser, to: str, kind: ItemKind, key: str
) -> None:
    console.world.do(
        SaveItem(OPERATOR, kind=ItemKind.PROGRAM, key="program-1", platform_org="ACME")
    )
    assert f'<option value="{to}"' in operator.page(f"{LIST}/new")
    operator.led(operator.post(f"{LIST}/new", people="ada@acme.example", to=to))
    (made,) = invitations(console.world)
    assert (made.kind, made.item_key, made.platform_id) == (kind, key, 1)


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"people": ""}, "people", "Fill this in."),
    ({"to": ""}, "to", "Fill this in."),
    ({"to": "user:acme"}, "to", "Choose what they are invited to."),
    ({"to": "course:"}, "to", "Choose what they are invited to."),
    ({"to": "course:nothing"}, "to", "There is no such"),
    ({"to": "course:zeta-1"}, "to", "There is no such"),
    ({"end": "soon"}, "end", "This is a day"),
    ({"end": "2026-02-27"}, "end", "This day is over already."),
    ({"people": " ".join(f"p{n}@acme.example" for n in range(1001))}, "people", "At most 1000"),
]


@pytest.mark.parametrize(("changed", "field", "sentence"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nobody_is_invited(
    console: Console, manager: Browser, changed: dict[str, Any], field: str, sentence: str
) -> None:
    course(console.world)
    course(console.world, "zeta-1", "ZETA")
    before = history(console)
    fields: dict[str, Any] = {"people": "ada@acme.example", "to": "course:course-1", **changed}
    answer = manager.post(f"{LIST}/new", **fields)
    assert answer.status_code == 422
    (said,) = re.findall(rf'id="{field}-error">([^<]*)<', answer.text)
    assert sentence in said
    assert history(console) == before


def test_who_could_not_be_invited_stays_in_the_form(console: Console, manager: Browser) -> None:
    answer = manager.post(f"{LIST}/new", people="ada@acme.example\nnobody", to="platform")
    assert answer.status_code == 422
    assert "1 was invited. Those below were not." in text_of(answer.text)
    assert re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", answer.text) == ["nobody"]
    assert "nobody: This is not an e-mail address." in answer.text
    assert len(invitations(console.world)) == 1


def test_an_invitation_is_withdrawn_once_it_was_asked(console: Console, manager: Browser) -> None:
    course(console.world)
    invited = invite(console, "ada")
    path = f"{LIST}/{invited}/withdraw"
    assert "Withdraw the invitation of ada@acme.example?" in manager.page(path)
    assert names(manager, "pending") == ["ada"]
    assert manager.led(manager.post(path)) == f"{LIST}?said=invitation_withdrawn"
    assert names(manager, "pending") == []
    told = text_of(manager.page("/console/p/1/activity"))
    assert "Mira withdrew an invitation of ada@acme.example" in told


def test_a_long_list_has_pages_that_keep_the_filter(console: Console, manager: Browser) -> None:
    world = console.world
    course(world)
    for number in range(51):
        invite(console, f"p{number}", end=world.now + timedelta(hours=1))
    world.now += timedelta(hours=2)
    page = manager.page(f"{LIST}?show=expired")
    assert "Page 1 of 2" in page
    assert f'href="{LIST}?show=expired&amp;page=2"' in page
    second = text_of(manager.page(f"{LIST}?show=expired&page=2"))
    assert "p0@acme.example" in second
    assert "p1@acme.example" not in second
