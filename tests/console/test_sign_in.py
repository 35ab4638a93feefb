"""Signing in: who may, what they are told, and what their browser keeps."""

import pytest

from seatledger.domain.account_command import ChangeAccount
from tests.console.conftest import PASSWORD, Console
from tests.support.cast import OPERATOR
from tests.support.ledgers import SqliteLedgers

WRONG = "The address or the password is wrong."


@pytest.fixture
def ledgers(sqlite_ledgers: SqliteLedgers) -> SqliteLedgers:
    """The engine makes no difference here."""
    return sqlite_ledgers


@pytest.fixture
def people(console: Console) -> Console:
    """Mira may sign in; Otto is switched off; Nora was invited and has no password yet."""
    console.account("mira", "acme")
    console.account("otto", "acme")
    console.world.do(ChangeAccount(OPERATOR, email="otto@seats.example", active=False))
    console.account("nora", "acme", password=None)
    return console


@pytest.mark.parametrize(
    ("email", "password", "status", "said"),
    [
        ("", PASSWORD, 422, "Fill this in."),
        ("mira@seats.example", "", 422, "Fill this in."),
        ("nobody@seats.example", PASSWORD, 422, WRONG),
        ("no address at all", PASSWORD, 422, WRONG),
        ("otto@seats.example", PASSWORD, 422, WRONG),
        ("nora@seats.example", PASSWORD, 422, WRONG),
        ("mira@seats.example", "another password", 422, WRONG),
        ("mira@seats.example", PASSWORD.upper(), 422, WRONG),
        ("mira@seats.example", PASSWORD + "x" * 10_000, 422, WRONG),
        ("mira@seats.example", PASSWORD, 303, ""),
        ("  MIRA@seats.example ", PASSWORD, 303, ""),
    ],
)
def test_who_may_sign_in(
    people: Console, email: str, password: str, status: int, said: str
) -> None:
    answer = people.browser().sign_in(email, password)
    assert answer.status_code == status
    assert said in answer.text
    assert ("set-cookie" in answer.headers) is (status == 303)


def test_a_refusal_shows_the_address_again_and_never_the_password(people: Console) -> None:
    answer = people.browser().sign_in("mira@seats.example", "a wrong secret")
    assert 'value="mira@seats.example"' in answer.text
    assert "a wrong secret" not in answer.text


def test_an_unknown_address_and_a_wrong_password_are_told_alike(people: Console) -> None:
    unknown = people.browser().sign_in("nobody@seats.example", "a wrong secret")
    wrong = people.browser().sign_in("mira@seats.example", "a wrong secret")
    assert unknown.text.replace("nobody", "mira") == wrong.text


def test_the_cookie_is_for_the_server_alone(people: Console) -> None:
    said = people.browser().sign_in("mira@seats.example", PASSWORD).headers["set-cookie"]
    assert said.startswith("seatledger=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"):
        assert part in said
    assert "Secure" not in said
    assert "Domain" not in said


def test_over_https_no_other_host_can_have_set_the_cookie(people: Console) -> None:
    browser = people.browser()
    https = "https://testserver.local"
    answer = browser.request(
        "POST",
        f"{https}/console/sign-in",
        data={"email": "mira@seats.example", "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.headers["set-cookie"].startswith("__Host-seatledger=")
    assert "; Secure" in answer.headers["set-cookie"]
    assert browser.get(f"{https}/console/account").status_code == 200
    browser.cookies = {"seatledger": browser.cookies["__Host-seatledger"]}
    assert browser.get(f"{https}/console/account").status_code == 303


@pytest.mark.parametrize(
    "others",
    [
        'prefs={"theme":"dark"}',
        "a[b]=1; k(1)=2; a@b=1",
        "foo=bar baz",
        "nothing",
        "=; ;;",
        "n\xe4me=1",
        "xseatledger=1; seatledger2=2",
    ],
)
def test_cookies_of_others_are_of_no_account(people: Console, others: str) -> None:
    browser = people.browser("mira")
    for cookie in (
        f"{others}; seatledger={browser.cookies['seatledger']}",
        f"seatledger={browser.cookies['seatledger']};{others}",
    ):
        answer = people.client.get(
            "/console/account",
            headers={b"Cookie": cookie.encode("latin-1")},
            follow_redirects=False,
        )
        assert answer.status_code == 200, cookie


def test_signing_in_gives_a_new_session_and_ends_the_one_before(people: Console) -> None:
    browser = people.browser("mira")
    before = browser.cookies["seatledger"]
    browser.sign_in("mira@seats.example", PASSWORD)
    assert browser.cookies["seatledger"] != before
    old = people.browser()
    old.cookies["seatledger"] = before
    assert old.get("/console/account").status_code == 303


def test_a_session_that_a_stranger_chose_is_none(people: Console) -> None:
    browser = people.browser()
    browser.cookies["seatledger"] = "f" * 64
    browser.sign_in("mira@seats.example", PASSWORD)
    assert browser.cookies["seatledger"] != "f" * 64
    browser.cookies["seatledger"] = "f" * 64
    assert browser.get("/console").status_code == 303


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/console/p/1/pools", "/console/p/1/pools"),
        ("/console/p/1/pools?q=a%20b&page=2", "/console/p/1/pools?q=a%20b&page=2"),
        ("", "/console"),
        ("https://evil.example/", "/console"),
        ("//evil.example/console", "/console"),
        ("/console//evil.example", "/console"),
        ("/console/\\evil.example", "/console"),
        ("/consoleevil", "/console"),
        ("/console/../api", "/console"),
        ("/api/v1/pools", "/console"),
        ("javascript:alert(1)", "/console"),
        ("/console/sign-in", "/console"),
        ("/console/a\r\nSet-Cookie: x=y", "/console"),
        ("/console/\u2028", "/console"),
    ],
)
def test_nobody_is_led_out_of_the_console(people: Console, wanted: str, led_to: str) -> None:
    answer = people.browser().sign_in("mira@seats.example", PASSWORD, next=wanted)
    assert answer.headers["location"] == led_to


def test_the_wanted_page_comes_after_signing_in(people: Console) -> None:
    browser = people.browser()
    sign_in = browser.led(browser.get("/console/p/1/pools?q=data"))
    assert sign_in == "/console/sign-in?next=%2Fconsole%2Fp%2F1%2Fpools%3Fq%3Ddata"
    assert 'name="next" value="/console/p/1/pools?q=data"' in browser.page(sign_in)


def test_who_is_signed_in_is_led_on(people: Console) -> None:
    browser = people.browser("mira")
    wanted = browser.get("/console/sign-in?next=/console/p/1/learners")
    assert browser.led(wanted) == "/console/p/1/learners"


def test_signing_out_ends_the_session(people: Console) -> None:
    browser = people.browser("mira")
    text = browser.cookies["seatledger"]
    assert browser.led(browser.post("/console/sign-out")) == "/console/sign-in"
    assert browser.cookies == {}
    browser.cookies["seatledger"] = text
    assert browser.get("/console/account").status_code == 303
