"""What is done with one parcel: its message is sent, or kept."""

from seatledger.connectors.mail.letter import NoAddress, Sender, compose
from seatledger.connectors.mail.smtp import BAD_ADDRESS, hand_in
from seatledger.domain.delivery import Done, Outcome, Refused
from seatledger.ops.mail_server import MailServer
from seatledger.usecases.deliver import Parcel
from seatledger.usecases.write_messages import read_settings


def send(server: MailServer, sender: Sender, parcel: Parcel) -> Outcome:
    """Send the message of a parcel. One that is gone or stale is of no use any more."""
    if (useless := _useless(parcel)) is not None:
        return useless
    assert parcel.message is not None
    try:
        letter = compose(parcel.message, read_settings(parcel.subscription), sender)
    except NoAddress:
        return Refused("This is no address that mail can be sent to.", BAD_ADDRESS)
    return hand_in(server, letter)


def keep(parcel: Parcel) -> Outcome:
    """Send nothing: what is kept in the ledger can be read there."""
    return _useless(parcel) or Done("Kept in the ledger.")


def _useless(parcel: Parcel) -> Outcome | None:
    message = parcel.message
    if message is None:
        return Refused("The message is gone.")
    if parcel.taken - message.created > message.kind.stale_after:
        return Refused("It was too late to be of use.")
    return None
