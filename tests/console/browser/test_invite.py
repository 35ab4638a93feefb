"""Story: of three people two are invited at once; one of them is not wanted after all."""

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting, Visitor


def test_who_can_be_invited_is_and_the_other_stays_in_the_form(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    invite(visitor)
    nina = page.get_by_role("row").filter(has=page.get_by_role("link", name="Nina Berg"))
    expect(nina).to_contain_text("course-v1:ACME+DATA+2026")
    expect(nina).to_contain_text("Pending")
    expect(nina).to_contain_text("31 Jan 2040")
    expect(page.get_by_role("row")).to_have_count(3)
    visitor.check("two are invited")

    page.get_by_role("link", name="Withdraw the invitation of Nina Berg").click()
    dialog = page.get_by_role("dialog", name="Withdraw the invitation of Nina Berg?")
    visitor.check("withdraw")
    expect(dialog.get_by_role("button", name="Withdraw it")).to_be_focused()
    dialog.get_by_role("link", name="Keep it").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Withdraw the invitation of Nina Berg").click()
    dialog.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("status")).to_have_text("The invitation was withdrawn.")
    expect(nina).to_have_count(0)

    states = page.get_by_role("navigation", name="Which invitations")
    for state in ("Accepted", "Expired", "Undeliverable"):
        states.get_by_role("link", name=state).click()
        expect(states.get_by_role("link", name=state)).to_have_attribute("aria-current", "true")
        expect(page.get_by_text("There are none")).to_be_visible()
    states.get_by_role("link", name="Withdrawn").click()
    expect(nina).to_contain_text("Withdrawn")
    expect(page.get_by_role("link", name="Withdraw the")).to_have_count(0)
    visitor.check("withdrawn")


def invite(visitor: Visitor) -> None:
    """Nina and Zoe, to a course; what was meant for Max is no address."""
    page = visitor.page
    visitor.go("/console/p/1/invitations")
    page.get_by_role("link", name="Invite somebody").click()
    dialog = page.get_by_role("dialog", name="Invite people")
    people, last_day = dialog.get_by_label("Addresses"), dialog.get_by_label("Last day to accept")
    people.fill("Nina Berg <nina@acme.example>\nmax at acme\nzoe@acme.example")
    dialog.get_by_label("To", exact=True).select_option("course:course-v1:ACME+DATA+2026")
    last_day.fill("2020-01-31")
    dialog.get_by_role("button", name="Invite them").click()
    expect(last_day).to_have_accessible_description(
        "Without it, until it is withdrawn. This day is over already."
    )
    visitor.check("a day that is over")
    expect(last_day).to_be_focused()
    last_day.fill("2040-01-31")
    dialog.get_by_role("button", name="Invite them").click()
    expect(dialog.get_by_role("status")).to_have_text("2 were invited. Those below were not.")
    expect(people).to_have_value("max at acme")
    expect(dialog.get_by_text("max at acme: This is not an e-mail address.")).to_be_visible()
    visitor.check("one was not invited")
    expect(people).to_be_focused()
    dialog.get_by_role("link", name="Cancel").click()
