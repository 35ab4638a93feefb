"""What becomes of a person's invitations and requests who asks to be told, or to be forgotten."""

from typing import Any

from sqlalchemy import select

from seatledger.domain.actor import Reach
from seatledger.domain.event import EventKind
from seatledger.domain.invitation_command import DecideRequest, MarkUndeliverable, RequestAccess
from seatledger.domain.learner import PersonName
from seatledger.domain.people_command import AddLearner
from seatledger.domain.privacy import EraseLearner
from seatledger.storage.tables import events
from seatledger.usecases.erase_learners import Dossier, export_learner
from tests.support.cast import MANAGER, OPERATOR
from tests.support.world import World
from tests.usecases.invitations import PLATFORM, course, invitations, inviting, redeeming, told

SECRET = "ada-the-secret"


def invited(world: World) -> Any:
    """Somebody who is known by nothing but an open invitation, with all that can be noted on it."""
    made = world.do(
        inviting(
            "ada",
            metadata={"note": SECRET},
            enrolment_config={"note": SECRET},
            profile={"first_name": SECRET},
            **PLATFORM,
        )
    )
    why = f"550 {SECRET}"
    world.do(MarkUndeliverable(OPERATOR, invitation_id=made.invitation.id, why=why))
    return made


def kept(world: World, learner_id: int) -> dict[str, Any]:
    with world.database.read() as unit:
        found = export_learner(unit, Reach(None), learner_id)
    assert isinstance(found, Dossier)
    return found.rows


def test_the_export_shows_invitations_and_requests_and_what_happened_to_them(
    world: World,
) -> None:
    course(world)
    ada = world.do(AddLearner(MANAGER, platform_key="acme", email="ada@acme.example"))
    learner_id = ada.membership.learner.id
    world.do(inviting("ada", metadata={"note": SECRET}))
    person = PersonName(learner_id=learner_id)
    world.do(RequestAccess(MANAGER, item_key="course-1", person=person, metadata={"why": SECRET}))
    rows = kept(world, learner_id)
    assert rows["invitations"][0]["metadata"] == {"note": SECRET}
    assert rows["access_requests"][0]["metadata"] == {"why": SECRET}
    kinds = {each["kind"] for each in rows["events"]}
    assert {"invitation_created", "access_requested"} <= kinds


def test_what_is_open_is_withdrawn_and_what_was_noted_is_gone(world: World) -> None:
    made = invited(world)
    assert SECRET in repr(kept(world, made.learner.id))
    world.do(EraseLearner(MANAGER, learner_id=made.learner.id))
    (left,) = invitations(world)
    assert (left.active, left.learner_id) == (False, made.learner.id)
    assert SECRET not in repr(kept(world, made.learner.id))
    with world.database.read() as unit:
        assert SECRET not in repr(unit.select(select(events)))
    assert len(told(world, EventKind.INVITATION_WITHDRAWN)) == 1
    assert len(told(world, EventKind.LEARNER_ERASED)) == 1
    again = world.do(inviting("ada", source="fair", **PLATFORM))
    assert again.learner.id != made.learner.id
    world.check()


def test_what_was_accepted_stays_accepted(world: World) -> None:
    pool = world.pool(size=1)
    world.do(inviting("ada", source="fair"))
    accepted = world.do(redeeming("ada"))
    world.do(EraseLearner(MANAGER, learner_id=accepted.learner.id))
    assert invitations(world)[0].accepted_at is not None
    assert told(world, EventKind.INVITATION_WITHDRAWN) == []
    assert world.look(pool.id).held == 0
    world.check()


def test_open_requests_are_closed_and_decided_ones_are_left(world: World) -> None:
    course(world)
    course(world, "course-2")
    ada = world.do(AddLearner(MANAGER, platform_key="acme", email="ada@acme.example"))
    learner_id = ada.membership.learner.id
    person = PersonName(learner_id=learner_id)
    requests = [
        world.do(RequestAccess(MANAGER, item_key=key, person=person, metadata={"why": SECRET}))
        for key in ("course-1", "course-2")
    ]
    decided = DecideRequest(MANAGER, request_id=requests[0].request.id, approved=False)
    world.do(decided)
    world.do(EraseLearner(MANAGER, learner_id=learner_id))
    rows = kept(world, learner_id)
    assert [row["active"] for row in rows["access_requests"]] == [True, False]
    assert SECRET not in repr(rows)
    assert len(told(world, EventKind.ACCESS_DECIDED)) == 2
    world.check()
