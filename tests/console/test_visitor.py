"""The page a link leads to: a visitor without account or cookie takes a seat, and gives it back."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from seatledger.domain.link import Link
from seatledger.domain.link_command import DeleteLink
from seatledger.ops import log
from seatledger.storage.engine import Database
from tests.console.conftest import ORIGIN, Browser, Console, text_of
from tests.console.test_reach import history
from tests.support.cast import DAY, MANAGER, NOON
from tests.support.links import a_link, code_for, enter, mailed, other_than
from tests.support.world import World

ADA = "ada@acme.example"


@pytest.fixture
def link(console: Console) -> Link:
    pool = console.world.pool(5, end=NOON + 30 * DAY)
    return a_link(console.world, pool.id, quota=1, duration_days=7)


@pytest.fixture
def visitor(console: Console) -> Browser:
    return console.browser()


def asked(visitor: Browser, link: Link, path: str = "/code", email: str = ADA) -> str:
    """The code that a visitor has mailed; the page asks for it."""
    answer = visitor.post(f"/l/{link.token}{path}", email=email)
    assert answer.status_code == 200, answer.text
    assert 'name="code"' in answer.text
    return mailed(visitor.console.world, email)[-1]


def test_the_road_from_the_link_to_the_seat_and_back(
    console: Console, visitor: Browser, link: Link
) -> None:
    at = f"/l/{link.token}"
    page = text_of(visitor.page(at))
    assert "Course 1 Acme lends you a license of this course. It is yours for 7 days" in page
    assert "but no longer than until 31 Mar 2026" in page
    code = asked(visitor, link)
    given = visitor.post(f"{at}/redeem", email=ADA, code=f" {code} ")
    assert given.status_code == 200
    assert "ada@acme.example may open Course 1 now. It is yours until 8 Mar 2026, 12:00" in text_of(
        given.text
    )
    assert console.world.holders(link.pool_id) == ["ada"]
    assert f'href="{at}/return"' in given.text
    assert "Give your license of Course 1 back" in visitor.page(f"{at}/return")
    code = asked(visitor, link, "/return/code")
    back = visitor.post(f"{at}/return", email=ADA, code=code)
    assert (back.status_code, "it is given back" in back.text) == (200, True)
    assert console.world.holders(link.pool_id) == []
    assert visitor.cookies == {}


def test_who_gave_a_seat_back_is_seen_in_words(
    console: Console, manager: Browser, visitor: Browser, link: Link
) -> None:
    visitor.post(f"/l/{link.token}/redeem", email=ADA, code=asked(visitor, link))
    code = asked(visitor, link, "/return/code")
    visitor.post(f"/l/{link.token}/return", email=ADA, code=code)
    pool = f"/console/p/1/pools/{link.pool_id}"
    assert "Given back" in manager.page(f"{pool}?show=all")
    told = text_of(manager.page(f"{pool}/history"))
    assert "ada@acme.example gave back the seat in Course 1" in told
    assert "A link gave ada@acme.example a seat in Course 1" in told


def test_looking_enrols_nobody_and_writes_no_history(
    console: Console, visitor: Browser, link: Link
) -> None:
    """F21i: mail scanners open links, and whatever stands behind them."""
    before = history(console)
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in ("", "/return", "/code", "/redeem", "/return/code"):
            visitor.request(method, f"/l/{link.token}{path}?email={ADA}&code=123456")
    assert history(console) == before
    assert mailed(console.world, ADA) == []


FROM = [
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False),
    ({"Origin": "https://evil.example"}, False),
    ({}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
    ({"Origin": ORIGIN}, True),
    ({"Origin": "null"}, True),  # what a page sends that tells nobody where it is
]


@pytest.mark.parametrize(("headers", "may"), FROM)
def test_only_our_own_pages_take_a_seat(
    console: Console, visitor: Browser, link: Link, headers: dict[str, str], may: bool
) -> None:
    fields = {"email": ADA, "code": code_for(console.world, link, ADA)}
    answer = visitor.request("POST", f"/l/{link.token}/redeem", headers=headers, data=fields)
    assert answer.status_code == (200 if may else 403)
    assert console.world.holders(link.pool_id) == (["ada"] if may else [])


def test_who_is_signed_in_is_a_visitor_like_any_other(
    console: Console, manager: Browser, link: Link
) -> None:
    page = manager.page(f"/l/{link.token}")
    assert "Mira" not in page
    assert page == console.browser().page(f"/l/{link.token}")


@pytest.mark.parametrize("path", ["", "/return"])
def test_the_address_is_kept_from_others(visitor: Browser, link: Link, path: str) -> None:
    answer = visitor.get(f"/l/{link.token}{path}")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert 'name="robots" content="noindex"' in answer.text


def test_the_log_knows_neither_the_link_nor_the_address(
    database: Database, database_url: str
) -> None:
    console = Console(database_url, World(database), worker="apart")
    link = a_link(console.world, console.world.pool(5).id)
    written = io.StringIO()
    log.configure("json", "info", written)
    try:
        with console.client:
            visitor = console.browser()
            visitor.page(f"/l/{link.token}")
            visitor.post(f"/l/{link.token}/code", email=ADA)
    finally:
        log.configure("json", "error")
    assert '"path":"/l/' in written.getvalue()
    assert link.token not in written.getvalue()
    assert "ada" not in written.getvalue()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/return"),
        ("POST", "/code"),
        ("POST", "/redeem"),
        ("POST", "/return/code"),
        ("POST", "/return"),
    ],
)
def test_a_link_that_is_gone_and_one_that_never_was_are_the_same(
    console: Console, visitor: Browser, link: Link, method: str, path: str
) -> None:
    """F21h."""
    console.world.do(DeleteLink(MANAGER, link_id=link.id))
    told = [
        visitor.request(
            method, f"/l/{token}{path}", headers={"Origin": ORIGIN}, data={"email": ADA}
        )
        for token in (link.token, "f" * 64, "x", str(link.id), "%00", "a%00b")
    ]
    assert {each.status_code for each in told} == {404}
    assert {each.text for each in told} == {told[0].text}
    assert "This link is not valid" in told[0].text
    assert "/console/sign-in" not in told[0].text


WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("/code", {"email": ""}, "email", "Fill this in."),
    ("/code", {"email": "ada"}, "email", "This is not an e-mail address."),
    ("/code", {"email": "a" * 300}, "email", "At most 254 characters."),
    ("/return/code", {"email": "ada"}, "email", "This is not an e-mail address."),
    ("/redeem", {"email": "ada", "code": "1"}, "email", "This is not an e-mail address."),
    ("/redeem", {"email": ADA, "code": ""}, "code", "Fill this in."),
    ("/redeem", {"email": ADA, "code": "000000"}, "code", "This code is not valid"),
    ("/redeem", {"email": ADA, "code": "1" * 33}, "code", "At most 32 characters."),
    ("/return", {"email": ADA, "code": "<b>\0"}, "code", "This code is not valid"),
]


@pytest.mark.parametrize(("path", "fields", "field", "sentence"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(
    visitor: Browser, link: Link, path: str, fields: dict[str, Any], field: str, sentence: str
) -> None:
    answer = visitor.post(f"/l/{link.token}{path}", **fields)
    assert answer.status_code == 422
    (said,) = re.findall(rf'id="{field}-error">([^<]*)<', answer.text)
    assert sentence in said
    assert "<b>" not in re.sub(r"The code went to <b>", "", answer.text)


def test_a_wrong_code_can_be_typed_again(console: Console, visitor: Browser, link: Link) -> None:
    code = asked(visitor, link)
    wrong = visitor.post(f"/l/{link.token}/redeem", email=ADA, code=other_than(code))
    assert wrong.status_code == 422
    assert f'name="email" value="{ADA}"' in wrong.text
    assert visitor.post(f"/l/{link.token}/redeem", email=ADA, code=code).status_code == 200
    assert console.world.holders(link.pool_id) == ["ada"]


def test_who_has_a_seat_already_is_told_so(console: Console, visitor: Browser) -> None:
    world = console.world
    link = a_link(world, world.pool(5).id)
    enter(world, link, "ada")
    answer = visitor.post(f"/l/{link.token}/redeem", email=ADA, code=asked(visitor, link))
    assert answer.status_code == 200
    assert "It is yours already" in answer.text
    assert world.holders(link.pool_id) == ["ada"]


def test_where_none_is_free_no_form_is_shown_and_a_race_is_lost_with_a_page(
    console: Console, visitor: Browser, link: Link
) -> None:
    world = console.world
    code = code_for(world, link, "ben@acme.example")
    enter(world, link, "ada")
    page = visitor.page(f"/l/{link.token}")
    assert "No license is free at the moment" in page
    assert "<form" not in page
    assert f'href="/l/{link.token}/return"' in page
    late = visitor.post(f"/l/{link.token}/redeem", email="ben@acme.example", code=code)
    assert (late.status_code, "No license is free" in late.text) == (422, True)
    assert world.holders(link.pool_id) == ["ada"]


def test_untransferable_seats_are_not_given_back(console: Console, visitor: Browser) -> None:
    world = console.world
    link = a_link(world, world.pool(5, transferable=False).id)
    enter(world, link, "ada")
    assert "/return" not in visitor.page(f"/l/{link.token}")
    assert "back" not in text_of(visitor.page(f"/l/{link.token}/return"))
    code = asked(visitor, link, "/return/code")
    answer = visitor.post(f"/l/{link.token}/return", email=ADA, code=code)
    assert (answer.status_code, "yours until it ends" in answer.text) == (422, True)
    assert world.holders(link.pool_id) == ["ada"]


def test_who_has_none_gives_none_back(visitor: Browser, link: Link) -> None:
    code = asked(visitor, link, "/return/code")
    answer = visitor.post(f"/l/{link.token}/return", email=ADA, code=code)
    assert (answer.status_code, "nothing to give back" in answer.text) == (404, True)


def test_the_answer_never_tells_who_may_have_one(console: Console, visitor: Browser) -> None:
    """F21d: addresses of other domains get no mail, and nobody can see that."""
    link = a_link(console.world, console.world.pool(5).id)
    pages = [
        visitor.post(f"/l/{link.token}/code", email=f"ada@{domain}").text.replace(domain, "")
        for domain in ("acme.example", "evil.example")
    ]
    assert pages[0] == pages[1]
    assert mailed(console.world, "ada@evil.example") == []


def test_codes_are_bounded_and_it_is_said_when_to_come_again(visitor: Browser, link: Link) -> None:
    for _ in range(3):
        asked(visitor, link)
    answer = visitor.post(f"/l/{link.token}/code", email=ADA)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
    assert "come again in 3600 seconds" in answer.text


@pytest.fixture
def strict(database: Database, database_url: str) -> Iterator[Console]:
    """Where a link's visitors may ask three times a minute."""
    console = Console(database_url, World(database), link_rate_per_minute=3, worker="apart")
    with console.client:
        yield console


def test_visitors_of_a_link_are_counted_together_with_those_of_the_interface(
    strict: Console,
) -> None:
    link = a_link(strict.world, strict.world.pool(5).id)
    visitor = strict.browser()
    path = f"/l/{link.token}"
    assert visitor.get(path).status_code == 200
    assert strict.client.get(f"/api/v1/links/open/{link.token}").status_code == 200
    assert visitor.get(path).status_code == 200
    many: Any = visitor.post(f"{path}/code", email=ADA)
    assert many.status_code == 429
    assert "retry-after" in many.headers
    assert mailed(strict.world, ADA) == []
    strict.world.now += timedelta(minutes=1)
    assert visitor.get(path).status_code == 200
