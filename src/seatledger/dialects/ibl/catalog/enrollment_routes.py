"""The routes of enrollment: one search in courses, six operations each in programs and pathways."""

from seatledger.dialects.ibl.catalog import course_enrollment as courses
from seatledger.dialects.ibl.catalog import enrollment_schemas as schemas
from seatledger.dialects.ibl.catalog import pathway_enrollment as pathways
from seatledger.dialects.ibl.catalog import program_enrollment as programs
from seatledger.dialects.ibl.lists import paginated
from seatledger.dialects.ibl.numbered_lists import NumberedPage
from seatledger.dialects.ibl.operations import operation

_course = operation(
    "GET", "/enrollment/courses/search/", "catalog_enrollment_courses_search_retrieve",
    courses.search,
    summary="Search the enrollments in courses",
    query=courses.CourseEnrollmentQuery, ignored=schemas.DefaultPlatform,
    answer=paginated(courses.CourseEnrollmentDetail),
)  # fmt: skip

_programs = [
    operation(
        "GET", "/enrollment/programs/", "catalog_enrollment_programs_retrieve", programs.look,
        summary="Somebody's enrollment in a program",
        query=schemas.ProgramEnrollmentQuery, ignored=schemas.DefaultPlatform,
        answer=schemas.ProgramEnrollmentPlus,
    ),
    operation(
        "POST", "/enrollment/programs/", "catalog_enrollment_programs_create", programs.enroll,
        summary="Enroll somebody in a program",
        query=schemas.ProgramEnrollmentQuery, ignored=schemas.DefaultPlatform,
        body=schemas.ProgramEnrollmentWrite, body_optional=True,
        answer=schemas.ProgramEnrollment,
    ),
    operation(
        "DELETE", "/enrollment/programs/", "catalog_enrollment_programs_destroy", programs.leave,
        summary="Deactivate an enrollment in a program",
        query=schemas.ProgramEnrollmentQuery, ignored=schemas.DefaultPlatform,
        answer=schemas.ProgramEnrollment,
    ),
    operation(
        "GET", "/enrollment/programs/search/", "catalog_enrollment_programs_search_retrieve",
        programs.search,
        summary="Search the enrollments in programs",
        query=schemas.ProgramSearchQuery, ignored=schemas.DefaultPlatform,
        answer=NumberedPage[list[schemas.ProgramEnrollmentPlus]],
    ),
    operation(
        "POST", "/enrollment/programs/self/", "catalog_enrollment_programs_self_create",
        programs.enroll_self,
        summary="Enroll oneself in a program",
        query=schemas.ProgramEnrollmentQuery,
        body=schemas.ProgramEnrollmentWrite, body_optional=True,
        answer=schemas.ProgramEnrollment,
    ),
    operation(
        "DELETE", "/enrollment/programs/self/", "catalog_enrollment_programs_self_destroy",
        programs.leave_self,
        summary="Deactivate one's own enrollment in a program",
        query=schemas.ProgramEnrollmentQuery, answer=None, statuses=(204,),
    ),
]  # fmt: skip

_pathways = [
    operation(
        "GET", "/enrollment/pathways/", "catalog_enrollment_pathways_retrieve", pathways.look,
        summary="Somebody's enrollment in a pathway",
        query=schemas.PathwayEnrollmentQuery, ignored=schemas.DefaultPlatform,
        answer=schemas.PathwayEnrollmentPlus,
    ),
    operation(
        "POST", "/enrollment/pathways/", "catalog_enrollment_pathways_create", pathways.enroll,
        summary="Enroll somebody in a pathway",
        query=schemas.PathwayEnrollmentQuery, ignored=schemas.DefaultPlatform,
        body=schemas.PathwayEnrollmentRequest, body_optional=True,
        answer=schemas.PathwayEnrollment,
    ),
    operation(
        "DELETE", "/enrollment/pathways/", "catalog_enrollment_pathways_destroy", pathways.leave,
        summary="Deactivate an enrollment in a pathway",
        query=schemas.PathwayEnrollmentQuery, ignored=schemas.DefaultPlatform,
        answer=schemas.PathwayEnrollment,
    ),
    operation(
        "GET", "/enrollment/pathways/search/", "catalog_enrollment_pathways_search_retrieve",
        pathways.search,
        summary="Search the enrollments in pathways",
        query=schemas.PathwaySearchQuery,
        answer=NumberedPage[list[schemas.PathwayEnrollmentPlus]],
    ),
    operation(
        "POST", "/enrollment/pathways/self/", "catalog_enrollment_pathways_self_create",
        pathways.enroll_self,
        summary="Enroll oneself in a pathway",
        query=schemas.PathwayEnrollmentQuery,
        body=schemas.PathwayEnrollmentRequest, body_optional=True,
        answer=schemas.PathwayEnrollment,
    ),
    operation(
        "DELETE", "/enrollment/pathways/self/", "catalog_enrollment_pathways_self_destroy",
        pathways.leave_self,
        summary="Deactivate one's own enrollment in a pathway",
        query=schemas.PathwayEnrollmentQuery, answer=schemas.PathwayEnrollment,
    ),
]  # fmt: skip

routes = [_course, *_programs, *_pathways]
