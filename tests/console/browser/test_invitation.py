"""Story: an operator invites a manager, who chooses a password, and is soon switched off again."""

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting


def test_a_manager_is_invited_works_and_is_switched_off(visiting: Visiting) -> None:
    operator = visiting("operator")
    page = operator.page
    operator.go("/console/accounts")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Name", exact=True).fill("Nora New")
    page.get_by_label("E-mail").fill("nora@acme.example")
    page.get_by_label("Acme Learning").check()
    page.get_by_role("button", name="Make the account and its link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    operator.check("link")

    nora = visiting(None)
    nora.page.goto(link)
    expect(nora.page.get_by_role("heading", name="Welcome, Nora New")).to_be_visible()
    nora.check("welcome")
    nora.choose_password()
    expect(nora.page.get_by_role("heading", name="Overview")).to_be_visible()
    nora.page.goto(link)
    expect(nora.page.get_by_role("heading", name="not valid any more")).to_be_visible()

    operator.go("/console/accounts")
    page.get_by_role("link", name="Nora New").click()
    page.get_by_label("May sign in").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("The account was changed.")
    nora.go("/console")
    expect(nora.page.get_by_role("heading", name="Sign in")).to_be_visible()
