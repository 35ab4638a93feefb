"""Story: an operator opens a pool, gets a field wrong at first, and makes the pool larger."""

import re

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting


def test_a_pool_is_opened_and_made_larger(visiting: Visiting) -> None:
    visitor = visiting("operator")
    page = visitor.page
    visitor.go("/console/p/1/pools")
    page.get_by_role("link", name="New pool").click()
    expect(page.get_by_role("dialog", name="New pool")).to_be_visible()
    page.get_by_label("Its key").fill("course-v1:ACME+TALK+2026")
    page.get_by_label("Its title").fill("Talking to people")
    page.get_by_label("Places").fill("-1")
    page.get_by_role("button", name="Open the pool").click()
    expect(page.get_by_label("Places")).to_have_attribute("aria-invalid", "true")
    visitor.check("a field is wrong")

    page.get_by_label("Places").fill("3")
    page.get_by_role("button", name="Open the pool").click()
    expect(page.get_by_role("heading", name="Talking to people")).to_be_visible()
    expect(page.get_by_text("of 3 in use")).to_be_visible()

    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Places").fill("5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("of 5 in use")).to_be_visible()
    page.get_by_role("link", name="History").click()
    changed = page.get_by_role("listitem").filter(has_text=re.compile(r"Places: 3.*5"))
    expect(changed.last).to_be_visible()
    visitor.check("history")
