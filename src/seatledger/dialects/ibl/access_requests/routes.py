"""The routes of access requests."""

from litestar import Router

from seatledger.dialects.ibl.access_requests import requests, schemas
from seatledger.dialects.ibl.lists import paginated
from seatledger.dialects.ibl.operations import operation

_routes = [
    operation(
        "GET", "/course/request/", "catalog_access_requests_course_request_retrieve",
        requests.look,
        summary="What came of a request for a course",
        query=schemas.CourseAccessRequestQuery,
        answer=schemas.CourseAccessRequestStatusResponse,
    ),
    operation(
        "POST", "/course/request/", "catalog_access_requests_course_request_create",
        requests.ask,
        summary="Ask to be let into a course",
        query=schemas.CourseAccessRequestCreateQuery, body=schemas.CourseAccessRequestCreate,
        answer=schemas.CourseAccessRequestDetail,
    ),
    operation(
        "GET", "/course/manage/", "catalog_access_requests_course_manage_retrieve",
        requests.list_all,
        summary="List who asked to be let into courses",
        query=schemas.ManagedQuery, answer=paginated(schemas.CourseAccessRequestDetail),
    ),
    operation(
        "POST", "/course/manage/", "catalog_access_requests_course_manage_create",
        requests.decide,
        summary="Decide on a request for a course",
        query=schemas.ManagedPlatform, ignored=schemas.ManagedQuery,
        body=schemas.CourseAccessRequestUpdate, answer=schemas.CourseAccessRequestDetail,
    ),
]  # fmt: skip

router = Router("/api/catalog/access_requests", route_handlers=_routes, tags=["access requests"])
