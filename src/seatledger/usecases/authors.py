"""The person behind an actor, and persons made because a token or a group needs an owner."""

from datetime import datetime

from seatledger.domain.actor import Actor
from seatledger.domain.learner import Learner, email_key
from seatledger.storage import learners as learner_rows
from seatledger.storage.unit import Unit


def author(unit: Unit, actor: Actor, now: datetime) -> Learner:
    """The actor's person; of a token made for nobody its service person, which is made at need."""
    if actor.learner is not None:
        return actor.learner
    return person_of(unit, actor.address, actor.name, now)


def person_of(unit: Unit, address: str, name: str, now: datetime) -> Learner:
    """The person with this address; a new one, registered, where there is none."""
    found = learner_rows.named(unit, [{"email_key": email_key(address)}]).by_email
    if found:
        return found[email_key(address)]
    learner_id = unit.new_ids(learners=1)["learners"][0]
    learner = Learner(learner_id, address, name, None, registered=True, created=now)
    unit.run(learner_rows.ADD, new_learners=[learner_rows.write_row(learner)])
    return learner
