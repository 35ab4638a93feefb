"""Story: a list of a hundred people comes as a file, and the result leaves as one."""

from pathlib import Path

from playwright.sync_api import expect

from tests.console.browser.conftest import Visiting


def test_a_file_is_dropped_and_its_result_is_downloaded(visiting: Visiting, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    rows = "".join(f"learner{number:03}@acme.example,=Name {number}\n" for number in range(100))
    people.write_text(f"email,name\n{rows}")
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/pools/2")
    page.get_by_role("link", name="Assign seats").click()
    page.get_by_label("Or a file").set_input_files(people)
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_text("41 Will get a seat", exact=True)).to_be_visible()
    expect(page.get_by_text("59 No place free", exact=True)).to_be_visible()
    page.get_by_role("button", name="Assign 41 seats").click()
    expect(page.get_by_text("41 Got a seat", exact=True)).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download as CSV").click()
    lines = Path(downloading.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "email,name,outcome,code,reason,seat"
    assert lines[1].startswith("learner000@acme.example,'=Name 0,assigned,")
    assert len(lines) == 101
    assert visitor.complaints == []
