"""Messages of many events cost no more statements than those of one."""

from seatledger.domain.invitation_command import InvitePerson
from seatledger.usecases.relay import MAIL
from seatledger.usecases.tell_events import tell_events
from tests.support.cast import MANAGER
from tests.support.outbox import listed, read_on, relay_of
from tests.support.statements import noted
from tests.support.world import World
from tests.usecases.invitations import PLATFORM

ROAD = {MAIL: tell_events}


def statements_for(world: World, *names: str) -> int:
    """How many it takes to tell these of the platform they are invited to."""
    for name in names:
        world.do(InvitePerson(MANAGER, email=f"{name}@acme.example", **PLATFORM))
    with noted(world.database) as statements:
        relay_of(world, ROAD).once(world.now)
    return len(statements)


def test_the_platform_is_looked_up_once(world: World) -> None:
    read_on(world, ROAD)
    one = statements_for(world, "ada")
    assert statements_for(world, *(f"p{number}" for number in range(9))) == one
    assert len(listed(world)) == 10
