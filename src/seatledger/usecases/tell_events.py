"""Makes messages of events, and deliveries of those messages: what the mail connector reads on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from seatledger.domain.delivery import AGE_MAX, Draft, Subscription
from seatledger.domain.mailing import kind_of_mail, takes_mail
from seatledger.domain.message import MessageKind
from seatledger.storage import messages as message_rows
from seatledger.storage.event_lists import Told
from seatledger.storage.events import Recorded
from seatledger.storage.unit import Unit
from seatledger.usecases.mail_subjects import subjects
from seatledger.usecases.write_messages import Telling, read_settings, write_messages


def tell_events(
    unit: Unit,
    subscription: Subscription,
    events: Sequence[Told],
    keys: Mapping[int, str],
    now: datetime,
) -> Sequence[Draft]:
    """Messages of those events that people are told of, and a delivery of each.

    Nobody is told of silent events, nor of any that are older than three days.
    """
    told = [(each.event, kind) for each in events if (kind := _kind(each.event, now))]
    if not told:
        return ()
    tellings = _new(unit, subscription.platform_id, _tellings(unit, told))
    settings = read_settings(subscription)
    written = write_messages(unit, subscription.platform_id, tellings, settings, now)
    return [Draft(each.seq, keys[each.seq or 0], each.id) for each in written]


def _kind(event: Recorded, now: datetime) -> MessageKind | None:
    if event.silent or now - event.at > AGE_MAX:
        return None
    return kind_of_mail(event.kind, event.before, event.after, event.at)


def _tellings(unit: Unit, told: Sequence[tuple[Recorded, MessageKind]]) -> list[Telling]:
    about = subjects(unit, [event for event, _ in told])
    return [
        Telling(
            learner=about[event.seq].learner,
            address=about[event.seq].address,
            kind=kind,
            item_kind=about[event.seq].item_kind,
            facts=about[event.seq].facts,
            seq=event.seq,
        )
        for event, kind in told
        if event.seq in about
    ]


def _new(unit: Unit, platform_id: int, tellings: Sequence[Telling]) -> list[Telling]:
    """Those that can reach anybody and were not written before."""
    reaching = [each for each in tellings if takes_mail(each.address)]
    seqs = {each.seq for each in reaching if each.seq is not None}
    before = message_rows.told_before(unit, platform_id, seqs)
    return [each for each in reaching if (each.seq, each.kind, each.address) not in before]
