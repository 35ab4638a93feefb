"""Messages in tests, as if they had been mailed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from seatledger.domain.learner import Learner
from seatledger.domain.message import MailState, Message, MessageKind
from seatledger.domain.message_text import MailSettings
from seatledger.storage import messages as message_rows
from seatledger.storage.engine import Database
from seatledger.usecases.write_messages import Telling, write_messages


def write(
    database: Database,
    learner: Learner,
    now: datetime,
    platform_id: int = 1,
    mail: MailState = MailState.WAITING,
    **fields: Any,
) -> Message:
    """A message to a learner that an event made, and what became of its mail."""
    wanted: dict[str, Any] = {
        "kind": MessageKind.ENDED,
        "facts": {"item_title": learner.name or "Course 1"},
        **fields,
    }
    with database.write() as unit:
        telling = Telling(learner=learner, address=learner.email, **wanted)
        (message,) = write_messages(unit, platform_id, [telling], MailSettings(), now)
        sent = now if mail is MailState.SENT else None
        message_rows.note_mail(unit, message.id, mail, None, sent)
    return replace(message, mail=mail, sent=sent)


def sent_message(world: Any, learner: Learner, **fields: Any) -> Message:
    """One that a mail server took."""
    return write(world.database, learner, world.now, mail=MailState.SENT, **fields)
