"""Finds the learners that a batch names, and readies unregistered ones for unknown addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email

from seatledger.domain.command import AssignSeat
from seatledger.domain.learner import Learner, email_key
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.refusal import Refusal, invalid, unknown_learner
from seatledger.storage import learners as learner_rows
from seatledger.storage.unit import Unit

EMAIL_LENGTH_MAX = 254
# What nearly every address looks like; anything else goes the slow way through email-validator.
_PLAIN = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def read_address(email: str) -> str | Refusal:
    """An address, trimmed and else as given (ibl W17, SQLBI O13), whether or not it delivers."""
    address = email.strip()
    if len(address) <= EMAIL_LENGTH_MAX and _PLAIN.fullmatch(address):
        return address
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return invalid("email", "This is not an e-mail address.")
    return address


@dataclass(frozen=True, slots=True)
class People:
    """Who each command names (or why nobody), which of them are new, and ids for their seats."""

    named: list[Learner | Refusal]
    new: frozenset[int]
    seat_ids: list[int]


def name_people(unit: Unit, commands: Sequence[AssignSeat | MoveSeat], now: datetime) -> People:
    """Find each command's learner: by id, else by username, else by address (ibl G2, G3)."""
    addresses = [_address(command) for command in commands]
    found = learner_rows.named(unit, map(_wanted, commands, addresses))
    unknown = {
        email_key(address): (address, command.name or "")
        for command, address in reversed(list(zip(commands, addresses, strict=True)))
        if isinstance(address, str) and email_key(address) not in found.by_email
    }
    fresh_ids = unit.new_ids(learners=len(unknown), seats=len(commands))
    ids = fresh_ids["learners"]
    fresh = {
        key: Learner(learner_id, address, name, None, registered=False, created=now)
        for learner_id, (key, (address, name)) in zip(ids, unknown.items(), strict=True)
    }
    by_email = {**found.by_email, **fresh}

    def learner(command: AssignSeat | MoveSeat, address: str | Refusal | None) -> Learner | Refusal:
        if command.learner_id is not None:
            return found.by_id.get(command.learner_id) or unknown_learner()
        if command.username is not None:
            return found.by_username.get(command.username) or unknown_learner()
        if address is None:
            return invalid("email", "Name the learner: by id or by e-mail address.")
        return address if isinstance(address, Refusal) else by_email[email_key(address)]

    named = [learner(*pair) for pair in zip(commands, addresses, strict=True)]
    return People(named, frozenset(ids), fresh_ids["seats"])


def _address(command: AssignSeat | MoveSeat) -> str | Refusal | None:
    """The address where it decides, which it does only when nothing better is given."""
    if command.learner_id is not None or command.username is not None or command.email is None:
        return None
    return read_address(command.email)


def _wanted(command: AssignSeat | MoveSeat, address: str | Refusal | None) -> dict[str, object]:
    """Whom to look for; locked where one seat an item is asked, for that depends on other pools."""
    lock, reach = command.one_per_item, command.by.reach.platform_id
    if command.learner_id is not None:
        return {"id": command.learner_id, "platform_id": reach, "lock": lock}
    if command.username is not None:
        return {"username": command.username, "platform_id": reach, "lock": lock}
    return {"email_key": email_key(address), "lock": lock} if isinstance(address, str) else {}
