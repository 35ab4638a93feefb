"""Learners: found while typing, each with all they hold and held."""

from dataclasses import replace

from seatledger.domain.item import ItemKind
from seatledger.domain.people_command import LinkLearner, ReportProgress
from tests.console.conftest import Browser, Console, text_of
from tests.support.cast import DAY, OPERATOR


def test_learners_are_found_by_how_a_word_of_theirs_begins(
    console: Console, manager: Browser
) -> None:
    pool = console.world.pool()
    console.world.assign(pool.id, "hiro.tanaka", name="Hiro Tanaka")
    console.world.assign(pool.id, "ben", name="Ben Okafor")
    for said in ("hir", "TAN", "hiro.t"):
        found = manager.part(f"/console/p/1/learners?q={said}").text
        assert ("Hiro Tanaka" in found, "Ben" in found) == (True, False), said
    assert "Nobody found" in manager.part("/console/p/1/learners?q=anaka").text


def test_the_list_of_nobody_says_what_to_do(manager: Browser) -> None:
    assert "Whoever gets a seat is listed here." in manager.page("/console/p/1/learners")


def test_a_learner_is_shown_with_seats_progress_and_history(
    console: Console, manager: Browser
) -> None:
    world = console.world
    first = world.assign(world.pool().id, "ada", name="Ada Moreno")[0]
    second = world.assign(world.pool(item_key="course-2", item_title="Two").id, "ada")[0]
    report = ReportProgress(
        OPERATOR,
        platform_key="acme",
        learner_id=first.learner.id,
        item_kind=ItemKind.COURSE,
        item_key="course-2",
        percent=45.0,
    )
    world.do(report)
    manager.post(f"/console/p/1/seats/{first.seat.id}/end")
    page = text_of(manager.page(f"/console/p/1/learners/{second.learner.id}"))
    assert "Ada Moreno Not registered yet ada@acme.example" in page
    assert "Two given by name, 1 Mar 2026 In use 45 %" in page
    assert "Course 1 given by name, 1 Mar 2026 Taken back 0 %" in page
    assert "Mira took back the seat of Ada Moreno in Course 1" in page


def test_the_end_of_a_membership_is_told(console: Console, manager: Browser) -> None:
    world = console.world
    ada = world.assign(world.pool().id, "ada")[0].learner
    tie = LinkLearner(OPERATOR, learner_id=ada.id, platform_key="acme")
    world.do(tie)
    world.do(replace(tie, expired_on=world.now + DAY))
    page = text_of(manager.page(f"/console/p/1/learners/{ada.id}"))
    assert "Member until: none → to 2 Mar 2026, 12:00" in page
