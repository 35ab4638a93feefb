"""What a measurement is: two things measured in turn in the same run, and an aim for their ratio.

Absolute values say as much of the machine and its neighbours as of the program, so only ratios
are judged: of each pair of neighbouring readings, the median of all pairs.
"""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.stage import Stage


@dataclass(frozen=True, slots=True)
class Reading:
    """One value, how many requests it took, and the CPU seconds that each program spent on them."""

    value: float
    unit: str
    requests: int
    cpu_seconds: Mapping[str, float]
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cpu_per_thousand(self) -> dict[str, float]:
        """CPU seconds for a thousand requests, by program."""
        return {name: s * 1000 / self.requests for name, s in self.cpu_seconds.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Readings of ours and of what it is measured against, in the order they were taken."""

    ours: list[Reading]
    theirs: list[Reading]

    @property
    def ratios(self) -> list[float]:
        return [a.value / b.value for a, b in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)


@dataclass(frozen=True, slots=True)
class Aim:
    """The least or the most that a ratio should be."""

    least: float | None = None
    most: float | None = None

    def met(self, ratio: float) -> bool:
        return (self.least is None or ratio >= self.least) and (
            self.most is None or ratio <= self.most
        )

    def worst(self, ratios: list[float]) -> float:
        return max(ratios) if self.least is None else min(ratios)

    def __str__(self) -> str:
        return f"≥ {self.least}" if self.least is not None else f"≤ {self.most}"


class Skipped(Exception):
    """A measurement that can't be made here; the message says why."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """`run` answers with one comparison for each variant; the worst of them is judged."""

    key: str
    what: str
    against: str
    aim: Aim
    run: Callable[["Stage"], Mapping[str, Comparison]]


def in_turn(rounds: int, ours: Callable[[], Reading], theirs: Callable[[], Reading]) -> Comparison:
    """Ours, theirs, ours, theirs …"""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return Comparison([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def all_in_turn(
    rounds: int, ours: Mapping[str, Callable[[], Reading]], theirs: Callable[[], Reading]
) -> dict[str, Comparison]:
    """The same for several variants that share what they are measured against."""
    comparisons = {name: Comparison([], []) for name in ours}
    for _ in range(rounds):
        readings = {name: measure() for name, measure in ours.items()}
        against = theirs()
        for name, reading in readings.items():
            comparisons[name].ours.append(reading)
            comparisons[name].theirs.append(against)
    return comparisons
