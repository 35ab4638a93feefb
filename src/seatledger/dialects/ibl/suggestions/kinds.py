"""The three kinds of suggestion: one implementation, and one row here for all that differs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.suggestions import group_schemas as groups
from seatledger.dialects.ibl.suggestions import schemas as people
from seatledger.domain.pathway import Pathway
from seatledger.domain.refusal import invalid
from seatledger.domain.suggestion import SubjectKind, Suggested
from seatledger.domain.suggestion_command import SubjectName

Schema = type[msgspec.Struct]


@dataclass(frozen=True, slots=True)
class Kind:
    """`subject_of` reads what a body suggests, `subject_said` is all that is said of it.

    The first raises Refused where a body names none. `user_field` is how the contract calls the
    person in the query of their own list (O6).
    """

    subject: SubjectKind
    user_field: str
    create: Schema
    bulk: Schema
    detail: Schema
    group_create: Schema
    group_detail: Schema
    subject_of: Callable[[Any], SubjectName]
    subject_said: Callable[[Any], Mapping[str, str]]

    @property
    def name(self) -> str:
        return self.subject.value

    def row(self, suggested: Suggested) -> msgspec.Struct:
        """A suggestion to a person."""
        return _of(self.detail, suggested, self.subject_said(suggested.subject))

    def group_row(self, suggested: Suggested) -> msgspec.Struct:
        """A suggestion to a group."""
        return _of(self.group_detail, suggested, self.subject_said(suggested.subject))


def _of(schema: Schema, suggested: Suggested, subject: Mapping[str, str]) -> msgspec.Struct:
    """The struct, from those of the values that it has a field for."""
    suggestion, to = suggested.suggestion, suggested.to
    said = {
        "id": suggestion.id,
        "user_id": to.id,
        "username": getattr(to, "login", None),
        "name": to.name,
        "group_id": to.id,
        "group_name": to.name,
        "user_count": suggested.people,
        "platform_key": suggested.platform_key,
        "accepted": suggestion.accepted,
        "visible": suggestion.visible,
        "created": suggestion.created,
        "modified": suggestion.modified,
        "metadata": dict(suggestion.metadata),
        **subject,
    }
    return schema(**{name: said[name] for name in schema.__struct_fields__})


def _pathway_of(body: Any) -> SubjectName:
    key, uuid = none(getattr(body, "pathway_id", UNSET)), none(body.pathway_uuid)
    if key is None and uuid is None:
        raise Refused(invalid("pathway_uuid", "Name the pathway."))
    return SubjectName(kind=SubjectKind.PATHWAY, key=key, uuid=uuid)


def _pathway_said(pathway: Pathway) -> Mapping[str, str]:
    return {
        "pathway_id": pathway.key,
        "pathway_uuid": pathway.uuid,
        "pathway_name": pathway.name,
        "pathway_platform_key": pathway.platform_key,
    }


COURSE = Kind(
    subject=SubjectKind.COURSE,
    user_field="user",
    create=people.CourseSuggestionCreate,
    bulk=people.CourseSuggestionBulkCreate,
    detail=people.CourseSuggestionDetail,
    group_create=groups.CourseGroupSuggestionCreate,
    group_detail=groups.CourseGroupSuggestionDetail,
    subject_of=lambda body: SubjectName(kind=SubjectKind.COURSE, key=body.course_id),
    subject_said=lambda item: {"course_id": item.key, "course_name": item.title},
)

PROGRAM = Kind(
    subject=SubjectKind.PROGRAM,
    user_field="username",
    create=people.ProgramSuggestionCreate,
    bulk=people.ProgramSuggestionBulkCreate,
    detail=people.ProgramSuggestionDetail,
    group_create=groups.ProgramGroupSuggestionCreate,
    group_detail=groups.ProgramGroupSuggestionDetail,
    subject_of=lambda body: SubjectName(kind=SubjectKind.PROGRAM, key=body.program_key),
    subject_said=lambda item: {"program_key": item.key, "program_name": item.title},
)

PATHWAY = Kind(
    subject=SubjectKind.PATHWAY,
    user_field="username",
    create=people.PathwaySuggestionCreate,
    bulk=people.PathwaySuggestionBulkCreate,
    detail=people.PathwaySuggestionDetail,
    group_create=groups.PathwayGroupSuggestionCreate,
    group_detail=groups.PathwayGroupSuggestionDetail,
    subject_of=_pathway_of,
    subject_said=_pathway_said,
)

KINDS = (COURSE, PROGRAM, PATHWAY)
