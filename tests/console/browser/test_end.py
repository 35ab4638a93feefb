"""Story: a manager lets somebody keep a seat for a while, and takes it back from nobody."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting

ODD_TIME = '<time datetime="26-11-01" data-local>long ago</time>'  # no browser reads it


def test_the_end_of_a_seat_is_moved(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/learners")
    page.get_by_role("searchbox").fill("liam")
    page.get_by_role("link", name="Liam Byrne").click()
    seat = page.get_by_role("row").filter(has=page.get_by_role("link", name="Selling with care"))
    page.locator("main").evaluate(f"main => main.insertAdjacentHTML('beforeend', `{ODD_TIME}`)")
    seat.get_by_text("More").click()
    page.get_by_role("link", name="Move the end of the seat of Liam Byrne").click()
    dialog = page.get_by_role("dialog", name="Move the end of the seat of Liam Byrne")
    last_day = dialog.get_by_label("Last day")
    for wrong, said in (
        ("", "Choose a day."),
        ("0026-01-31", "The year is from 2000 to 9998."),
        ("2040-01-31", "pool 4: .* at 00:00 UTC."),
    ):
        last_day.fill(wrong)
        dialog.get_by_role("button", name="Move the end").click()
        expect(last_day).to_have_accessible_description(re.compile(f"{said}$"))
    visitor.check("too late")
    expect(last_day).to_be_focused()
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Move the end").click()
    expect(dialog).to_contain_text("The server can't be reached.")
    page.context.set_offline(False)
    visitor.complaints.clear()  # the browser's own, of the network

    last = datetime.now(UTC).date() + timedelta(days=30)
    over = f"{last + timedelta(days=1)}T00:00:00Z"
    last_day.fill(last.isoformat())
    dialog.get_by_role("button", name="Move the end").click()
    expect(page.get_by_role("status")).to_have_text("The end was moved.")
    expect(seat.get_by_role("time").last).to_have_attribute("datetime", over)
    entry = page.get_by_role("listitem").filter(has_text="changed the seat")
    expect(entry).to_contain_text(
        "Mira Manager changed the seat of Liam Byrne in Selling with care"
    )
    expect(entry.get_by_role("listitem")).to_contain_text("Ends:")
    expect(entry.get_by_role("listitem").get_by_role("time")).to_have_attribute("datetime", over)
    visitor.check("moved")


def test_a_seat_is_kept_by_whoever_thinks_twice(visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/learners")
    page.get_by_role("link", name="Katya Sorokina").click()
    revoke = page.get_by_role("link", name="Revoke the seat of Katya Sorokina")
    revoke.click()
    dialog = page.get_by_role("dialog", name="Revoke the seat of Katya Sorokina?")
    expect(dialog).to_contain_text("loses access to Reading data at once")
    dialog.get_by_role("link", name="Keep it").click()
    expect(dialog).to_be_hidden()
    expect(revoke).to_be_focused()
    page.reload()
    seat = page.get_by_role("row").filter(has=page.get_by_role("link", name="Reading data"))
    expect(seat).to_contain_text("In use")
    expect(page.get_by_role("listitem").filter(has_text="took back")).to_have_count(0)
    visitor.check("kept")
