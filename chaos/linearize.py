"""Whether a history of overlapping calls can be explained by some order of single calls.

The order must respect real time: a call that was answered before another was made comes before it.
The search is Wing and Gong's, with Lowe's memory of what was tried (the set of calls that were
ordered, and the state they led to).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

C = TypeVar("C")
A = TypeVar("A")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Operation(Generic[C, A]):
    """A call and its answer, with the seconds at which it was made and answered."""

    call: C
    said: A
    called: float
    answered: float


def explain(
    history: Sequence[Operation[C, A]], state: S, step: Callable[[S, C, A], S | None]
) -> str | None:
    """None where an order explains the history; else a sentence about where all orders end."""
    operations = sorted(history, key=lambda each: each.called)
    deepest = 0, 0, state
    tried = {(0, state)}
    stack = [(0, 0, state)]
    while stack:
        first, ordered, now = stack.pop()
        while ordered >> first & 1:
            first += 1
        if first == len(operations):
            return None
        if ordered.bit_count() >= deepest[1].bit_count():
            deepest = first, ordered, now
        for at in _next(operations, first, ordered):
            after = step(now, operations[at].call, operations[at].said)
            reached = ordered | 1 << at
            if after is not None and (reached, after) not in tried:
                tried.add((reached, after))
                stack.append((first, reached, after))
    return _dead_end(operations, *deepest)


def _next(operations: Sequence[Operation[C, A]], first: int, ordered: int) -> list[int]:
    """Those that may come next: made before any that is not ordered yet was answered."""
    bound, found = inf, []
    for at in range(first, len(operations)):
        if operations[at].called > bound:
            break
        if not ordered >> at & 1:
            bound = min(bound, operations[at].answered)
            found.append(at)
    return found


def _dead_end(operations: Sequence[Operation[C, A]], first: int, ordered: int, state: S) -> str:
    stuck = [operations[at] for at in _next(operations, first, ordered)]
    answers = "; ".join(f"{each.call} → {each.said}" for each in stuck)
    return (
        f"{ordered.bit_count()} of {len(operations)} calls can be ordered; then, at {state}, "
        f"none of these: {answers}"
    )
