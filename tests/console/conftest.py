"""The console over HTTP, on a world whose clock both share, with people who have passwords."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import Any

import pytest
from argon2 import PasswordHasher
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.domain.account import Account
from seatledger.domain.account_command import CreateAccount
from seatledger.domain.actor import Role
from seatledger.domain.people_command import CreatePlatform
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from tests.support.cast import OPERATOR
from tests.support.jobs import work
from tests.support.world import World

PASSWORD = "a long enough password"
ORIGIN = "http://testserver.local"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}


@cache
def cheap_hash(password: str) -> str:
    """A hash that takes no time: how costly one is, is written in it."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


class Console:
    """The platforms `acme` (1) and `zeta` (2), and whoever signs in."""

    def __init__(self, url: str, world: World, **settings: Any) -> None:
        self.world = world
        world.do(CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta"))
        self.app = create_app(
            Settings(database_url=url, log_level="error", **{"worker": "apart", **settings}),
            clock=lambda: world.now,
        )
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def account(self, name: str, *platforms: str, password: str | None = PASSWORD) -> Account:
        """`name`@seats.example, a manager of these platforms; of none, an operator."""
        made: Account = self.world.do(
            CreateAccount(
                OPERATOR,
                email=f"{name}@seats.example",
                name=name.title(),
                role=Role.MANAGER if platforms else Role.OPERATOR,
                platform_keys=platforms,
                password=None if password is None else cheap_hash(password),
            )
        )
        return made

    def browser(self, name: str | None = None) -> "Browser":
        """A browser in which this person has signed in; None is nobody."""
        browser = Browser(self)
        if name is not None:
            answer = browser.sign_in(f"{name}@seats.example", PASSWORD)
            assert answer.status_code == 303, answer.text
        return browser

    def finish(self, path: str) -> None:
        """Work off the job whose page this is."""
        work(self.world.database, self.world.now, int(path.rpartition("/")[2]))


class Browser:
    """Keeps its own cookie, follows nothing by itself, and sends what browsers send."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}

    def sign_in(self, email: str, password: str, **fields: Any) -> Any:
        return self.post("/console/sign-in", email=email, password=password, **fields)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Any:
        return self.request("GET", path, headers=headers)

    def post(
        self, path: str, headers: Mapping[str, str] | None = None, files: Any = None, **fields: Any
    ) -> Any:
        return self.request(
            "POST", path, headers={**SAME_ORIGIN, **(headers or {})}, data=fields, files=files
        )

    def part(self, path: str) -> Any:
        """What htmx is answered."""
        return self.get(path, {"HX-Request": "true"})

    def page(self, path: str, status: int = 200) -> str:
        """The text of a page, which must have this status."""
        answer = self.get(path)
        assert answer.status_code == status, answer.text
        text: str = answer.text
        return text

    def led(self, answer: Any) -> str:
        """Where an answer leads, which must lead somewhere."""
        assert answer.status_code == 303, answer.text
        location: str = answer.headers["location"]
        return location

    def request(self, method: str, path: str, **request: Any) -> Any:
        client = self.console.client
        client.cookies.clear()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**self.headers, **(request.pop("headers", None) or {})}
        if cookie:
            headers["Cookie"] = cookie
        answer = client.request(method, path, headers=headers, follow_redirects=False, **request)
        for said in answer.headers.get_list("set-cookie"):
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return answer


def text_of(html: str) -> str:
    """What people read of a page, on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


@pytest.fixture
def console(database: Database, database_url: str) -> Iterator[Console]:
    console = Console(database_url, World(database))
    with console.client:
        yield console
    console.world.check()


@pytest.fixture
def manager(console: Console) -> Browser:
    """Mira, the manager of acme."""
    console.account("mira", "acme")
    return console.browser("mira")


@pytest.fixture
def operator(console: Console) -> Browser:
    """Olaf, an operator."""
    console.account("olaf")
    return console.browser("olaf")
