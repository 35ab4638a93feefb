"""The platform and the person that a path names."""

from functools import partial
from typing import Any

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain.learner import Learner, PersonName
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.create_platforms import find_platform
from seatledger.usecases.persons import find_person

ID_LENGTH_MAX = 18


async def platform_at(call: Call[Any, Any], name: str) -> Platform:
    """The platform of a path, by its key or its org. Raises Refused: another's is forbidden."""
    actor = call.actor
    if not actor.is_operator:
        if name not in {actor.platform_key, actor.platform_org}:
            raise Refused(Refusal(Code.FORBIDDEN, "Your key is for another platform."))
        name = actor.platform_key or name
    found: Platform | Refusal = await call.desk.ask(partial(find_platform, key=name), actor)
    if isinstance(found, Refusal):
        found = await call.desk.ask(partial(find_platform, org=name), actor)
    return granted(found)


async def person_at(call: Call[Any, Any], platform: Platform, name: str) -> Learner:
    """The person of a path, by username, by address or by id, whom the platform must know."""
    reach = call.actor.reach_within(platform.id)
    assert reach is not None
    person = PersonName(username=name)
    found: Learner | Refusal = await call.desk.ask(find_person, reach, person)
    if isinstance(found, Refusal) and _is_id(name):
        found = await call.desk.ask(find_person, reach, PersonName(learner_id=int(name)))
    return granted(found)


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) <= ID_LENGTH_MAX
