"""Finds the learners that a batch names, and readies unregistered ones for unknown addresses."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from email_validator import EmailNotValidError, validate_email

from seatledger.domain.actor import Actor
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


def is_domain(text: str) -> bool:
    """Whether addresses may have this domain."""
    return not isinstance(read_address(f"a@{text}"), Refusal)


class NamesPerson(Protocol):
    """A command about a person, who has one of three names; the first that is given decides."""

    @property
    def by(self) -> Actor: ...

    @property
    def learner_id(self) -> int | None: ...

    @property
    def username(self) -> str | None: ...

    @property
    def email(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class People:
    """Who each command names (or why nobody), which of them are new, and ids for their seats."""

    named: list[Learner | Refusal]
    new: frozenset[int]
    seat_ids: list[int]


def name_people(unit: Unit, commands: Sequence[AssignSeat | MoveSeat], now: datetime) -> People:
    """Find each command's learner, with an id for a seat of theirs.

    Locked where one seat an item is asked, for that depends on other pools.
    """
    locks = [command.one_per_item for command in commands]
    return find_people(
        unit, commands, now, [each.name or "" for each in commands], locks, seats=len(commands)
    )


def find_people(
    unit: Unit,
    commands: Sequence[NamesPerson],
    now: datetime,
    names: Sequence[str],
    locks: Sequence[bool],
    *,
    seats: int = 0,
) -> People:
    """Find each command's learner: by id, else by username, else by address (ibl G2, G3).

    Who is new gets an id and the one of `names`, but no row yet. `locks` says whom to lock.
    """
    addresses = [_address(command) for command in commands]
    wanted = [*map(_wanted, commands, addresses, locks), *_logins(commands)]
    found = learner_rows.named(unit, wanted)
    unknown = {
        email_key(address): (address, name)
        for name, address in reversed(list(zip(names, addresses, strict=True)))
        if isinstance(address, str) and email_key(address) not in found.by_email
    }
    fresh_ids = unit.new_ids(learners=len(unknown), seats=seats)
    ids = fresh_ids["learners"]
    fresh = {
        key: Learner(learner_id, address, name, None, registered=False, created=now)
        for learner_id, (key, (address, name)) in zip(ids, unknown.items(), strict=True)
    }
    by_email = {**found.by_email, **fresh}

    def learner(command: NamesPerson, address: str | Refusal | None) -> Learner | Refusal:
        if command.learner_id is not None:
            return found.by_id.get(command.learner_id) or unknown_learner()
        if command.username is not None:
            return _by_login(found, command.username) or unknown_learner()
        if address is None:
            return invalid("email", "Name the learner: by id or by e-mail address.")
        return address if isinstance(address, Refusal) else by_email[email_key(address)]

    named = [learner(*pair) for pair in zip(commands, addresses, strict=True)]
    return People(named, frozenset(ids), fresh_ids["seats"])


def add_new(unit: Unit, people: People, unneeded: Collection[int] = ()) -> None:
    """Write the rows of who is new, but for the `unneeded` ids."""
    wanted = people.new - set(unneeded)
    new = {each.id: each for each in people.named if isinstance(each, Learner)}
    rows = [learner_rows.write_row(learner) for id_, learner in new.items() if id_ in wanted]
    if rows:
        unit.run(learner_rows.ADD, new_learners=rows)


def _logins(commands: Sequence[NamesPerson]) -> list[dict[str, object]]:
    """A username may be an address: the login of somebody who has no other."""
    return [
        {"email_key": email_key(command.username)}
        for command in commands
        if command.learner_id is None and command.username is not None and "@" in command.username
    ]


def _by_login(found: learner_rows.Named, login: str) -> Learner | None:
    nameless = found.by_email.get(email_key(login))
    if nameless is not None and nameless.username is not None:
        nameless = None
    return found.by_username.get(login) or nameless


def _address(command: NamesPerson) -> str | Refusal | None:
    """The address where it decides, which it does only when nothing better is given."""
    if command.learner_id is not None or command.username is not None or command.email is None:
        return None
    return read_address(command.email)


def _wanted(command: NamesPerson, address: str | Refusal | None, lock: bool) -> dict[str, object]:
    """Whom to look for."""
    reach = command.by.reach.platform_id
    if command.learner_id is not None:
        return {"id": command.learner_id, "platform_id": reach, "lock": lock}
    if command.username is not None:
        return {"username": command.username, "platform_id": reach, "lock": lock}
    return {"email_key": email_key(address), "lock": lock} if isinstance(address, str) else {}
