"""/messages: what people were told, and what became of the mail."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.naming import PlatformKey, reach_within
from seatledger.dialects.native.pages import After, Fields, Limit, Page, page
from seatledger.dialects.native.reading import LIMIT, read_id, read_stretch
from seatledger.domain import message as domain
from seatledger.domain.actor import Actor
from seatledger.domain.message import MailState, MessageKind, MessageStatus
from seatledger.domain.message_command import ReportBounce
from seatledger.domain.refusal import unknown_learner, unknown_message
from seatledger.usecases import read_messages
from seatledger.usecases.read_messages import MessageFilter

OfLearner = Annotated[
    str | None, QueryParameter(name="learner", description="Only those to this learner.")
]
OfKind = Annotated[MessageKind | None, QueryParameter(name="kind", description="Only this kind.")]
InState = Annotated[
    MailState | None, QueryParameter(name="mail", description="Only those whose mail fared so.")
]


class Message(msgspec.Struct):
    """`learner` is null for the platform's own address, `seq` where no event caused it.

    `mail` is what became of the mail, `why` what the mail server said against it. `text` and `html`
    are null for a code that only its receiver is to see.
    """

    id: str
    learner: str | None
    address: str
    kind: MessageKind
    seq: int | None
    subject: str
    text: str | None
    html: str | None
    status: MessageStatus
    mail: MailState
    why: str | None
    created: datetime
    sent: datetime | None


class Bounce(msgspec.Struct, forbid_unknown_fields=True):
    """What was said when the mail came back."""

    reason: str


def shown(message: domain.Message) -> Message:
    return Message(
        id=str(message.id),
        learner=None if message.learner_id is None else str(message.learner_id),
        address=message.address,
        kind=message.kind,
        seq=message.seq,
        subject=message.subject,
        text=message.text if message.is_open else None,
        html=message.html if message.is_open else None,
        status=message.status,
        mail=message.mail,
        why=message.why,
        created=message.created,
        sent=message.sent,
    )


@get("/messages", **described("list_messages", "What people were told, by age"))
async def list_messages(
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    platform_key: PlatformKey = None,
    learner_id: OfLearner = None,
    kind: OfKind = None,
    mail: InState = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Message]]:
    stretch = read_stretch(limit, after)
    learner = None if learner_id is None else read_id(learner_id, unknown_learner())
    reach = await reach_within(desk, actor, platform_key)
    wanted = MessageFilter(learner_id=learner, kind=kind, mail=mail)
    found = await desk.ask(read_messages.follow_messages, reach, wanted, stretch)
    return page(unwrap(found), shown, fields)


@get("/messages/{message_id:str}", **described("get_message", "One message"))
async def get_message(
    message_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Message:
    wanted = read_id(message_id, unknown_message())
    return shown(unwrap(await desk.ask(read_messages.get_message, actor.reach, wanted)))


@post(
    "/messages/{message_id:str}/bounce",
    status_code=200,
    **described("bounce_message", "Say that a mail came back", 409, 415),
)
async def bounce_message(
    message_id: FromPath[str],
    data: JSONBody[Bounce],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> Message:
    wanted = read_id(message_id, unknown_message())
    command = ReportBounce(actor, message_id=wanted, reason=data.reason)
    return shown(unwrap(await desk.submit(command)))


handlers = [list_messages, get_message, bounce_message]
