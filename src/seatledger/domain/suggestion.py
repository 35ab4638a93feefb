"""A suggestion: a platform advises a person or a group to take a course, program or pathway.

It opens nothing, and no seat is given or taken for it (ibl O8).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from seatledger.domain.command import UNSET, Unset
from seatledger.domain.group import Group
from seatledger.domain.item import Item
from seatledger.domain.learner import Learner
from seatledger.domain.pathway import Pathway


class SubjectKind(StrEnum):
    """What may be suggested."""

    COURSE = "course"
    PROGRAM = "program"
    PATHWAY = "pathway"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Of `item_id` and `pathway_id` one is set, of `learner_id` and `group_id` too.

    At most one stands for a platform, a subject and whom it is made to (ibl O1); `withdrawn` ones
    remain as history, without their subject once that was deleted. `direct` says that it was made
    to the person and not on behalf of a group; like `suggested_by` it is only noted.
    """

    id: int
    platform_id: int
    item_id: int | None
    pathway_id: int | None
    learner_id: int | None
    group_id: int | None
    accepted: bool
    visible: bool
    direct: bool
    suggested_by: str | None
    metadata: Mapping[str, Any]
    created: datetime
    modified: datetime
    withdrawn: bool = False

    def named(self) -> dict[str, Any]:
        """What every event says of it, so that each can be understood by itself."""
        return {
            "learner_id": self.learner_id,
            "group_id": self.group_id,
            "item_id": self.item_id,
            "pathway_id": self.pathway_id,
        }

    def facts(self) -> dict[str, Any]:
        """What history records of a suggestion: not `suggested_by`, which may be a name."""
        return {
            **self.named(),
            "accepted": self.accepted,
            "visible": self.visible,
            "direct": self.direct,
            "metadata": dict(self.metadata),
            "withdrawn": self.withdrawn,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What a request says about a suggestion; what is left out stays as it is."""

    accepted: bool | Unset = UNSET
    visible: bool | Unset = UNSET
    direct: bool | Unset = UNSET
    suggested_by: str | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET

    def on(self, suggestion: Suggestion, now: datetime) -> Suggestion:
        """The suggestion with these notes, modified `now` where that changes anything."""
        given = {
            "accepted": self.accepted,
            "visible": self.visible,
            "direct": self.direct,
            "suggested_by": self.suggested_by,
            "metadata": self.metadata,
        }
        said: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
        changed = replace(suggestion, **said)
        return suggestion if changed == suggestion else replace(changed, modified=now)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion with what is suggested, whom to, and how many people that is."""

    suggestion: Suggestion
    platform_key: str
    subject: Item | Pathway
    to: Learner | Group
    people: int = 1


def suggestion_of(
    platform_id: int, subject: Item | Pathway, to: Learner | Group, now: datetime
) -> Suggestion:
    """A new suggestion without any notes: visible, and not accepted (ibl O1)."""
    return Suggestion(
        id=0,
        platform_id=platform_id,
        item_id=subject.id if isinstance(subject, Item) else None,
        pathway_id=subject.id if isinstance(subject, Pathway) else None,
        learner_id=to.id if isinstance(to, Learner) else None,
        group_id=to.id if isinstance(to, Group) else None,
        accepted=False,
        visible=True,
        direct=True,
        suggested_by=None,
        metadata={},
        created=now,
        modified=now,
    )
