"""Finds the person that a request names, as far as the asking platform knows them."""

from seatledger.domain.actor import Reach
from seatledger.domain.learner import Learner, PersonName, email_key
from seatledger.domain.refusal import Refusal, invalid, unknown_learner
from seatledger.storage import learners as learner_rows
from seatledger.storage.unit import Unit


def find_person(unit: Unit, reach: Reach, name: PersonName) -> Learner | Refusal:
    """The person, or a refusal where nobody within reach has that name (ibl G3, W15, W18).

    A username may also be the address that is shown while somebody has none.
    """
    if name.is_empty:
        return invalid("learner_id", "Name the person: by id, by username or by e-mail address.")
    if name.learner_id is not None:
        return _known(unit, reach, name.learner_id)
    if name.username is not None:
        wanted = {"username": name.username, "platform_id": reach.platform_id}
        by_username = learner_rows.named(unit, [wanted]).by_username
        if by_username:
            return by_username[name.username]
    return _by_address(unit, reach, name.username or name.email or "")


def _by_address(unit: Unit, reach: Reach, address: str) -> Learner | Refusal:
    key = email_key(address)
    found = learner_rows.named(unit, [{"email_key": key}]).by_email
    return _known(unit, reach, found[key].id) if key in found else unknown_learner()


def _known(unit: Unit, reach: Reach, learner_id: int) -> Learner | Refusal:
    wanted = {"id": learner_id, "platform_id": reach.platform_id}
    return learner_rows.named(unit, [wanted]).by_id.get(learner_id) or unknown_learner()
