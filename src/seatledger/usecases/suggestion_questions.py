"""Questions about suggestions: to whom a platform made which, and what one person is advised."""

from collections.abc import Mapping
from typing import Any

from seatledger.domain.actor import Reach
from seatledger.domain.learner import PersonName
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.domain.suggestion import SubjectKind, Suggested
from seatledger.storage import suggestion_lists as lists
from seatledger.storage.paging import Found, Page, sortable
from seatledger.storage.suggestion_lists import SuggestionFilter
from seatledger.storage.unit import Unit
from seatledger.usecases.persons import find_person

__all__ = ["SuggestionFilter"]


def list_suggestions(
    unit: Unit, reach: Reach, wanted: SuggestionFilter, page: Page
) -> Found[Suggested] | Refusal:
    """Standing suggestions to people."""
    return _unsortable(lists.LEARNER_SORTS, page) or lists.to_learners(unit, reach, wanted, page)


def list_group_suggestions(
    unit: Unit, reach: Reach, wanted: SuggestionFilter, page: Page
) -> Found[Suggested] | Refusal:
    """Standing suggestions to groups."""
    return _unsortable(lists.GROUP_SORTS, page) or lists.to_groups(unit, reach, wanted, page)


def list_suggestions_reaching(
    unit: Unit, reach: Reach, person: PersonName, kind: SubjectKind, page: Page
) -> Found[Suggested] | Refusal:
    """What is suggested to a person, by themself or in a group; to an unknown one, nothing."""
    learner = find_person(unit, reach, person)
    if isinstance(learner, Refusal):
        return Found(0, []) if learner.code is Code.UNKNOWN_LEARNER else learner
    return _unsortable(lists.SORTS, page) or lists.reaching(unit, reach, learner, kind, page)


def _unsortable(sorts: Mapping[str, Any], page: Page) -> Refusal | None:
    if sortable(sorts, page.sort):
        return None
    return invalid("sort", f"This list can't be sorted by {page.sort!r}.")
