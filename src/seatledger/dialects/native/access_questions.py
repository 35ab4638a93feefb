"""What is asked of the access check, and how it is read: a person, an item, whose seats count."""

import re

import msgspec

from seatledger.dialects.dialect import Refused
from seatledger.dialects.native.naming import platform_named
from seatledger.dialects.native.reading import ID_MAX, read_item
from seatledger.domain.actor import Actor
from seatledger.domain.learner import NOBODY_NAMED, PersonName
from seatledger.domain.refusal import Refusal, invalid
from seatledger.usecases.check_access import AccessAsked

QUESTIONS_MAX = 1000
_USERNAME = "username:"
LEARNER = "An id (`12`), an e-mail address (`ada@acme.example`) or `username:ada`."
ITEM = "Kind and key: `course:course-v1:ACME+DATA+2026`."


class Question(msgspec.Struct, forbid_unknown_fields=True):
    """May this learner open this item? `email` names a learner by address, instead of `learner`.

    `platform` is whose seats count: the caller's own, where none is named.
    """

    learner: str | None = None
    email: str | None = None
    item: str | None = None
    platform: str | None = None


class Asking(msgspec.Struct, forbid_unknown_fields=True):
    """One question, or up to 1,000 as `questions`. `platform` is for those that name none.

    With `signed`, each answer about a known learner has a token.
    """

    learner: str | None = None
    email: str | None = None
    item: str | None = None
    platform: str | None = None
    questions: list[Question] | None = None
    signed: bool = False


def read_person(text: str, field: str = "learner") -> PersonName:
    """A learner, by id, address or username. Raises Refused where it is none of these.

    No address has a colon before its @ (without quotes), and no id has an @: the three can't be
    taken for each other. An id that can't be one is nobody's.
    """
    text = text.strip()
    if text.startswith(_USERNAME) and len(text) > len(_USERNAME):
        return PersonName(username=text.removeprefix(_USERNAME))
    if "@" in text:
        return PersonName(email=text)
    if re.fullmatch(r"[0-9]+", text) is None:
        raise Refused(invalid(field, "A learner is an id, an e-mail address or username:NAME."))
    possible = not text.startswith("0") and len(text) <= len(str(ID_MAX)) and int(text) <= ID_MAX
    return PersonName(learner_id=int(text)) if possible else NOBODY_NAMED


def read_question(asked: Question, actor: Actor) -> AccessAsked:
    """A question as the ledger takes it. Raises Refused, naming the member that can't be read."""
    if (asked.learner is None) == (asked.email is None):
        raise Refused(invalid("learner", "Name the learner, as learner or as email."))
    if asked.learner is not None:
        person = read_person(asked.learner)
    elif "@" in (asked.email or ""):
        person = PersonName(email=asked.email)
    else:
        raise Refused(invalid("email", "This is not an e-mail address."))
    if asked.item is None:
        raise Refused(invalid("item", "Name the item."))
    kind, key = read_item(asked.item)
    return AccessAsked(actor, platform_named(actor, asked.platform), person, kind, key)


def read_questions(asked: Asking, actor: Actor) -> list[AccessAsked | Refusal]:
    """Each question, or why it can't be read. Raises Refused where all are at fault together."""
    questions = asked.questions or []
    if len(questions) > QUESTIONS_MAX:
        raise Refused(invalid("questions", f"At most {QUESTIONS_MAX} questions at once."))
    if any(each is not None for each in (asked.learner, asked.email, asked.item)):
        raise Refused(invalid("questions", "Ask one question, or questions: not both."))
    return [_read(each, asked.platform, actor) for each in questions]


def _read(asked: Question, platform: str | None, actor: Actor) -> AccessAsked | Refusal:
    try:
        if asked.platform is None and platform is not None:
            asked = msgspec.structs.replace(asked, platform=platform)
        return read_question(asked, actor)
    except Refused as refused:
        return refused.refusal
