"""The routes of departments."""

from seatledger.dialects.ibl.lists import paginated
from seatledger.dialects.ibl.operations import operation
from seatledger.dialects.ibl.people import department_members as members
from seatledger.dialects.ibl.people import departments
from seatledger.dialects.ibl.people.bulk import BulkAnswer

routes = [
    operation(
        "GET", "/departments/", "core_departments_retrieve", departments.list_all,
        summary="List the departments of a platform",
        query=departments.DepartmentsQuery, answer=paginated(departments.Department),
    ),
    operation(
        "POST", "/departments/", "core_departments_create", departments.save,
        summary="Create a department, or change one",
        body=departments.DepartmentWrite, answer=departments.Department,
    ),
    operation(
        "DELETE", "/departments/", "core_departments_destroy", departments.delete,
        summary="Delete a department",
        query=departments.DepartmentName, answer=None, statuses=(204,),
    ),
    operation(
        "GET", "/departments/members/", "core_departments_members_retrieve", members.list_all,
        summary="List the members of a department",
        query=members.DepartmentMembersQuery, answer=paginated(members.DepartmentMember),
    ),
    operation(
        "POST", "/departments/members/", "core_departments_members_create", members.save,
        summary="Add somebody to a department, change their part in it, or let them leave",
        body=members.DepartmentMemberWrite, answer=members.DepartmentMember,
    ),
    operation(
        "DELETE", "/departments/members/", "core_departments_members_destroy", members.delete,
        summary="Remove somebody from a department",
        query=members.DepartmentMemberName, answer=None, statuses=(204,),
    ),
    operation(
        "POST", "/departments/members/bulk/", "core_departments_members_bulk_create",
        members.save_many,
        summary="Add many to a department, or let them leave",
        body=members.DepartmentMemberBulk, answer=BulkAnswer,
    ),
    operation(
        "GET", "/departments/members/check/", "core_departments_members_check_retrieve",
        departments.check,
        summary="Whether the caller is an admin of a department, and of the platform",
        query=departments.RightsQuery, answer=departments.Rights,
    ),
]  # fmt: skip
