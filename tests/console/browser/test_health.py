"""Story: an operator has the ledger verified; then a row is changed behind its back."""

from playwright.sync_api import expect

from tests.console.browser.conftest import Demo, Visiting


def test_what_was_changed_behind_the_back_of_history_is_found(
    demo: Demo, visiting: Visiting
) -> None:
    visitor = visiting("operator")
    page = visitor.page
    visitor.go("/console/health")
    expect(page.get_by_text("Ready")).to_be_visible()
    report = page.get_by_role("status").filter(has_text="promise")
    page.get_by_role("button", name="Verify now").click()
    expect(report).to_contain_text("Every promise is kept: 6 pools, 28 seats")
    visitor.check("kept")

    with demo.ledger() as ledger:
        ledger.execute("UPDATE pools SET held = held + 1 WHERE external_id = 'D-3'")
        ledger.execute("UPDATE pools SET size = 500 WHERE external_id = 'D-2'")
    page.get_by_role("button", name="Verify now").click()
    expect(report).to_contain_text("2 promises are broken.")
    broken = report.get_by_role("listitem")
    expect(broken.filter(has_text="I2")).to_contain_text("5 places are counted, 4 are taken.")
    expect(broken.filter(has_text="I5")).to_contain_text("History says otherwise of: size.")
    visitor.check("broken")
