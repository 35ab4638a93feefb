"""What visitors of a link do: look at it, take a seat, give it back (SQLBI F18, F20–F21j)."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.command import AssignSeat, EndSeat, IfHeld
from seatledger.domain.learner import email_key
from seatledger.domain.link import Link, LinkUse, unknown_link
from seatledger.domain.link_command import RedeemLink, ReturnSeat
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason
from seatledger.domain.seating import Seated
from seatledger.storage import learners as learner_rows
from seatledger.storage import link_codes as code_rows
from seatledger.storage import link_seats as link_seat_rows
from seatledger.storage import links as link_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.assign_seats import assign_seats
from seatledger.usecases.end_seats import end_seats
from seatledger.usecases.keep_links import uses
from seatledger.usecases.prove_address import prove

# What a visitor is told, who knows nothing of pools and seats, and should learn no numbers.
_SAID = {
    Code.POOL_INACTIVE: "No license can be taken out now.",
    Code.POOL_ENDED: "The time of these licenses is over.",
    Code.POOL_NOT_STARTED: "The time of these licenses has not begun.",
    Code.DOMAIN_NOT_ALLOWED: "These licenses are not for this address.",
    Code.ALREADY_SEATED: "You are enrolled in this course already: nothing new was given.",
    Code.POOL_FULL: "No license is free.",
    Code.NOT_TRANSFERABLE: "This license is yours until it ends; it can't be given back.",
    Code.SEAT_ENDED: "This license is over.",
}


def open_link(unit: Unit, token: str, now: datetime) -> LinkUse | Refusal:
    """What a link gives, for whoever has it. Looking changes nothing (F21i)."""
    link = link_rows.by_token(unit, token)
    return unknown_link() if link is None else uses(unit, [link], now)[0]


def redeem_links(
    unit: Unit, commands: Sequence[RedeemLink], now: datetime
) -> list[Seated | Refusal]:
    """Who proved an address gets a seat at once: there is no approval (F21b)."""
    return [_redeem(unit, command, now) for command in commands]


def _redeem(unit: Unit, command: RedeemLink, now: datetime) -> Seated | Refusal:
    proved = prove(unit, command.token, command.email, command.code, now)
    if isinstance(proved, Refusal):
        return proved
    link, code = proved
    (seated,) = assign_seats(unit, [_wish(unit, link, command, now)], now)
    if isinstance(seated, Refusal) and seated.code is not Code.ALREADY_SEATED:
        return _said(seated)
    code_rows.spend(unit, code)
    return _said(seated) if isinstance(seated, Refusal) else seated


def _wish(unit: Unit, link: Link, command: RedeemLink, now: datetime) -> AssignSeat:
    """The seat to ask for, by SQLBI's rules (10, 17, 49).

    The person and then the pool are locked here already, since the end depends on the pool's.
    """
    key = email_key(command.email)
    learner_rows.named(unit, [{"email_key": key, "lock": True}])
    pool = pool_rows.lock(unit, [link.pool_id])[link.pool_id]
    return AssignSeat(
        link.visitor(command.by.request_id),
        pool_id=link.pool_id,
        email=command.email,
        end=link.lends_until(pool, now),
        if_held=IfHeld.REFUSE,
        one_per_item=True,
        must_have_started=True,
        check_domain=True,
        recycle=link.auto_reassign,
        link_id=link.id,
    )


def return_seats(
    unit: Unit, commands: Sequence[ReturnSeat], now: datetime
) -> list[Seated | Refusal]:
    """Who proved an address gives back what the link lent to it (F21j)."""
    return [_return(unit, command, now) for command in commands]


def _return(unit: Unit, command: ReturnSeat, now: datetime) -> Seated | Refusal:
    proved = prove(unit, command.token, command.email, command.code, now)
    if isinstance(proved, Refusal):
        return proved
    link, code = proved
    key = email_key(command.email)
    learner = learner_rows.named(unit, [{"email_key": key}]).by_email.get(key)
    seat = learner and link_seat_rows.held_by(unit, link.id, learner.id, now)
    if not seat:
        return Refusal(Code.UNKNOWN_SEAT, "You have no license from this link.")
    wish = EndSeat(
        link.visitor(command.by.request_id),
        seat_id=seat.id,
        only_in_force=True,
        reason=EndReason.RETURNED,
    )
    (ended,) = end_seats(unit, [wish], now)
    if isinstance(ended, Refusal):
        return _said(ended)
    code_rows.spend(unit, code)
    return ended


def _said(refusal: Refusal) -> Refusal:
    """The refusal in words for a visitor."""
    return Refusal(refusal.code, _SAID.get(refusal.code, refusal.sentence), refusal.field)
