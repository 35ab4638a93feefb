"""Story: a group is given a pool that is too small; somebody waits, and has a seat in the end."""

from playwright.sync_api import Page, expect

from tests.console.browser.conftest import Visiting, Visitor


def test_a_member_waits_for_a_place_until_one_is_free(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    make(visitor)
    give(page)
    expect(page.get_by_text("1 of 1 have a seat")).to_be_visible()
    add(page, "zoe@acme.example")
    nina, zoe = (
        page.get_by_role("listitem").filter(has=page.get_by_role("link", name=name))
        for name in ("Nina Berg", "zoe@acme.example")
    )
    expect(page.get_by_text("1 of 2 have a seat")).to_be_visible()
    expect(page.get_by_text("They get a seat as soon as a place is free.")).to_be_visible()
    expect(zoe).to_contain_text("waits for Reading data")
    expect(nina).not_to_contain_text("waits")
    visitor.check("somebody waits")

    page.get_by_role("link", name="Reading data").click()
    page.get_by_role("link", name="Revoke the seat of Ada Moreno").click()
    page.get_by_role("button", name="Revoke the seat").click()
    seat = page.get_by_role("row").filter(has_text="zoe@acme.example")
    expect(seat).to_contain_text("by a group")
    page.get_by_role("link", name="Groups").click()
    page.get_by_role("link", name="Analysts").click()
    expect(page.get_by_text("2 of 2 have a seat")).to_be_visible()
    expect(zoe).not_to_contain_text("waits")

    page.get_by_role("button", name="Remove Nina Berg from the group").click()
    expect(page.get_by_text("1 of 1 have a seat")).to_be_visible()
    page.get_by_role("button", name="Take Reading data back").click()
    expect(page.get_by_role("status")).to_have_text("The pool was taken back from the group.")
    expect(page.get_by_text("None yet.")).to_be_visible()
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("dialog", name="Delete the group Analysts?")).to_be_visible()
    visitor.check("delete")
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status")).to_have_text("The group was deleted.")
    expect(page.get_by_role("link", name="Analysts")).to_have_count(0)


def make(visitor: Visitor) -> None:
    """The group Analysts: at first two, and for two there is no room; then Nina alone."""
    page = visitor.page
    visitor.go("/console/p/1/groups")
    page.get_by_role("link", name="New group").click()
    page.get_by_label("Name").fill("Analysts")
    page.get_by_role("button", name="Make the group").click()
    expect(page.get_by_role("heading", name="Analysts")).to_be_visible()
    add(page, "Nina Berg <nina@acme.example>\nmax@acme.example")
    remove = page.get_by_role("button", name="Remove max@acme.example from the group")
    expect(remove).to_be_visible()
    give(page)
    choice = page.get_by_label("Give it a pool")
    expect(choice).to_have_accessible_description(
        "The group does not fit into pool 3: 5 bought, 4 in use, 2 asked."
    )
    visitor.check("it does not fit")
    expect(choice).to_be_focused()
    remove.click()
    expect(remove).to_have_count(0)


def add(page: Page, people: str) -> None:
    page.get_by_label("Add people").fill(people)
    page.get_by_role("button", name="Add", exact=True).click()


def give(page: Page) -> None:
    page.get_by_label("Give it a pool").select_option(label="Reading data – 1 place free")
    page.get_by_role("button", name="Give", exact=True).click()
