"""Story: a manager makes a link, a visitor takes a seat by it, the manager sees it."""

import re

import pytest
from playwright.sync_api import expect

from tests.console.browser.conftest import Demo, Visiting

EVA = "eva@acme.example"


def code_mailed(demo: Demo, address: str) -> str:
    """The last code that the ledger wrote to an address."""
    with demo.ledger() as ledger:
        (text,) = ledger.execute(
            "SELECT text FROM messages WHERE kind = 'link_code' AND address = ?"
            " ORDER BY id DESC LIMIT 1",
            (address,),
        ).fetchone()
    code: str = re.findall(r"\b[0-9]{6}\b", text)[0]
    return code


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_link_is_made_followed_and_seen(demo: Demo, visiting: Visiting, scripts: bool) -> None:
    manager = visiting("manager", phone=not scripts)
    page = manager.page
    manager.go("/console/p/1/links")
    manager.check("no links")
    page.get_by_role("link", name="Make the first link").click()
    page.get_by_label("Pool", exact=True).select_option("2")
    page.get_by_label("For how many days").fill("7")
    manager.check("new link")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("status")).to_contain_text("The link is ready")
    manager.check("links")
    address = page.get_by_role("textbox", name="Link to").input_value()
    assert address.startswith(f"{demo.url}/l/")
    page.get_by_role("button", name="Copy").click()

    eva = visiting(None, phone=True, java_script_enabled=scripts)
    eva.page.goto(address)
    eva.page.get_by_label("E-mail").fill(EVA)
    eva.page.get_by_role("button", name="Mail me a code").click()
    expect(eva.page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    eva.page.get_by_label("Code").fill(code_mailed(demo, EVA))
    eva.page.get_by_role("button", name="Take the license").click()
    expect(eva.page.get_by_role("heading", name="The license is yours")).to_be_visible()
    if scripts:
        eva.check("taken")
        eva.page.goto(address)
        eva.check("a link")
    assert eva.page.context.cookies() == []

    page.reload()
    expect(page.locator("td[data-label='Out now']")).to_have_text("1")
    page.get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("link", name=EVA, exact=True)).to_be_visible()
    for path in ("invitations", "invitations/new", "requests"):
        manager.go(f"/console/p/1/{path}")
        manager.check(path)
