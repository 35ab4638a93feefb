"""Story: a manager finds somebody as they type, passes the seat on, and both pages tell of it."""

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting


def test_a_seat_is_passed_on(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/learners")
    page.get_by_role("searchbox").fill("jonas")
    expect(page.get_by_role("link", name="Ada Moreno")).to_be_hidden()
    page.get_by_role("link", name="Jonas Weber").click()
    seat = page.get_by_role("row").filter(has=page.get_by_role("link", name="Safety at work"))
    seat.get_by_text("More").click()
    page.get_by_role("link", name="Pass on the seat of Jonas Weber").click()
    page.get_by_label("To whom: e-mail address").fill("nina@acme.example")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_text("The seat was passed on.")).to_be_visible()
    visitor.check("passed on")

    visitor.go("/console/p/1/pools/2")
    expect(page.get_by_role("link", name="nina@acme.example", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Jonas Weber", exact=True)).to_be_hidden()
