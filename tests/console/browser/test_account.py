"""Story: somebody looks where they are signed in, and shuts out whoever else may be."""

import re

from playwright.sync_api import Page, expect

from tests.console.browser.conftest import CHOSEN, Visiting


def change(page: Page, current: str, new: str) -> None:
    page.get_by_label("The one you have").fill(current)
    page.get_by_label("The new one", exact=True).fill(new)
    page.get_by_label("The new one again").fill(new)
    page.get_by_role("button", name="Change the password").click()


def is_signed_out(page: Page) -> None:
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_other_browsers_are_signed_out_one_by_one_and_by_a_new_password(
    visiting: Visiting,
) -> None:
    here, phone = visiting("manager"), visiting("manager", phone=True)
    page = here.page
    here.go("/console")
    page.get_by_text("Mira Manager", exact=True).click()
    page.get_by_role("link", name="Your account").click()
    browsers = page.get_by_role("listitem").filter(has_text="last used")
    expect(browsers).to_have_count(2)
    expect(browsers.filter(has_text="this one")).to_have_count(1)
    here.check("two browsers")
    browsers.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("That browser was signed out.")
    expect(browsers).to_have_count(1)
    is_signed_out(phone.page)

    phone.sign_in("manager")
    old, new = page.get_by_label("The one you have"), page.get_by_label("The new one", exact=True)
    change(page, here.demo.password, "too short")
    expect(new).to_have_accessible_description(
        re.compile("A password has at least 12 characters.$")
    )
    here.check("too short")
    expect(new).to_be_focused()
    change(page, "not this one at all", CHOSEN)
    expect(old).to_have_accessible_description("The address or the password is wrong.")
    change(page, here.demo.password, CHOSEN)
    expect(page.get_by_role("status")).to_have_text(
        "The password was changed. Other browsers were signed out."
    )
    is_signed_out(phone.page)
    here.check("changed")

    page.get_by_text("Mira Manager", exact=True).click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    here.go("/console/p/1")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    here.check("signed out")
