"""The routes of platforms and their people: 33 operations."""

from litestar import Router

from seatledger.dialects.ibl.numbered_lists import NumberedPage
from seatledger.dialects.ibl.operations import Nothing, operation
from seatledger.dialects.ibl.people import api_tokens as tokens
from seatledger.dialects.ibl.people import memberships, platform
from seatledger.dialects.ibl.people.department_routes import routes as departments
from seatledger.dialects.ibl.people.group_routes import routes as groups

_memberships = [
    operation(
        "GET", "/users/platforms/", "core_users_platforms_list", memberships.list_links,
        summary="The platforms that somebody belongs to",
        query=memberships.LinkQuery, answer=list[memberships.UserPlatformLink],
        refused=(400, 401, 403),
    ),
    operation(
        "POST", "/users/platforms/", "core_users_platforms_create", memberships.save_link,
        summary="Tie somebody to a platform, or change the tie",
        body=memberships.UserPlatformViewPostRequest, answer=memberships.UserPlatformLink,
        statuses=(201,),
    ),
    operation(
        "GET", "/platform/users/", "core_platform_users_retrieve", memberships.list_users,
        summary="List the people of a platform",
        query=memberships.PlatformUsersQuery,
        answer=NumberedPage[
            list[memberships.PlatformUser] | memberships.PlatformUsersWithPolicies
        ],
    ),
]  # fmt: skip

_platform = [
    operation(
        "GET", "/platform/", "core_platform_retrieve", platform.look,
        summary="Read a platform",
        query=platform.PlatformQuery, ignored=platform.ReadFor, answer=platform.PlatformList,
    ),
    operation(
        "POST", "/platform/", "core_platform_create", platform.change,
        summary="Change a platform",
        body=platform.PlatformUpdatePostRequest, answer=platform.PlatformList,
    ),
    operation(
        "GET", "/users/platforms/config/", "core_users_platforms_config_retrieve",
        platform.look_at_config,
        summary="Whether people may join a platform by themselves",
        query=platform.ConfigQuery, answer=platform.PlatformMembershipConfig,
    ),
    operation(
        "POST", "/users/platforms/config/", "core_users_platforms_config_create",
        platform.change_config,
        summary="Let people join a platform by themselves, or not",
        body=platform.PlatformMembershipConfigPostRequest,
        answer=platform.PlatformMembershipConfig, statuses=(201, 200),
    ),
    operation(
        "POST", "/users/platforms/self-link/", "core_users_platforms_self_link_create",
        platform.join,
        summary="Join a platform by oneself",
        body=platform.UserPlatformSelfLinkRequest,
        answer=platform.UserPlatformSelfLinkResponse, statuses=(201,),
        refused=(400, 401, 403), error_too=True,
    ),
]  # fmt: skip

_tokens = [
    operation(
        "GET", "/platform/api-tokens/", "core_platform_api_tokens_list", tokens.list_all,
        summary="List the keys of a platform",
        query=tokens.TokensQuery, answer=list[tokens.PlatformApiKey],
    ),
    operation(
        "POST", "/platform/api-tokens/", "core_platform_api_tokens_create", tokens.create,
        summary="Make a key for a platform; its text is shown this once",
        body=tokens.PlatformApiKeyCreate, answer=tokens.PlatformApiKey, statuses=(201,),
    ),
    operation(
        "DELETE", "/platform/api-tokens/{name:str}", "core_platform_api_tokens_destroy",
        tokens.delete,
        summary="Delete a key, which then stops at once",
        query=tokens.TokenName, answer=None, statuses=(204,),
    ),
    operation(
        "GET", "/token/verify/", "core_token_verify_retrieve", tokens.verify,
        summary="Whose the key is",
        query=Nothing, answer=tokens.Verified, refused=(401,),
    ),
]  # fmt: skip

router = Router(
    "/api/core",
    route_handlers=[*_memberships, *_platform, *_tokens, *groups, *departments],
    tags=["core"],
)
