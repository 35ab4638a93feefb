"""Questions about the catalog: programs, who is enrolled in what, and which courses are open."""

from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.item import Item, ItemKind
from seatledger.domain.learner import Learner, PersonName
from seatledger.domain.refusal import Refusal, invalid
from seatledger.storage import enrolment_lists, pathway_enrolments, seated_enrolments
from seatledger.storage import item_parts as part_rows
from seatledger.storage import items as item_rows
from seatledger.storage.enrolment_lists import Enrolled, EnrolmentFilter
from seatledger.storage.items import Owned
from seatledger.storage.paging import Found, Page, sortable
from seatledger.storage.pathway_enrolments import EnrolledInPathway, PathwayEnrolmentFilter
from seatledger.storage.unit import Unit
from seatledger.usecases.enrol import unknown_enrolment
from seatledger.usecases.persons import find_person

__all__ = ["Enrolled", "EnrolledInPathway", "EnrolmentFilter", "PathwayEnrolmentFilter"]

FIRST = Page(number=1, size=1)


@dataclass(frozen=True, slots=True)
class Program:
    """A program with its owner and the courses it opens."""

    owned: Owned
    courses: tuple[Item, ...]


def list_programs(unit: Unit, reach: Reach, org: str | None, slug: str | None) -> list[Program]:
    """The programs that a platform owns or holds a pool of, by id."""
    found = item_rows.find(unit, reach, ItemKind.PROGRAM, org=org, slug=slug)
    parts = part_rows.of(unit, [each.item.id for each in found])
    return [Program(each, tuple(parts[each.item.id])) for each in found]


def list_course_enrolments(
    unit: Unit, reach: Reach, wanted: EnrolmentFilter, page: Page, now: datetime
) -> Found[Enrolled] | Refusal:
    if not sortable(dict.fromkeys(enrolment_lists.SORTS), page.sort):
        return _unsortable(page)
    return enrolment_lists.courses(unit, reach, wanted, page, now)


def list_program_enrolments(
    unit: Unit, reach: Reach, wanted: EnrolmentFilter, page: Page, now: datetime
) -> Found[Enrolled] | Refusal:
    if not sortable(dict.fromkeys(enrolment_lists.SORTS), page.sort):
        return _unsortable(page)
    return enrolment_lists.programs(unit, reach, wanted, page, now)


def get_program_enrolment(
    unit: Unit, reach: Reach, wanted: EnrolmentFilter, now: datetime
) -> Enrolled | Refusal:
    """The first of those that fit; the person must be named."""
    if wanted.person.is_empty:
        return _nobody_named()
    found = enrolment_lists.programs(unit, reach, wanted, FIRST, now)
    return found.rows[0] if found.rows else unknown_enrolment()


def list_pathway_enrolments(
    unit: Unit, reach: Reach, wanted: PathwayEnrolmentFilter, page: Page
) -> Found[EnrolledInPathway] | Refusal:
    if not sortable(pathway_enrolments.SORTS, page.sort):
        return _unsortable(page)
    return pathway_enrolments.find(unit, reach, wanted, page)


def get_pathway_enrolment(
    unit: Unit, reach: Reach, wanted: PathwayEnrolmentFilter
) -> EnrolledInPathway | Refusal:
    """The first of those that fit; the person must be named."""
    if wanted.person.is_empty:
        return _nobody_named()
    found = pathway_enrolments.find(unit, reach, wanted, FIRST)
    return found.rows[0] if found.rows else unknown_enrolment()


def list_open_courses(
    unit: Unit,
    reach: Reach,
    person: PersonName,
    now: datetime,
    key: str | None = None,
    org: str | None = None,
    title_contains: str | None = None,
) -> list[Owned] | Refusal:
    """The courses that somebody's seats, of courses and of programs, open now."""
    learner: Learner | Refusal = find_person(unit, reach, person)
    if isinstance(learner, Refusal):
        return learner
    return seated_enrolments.open_courses(
        unit, reach, learner.id, now, key=key, org=org, title_contains=title_contains
    )


def _nobody_named() -> Refusal:
    return invalid("learner_id", "Name the person: by id, by username or by e-mail address.")


def _unsortable(page: Page) -> Refusal:
    return invalid("sort", f"This list can't be sorted by {page.sort!r}.")
