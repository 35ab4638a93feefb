"""The objects of the licensing API, field by field.

Ids are strings or integers as the vendor's own answers have them, which differs by endpoint (table
3.6 of the contract); clients depend on it.
"""

from msgspec import UNSET, Struct, UnsetType


class Problem(Struct):
    """Any error (O1): `code` for programs, `message` for people, `field` where one is to blame."""

    code: str
    message: str
    field: str | UnsetType = UNSET


class Me(Struct, rename="camel"):
    """The license manager. `pools` is a number here (3.1)."""

    id: int
    name: str
    email: str
    pools: int
    licenses: int
    untransferable_licenses: int
    transferable_licenses: int
    allowed_domains_for_transferable_licenses: list[str]


class CoursePool(Struct, rename="camel"):
    """A pool inside its course."""

    id: int
    start: str
    end: str
    transferable: bool
    licenses: int
    assigned_licenses: int
    available_licenses: int


class Course(Struct, rename="camel"):
    id: str
    title: str
    licenses: int
    assigned_licenses: int
    available_licenses: int
    pools: list[CoursePool]


class CourseName(Struct):
    id: str
    title: str


class Pool(Struct, rename="camel"):
    id: str
    course: CourseName
    start: str
    end: str
    transferable: bool
    licenses: int
    assigned_licenses: int
    available_licenses: int


class Holder(Struct):
    """The student of a License."""

    id: str
    name: str
    email: str


class License(Struct, rename="camel"):
    """A license as every operation but its assignment answers with it: all ids are strings."""

    id: str
    pool_id: str
    course_id: str
    start: str
    end: str
    active: bool
    revokable: bool
    editable: bool
    student: Holder


class NewHolder(Struct):
    """The student of an AssignedLicense."""

    id: int
    name: str
    email: str


class AssignedLicense(Struct, rename="camel"):
    """A license as its assignment answers with it: all ids but the course's are integers (2.7)."""

    id: int
    pool_id: int
    course_id: str
    start: str
    end: str
    active: bool
    revokable: bool
    editable: bool
    student: NewHolder


class StudentCourse(Struct, rename="camel"):
    """One license of a student, told as a course. `progress` is in percent, 0 to 100."""

    id: str
    title: str
    pool_id: int
    license_id: int
    license_active: bool
    license_revokable: bool
    license_editable: bool
    start: str
    end: str
    progress: float
    completed: str | None


class Student(Struct):
    id: int
    name: str
    email: str
    courses: list[StudentCourse]
