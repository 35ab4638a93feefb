"""What is said of suggestions to people: queries, bodies and answers (ibl part O)."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Document, Email, Id, Word
from seatledger.dialects.ibl.lists import Listing
from seatledger.dialects.ibl.persons import UserId

MANY_MAX = 1000

Named = Word | UnsetType
Flag = bool | UnsetType
DepartmentMode = Annotated[
    Flag, Meta(description="Only people of departments that the key's person is an admin of.")
]
Accepted = Annotated[Flag, Meta(description="False for a new suggestion.")]
Visible = Annotated[Flag, Meta(description="True for a new suggestion.")]
Direct = Annotated[Flag, Meta(description="True for a new suggestion.")]


class SuggestionPlace(msgspec.Struct, kw_only=True):
    """Of a POST: what the body says too."""

    platform_key: Named = UNSET
    platform_org: Named = UNSET
    department_mode: DepartmentMode = UNSET


class SuggestionName(SuggestionPlace, kw_only=True):
    """Of a DELETE; a platform that is named must be the suggestion's own."""

    suggestion_id: Id


class SuggestionQuery(Listing, kw_only=True):
    """Operators must name the platform. `query` is contained in a name of subject or person."""

    sort: Word = "-id"
    platform_key: Named = UNSET
    platform_org: Named = UNSET
    department_mode: DepartmentMode = UNSET
    query: Named = UNSET


class UserSuggestionQuery(Listing, kw_only=True):
    """The person by `user_id`, `username`, `user` (either of them) or `email`; the first decides.

    Where none is named, the person of the key is meant (O6).
    """

    sort: Word = "-id"
    user: Named = UNSET
    username: Named = UNSET
    user_id: Id | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    platform_key: Named = UNSET
    platform_org: Named = UNSET


class SuggestionCreate(msgspec.Struct, kw_only=True):
    """Who it is suggested to, by `user_id`, `username` or `email`, and what to note of it (O2)."""

    platform_key: Named = UNSET
    platform_org: Named = UNSET
    user_id: UserId | UnsetType = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    accepted: Accepted = UNSET
    visible: Visible = UNSET
    direct: Direct = UNSET
    metadata: Document | UnsetType = UNSET
    suggested_by: str | UnsetType = UNSET
    department_mode: DepartmentMode = UNSET


class CourseSuggestionCreate(SuggestionCreate, kw_only=True):
    course_id: Word


class ProgramSuggestionCreate(SuggestionCreate, kw_only=True):
    program_key: Word


class PathwaySuggestionCreate(SuggestionCreate, kw_only=True):
    """Either name of the pathway does; the uuid decides, and the id must be its own (C6)."""

    pathway_uuid: Named = UNSET
    pathway_id: Named = UNSET


class SuggestionBulkCreate(msgspec.Struct, kw_only=True):
    """`suggestion_data`: for each suggestion what the body of a single one says."""

    platform_key: Named = UNSET
    platform_org: Named = UNSET
    suggestion_data: Annotated[list[Document], Meta(min_length=1, max_length=MANY_MAX)]
    department_mode: DepartmentMode = UNSET


class CourseSuggestionBulkCreate(SuggestionBulkCreate):
    pass


class ProgramSuggestionBulkCreate(SuggestionBulkCreate):
    pass


class PathwaySuggestionBulkCreate(SuggestionBulkCreate):
    pass


class BulkSuggestionResponse(msgspec.Struct, kw_only=True):
    """How many were made or changed, and in order a sentence for each that was not (O3, W42)."""

    successes: int
    error_codes: list[str]


class SuggestionDetail(msgspec.Struct, kw_only=True):
    id: int
    user_id: int
    username: str
    name: str
    platform_key: str
    accepted: bool
    visible: bool
    created: datetime
    modified: datetime
    metadata: dict[str, Any]


class CourseSuggestionDetail(SuggestionDetail, kw_only=True):
    course_id: str
    course_name: str


class ProgramSuggestionDetail(SuggestionDetail, kw_only=True):
    program_key: str
    program_name: str


class PathwaySuggestionDetail(SuggestionDetail, kw_only=True):
    pathway_id: str
    pathway_uuid: str
    pathway_name: str
    pathway_platform_key: str
