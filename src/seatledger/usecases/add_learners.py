"""Make people known to a platform, whether or not the ledger has heard of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.learner import Membership
from seatledger.domain.people_command import AddLearner, LinkLearner
from seatledger.domain.refusal import Refusal, unknown_platform
from seatledger.storage import members as member_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.authors import person_of
from seatledger.usecases.link_learners import link
from seatledger.usecases.naming import read_address


@dataclass(frozen=True, slots=True)
class Added:
    """The person with their tie to the platform, and whether that was made just now."""

    membership: Membership
    platform_key: str
    created: bool


def add_learners(
    unit: Unit, commands: Sequence[AddLearner], now: datetime
) -> list[Added | Refusal]:
    return [_add(unit, command, now) for command in commands]


def _add(unit: Unit, command: AddLearner, now: datetime) -> Added | Refusal:
    platform = platform_rows.by_key(unit, command.platform_key)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    address = read_address(command.email)
    if isinstance(address, Refusal):
        return address
    learner = person_of(unit, address, command.name.strip(), now)
    created = member_rows.get(unit, platform.id, learner.id) is None
    tie = LinkLearner(
        command.by,
        command.change_type,
        command.transaction_id,
        learner_id=learner.id,
        platform_key=platform.key,
        active=True,
        is_admin=command.is_admin,
    )
    return Added(link(unit, tie, platform, learner, now), platform.key, created)
