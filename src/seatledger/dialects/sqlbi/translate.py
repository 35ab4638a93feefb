"""Turns what the ledger answers into the objects of the licensing API."""

from datetime import datetime
from typing import NamedTuple

from seatledger.dialects.sqlbi import schemas
from seatledger.dialects.sqlbi.times import shown, shown_end
from seatledger.domain.learner import Learner
from seatledger.domain.pool import Pool
from seatledger.domain.seating import Seated
from seatledger.usecases.surveys import Account, Holder, Holding, Stock

UNNAMED = "Student"  # rule 16


class Counts(NamedTuple):
    """The three counts of a pool: in force they add up (rule 5), afterwards none is free (O26)."""

    licenses: int
    assigned: int
    available: int


def counts(pool: Pool, now: datetime) -> Counts:
    over = pool.window.has_ended(now) or not pool.active
    return Counts(pool.size, pool.held, 0 if over else pool.free)


def me(account: Account) -> schemas.Me:
    platform, totals = account.platform, account.totals
    return schemas.Me(
        id=platform.id,
        name=platform.name,
        email=platform.email,
        pools=totals.pools,
        licenses=totals.transferable + totals.untransferable,
        untransferable_licenses=totals.untransferable,
        transferable_licenses=totals.transferable,
        allowed_domains_for_transferable_licenses=list(platform.domains),
    )


def course(stock: Stock, now: datetime) -> schemas.Course:
    each = [counts(pool, now) for pool in stock.pools]
    return schemas.Course(
        id=str(stock.item.id),
        title=stock.item.title,
        licenses=sum(pool.licenses for pool in each),
        assigned_licenses=sum(pool.assigned for pool in each),
        available_licenses=sum(pool.available for pool in each),
        pools=[_course_pool(pool, now) for pool in stock.pools],
    )


def _course_pool(pool: Pool, now: datetime) -> schemas.CoursePool:
    licenses, assigned, available = counts(pool, now)
    return schemas.CoursePool(
        id=pool.id,
        start=shown(pool.window.start),
        end=shown_end(pool.window.end),
        transferable=pool.transferable,
        licenses=licenses,
        assigned_licenses=assigned,
        available_licenses=available,
    )


def pool(pool: Pool, now: datetime) -> schemas.Pool:
    licenses, assigned, available = counts(pool, now)
    return schemas.Pool(
        id=str(pool.id),
        course=schemas.CourseName(str(pool.item.id), pool.item.title),
        start=shown(pool.window.start),
        end=shown_end(pool.window.end),
        transferable=pool.transferable,
        licenses=licenses,
        assigned_licenses=assigned,
        available_licenses=available,
    )


def license_(seated: Seated, now: datetime) -> schemas.License:
    seat, of, learner = seated.seat, seated.pool, seated.learner
    active, changeable = flags(seated, now)
    return schemas.License(
        id=str(seat.id),
        pool_id=str(of.id),
        course_id=str(of.item.id),
        start=shown(seat.start),
        end=shown_end(seat.end_within(of)),
        active=active,
        revokable=changeable,
        editable=changeable,
        student=schemas.Holder(str(learner.id), name(learner), learner.email),
    )


def assigned(seated: Seated, now: datetime) -> schemas.AssignedLicense:
    seat, of, learner = seated.seat, seated.pool, seated.learner
    active, changeable = flags(seated, now)
    return schemas.AssignedLicense(
        id=seat.id,
        pool_id=of.id,
        course_id=str(of.item.id),
        start=shown(seat.start),
        end=shown_end(seat.end_within(of)),
        active=active,
        revokable=changeable,
        editable=changeable,
        student=schemas.NewHolder(learner.id, name(learner), learner.email),
    )


def flags(seated: Seated, now: datetime) -> tuple[bool, bool]:
    """Whether a license is active, and whether it may be revoked and edited (rules 42–44)."""
    active = seated.seat.in_force(seated.pool, now)
    return active, active and seated.pool.transferable


def name(learner: Learner) -> str:
    return learner.name or UNNAMED


def student(holder: Holder, now: datetime) -> schemas.Student:
    learner = holder.learner
    return schemas.Student(
        id=learner.id,
        name=name(learner),
        email=learner.email,
        courses=[_student_course(holding, now) for holding in holder.holdings],
    )


def _student_course(holding: Holding, now: datetime) -> schemas.StudentCourse:
    seat, of = holding.seated.seat, holding.seated.pool
    active, changeable = flags(holding.seated, now)
    percent, completed = holding.progress.percent, holding.progress.completed
    return schemas.StudentCourse(
        id=str(of.item.id),
        title=of.item.title,
        pool_id=of.id,
        license_id=seat.id,
        license_active=active,
        license_revokable=changeable,
        license_editable=changeable,
        start=shown(seat.start),
        end=shown_end(seat.end_within(of)),
        progress=int(percent) if percent == int(percent) else percent,
        completed=None if completed is None else shown(completed),
    )
