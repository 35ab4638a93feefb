"""History as people read it: a sentence for each event, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from seatledger.console.language import _
from seatledger.console.words import title
from seatledger.domain.event import EventKind
from seatledger.domain.seat import EndReason
from seatledger.usecases.tell_history import Entry, Recorded

SURFACES = {
    "console": _("console"),
    "cli": _("command line"),
    "native": _("API"),
    "ibl": _("ibl.ai API"),
    "sqlbi": _("SQLBI API"),
    "link": _("link"),
    "worker": _("automatic"),
}

_LABELS = {
    "size": _("Places"),
    "name": _("Name"),
    "start": _("Starts"),
    "end": _("Ends"),
    "active": _("Switched on"),
    "transferable": _("Transferable"),
    "source": _("Source"),
    "external_id": _("External id"),
    "metadata": _("Notes"),
    "enrolment_config": _("Enrolment settings"),
    "moves": _("Passing on"),
    "direct": _("Given by name"),
    "fulfilled": _("Fulfilled"),
    "redirect_to": _("Leads to"),
    "description": _("Description"),
    "member_ids": _("Members"),
    "key": _("Key"),
    "email": _("E-mail"),
    "domains": _("Mail domains"),
    "percent": _("Progress"),
    "completed": _("Completed"),
    "added_on": _("Member from"),
    "expired_on": _("Member until"),
    "role": _("Role"),
}
_TIMES = {"start", "end", "added_on", "expired_on", "completed"}

_SENTENCES = {
    EventKind.POOL_OPENED: _("%(who)s opened %(pool)s"),
    EventKind.POOL_SHAPED: _("%(who)s changed %(pool)s"),
    EventKind.SEAT_ASSIGNED: _("%(who)s gave %(person)s a seat in %(pool)s"),
    EventKind.SEAT_CHANGED: _("%(who)s changed the seat of %(person)s in %(pool)s"),
    EventKind.SEAT_SUSPENDED: _("%(who)s suspended the seat of %(person)s in %(pool)s"),
    EventKind.SEAT_RESUMED: _("%(who)s resumed the seat of %(person)s in %(pool)s"),
    EventKind.SEAT_ENDED: _("%(who)s took back the seat of %(person)s in %(pool)s"),
    EventKind.GRANT_MADE: _("%(who)s gave %(pool)s to a group"),
    EventKind.GRANT_CHANGED: _("%(who)s changed what a group has of %(pool)s"),
    EventKind.GRANT_REMOVED: _("%(who)s took %(pool)s back from a group"),
    EventKind.GROUP_CREATED: _("%(who)s made a group"),
    EventKind.GROUP_CHANGED: _("%(who)s changed a group"),
    EventKind.GROUP_DELETED: _("%(who)s deleted a group"),
    EventKind.MEMBER_LINKED: _("%(who)s added %(person)s to the platform"),
    EventKind.MEMBER_CHANGED: _("%(who)s changed the membership of %(person)s"),
    EventKind.ITEM_SAVED: _("%(who)s saved a course or program"),
    EventKind.ITEM_DELETED: _("%(who)s deleted a course or program"),
    EventKind.PROGRESS_REPORTED: _("%(who)s reported the progress of %(person)s"),
    EventKind.JOB_CREATED: _("%(who)s started a list of changes"),
    EventKind.JOB_CANCELLED: _("%(who)s cancelled a list of changes"),
    EventKind.JOB_FINISHED: _("The list of changes of %(who)s is done"),
    EventKind.PLATFORM_CREATED: _("%(who)s made the platform"),
    EventKind.PLATFORM_CHANGED: _("%(who)s changed the platform"),
    EventKind.TOKEN_CREATED: _("%(who)s made an API token"),
    EventKind.TOKEN_DELETED: _("%(who)s deleted an API token"),
    EventKind.SEAT_EXPIRING: _("The seat of %(person)s in %(pool)s ends soon"),
    EventKind.SEAT_REMINDED: _("%(who)s reminded %(person)s of a seat in %(pool)s"),
    EventKind.ENROLLED: _("%(who)s enrolled %(person)s"),
    EventKind.UNENROLLED: _("%(who)s ended the enrolment of %(person)s"),
    EventKind.SUGGESTION_MADE: _("%(who)s suggested something to learn"),
    EventKind.SUGGESTION_CHANGED: _("%(who)s changed a suggestion"),
    EventKind.SUGGESTION_WITHDRAWN: _("%(who)s withdrew a suggestion"),
    EventKind.INVITATION_CREATED: _("%(who)s invited %(person)s"),
    EventKind.INVITATION_CHANGED: _("%(who)s changed an invitation of %(person)s"),
    EventKind.INVITATION_REMINDED: _("%(who)s reminded %(person)s of an invitation"),
    EventKind.INVITATION_ACCEPTED: _("%(person)s accepted an invitation"),
    EventKind.INVITATION_WITHDRAWN: _("%(who)s withdrew an invitation of %(person)s"),
    EventKind.ACCESS_REQUESTED: _("%(person)s asked for access"),
    EventKind.ACCESS_DECIDED: _("%(who)s decided on the request of %(person)s"),
    EventKind.LINK_CREATED: _("%(who)s made a link to %(pool)s"),
    EventKind.LINK_DELETED: _("%(who)s deleted a link to %(pool)s"),
    EventKind.MESSAGE_BOUNCED: _("A message to %(person)s came back"),
    EventKind.TEMPLATE_SAVED: _("%(who)s changed the text of a message"),
    EventKind.TEMPLATE_RESET: _("%(who)s reset the text of a message"),
    EventKind.MAIL_CHANGED: _("%(who)s changed how mail is sent"),
    EventKind.WEBHOOK_CREATED: _("%(who)s made a webhook"),
    EventKind.WEBHOOK_CHANGED: _("%(who)s changed a webhook"),
    EventKind.WEBHOOK_DELETED: _("%(who)s deleted a webhook"),
    EventKind.LEARNER_ERASED: _("%(who)s erased a person"),
}
_ENDINGS = {
    EndReason.RETURNED: _("%(person)s gave back the seat in %(pool)s"),
    EndReason.LAPSED: _("The seat of %(person)s in %(pool)s came to its end"),
    EndReason.RECYCLED: _("The seat of %(person)s in %(pool)s made way for a newcomer"),
    EndReason.MOVED: _("%(who)s exchanged the seat of %(person)s in %(pool)s"),
    EndReason.PASSED_ON: _("%(who)s passed on the seat of %(person)s in %(pool)s"),
}
_BY_ITSELF = {"worker": _("Seatledger"), "link": _("A link")}
_PASSED_TO = _("%(who)s gave %(person)s a seat in %(pool)s that was passed on")


def actor(event: Recorded) -> str:
    """Who did it; what the ledger does by itself, or for a link's visitor, has its own name."""
    return _BY_ITSELF.get(event.surface, event.actor)


def sentence(entry: Entry, base: str) -> Markup:
    """One line that says what happened; `base` is the address of the platform's pages."""
    event = entry.event
    said = _SENTENCES.get(event.kind)
    if event.kind is EventKind.SEAT_ENDED:
        said = _ENDINGS.get(EndReason(event.after.get("reason", EndReason.REVOKED)), said)
    if event.kind is EventKind.SEAT_ASSIGNED and "moved_from" in event.after:
        said = _PASSED_TO
    if said is None:
        said = "%(who)s: " + event.kind.replace("_", " ").replace("%", "%%")
    person, pool = entry.learner, entry.pool
    shown = {
        "who": Markup("<b>%s</b>") % actor(event),
        "person": _("somebody")
        if person is None
        else Markup('<a href="%s/learners/%s">%s</a>')
        % (base, person.id, person.name or person.email),
        "pool": _("a pool")
        if pool is None
        else Markup('<a href="%s/pools/%s">%s</a>') % (base, pool.id, title(pool)),
    }
    return Markup(said) % shown  # noqa: S704 - our own sentences; what is put in is escaped


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: before and after are text, or instants where `is_time`."""

    label: str
    before: Any
    after: Any
    is_time: bool


def changes(event: Recorded) -> list[Change]:
    """What changed, as far as people have a word for it; a beginning has no before."""
    before = event.before
    if before is None:
        return []
    return [
        Change(
            _LABELS[name],
            _value(name, before.get(name)),
            _value(name, event.after.get(name)),
            name in _TIMES,
        )
        for name in _LABELS
        if name in event.after
        and (event.kind is not EventKind.SEAT_ENDED or name != "end")
        and before.get(name) != event.after[name]
    ]


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _TIMES:
        return datetime.fromisoformat(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {each}" for key, each in value.items()) or _("none")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or _("none")
    return f"{value:,}" if isinstance(value, int) else str(value)
