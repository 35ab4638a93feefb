"""The routes of the catalog beside the licences: 24 operations."""

from litestar import Router

from seatledger.dialects.ibl.catalog import courses, eligibility, pathways, programs
from seatledger.dialects.ibl.catalog.enrollment_routes import routes as enrollment
from seatledger.dialects.ibl.operations import operation

PLAIN_LIST = (400, 401, 403)  # what is unknown is not in a list (T1)

_courses = [
    operation(
        "GET", "/courses/", "catalog_courses_list", courses.list_courses,
        summary="List courses",
        query=courses.CourseQuery, answer=list[courses.Course], refused=PLAIN_LIST,
    ),
    operation(
        "POST", "/courses/", "catalog_courses_create", courses.save_course,
        summary="Create a course, or change one",
        ignored=courses.CourseQuery, body=courses.CourseCreateUpdate,
        answer=courses.Course, statuses=(201, 200),
    ),
    operation(
        "DELETE", "/courses/", "catalog_courses_destroy", courses.delete_course,
        summary="Delete a course that nothing stands on",
        query=courses.CourseDeleteQuery, answer=courses.DeleteResponse,
    ),
]  # fmt: skip

_programs = [
    operation(
        "GET", "/programs/", "catalog_programs_list", programs.list_all,
        summary="List programs",
        query=programs.ProgramQuery, answer=list[programs.CatalogProgram], refused=PLAIN_LIST,
    ),
    operation(
        "POST", "/programs/", "catalog_programs_create", programs.save,
        summary="Create a program, or change one",
        body=programs.ProgramCreateUpdateRequest, answer=programs.CatalogProgram,
        statuses=(201, 200),
    ),
    operation(
        "DELETE", "/programs/", "catalog_programs_destroy", programs.delete,
        summary="Delete a program that nothing stands on",
        query=programs.ProgramDeleteQuery, answer=courses.DeleteResponse,
    ),
]  # fmt: skip

_pathways = [
    operation(
        "GET", "/pathways/", "catalog_pathways_list", pathways.list_all,
        summary="List pathways",
        query=pathways.PathwayQuery, answer=list[pathways.Pathway],
    ),
    operation(
        "POST", "/pathways/", "catalog_pathways_create", pathways.save,
        summary="Create a pathway, or change one",
        ignored=pathways.PathwayQuery, body=pathways.PathwayCreateUpdateRequest,
        answer=pathways.Pathway, statuses=(201, 200),
    ),
    operation(
        "DELETE", "/pathways/", "catalog_pathways_destroy", pathways.delete,
        summary="Delete a pathway that nobody is enrolled in",
        query=pathways.PathwayDeleteQuery, ignored=pathways.PathwayQuery,
        answer=courses.DeleteResponse,
    ),
]  # fmt: skip

_eligibility = [
    operation(
        "GET", "/eligibility/courses/", "catalog_eligibility_courses_list",
        eligibility.list_eligible,
        summary="List the courses that somebody may open",
        query=eligibility.EligibleQuery, answer=list[courses.Course],
    ),
    operation(
        "GET", "/eligibility/courses/check/", "catalog_eligibility_courses_check_retrieve",
        eligibility.check,
        summary="Whether somebody may open a course",
        query=eligibility.EligibilityQuery, answer=eligibility.Eligibility,
    ),
]  # fmt: skip

router = Router(
    "/api/catalog",
    route_handlers=[*_courses, *_programs, *_pathways, *enrollment, *_eligibility],
    tags=["catalog"],
)
