"""Story: without touching the mouse, somebody gives two seats, and takes one back."""

from playwright.sync_api import Page, expect

from tests.console.browser.conftest import Visiting

TABS_MAX = 80


def tab_to(page: Page, name: str) -> None:
    """Go on from field to field until one of this name is reached, which must be seen to be."""
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const at = document.activeElement;
                const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
                return [at.getAttribute("aria-label") || label || at.innerText || "",
                        getComputedStyle(at).outlineStyle];
            }"""
        )
        if here[0].strip().startswith(name):
            assert here[1] != "none", f"nobody sees that {name} has the focus"
            return
    raise AssertionError(f"{name} can't be reached by keyboard")


def test_two_seats_are_given_and_one_is_taken_back(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/pools/2")
    tab_to(page, "Assign seats")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Assign seats of Safety at work")
    expect(dialog).to_be_visible()
    expect(page.get_by_label("Addresses")).to_be_focused()
    visitor.check("assign")

    page.keyboard.type("Nina Berg <nina@acme.example>\nzed@elsewhere.example, max@acme.example")
    tab_to(page, "Look it over")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="What will happen")).to_be_visible()
    expect(page.get_by_text("2 Will get a seat")).to_be_visible()
    expect(
        page.get_by_text("Seats of pool 2 go only to addresses in: acme.example.")
    ).to_be_visible()
    visitor.check("what will happen")

    confirm = page.get_by_role("button", name="Assign 2 seats")
    expect(confirm).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="What happened")).to_be_visible()
    expect(page.get_by_text("2 Got a seat")).to_be_visible()
    visitor.check("what happened")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Nina Berg", exact=True)).to_be_visible()

    page.keyboard.press("/")
    expect(page.get_by_label("Find a seat")).to_be_focused()
    page.keyboard.type("nina")
    expect(page.get_by_role("link", name="Ada Moreno", exact=True)).to_be_hidden()
    tab_to(page, "Revoke the seat of Nina Berg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Revoke the seat of Nina Berg?")).to_be_visible()
    visitor.check("revoke")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The seat was taken back.")
    expect(page.get_by_role("link", name="Nina Berg", exact=True)).to_have_count(0)
    visitor.check("taken back")


def test_leaving_a_dialog_leaves_the_focus_where_it_was(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/pools/2")
    tab_to(page, "Revoke the seat of")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("Revoke the seat of")


def test_what_is_wrong_is_beside_its_field_and_has_the_focus(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/pools/2")
    page.get_by_role("link", name="Assign seats").click()
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_text("Paste one address at least, or choose a file.")).to_be_visible()
    expect(page.get_by_label("Addresses")).to_be_focused()
    visitor.check("wrong")
