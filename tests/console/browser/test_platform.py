"""Story: an operator makes a platform, and hands it over to a manager, who sees no other."""

import re

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting, Visitor

HOME = "/console/p/2"


def test_a_platform_is_made_and_handed_over(visiting: Visiting) -> None:
    operator = visiting("operator")
    page = operator.page
    make(operator)
    page.get_by_role("link", name="Open the first pool").click()
    page.get_by_label("Its key").fill("course-v1:NOVA+STARS+2026")
    page.get_by_label("Its title").fill("Reading stars")
    page.get_by_label("Places").fill("4")
    page.get_by_role("button", name="Open the pool").click()
    expect(page.get_by_text("of 4 in use")).to_be_visible()
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Name").fill("Nova Learning")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("The platform was changed.")
    expect(page.get_by_text("No managers yet")).to_be_visible()
    operator.check("settings")

    nora = visiting(None)
    nora.page.goto(invite(operator))
    nora.choose_password()
    expect(nora.page.get_by_role("rowheader", name="Reading stars")).to_be_visible()
    expect(nora.page).to_have_url(nora.demo.url + HOME)
    expect(nora.page.get_by_role("banner")).to_contain_text("Nova Learning")
    nora.check("overview")
    for elsewhere in ("/console/p/1", "/console/p/1/pools/2", f"{HOME}/pools/2"):
        nora.go(elsewhere)
        expect(nora.page.get_by_role("heading", name="Not found")).to_be_visible()
    nora.check("not found")


def make(operator: Visitor) -> None:
    """The platform Nova; its key is left out at first, and then another's."""
    page = operator.page
    operator.go("/console/platforms")
    page.get_by_role("link", name="New platform").click()
    dialog = page.get_by_role("dialog", name="New platform")
    dialog.get_by_label("Name").fill("Nova")
    dialog.get_by_label("Org").fill("NOVA")
    key, confirm = dialog.get_by_label("Key"), dialog.get_by_role("button", name="Make the")
    confirm.click()
    expect(key).to_have_accessible_description(re.compile("Fill this in.$"))
    key.fill("acme")
    confirm.click()
    expect(key).to_have_accessible_description(re.compile("Another platform has this key.$"))
    operator.check("the key is taken")
    expect(key).to_be_focused()
    key.fill("nova")
    confirm.click()
    expect(page.get_by_role("status")).to_have_text("The platform was made.")
    operator.check("nothing was bought yet")


def invite(operator: Visitor) -> str:
    """Invite a manager, at first without a platform; the link to choose a password by."""
    page = operator.page
    page.get_by_role("link", name="Invite").click()
    dialog = page.get_by_role("dialog", name="Invite somebody")
    acme, nova = dialog.get_by_label("Acme Learning"), dialog.get_by_label("Nova Learning")
    expect(nova).to_be_checked()
    nova.uncheck()
    dialog.get_by_label("Name", exact=True).fill("Nora New")
    dialog.get_by_label("E-mail").fill("nora@nova.example")
    dialog.get_by_role("button", name="Make the account and its link").click()
    expect(acme).to_have_accessible_description(re.compile("one platform at least.$"))
    operator.check("no platform")
    expect(acme).to_be_focused()
    nova.check()
    dialog.get_by_role("button", name="Make the account and its link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    operator.check("link")
    return link
