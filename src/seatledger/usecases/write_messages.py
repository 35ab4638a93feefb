"""Writes messages: rendered once, in the transaction of what they tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.delivery import Draft, Subscription
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner
from seatledger.domain.message import MailState, Message, MessageKind, MessageStatus
from seatledger.domain.message_text import Fact, MailSettings, OwnWording
from seatledger.domain.message_type import MessageType, type_of
from seatledger.domain.platform import Platform
from seatledger.storage import deliveries, subscriptions
from seatledger.storage import learners as learner_rows
from seatledger.storage import message_templates as template_rows
from seatledger.storage import messages as message_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.messages.rendering import Rendered, render
from seatledger.usecases.relay import MAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A message to be: to a learner at their address, or (None) to the platform's own.

    `facts` are what its text may name (`messages/facts.py` says which); what is missing is empty.
    """

    learner: Learner | None
    address: str
    kind: MessageKind
    facts: Mapping[str, Fact]
    item_kind: ItemKind | None = None
    seq: int | None = None

    @property
    def type(self) -> MessageType:
        return type_of(self.kind, self.item_kind)


def write_message(
    unit: Unit,
    *,
    platform_id: int,
    learner_id: int | None,
    address: str,
    kind: MessageKind,
    facts: Mapping[str, Fact],
    now: datetime,
    item_kind: ItemKind | None = None,
) -> Message:
    """Write one message that no event causes, as a code somebody asked for, and have it mailed.

    The facts of `link_code` are `code`, `minutes` (how long it holds), `item_title`, `item_key` and
    `item_kind`. It is mailed after the commit, where mail is on.
    """
    learner = learner_rows.by_ids(unit, [learner_id])[learner_id] if learner_id else None
    telling = Telling(learner=learner, address=address, kind=kind, facts=facts, item_kind=item_kind)
    mail = mail_subscription(unit, platform_id, now)
    (message,) = write_in_words(unit, platform_id, [telling], {}, read_settings(mail), now)
    draft = Draft(None, f"message:{message.id}", message.id)
    deliveries.add(unit, platform_id, mail.id, [draft], now)
    return message


def write_messages(
    unit: Unit,
    platform_id: int,
    tellings: Sequence[Telling],
    settings: MailSettings,
    now: datetime,
) -> list[Message]:
    """Write what events tell, but for types that the platform has switched off.

    Whoever calls makes the deliveries of those that are to be mailed.
    """
    own = template_rows.of_platform(unit, platform_id)
    wanted = [each for each in tellings if each.type not in own or own[each.type].enabled]
    return write_in_words(unit, platform_id, wanted, own, settings, now) if wanted else []


def mail_subscription(unit: Unit, platform_id: int, now: datetime) -> Subscription:
    """The platform's subscription to mail, made where there is none yet."""
    standing = subscriptions.of_platform(unit, platform_id, MAIL)
    return (
        standing[0]
        if standing
        else subscriptions.add(
            unit,
            platform_id=platform_id,
            connector=MAIL,
            kinds=None,
            settings={},
            last=0,
            now=now,
        )
    )


def read_settings(mail: Subscription) -> MailSettings:
    """What the document of a subscription to mail says of how mails present themselves."""
    names = MailSettings.__dataclass_fields__
    return MailSettings(**{name: mail.settings.get(name, "") for name in names})


def write_in_words(
    unit: Unit,
    platform_id: int,
    tellings: Sequence[Telling],
    own: Mapping[MessageType, OwnWording],
    settings: MailSettings,
    now: datetime,
) -> list[Message]:
    """Write messages in the platform's `own` words, or in the standard ones."""
    platform = platform_rows.by_id(unit, platform_id)
    assert platform is not None
    ids = unit.new_ids(messages=len(tellings))["messages"]
    made = [
        _message(message_id, platform, each, _rendered(platform, each, own, settings), now)
        for message_id, each in zip(ids, tellings, strict=True)
    ]
    message_rows.add(unit, made)
    return made


def _rendered(
    platform: Platform,
    telling: Telling,
    own: Mapping[MessageType, OwnWording],
    settings: MailSettings,
) -> Rendered:
    who: dict[str, Fact] = {
        "platform_name": platform.name,
        "learner_name": telling.learner.name if telling.learner else "",
        "learner_email": telling.learner.email if telling.learner else "",
        "link": platform.learning_url,
    }
    facts = {**who, **{name: fact for name, fact in telling.facts.items() if fact is not None}}
    return render(telling.type, facts, settings, own.get(telling.type))


def _message(
    message_id: int, platform: Platform, telling: Telling, rendered: Rendered, now: datetime
) -> Message:
    return Message(
        id=message_id,
        platform_id=platform.id,
        learner_id=telling.learner.id if telling.learner else None,
        address=telling.address,
        kind=telling.kind,
        item_kind=telling.item_kind,
        seq=telling.seq,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        status=MessageStatus.UNREAD,
        mail=MailState.WAITING,
        why=None,
        created=now,
        modified=now,
        sent=None,
    )
