"""Story: somebody reads what happened, narrows it down, and takes it away in two files."""

import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.console.browser.conftest import Visiting

FORMULA = "=1+1"


def give(page: Page, name: str) -> None:
    """A seat of pool 2, to somebody of this name."""
    page.get_by_role("link", name="Assign seats").click()
    page.get_by_label("Addresses").fill(f"{name} <nina@acme.example>")
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("button", name="Assign 1 seat").click()
    expect(page.get_by_text("1 Got a seat", exact=True)).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()


def take(page: Page, name: str) -> Path:
    with page.expect_download() as downloading:
        page.get_by_role("link", name=name, exact=True).click()
    return downloading.value.path()


def test_activity_is_narrowed_down_and_taken_away(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/pools/2")
    give(page, FORMULA)
    page.get_by_role("link", name="Activity").click()
    entries = page.get_by_role("main").locator("ol > li.entry")
    expect(entries.first).to_be_visible()
    shown = entries.count()
    page.get_by_role("link", name="Show more").click()
    expect(entries.filter(has_text="made the platform")).to_be_visible()
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    assert entries.count() > shown
    visitor.check("all of it")

    page.get_by_label("About").select_option(label="Seats")
    expect(entries.filter(has_text="made the platform")).to_have_count(0)
    yesterday, today = (
        (datetime.now(UTC) - timedelta(days=ago)).date().isoformat() for ago in (1, 0)
    )
    page.get_by_role("textbox", name="To").fill(yesterday)
    expect(page.get_by_role("link", name=FORMULA)).to_have_count(0)
    page.get_by_role("textbox", name="To").fill("")
    page.get_by_label("From").fill(today)
    expect(entries).to_have_count(1)
    expect(entries).to_have_text(re.compile(re.escape(f"Mira Manager gave {FORMULA} a seat")))
    expect(page).to_have_url(re.compile("kind=seats&from=.*"))
    visitor.check("of today")

    lines = take(page, "CSV").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("number,at,what,who,through,learner,email,pool")
    assert len(lines) == 2
    assert f",seat_assigned,Mira Manager,console,'{FORMULA},nina@acme.example," in lines[1]
    with zipfile.ZipFile(take(page, "Excel")) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert f">{FORMULA}<" in texts
    assert "<f>" not in sheet
    assert len(re.findall("<row ", sheet)) == 2
