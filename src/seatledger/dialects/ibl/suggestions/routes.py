"""The routes of suggestions: the same eight rows for each kind."""

from functools import partial

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from seatledger.dialects.ibl.lists import paginated
from seatledger.dialects.ibl.operations import Nothing, operation
from seatledger.dialects.ibl.suggestions import bulk, groups, people
from seatledger.dialects.ibl.suggestions.group_schemas import GroupSuggestionQuery
from seatledger.dialects.ibl.suggestions.kinds import KINDS, Kind
from seatledger.dialects.ibl.suggestions.schemas import (
    BulkSuggestionResponse,
    SuggestionName,
    SuggestionPlace,
    SuggestionQuery,
    UserSuggestionQuery,
)

LIST_REFUSED = (400, 401, 403)  # a list of something unknown is an empty list (T1)


def _to_people(kind: Kind) -> list[HTTPRouteHandler]:
    path, name = f"/{kind.name}", f"catalog_suggestions_{kind.name}"
    return [
        operation(
            "GET", f"{path}/user/", f"{name}_user_retrieve", partial(people.list_reaching, kind),
            summary=f"List the {kind.name}s that are suggested to a person",
            query=UserSuggestionQuery, answer=paginated(kind.detail), refused=LIST_REFUSED,
        ),
        operation(
            "GET", f"{path}/manage/", f"{name}_manage_retrieve", partial(people.list_all, kind),
            summary=f"List a platform's suggestions of {kind.name}s to people",
            query=SuggestionQuery, answer=paginated(kind.detail), refused=LIST_REFUSED,
        ),
        operation(
            "POST", f"{path}/manage/", f"{name}_manage_create", partial(people.suggest, kind),
            summary=f"Suggest a {kind.name} to a person, or change the suggestion",
            query=SuggestionPlace, ignored=SuggestionQuery, body=kind.create, answer=kind.detail,
        ),
        operation(
            "DELETE", f"{path}/manage/", f"{name}_manage_destroy", partial(people.withdraw, kind),
            summary=f"Withdraw the suggestion of a {kind.name} to a person",
            query=SuggestionName, ignored=SuggestionQuery, answer=Nothing,
        ),
        operation(
            "POST", f"{path}/manage/bulk/", f"{name}_manage_bulk_create",
            partial(bulk.suggest_to_many, kind),
            summary=f"Suggest {kind.name}s to many people",
            body=kind.bulk, answer=BulkSuggestionResponse,
        ),
    ]  # fmt: skip


def _to_groups(kind: Kind) -> list[HTTPRouteHandler]:
    path, name = f"/{kind.name}/manage/group/", f"catalog_suggestions_{kind.name}_manage_group"
    return [
        operation(
            "GET", path, f"{name}_retrieve", partial(groups.list_all, kind),
            summary=f"List a platform's suggestions of {kind.name}s to groups",
            query=GroupSuggestionQuery, answer=paginated(kind.group_detail), refused=LIST_REFUSED,
        ),
        operation(
            "POST", path, f"{name}_create", partial(groups.suggest, kind),
            summary=f"Suggest a {kind.name} to a group, or change the suggestion",
            query=SuggestionPlace, ignored=GroupSuggestionQuery,
            body=kind.group_create, answer=kind.group_detail,
        ),
        operation(
            "DELETE", path, f"{name}_destroy", partial(groups.withdraw, kind),
            summary=f"Withdraw the suggestion of a {kind.name} to a group",
            query=SuggestionName, ignored=GroupSuggestionQuery, answer=Nothing,
        ),
    ]  # fmt: skip


router = Router(
    "/api/catalog/suggestions",
    route_handlers=[route for kind in KINDS for route in (*_to_people(kind), *_to_groups(kind))],
    tags=["suggestions"],
)
