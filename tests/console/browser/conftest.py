"""A real browser on a real server: Debian's Chromium, `seatledger serve` on SQLite, on loopback.

Where there is no Chromium these tests are left out, and one line says how to get it; unless the
environment says SEATLEDGER_BROWSER_TESTS=required: then they fail.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.ledgers import SqliteLedgers
from tests.support.program import Program
from tests.support.server import Server, serving

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
REQUIRED = os.environ.get("SEATLEDGER_BROWSER_TESTS") == "required"
MISSING = f"no browser at {CHROMIUM}; to run the browser tests: apt-get install chromium"
CHOSEN = "correct horse battery"  # a password
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if Path(CHROMIUM).exists() or REQUIRED:
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@dataclass
class Demo:
    """A server with the demo's data, the password of its people, and the manager's token."""

    server: Server
    password: str
    token: str

    @property
    def url(self) -> str:
        return self.server.url

    @contextmanager
    def ledger(self) -> Iterator[sqlite3.Connection]:
        """The file in which all of it stands; what is changed there is written at the end."""
        path = self.server.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as ledger, ledger:
            yield ledger


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, for no longer than it is needed: while it runs, no other event loop can."""
    if not Path(CHROMIUM).exists():
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def demo(sqlite_ledgers: SqliteLedgers) -> Iterator[Demo]:
    url, made = sqlite_ledgers.stocked(_init)
    with serving(url) as server:
        yield Demo(server, made["password"], made["manager_token"])
    sqlite_ledgers.drop(url)


def _init(url: str) -> Any:
    return Program(url).answer("init", "--demo")


@dataclass
class Visitor:
    """Somebody at a browser, who notes whatever the browser complains about."""

    demo: Demo
    page: Page
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.demo.url + path)

    def sign_in(self, name: str) -> None:
        self.go("/console")
        self.page.get_by_label("E-mail").fill(f"{name}@acme.example")
        self.page.get_by_label("Password").fill(self.demo.password)
        self.page.keyboard.press("Enter")
        self.page.get_by_role("link", name="Seatledger: to the start").wait_for()

    def choose_password(self) -> None:
        """On the page that an invitation leads to; the visitor is signed in then."""
        self.page.get_by_label("Password").fill(CHOSEN)
        self.page.get_by_label("The same again").fill(CHOSEN)
        self.page.get_by_role("button", name="Choose it and sign in").click()

    def check(self, where: str) -> None:
        """What is shown is accessible, fits the window, and the browser has no complaint."""
        found = Axe().run(self.page).response["violations"]
        serious = [
            (each["id"], [node["html"] for node in each["nodes"]][:3])
            for each in found
            if each["impact"] in {"serious", "critical"}
        ]
        assert (where, serious) == (where, [])
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (where, wide <= 0) == (where, True)
        assert self.complaints == []


Visiting = Callable[..., Visitor]


@pytest.fixture
def visiting(demo: Demo, chromium: Browser) -> Iterator[Visiting]:
    """Makes visitors: `visiting("manager", phone=True)`."""
    contexts = []

    def visit(name: str | None, *, dark: bool = False, phone: bool = False, **more: Any) -> Visitor:
        context = chromium.new_context(
            color_scheme="dark" if dark else "light",
            viewport=PHONE if phone else WIDE,  # type: ignore[arg-type]
            timezone_id="America/New_York",
            locale="en-GB",
            **more,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        visitor = Visitor(demo, context.new_page())
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on("console", lambda message: _note(visitor, message.type, message.text))
        if name is not None:
            visitor.sign_in(name)
        return visitor

    yield visit
    for context in contexts:
        context.close()


def _note(visitor: Visitor, kind: str, text: str) -> None:
    if kind in {"error", "warning"} and "status of 4" not in text:  # a refusal is an answer
        visitor.complaints.append(json.dumps([kind, text]))
