"""The judge of histories: what it must let pass, and what it must not."""

import pytest

from chaos.linearize import Operation, explain
from chaos.model import Call, Said, State, step

DONE, FULL, GONE = Said("done"), Said("full"), Said("gone")


def assign(learner: int, said: Said, called: float, answered: float) -> Operation[Call, Said]:
    return Operation(Call("assign", learner), said, called, answered)


def end(seat: int, said: Said, called: float, answered: float) -> Operation[Call, Said]:
    return Operation(Call("end", seat=seat), said, called, answered)


def look(held: int, called: float, answered: float) -> Operation[Call, Said]:
    return Operation(Call("look"), Said("done", size=1, held=held), called, answered)


def resize(size: int, said: Said, called: float, answered: float) -> Operation[Call, Said]:
    return Operation(Call("resize", size=size), said, called, answered)


def grant(said: Said, called: float, answered: float) -> Operation[Call, Said]:
    return Operation(Call("grant", group=9, members=(1, 2)), said, called, answered)


A, B = Said("done", 11), Said("done", 12)

POSSIBLE = {
    "one wins and one loses": [assign(1, A, 0, 2), assign(2, FULL, 1, 3)],
    "who asked later may win": [assign(1, FULL, 0, 3), assign(2, A, 1, 2)],
    "a place that came free": [assign(1, A, 0, 1), end(11, DONE, 2, 3), assign(2, B, 2, 3)],
    "the size grew in between": [assign(1, A, 0, 9), assign(2, B, 0, 9), resize(2, DONE, 1, 2)],
    "a look at either moment": [assign(1, A, 0, 5), look(0, 1, 2), look(1, 3, 4)],
    "a group that fits": [resize(2, DONE, 0, 1), grant(Said("done", 5), 2, 3)],
}

IMPOSSIBLE = {
    "the last seat is given twice": [assign(1, A, 0, 2), assign(2, B, 1, 3)],
    "refused while a place was free": [assign(1, FULL, 0, 1)],
    "the second seat is another": [assign(1, A, 0, 1), assign(1, B, 2, 3)],
    "a seat ends twice": [assign(1, A, 0, 1), end(11, DONE, 2, 4), end(11, DONE, 3, 5)],
    "a seat is gone by itself": [assign(1, A, 0, 1), end(11, GONE, 2, 3)],
    "an old count is shown": [assign(1, A, 0, 1), look(0, 2, 3)],
    "counts go back and forth": [assign(1, A, 0, 9), look(1, 1, 2), look(0, 3, 4)],
    "the size falls below the seats": [assign(1, A, 0, 1), resize(0, DONE, 2, 3)],
    "real time is not respected": [assign(1, FULL, 0, 1), assign(2, A, 2, 3)],
    "a group that does not fit": [grant(Said("done", 5), 0, 1)],
}


@pytest.mark.parametrize("history", POSSIBLE.values(), ids=POSSIBLE.keys())
def test_what_some_order_explains_passes(history: list[Operation[Call, Said]]) -> None:
    assert explain(history, State(size=1), step) is None


@pytest.mark.parametrize("history", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_no_order_explains_is_told(history: list[Operation[Call, Said]]) -> None:
    told = explain(history, State(size=1), step)
    assert told is not None
    assert "calls can be ordered" in told
