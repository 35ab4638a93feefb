"""GET /access and POST /access/check: may this person open this item?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from uuid import uuid4

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from msgspec import UNSET, UnsetType

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.access_answers import No, Yes, shown
from seatledger.dialects.native.access_questions import (
    ITEM,
    LEARNER,
    Asking,
    Question,
    read_question,
    read_questions,
)
from seatledger.dialects.native.documented import Problem, described
from seatledger.dialects.native.refusals import refuse
from seatledger.domain.access import Access
from seatledger.domain.access_claims import claims
from seatledger.domain.actor import Actor
from seatledger.domain.refusal import Refusal
from seatledger.usecases.check_access import AccessAsked
from seatledger.usecases.check_access import check_access as check_all
from seatledger.usecases.sign_access import signer_of

Outcome = Access | Refusal
Tokens = Sequence[str | None | UnsetType]


# No msgspec.Struct: one may not have a member that is one of several others.
@dataclass(frozen=True, slots=True)
class Answers:
    """In the order of the questions; a question that has no answer has its problem there."""

    answers: list[Yes | No | Problem]


@get("/access", **described("check_access", "May this person open this item?"))
async def check_access(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    item: Annotated[str, QueryParameter(description=ITEM)],
    learner: Annotated[str | None, QueryParameter(description=LEARNER)] = None,
    email: Annotated[
        str | None, QueryParameter(description="The learner by address, instead of `learner`.")
    ] = None,
    platform: Annotated[
        str | None,
        QueryParameter(description="Whose seats count; by default the caller's platform's."),
    ] = None,
    signed: Annotated[bool, QueryParameter(description="Answer with a token, too.")] = False,
) -> Yes | No:
    asked = read_question(Question(learner, email, item, platform), actor)
    answer = await _answer(desk, asked)
    if not signed:
        return shown(answer)
    (token,) = await _signed(request, desk, [(asked, answer)])
    return shown(answer, token)


@post(
    "/access/check",
    status_code=200,
    reads=True,
    **described("check_access_of_many", "The same, for one question or many", 413, 415),
)
async def check_access_of_many(
    data: JSONBody[Asking],
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> Yes | No | Answers:
    if data.questions is None:
        one = Question(data.learner, data.email, data.item, data.platform)
        asked = read_question(one, actor)
        answer = await _answer(desk, asked)
        (token,) = await _signed(request, desk, [(asked, answer)]) if data.signed else [UNSET]
        return shown(answer, token)
    read = read_questions(data, actor)
    good = [each for each in read if isinstance(each, AccessAsked)]
    told = iter(unwrap(await desk.ask(check_all, good, desk.clock())))
    outcomes: list[Outcome] = [each if isinstance(each, Refusal) else next(told) for each in read]
    tokens: Tokens = [UNSET] * len(read)
    if data.signed:
        tokens = await _signed(request, desk, list(zip(read, outcomes, strict=True)))
    return Answers(
        [
            Problem(**refuse(outcome).body)
            if isinstance(outcome, Refusal)
            else shown(outcome, token)
            for outcome, token in zip(outcomes, tokens, strict=True)
        ]
    )


async def _answer(desk: Desk, asked: AccessAsked) -> Access:
    answer = await desk.check_access(asked)
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer


async def _signed(
    request: Request[Any, Any, Any],
    desk: Desk,
    answered: Sequence[tuple[AccessAsked | Refusal, Outcome]],
) -> list[str | None]:
    """A token for each answer that can have one. Raises Refused where no key can be read."""
    actor, now = request.scope["state"]["actor"], desk.clock()
    signer = unwrap(await desk.run(partial(signer_of, by=actor, now=now)))

    def token(asked: AccessAsked | Refusal, answer: Outcome) -> str | None:
        if isinstance(asked, Refusal) or isinstance(answer, Refusal):
            return None
        said = claims(
            answer,
            issuer=request.app.state.settings.issuer,
            platform_key=asked.platform_key,
            item=f"{asked.item_kind}:{asked.item_key}",
            token_id=uuid4().hex,
            now=now,
        )
        return None if said is None else signer.sign(said)

    return [token(*each) for each in answered]


handlers = [check_access, check_access_of_many]
