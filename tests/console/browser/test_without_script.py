"""Story: with scripts switched off, forms and links do the same."""

import re

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting


def test_a_seat_is_given_and_taken_back_without_any_script(visiting: Visiting) -> None:
    visitor = visiting("manager", java_script_enabled=False)
    page = visitor.page
    visitor.go("/console/p/1/pools/2")
    page.get_by_role("link", name="Assign seats").click()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Assign seats").click()
    page.get_by_label("Addresses").fill("Nina Berg <nina@acme.example>")
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_text("1 Will get a seat")).to_be_visible()  # the page loads itself anew
    page.get_by_role("button", name="Assign 1 seat").click()
    expect(page.get_by_text("1 Got a seat")).to_be_visible()
    page.get_by_role("link", name="To the pool").click()
    page.get_by_label("Find a seat").fill("nina")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=nina"))
    page.get_by_role("link", name="Revoke the seat of Nina Berg").click()
    page.get_by_role("button", name="Revoke the seat").click()
    expect(page.get_by_role("status")).to_have_text("The seat was taken back.")
    page.get_by_text("Mira Manager").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
