"""The routes of user groups, in the newer spelling and in the older one."""

from seatledger.dialects.ibl.lists import paginated
from seatledger.dialects.ibl.operations import operation
from seatledger.dialects.ibl.people import group_links as links
from seatledger.dialects.ibl.people import older_groups as older
from seatledger.dialects.ibl.people import user_groups as groups
from seatledger.dialects.ibl.people.bulk import BulkAnswer

_groups = [
    operation(
        "GET", "/user-groups/", "core_user_groups_list", groups.list_all,
        summary="List user groups",
        query=groups.UserGroupQuery, ignored=groups.Permissions,
        answer=paginated(groups.UserGroup),
    ),
    operation(
        "POST", "/user-groups/", "core_user_groups_create", groups.create,
        summary="Create a user group",
        body=groups.UserGroupWrite, answer=groups.UserGroup, statuses=(201,),
    ),
    operation(
        "GET", "/user-groups/{id:str}/", "core_user_groups_retrieve", groups.look,
        summary="Read a user group",
        query=groups.GroupName, answer=groups.UserGroup,
    ),
    operation(
        "PUT", "/user-groups/{id:str}/", "core_user_groups_update", groups.change,
        summary="Replace a user group",
        query=groups.GroupName, body=groups.UserGroupWrite, answer=groups.UserGroup,
    ),
    operation(
        "PATCH", "/user-groups/{id:str}/", "core_user_groups_partial_update", groups.change,
        summary="Change a user group",
        query=groups.GroupName, body=groups.PatchedUserGroup, body_optional=True,
        answer=groups.UserGroup,
    ),
    operation(
        "DELETE", "/user-groups/{id:str}/", "core_user_groups_destroy", groups.delete,
        summary="Delete a user group; what only it was granted ends",
        query=groups.GroupName, answer=None, statuses=(204,),
    ),
]  # fmt: skip

_older = [
    operation(
        "GET", "/user_groups/", "core_user_groups_retrieve2", older.list_all,
        summary="List the user groups of a platform",
        query=older.OlderGroupsQuery, answer=paginated(groups.UserGroup),
    ),
    operation(
        "POST", "/user_groups/", "core_user_groups_create2", older.save,
        summary="Create a user group, or change one",
        body=older.OlderGroupWrite, answer=groups.UserGroup,
    ),
    operation(
        "DELETE", "/user_groups/", "core_user_groups_destroy2", older.delete,
        summary="Delete a user group; what only it was granted ends",
        query=older.OlderGroupName, answer=None, statuses=(204,),
    ),
]  # fmt: skip

_links = [
    operation(
        "GET", "/user_groups/link/", "core_user_groups_link_retrieve", links.list_all,
        summary="List the members of a user group",
        query=links.GroupLinksQuery, answer=paginated(links.GroupLink),
    ),
    operation(
        "POST", "/user_groups/link/", "core_user_groups_link_create", links.save,
        summary="Add somebody to a user group, or let them leave",
        body=links.GroupLinkWrite, answer=links.GroupLink,
    ),
    operation(
        "DELETE", "/user_groups/link/", "core_user_groups_link_destroy", links.delete,
        summary="Remove somebody from a user group",
        query=links.GroupLinkName, answer=None, statuses=(204,),
    ),
    operation(
        "POST", "/user_groups/link/bulk/", "core_user_groups_link_bulk_create", links.save_many,
        summary="Add many to a user group, or let them leave",
        body=links.GroupLinkBulk, answer=BulkAnswer,
    ),
]  # fmt: skip

routes = [*_groups, *_older, *_links]
