"""Mail codes to who wants to use a link, and see whether a code is the one (SQLBI F21d)."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.learner import email_key
from seatledger.domain.link import Link, LinkUse, unknown_link
from seatledger.domain.link_code import (
    DIGITS,
    HOUR,
    MINUTES,
    PER_ADDRESS_MAX,
    CodeAsked,
    LinkCode,
    digest_of,
    per_link_max,
    too_many,
    wrong_code,
)
from seatledger.domain.link_command import AskForCode, ForgetCodes
from seatledger.domain.message import MessageKind
from seatledger.domain.platform import allows_address
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.storage import learners as learner_rows
from seatledger.storage import link_codes as code_rows
from seatledger.storage import links as link_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.keep_links import uses
from seatledger.usecases.naming import read_address
from seatledger.usecases.write_messages import write_message


def ask_for_codes(
    unit: Unit, commands: Sequence[AskForCode], now: datetime
) -> list[CodeAsked | Refusal]:
    return [_ask(unit, command, now) for command in commands]


def _ask(unit: Unit, command: AskForCode, now: datetime) -> CodeAsked | Refusal:
    """Count and answer alike for all addresses; mail only to those that may hold a seat (F21c)."""
    link = link_rows.by_token(unit, command.token, lock=True)
    if link is None:
        return unknown_link()
    address = read_address(command.email)
    if isinstance(address, Refusal):
        return address
    key, since = email_key(address), now - HOUR
    refusal = too_many(
        code_rows.asked_since(unit, link, since, key), PER_ADDRESS_MAX, now
    ) or too_many(code_rows.asked_since(unit, link, since), per_link_max(link), now)
    if refusal is not None:
        return refusal
    (use,) = uses(unit, [link], now)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    mailed = _may_hold(use.pool, address)
    code_rows.add(unit, link, key, digest_of(link, key, code, now) if mailed else None, now)
    if mailed:
        _mail(unit, use, address, code, now)
    return CodeAsked(MINUTES)


def _may_hold(pool: Pool, address: str) -> bool:
    return not pool.transferable or allows_address(pool.domains, address)


def _mail(unit: Unit, use: LinkUse, address: str, code: str, now: datetime) -> None:
    key, item = email_key(address), use.pool.item
    known = learner_rows.named(unit, [{"email_key": key}]).by_email.get(key)
    write_message(
        unit,
        platform_id=use.link.platform_id,
        learner_id=None if known is None else known.id,
        address=address,
        kind=MessageKind.LINK_CODE,
        facts={
            "code": code,
            "minutes": MINUTES,
            "item_title": item.title,
            "item_key": item.key,
            "item_kind": item.kind,
        },
        item_kind=item.kind,
        now=now,
    )


def prove(
    unit: Unit, token: str, email: str, code: str, now: datetime
) -> tuple[Link, LinkCode] | Refusal:
    """The link, locked, and the code, unspent, if it is the last one mailed to the address.

    A wrong one counts as a try, which outlasts the refusal. Without the lock, tries at once would
    not be counted one by one.
    """
    link = link_rows.by_token(unit, token, lock=True)
    if link is None:
        return unknown_link()
    address = read_address(email)
    if isinstance(address, Refusal):
        return address
    key = email_key(address)
    last = code_rows.newest(unit, link, key)
    if last is None or not last.can_be_used(now):
        return wrong_code()
    if not last.is_(digest_of(link, key, code.strip(), last.created)):
        code_rows.count_try(unit, last)
        return wrong_code()
    return link, last


def forget_codes(unit: Unit, commands: Sequence[ForgetCodes], now: datetime) -> list[int]:
    return [code_rows.remove_before(unit, now - HOUR, command.rows_max) for command in commands]
