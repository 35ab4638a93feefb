"""Notes what became of a mail, in the transaction that notes the attempt to send it."""

from datetime import datetime

from seatledger.domain.actor import Actor, Reach, Role
from seatledger.domain.delivery import DeliveryState, Refused
from seatledger.domain.event import Event, EventKind, Origin
from seatledger.domain.invitation_command import MarkUndeliverable
from seatledger.domain.message import MailState, Message
from seatledger.storage import events
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import messages as message_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.deliver import Settled, Tried
from seatledger.usecases.keep_invitations import mark_undeliverable

POSTMAN = Actor(name="mail", role=Role.OPERATOR, platform_id=None, surface="worker")


def note_sent(unit: Unit, settled: Settled, _now: datetime) -> None:
    """For a connector that sends. What a secret message said is forgotten with the mail."""
    _note(unit, settled, MailState.SENT)


def note_kept(unit: Unit, settled: Settled, _now: datetime) -> None:
    """For one that keeps everything, for people who develop."""
    _note(unit, settled, MailState.KEPT)


def _note(unit: Unit, settled: Settled, done: MailState) -> None:
    tried = settled.tried
    found = tried.parcel.message
    message = found and message_rows.lock(unit, Reach(found.platform_id), found.id)
    if message is None:
        return
    if settled.state is DeliveryState.DELIVERED:
        message_rows.note_mail(unit, message.id, done, None, tried.at)
    elif settled.state is DeliveryState.WAITING:
        message_rows.note_mail(unit, message.id, MailState.WAITING, tried.outcome.why, None)
    elif is_bounce(tried):
        bounce(unit, message, tried.outcome.why, Origin(POSTMAN, tried.at))
    else:
        message_rows.note_mail(unit, message.id, MailState.FAILED, tried.outcome.why, None)
    over = settled.state is not DeliveryState.WAITING
    if over and message.kind.is_secret and done is not MailState.KEPT:
        message_rows.blank(unit, message.id)


def is_bounce(tried: Tried) -> bool:
    """Whether the address was at fault: a mail server refused it, not we a mail that is stale."""
    return isinstance(tried.outcome, Refused) and tried.outcome.status is not None


def bounce(unit: Unit, message: Message, why: str, by: Origin) -> None:
    """Record that an address takes no mail, also on what its owner is invited to and may accept.

    History says whose it is, not which.
    """
    message_rows.note_mail(unit, message.id, MailState.BOUNCED, why, message.sent)
    events.add(
        unit,
        Event(
            EventKind.MESSAGE_BOUNCED,
            by,
            message.platform_id,
            None,
            message.id,
            {"mail": message.mail},
            {"mail": MailState.BOUNCED, "kind": message.kind, "learner_id": message.learner_id},
        ),
    )
    if message.learner_id is not None:
        places = [message.platform_id]
        for each in invitation_rows.lock_of_learners(unit, [message.learner_id], places):
            if each.is_open(by.at) and each.undeliverable_at is None:
                marked = MarkUndeliverable(by.actor, invitation_id=each.id, why=why)
                mark_undeliverable(unit, [marked], by.at)
