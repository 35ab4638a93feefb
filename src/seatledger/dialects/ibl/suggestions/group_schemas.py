"""What is said of suggestions to groups: queries, bodies and answers (ibl O4)."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.ibl.fields import Document, Id, Word
from seatledger.dialects.ibl.suggestions.schemas import (
    Accepted,
    DepartmentMode,
    Direct,
    Named,
    SuggestionQuery,
    Visible,
)


class GroupSuggestionQuery(SuggestionQuery, kw_only=True):
    """Operators must name the platform. `query` is contained in a name of subject or group."""

    sort: Word = "id"


class GroupSuggestionCreate(msgspec.Struct, kw_only=True):
    """Which group it is suggested to, and what to note of it."""

    group_id: Id
    platform_key: Named = UNSET
    platform_org: Named = UNSET
    accepted: Accepted = UNSET
    visible: Visible = UNSET
    metadata: Document | UnsetType = UNSET
    department_mode: DepartmentMode = UNSET


class CourseGroupSuggestionCreate(GroupSuggestionCreate, kw_only=True):
    course_id: Word
    direct: Direct = UNSET
    suggested_by: str | UnsetType = UNSET


class ProgramGroupSuggestionCreate(GroupSuggestionCreate, kw_only=True):
    program_key: Word


class PathwayGroupSuggestionCreate(GroupSuggestionCreate, kw_only=True):
    pathway_uuid: Word
    suggested_by: str | UnsetType = UNSET


class GroupSuggestionDetail(msgspec.Struct, kw_only=True):
    """`user_count` is how many are in the group now."""

    id: int
    group_id: int
    group_name: str
    platform_key: str
    accepted: bool
    visible: bool
    created: datetime
    modified: datetime
    metadata: dict[str, Any]
    user_count: int


class CourseGroupSuggestionDetail(GroupSuggestionDetail, kw_only=True):
    course_id: str
    course_name: str


class ProgramGroupSuggestionDetail(GroupSuggestionDetail, kw_only=True):
    program_key: str
    program_name: str


class PathwayGroupSuggestionDetail(GroupSuggestionDetail, kw_only=True):
    pathway_id: str
    pathway_uuid: str
    pathway_name: str
    pathway_platform_key: str
