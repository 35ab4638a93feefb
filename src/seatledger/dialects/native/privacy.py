"""/learners/{id}/export and /erase: what is kept about a person, told or forgotten."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.desk import Desk
from seatledger.dialects.dialect import unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.reading import read_id
from seatledger.domain.actor import Actor
from seatledger.domain.privacy import Erased, EraseLearner
from seatledger.domain.refusal import unknown_learner
from seatledger.usecases.erase_learners import Dossier, export_learner


class Export(msgspec.Struct):
    """`rows` are by table, as they are stored; `events` among them is what history says."""

    id: str
    email: str
    name: str
    username: str | None
    registered: bool
    rows: dict[str, list[dict[str, Any]]]


class Erasure(msgspec.Struct):
    """The address that stands in the person's place now, and how many seats ended for it."""

    id: str
    email: str
    seats_ended: int


@get(
    "/learners/{learner_id:str}/export",
    **described("export_learner", "Everything that is kept about a learner"),
)
async def export(
    learner_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Export:
    wanted = read_id(learner_id, unknown_learner())
    found: Dossier = unwrap(await desk.ask(export_learner, actor.reach, wanted))
    person = found.learner
    return Export(
        id=str(person.id),
        email=person.email,
        name=person.name,
        username=person.username,
        registered=person.registered,
        rows=found.rows,
    )


@post(
    "/learners/{learner_id:str}/erase",
    status_code=200,
    **described("erase_learner", "Forget who a learner was", 403),
)
async def erase(
    learner_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Erasure:
    command = EraseLearner(actor, learner_id=read_id(learner_id, unknown_learner()))
    erased: Erased = unwrap(await desk.submit(command))
    return Erasure(str(erased.learner.id), erased.learner.email, erased.seats_ended)


handlers = [export, erase]
