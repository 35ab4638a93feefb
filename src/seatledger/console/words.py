"""How people are told what the ledger says in its own words: states, outcomes, numbers."""

from dataclasses import dataclass
from datetime import UTC, datetime

from seatledger.console.language import _, ngettext
from seatledger.domain.access_request import AccessRequest
from seatledger.domain.invitation import Invitation, InvitationState
from seatledger.domain.job import FINE, Job, JobKind, JobMode, JobState, Outcome
from seatledger.domain.pool import Pool
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.usecases.overview import is_nearly_full

# What a page says after it was led to: the address has the name alone, so that nobody can make it
# say anything else.
SAID = {
    "seat_ended": _("The seat was taken back."),
    "seat_moved": _("The seat was passed on."),
    "end_moved": _("The end was moved."),
    "pool_made": _("The pool is open."),
    "pool_changed": _("The pool was changed."),
    "password_set": _("The password was changed. Other browsers were signed out."),
    "signed_out_elsewhere": _("All other browsers were signed out."),
    "session_ended": _("That browser was signed out."),
    "token_deleted": _("The token was deleted and stopped at once."),
    "account_changed": _("The account was changed."),
    "platform_made": _("The platform was made."),
    "platform_changed": _("The platform was changed."),
    "group_saved": _("The group was saved."),
    "group_deleted": _("The group was deleted."),
    "grant_made": _("The pool was given to the group."),
    "grant_removed": _("The pool was taken back from the group."),
    "link_made": _("The link is ready: copy it and hand it out."),
    "link_deleted": _("The link was deleted. The seats it lent stay."),
    "invited": _("They are invited."),
    "invitation_withdrawn": _("The invitation was withdrawn."),
    "request_approved": _("The request was approved, and a seat was given."),
    "request_approved_alone": _(
        "The request was approved. No pool of this course is open: no seat."
    ),
    "request_rejected": _("The request was rejected."),
}

_REASONS = {
    EndReason.REVOKED: _("Taken back"),
    EndReason.RETURNED: _("Given back"),
    EndReason.LAPSED: _("Came to its end"),
    EndReason.RECYCLED: _("Made way"),
    EndReason.MOVED: _("Exchanged"),
    EndReason.PASSED_ON: _("Passed on"),
}


def title(pool: Pool) -> str:
    """What a pool is called: its own name, else that of what it opens."""
    return pool.name or pool.item.title or pool.item.key


def percent(held: int, size: int) -> int:
    """How full, in whole percents: 100 only where it is full, 0 only where it is empty."""
    if size == 0:
        return 0
    return min(99, max(1, round(100 * held / size))) if 0 < held < size else 100 * held // size


def fullness(pool: Pool) -> str:
    """The colour of a pool's bar."""
    if pool.free == 0:
        return "full"
    return "nearly" if is_nearly_full(pool) else "free"


@dataclass(frozen=True, slots=True)
class State:
    """A word for how something stands, and its colour."""

    word: str
    tone: str


def pool_state(pool: Pool, now: datetime) -> State:
    if pool.window.has_ended(now):
        return State(_("Ended"), "muted")
    if not pool.active:
        return State(_("Switched off"), "warn")
    if not pool.window.has_started(now):
        return State(_("Not started"), "info")
    if pool.free == 0:
        return State(_("Full"), "bad")
    return State(_("Open"), "good")


def seat_state(seat: Seat, pool: Pool, now: datetime) -> State:
    if seat.state is SeatState.ENDED:
        return State(_REASONS[seat.reason or EndReason.REVOKED], "muted")
    if seat.state is SeatState.SUSPENDED:
        return State(_("Suspended"), "warn")
    if seat.lapsed(now):
        return State(_("Came to its end"), "muted")
    if not pool.opens(now):
        return State(pool_state(pool, now).word, "muted")
    return State(_("In use"), "good")


_INVITATIONS = {
    InvitationState.PENDING: State(_("Pending"), "info"),
    InvitationState.UNDELIVERABLE: State(_("Undeliverable"), "bad"),
    InvitationState.ACCEPTED: State(_("Accepted"), "good"),
    InvitationState.EXPIRED: State(_("Expired"), "muted"),
    InvitationState.WITHDRAWN: State(_("Withdrawn"), "muted"),
}


def invitation_state(invitation: Invitation, now: datetime) -> State:
    return _INVITATIONS[invitation.state(now)]


def request_state(request: AccessRequest) -> State:
    if request.is_open:
        return State(_("Open"), "info")
    if not request.reviewed:
        return State(_("Closed"), "muted")
    return State(_("Approved"), "good") if request.approved else State(_("Rejected"), "bad")


def moves_rule(pool: Pool) -> str:
    """Whether seats may be passed on, in a sentence."""
    rule = pool.move_rule
    if rule.allowed == "never":
        return _("Seats never pass to another person.")
    if rule.allowed == "always":
        return _("Seats may pass to another person.")
    limits = []
    if rule.days_after_start is not None:
        limits.append(_("within %(days)s days of their start", days=rule.days_after_start))
    if rule.progress_max is not None:
        limits.append(_("up to a progress of %(most)g %%", most=rule.progress_max))
    if rule.per_pool_max is not None:
        limits.append(_("%(most)s times in all", most=rule.per_pool_max))
    return _("Seats may pass to another person %(limits)s.", limits=", ".join(limits))


_PLANNED = {
    Outcome.ASSIGNED: State(_("Will get a seat"), "good"),
    Outcome.ENDED: State(_("Will be taken back"), "good"),
    Outcome.EXTENDED: State(_("End will move"), "good"),
}
_DONE = {
    Outcome.ASSIGNED: State(_("Got a seat"), "good"),
    Outcome.ENDED: State(_("Taken back"), "good"),
    Outcome.EXTENDED: State(_("End moved"), "good"),
    Outcome.ALREADY: State(_("Nothing to do"), "info"),
    Outcome.INVALID: State(_("Can't be read"), "bad"),
    Outcome.NO_SEAT: State(_("No place free"), "bad"),
    Outcome.BLOCKED: State(_("Not allowed"), "bad"),
    Outcome.ERROR: State(_("Failed"), "bad"),
}


def outcome(job: Job, told: str) -> State:
    """What came, or in a trial would come, of a row."""
    told = Outcome(told)
    if told is Outcome.ALREADY and job.kind is JobKind.IMPORT:
        return State(_("Has a seat already"), "info")
    return (_PLANNED if job.trial else {}).get(told) or _DONE[told]


def fine(job: Job) -> int:
    """How many rows change something."""
    return sum(
        number
        for name, number in job.counts.items()
        if Outcome(name) in FINE and name != Outcome.ALREADY
    )


def refused(job: Job) -> int:
    return sum(number for name, number in job.counts.items() if Outcome(name) not in FINE)


def confirming(job: Job) -> State:
    """What doing a trial in earnest is called, and whether it takes something away."""
    number = fine(job)
    if job.kind is JobKind.END:
        told = ngettext("Take %(num)s seat back", "Take %(num)s seats back", number)
        return State(told, "danger")
    if job.kind is JobKind.EXTEND:
        return State(ngettext("Move %(num)s end", "Move %(num)s ends", number), "primary")
    return State(_("Assign %(seats)s", seats=seats(number)), "primary")


def trying_again(job: Job) -> str | None:
    """What a retry of a list is called; None where nothing is left to try."""
    if job.mode is JobMode.ALL_OR_NOTHING and job.state is not JobState.DONE:
        return _("Try all of it again")
    left = job.tried < job.total
    if refused(job):
        return _("Try the refused ones and the rest") if left else _("Try the refused ones again")
    return _("Try the rest") if left else None


def seats(number: int) -> str:
    return ngettext("%(num)s seat", "%(num)s seats", number)


def people(number: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", number)


def places(number: int) -> str:
    return ngettext("%(num)s place", "%(num)s places", number)


def wait(number: int) -> str:
    return ngettext("%(num)s waits", "%(num)s wait", number)


def broken(number: int) -> str:
    return ngettext("%(num)s promise is broken.", "%(num)s promises are broken.", number)


def days(number: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", number)


def free(number: int) -> str:
    return ngettext("%(num)s place free", "%(num)s places free", number)


def days_left(end: datetime, now: datetime) -> str:
    """How long until an end, roughly."""
    days = (end.astimezone(UTC) - now).days
    if days < 1:
        return _("within a day")
    return ngettext("in %(num)s day", "in %(num)s days", days)


def browser(agent: str) -> str:
    """A browser as people know it, from what it calls itself."""
    names = (
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    )
    name = next((name for mark, name in names if mark in agent), _("A browser"))
    system = next((name for mark, name in systems if mark in agent), None)
    return name if system is None else _("%(browser)s on %(system)s", browser=name, system=system)
