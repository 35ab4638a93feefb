"""Story: members ask for courses where they learn; a manager lets them in, or does not."""

import httpx2
from playwright.sync_api import expect

from tests.console.browser.conftest import Demo, Visiting


def ask(demo: Demo, address: str, course: str, **why: str) -> None:
    """What the learning platform sends when a member asks for a course."""
    answer = httpx2.post(
        f"{demo.url}/api/catalog/access_requests/course/request/",
        headers={"Authorization": f"Token {demo.token}"},
        json={"email": address, "course_id": course, **why},
    )
    assert answer.status_code < 300, answer.text


def test_one_is_let_in_and_the_other_only_after_all(demo: Demo, visiting: Visiting) -> None:
    visitor = visiting("manager")
    page = visitor.page
    visitor.go("/console/p/1/requests")
    expect(page.get_by_text("Nobody waits")).to_be_visible()
    ask(demo, "ben.okafor@acme.example", "course-v1:ACME+DATA+2026", why="for my team")
    ask(demo, "hiro.tanaka@acme.example", "course-v1:ACME+SALES1+2026")
    ask(demo, "elif.demir@acme.example", "course-v1:ACME+DATA+2026")
    page.reload()
    ben, hiro, elif_ = (
        page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
        for name in ("Ben Okafor", "Hiro Tanaka", "Elif Demir")
    )
    expect(ben).to_contain_text("why: for my team")
    visitor.check("three ask")

    page.get_by_role("button", name="Approve the request of Ben Okafor").click()
    expect(page.get_by_role("status")).to_have_text(
        "The request was approved, and a seat was given."
    )
    expect(ben).to_contain_text("Approved")

    page.get_by_role("button", name="Reject the request of Hiro Tanaka").click()
    expect(page.get_by_role("status")).to_have_text("The request was rejected.")
    expect(hiro).to_contain_text("Rejected")
    approve = elif_.get_by_role("button", name="Approve the request of Elif Demir")
    approve.click()
    expect(approve).to_have_accessible_description(
        "No seat is free in pool 3: 5 bought, 5 in use, 1 asked."
    )
    visitor.check("no place is free")

    after_all = hiro.get_by_role("button", name="Approve")
    expect(after_all).to_have_text("Approve after all")
    after_all.click()
    expect(hiro).to_contain_text("Approved")
    expect(approve).to_have_text("Approve")
    visitor.check("decided")
    for pool, name in (("4", "Hiro Tanaka"), ("3", "Ben Okafor")):
        visitor.go(f"/console/p/1/pools/{pool}")
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("In use")
    expect(page.get_by_role("link", name="Elif Demir")).to_have_count(0)
