"""`python -m tests.console.browser.screenshots FOLDER`: the pictures of docs/console.md.

Of a demo that is made for it; each page on a desk in light colours, and on a phone in dark ones.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.console.browser.conftest import CHROMIUM, PHONE, WIDE
from tests.support.program import Program
from tests.support.server import Server, serving

PAGES = {
    "overview": "",
    "pools": "/pools",
    "pool": "/pools/2",
    "assign": "/pools/2/assign",
    "learners": "/learners",
    "learner": "/learners/1",
    "groups": "/groups",
    "links": "/links",
    "invitations": "/invitations",
    "activity": "/activity",
}


def take(folder: Path) -> None:
    """Write `NAME-desktop.png` and `NAME-phone.png` of every page."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as ledger, sync_playwright() as playwright:
        url = f"sqlite:///{ledger}/ledger.db"
        password = Program(url).answer("init", "--demo")["password"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with serving(url) as server:
            for where in ("desktop", "phone"):
                page = _signed_in(browser, server, password, phone=where == "phone")
                for name, path in PAGES.items():
                    page.goto(f"{server.url}/console/p/1{path}")
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=folder / f"{name}-{where}.png")
        browser.close()


def _signed_in(browser: Browser, server: Server, password: str, *, phone: bool) -> Page:
    page = browser.new_page(
        viewport=PHONE if phone else WIDE,  # type: ignore[arg-type]
        color_scheme="dark" if phone else "light",
        locale="en-GB",
    )
    page.goto(f"{server.url}/console")
    page.get_by_label("E-mail").fill("manager@acme.example")
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Seatledger: to the start").wait_for()
    return page


if __name__ == "__main__":
    take(Path(sys.argv[1]))
