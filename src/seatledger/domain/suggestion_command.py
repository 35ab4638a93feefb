"""What may be asked of suggestions.

With `department_mode` the author acts for the departments that their person is an admin of, and
for nobody else (ibl B13).
"""

from dataclasses import dataclass

from seatledger.domain.command import Command
from seatledger.domain.learner import PersonName
from seatledger.domain.suggestion import Notes, SubjectKind

NO_NOTES = Notes()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectName:
    """What is suggested: an item by its key, a pathway by its uuid, its key or both (ibl C6)."""

    kind: SubjectKind
    key: str | None = None
    uuid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """That something be suggested to a person, and what is to be noted of it."""

    subject: SubjectName
    person: PersonName
    notes: Notes = NO_NOTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggest(Command):
    """Suggest something to a person whom the platform knows, or change the notes of that.

    Answers with Suggested. A platform suggests what it owns or has a pool of, and its pathways.
    """

    platform_key: str
    wish: Wish
    department_mode: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestToMany(Command):
    """Many of them in one transaction. Answers with Suggested or Refusal for each, in order."""

    platform_key: str
    wishes: tuple[Wish, ...]
    department_mode: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestToGroup(Command):
    """Suggest something to a group, or change the notes of that. Answers with Suggested.

    It reaches whoever is in the group when they ask what is suggested to them.
    """

    platform_key: str
    subject: SubjectName
    group_id: int
    notes: Notes = NO_NOTES
    department_mode: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSuggestion(Command):
    """Withdraw a suggestion of this kind, made to a group or to a person. Answers with Suggestion.

    A platform that is named must be its own.
    """

    suggestion_id: int
    kind: SubjectKind
    to_group: bool = False
    platform_key: str | None = None
    platform_org: str | None = None
    department_mode: bool = False
