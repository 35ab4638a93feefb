"""Story: a manager makes a token, sees it once, and deletes it."""

import re

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting


def test_a_token_is_shown_once_and_deleted(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/tokens")
    page.get_by_role("link", name="New token").click()
    page.get_by_label("Name").fill("intranet")
    page.get_by_role("button", name="Make the token").click()
    shown = page.get_by_role("textbox", name="Token")
    expect(shown).to_have_value(re.compile("^[0-9a-f]{64}$"))
    text = shown.input_value()
    visitor.check("the token")

    page.keyboard.press("Escape")
    expect(page.get_by_role("rowheader", name="intranet")).to_be_visible()
    assert text not in page.content()

    page.get_by_role("link", name="Delete the token intranet").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("rowheader", name="intranet")).to_be_hidden()
