"""All thirteen operations under the base of the licensing API (A1)."""

from litestar import Router

from seatledger.dialects.sqlbi.courses import get_course, list_courses
from seatledger.dialects.sqlbi.documented import NO_STORE, SECURITY
from seatledger.dialects.sqlbi.licenses import (
    change_license,
    get_license,
    list_licenses,
    revoke_license,
)
from seatledger.dialects.sqlbi.me import get_me
from seatledger.dialects.sqlbi.pools import (
    assign_license,
    get_pool,
    list_pool_licenses,
    list_pools,
)
from seatledger.dialects.sqlbi.students import get_student, list_students

router = Router(
    "/api/licensing/v1",
    route_handlers=[
        get_me,
        list_courses,
        get_course,
        list_pools,
        get_pool,
        list_pool_licenses,
        assign_license,
        list_licenses,
        get_license,
        change_license,
        revoke_license,
        list_students,
        get_student,
    ],
    response_headers=NO_STORE,
    tags=["sqlbi"],
    security=[{name: [] for name in SECURITY}],
)
