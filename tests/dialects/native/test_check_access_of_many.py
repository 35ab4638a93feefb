"""POST /api/v1/access/check: one question as a body, or up to 1,000 at once."""

from typing import Any

import pytest

from seatledger.domain.seating import Seated
from tests.dialects.native.conftest import Native

ITEM = "course:course-1"


def ask(native: Native) -> Any:
    """The answer to a question by GET, about a@acme.example."""
    asked = {"learner": "a@acme.example", "item": ITEM}
    return native.told(200, "GET", "/access", params=asked)


def seated(native: Native) -> Seated:
    return native.world.assign(native.world.pool().id, "a")[0]


def test_a_question_may_come_as_a_body(native: Native) -> None:
    held = seated(native)
    body = {"learner": "a@acme.example", "item": ITEM}
    assert native.told(200, "POST", "/access/check", json=body) == ask(native)
    by_address = {"email": "A@acme.example", "item": ITEM, "platform": "acme"}
    told = native.told(200, "POST", "/access/check", json=by_address)
    assert told["seat"] == str(held.seat.id)
    problem = native.problem("invalid", "POST", "/access/check", json={"learner": "1"})
    assert problem["field"] == "item"


def test_many_questions_get_each_its_answer_or_its_problem_in_order(native: Native) -> None:
    held = seated(native)
    questions = [
        {"learner": "b@acme.example", "item": ITEM},
        {"learner": str(held.learner.id), "item": ITEM},
        {"learner": "ada", "item": ITEM},
        {"learner": "a@acme.example", "item": "course"},
        {"learner": "a@acme.example", "item": ITEM, "platform": "zeta"},
        {"learner": "a@acme.example", "item": ITEM, "platform": "acme"},
        {"item": ITEM},
    ]
    told = native.told(200, "POST", "/access/check", json={"questions": questions})["answers"]
    assert [each.get("allow", each.get("code")) for each in told] == [
        False,
        True,
        "invalid",
        "invalid",
        "unknown_platform",
        True,
        "invalid",
    ]
    assert [each.get("field") for each in told if "code" in each] == [
        "learner",
        "item",
        None,
        "learner",
    ]
    assert told[0]["reason"] == "unknown_learner"
    assert told[1] == ask(native)


def test_an_operators_questions_share_the_platform_that_is_named_once(native: Native) -> None:
    seated(native)
    question = {"learner": "a@acme.example", "item": ITEM}
    body = {"platform": "acme", "questions": [question, {**question, "platform": "nowhere"}]}
    told = native.told(200, "POST", "/access/check", json=body, token=native.operator)
    assert [each.get("allow", each.get("code")) for each in told["answers"]] == [
        True,
        "unknown_platform",
    ]


def test_a_thousand_questions_are_answered_and_one_more_is_refused(native: Native) -> None:
    world = native.world
    world.assign(world.pool(size=500).id, *(f"p{n}" for n in range(0, 1000, 2)))
    questions = [{"learner": f"p{n}@acme.example", "item": ITEM} for n in range(1000)]
    told = native.told(200, "POST", "/access/check", json={"questions": questions})["answers"]
    assert [each["allow"] for each in told] == [True, False] * 500
    too_many = {"questions": [*questions, questions[0]]}
    problem = native.problem("invalid", "POST", "/access/check", json=too_many)
    assert problem["field"] == "questions"
    assert native.told(200, "POST", "/access/check", json={"questions": []}) == {"answers": []}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "learner"),
        ({"questions": [], "learner": "1"}, "questions"),
        ({"questions": [], "item": ITEM}, "questions"),
        ({"questions": {}}, "questions"),
        ({"questions": [7]}, "questions[0]"),
        ({"questions": [{"person": "1"}]}, "person"),
        ({"learner": 12, "item": ITEM}, "learner"),
        ({"learner": "1", "item": ITEM, "signed": "yes"}, "signed"),
        ({"learner": "a\0@acme.example", "item": ITEM}, "body"),
    ],
)
def test_a_body_that_cant_be_read_is_refused_by_name(
    native: Native, body: dict[str, Any], field: str
) -> None:
    assert native.problem("invalid", "POST", "/access/check", json=body)["field"] == field
