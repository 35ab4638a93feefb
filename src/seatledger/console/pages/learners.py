"""/console/p/…/learners: find somebody while typing, and see all they hold and held."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from seatledger.console.pages.pools import cursor
from seatledger.console.paths import HOME
from seatledger.console.visit import Visit, read_id
from seatledger.domain.refusal import unknown_learner
from seatledger.usecases.cursor_questions import LearnerFilter, Stretch, follow_learners
from seatledger.usecases.overview import get_person
from seatledger.usecases.tell_history import EventFilter, latest_entries

LIST = f"{HOME}/p/{{platform_id:str}}/learners"
LEARNERS_SHOWN = 50
EVENTS_SHOWN = 30


@get(LIST)
async def show_all(visit: NamedDependency[Visit]) -> Response[bytes]:
    q = visit.search
    wanted = LearnerFilter(called=q.strip() or None)
    stretch = Stretch(cursor(visit), LEARNERS_SHOWN)
    found = await visit.ask(follow_learners, visit.reach, wanted, stretch)
    return visit.page("learners.html", part="rows", found=found, q=q)


@get(f"{LIST}/{{learner_id:str}}")
async def show(visit: NamedDependency[Visit], learner_id: FromPath[str]) -> Response[bytes]:
    wanted = read_id(learner_id, unknown_learner())
    person = await visit.ask(get_person, visit.reach, wanted, visit.now)
    told = EventFilter(visit.reach.platform_id, learner_id=person.learner.id)
    found = await visit.ask(latest_entries, told, cursor(visit), EVENTS_SHOWN, visit.now)
    return visit.page("learner.html", part="entries", person=person, found=found)


handlers = [show_all, show]
