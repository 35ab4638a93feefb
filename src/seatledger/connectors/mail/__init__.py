"""MAIL: what people are told, sent by SMTP, or kept to be read by those who develop."""

from functools import partial

from seatledger.connectors.mail.letter import Sender
from seatledger.connectors.mail.sending import keep, send
from seatledger.connectors.port import Connector
from seatledger.ops.mail_server import read_mail_url, read_sender
from seatledger.usecases.note_mail import note_kept, note_sent
from seatledger.usecases.relay import MAIL
from seatledger.usecases.tell_events import tell_events


def connector(mail_url: str, mail_from: str) -> Connector | None:
    """The connector of a deployment; None where mail is off."""
    server = read_mail_url(mail_url)
    if server is None:
        return Connector(MAIL, keep, tell_events, note_kept) if mail_url else None
    sender = Sender(*read_sender(mail_from))
    return Connector(MAIL, partial(send, server, sender), tell_events, note_sent)
