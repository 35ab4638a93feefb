"""Finds the persons that requests name, as far as the asking platform knows them."""

from collections.abc import Iterator, Sequence
from typing import Any

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner, PersonName, email_key
from seatledger.domain.refusal import Refusal, invalid, unknown_learner
from seatledger.storage import learners as learner_rows
from seatledger.storage.learners import Named
from seatledger.storage.unit import Unit


def find_person(unit: Unit, reach: Reach, name: PersonName) -> Learner | Refusal:
    """The person, or a refusal where nobody within reach has that name (ibl G3, W15, W18).

    A username may also be the address that is shown while somebody has none.
    """
    return find_people(unit, reach, [name])[0]


def find_people(unit: Unit, reach: Reach, names: Sequence[PersonName]) -> list[Learner | Refusal]:
    """The same for many, in at most two statements."""
    found = learner_rows.named(
        unit, [each for name in names for each in _wanted(name, reach.platform_id)]
    )
    addressed = [
        {"id": learner.id, "platform_id": reach.platform_id} for learner in found.by_email.values()
    ]
    known = learner_rows.named(unit, addressed).by_id
    return [_of(name, found, known) for name in names]


def _wanted(name: PersonName, platform_id: int | None) -> Iterator[dict[str, Any]]:
    if name.learner_id is not None:
        yield {"id": name.learner_id, "platform_id": platform_id}
        return
    if name.username is not None:
        yield {"username": name.username, "platform_id": platform_id}
    if not name.is_empty:
        yield {"email_key": _address(name)}


def _of(name: PersonName, found: Named, known: dict[int, Learner]) -> Learner | Refusal:
    if name.is_empty:
        return invalid("learner_id", "Name the person: by id, by username or by e-mail address.")
    if name.learner_id is not None:
        return found.by_id.get(name.learner_id) or unknown_learner()
    if name.username is not None and name.username in found.by_username:
        return found.by_username[name.username]
    addressed = found.by_email.get(_address(name))
    return unknown_learner() if addressed is None else known.get(addressed.id) or unknown_learner()


def _address(name: PersonName) -> str:
    return email_key(name.username or name.email or "")
