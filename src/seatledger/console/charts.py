"""The geometry of the chart of use: a template draws it, without any script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from seatledger.domain.usage import Used

WIDE, NARROW, HEIGHT = 720, 340, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 10, 24
LABELS_MAX = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A label and where it stands."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A day and where it stands."""

    at: float
    day: date


@dataclass(frozen=True, slots=True)
class Chart:
    """Paths as SVG spells them: `held` is a line, `area` what is below, `size` what was bought."""

    held: str
    area: str
    size: str
    rows: tuple[Tick, ...]
    columns: tuple[Label, ...]
    width: int
    right: int
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def chart(steps: Sequence[Used], width: int = WIDE) -> Chart:
    """Places bought and places taken at the end of each step; there is at least one."""
    top = _round(max(max(step.size, step.held) for step in steps))
    across = (width - LEFT - RIGHT) / max(len(steps) - 1, 1)

    def x(number: int) -> float:
        return round(LEFT + number * across, 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)

    held = _line([(x(n), y(step.held)) for n, step in enumerate(steps)])
    last, base = x(len(steps) - 1), HEIGHT - BOTTOM
    every = -(-len(steps) // max(2, LABELS_MAX * width // WIDE))
    return Chart(
        width=width,
        right=width - RIGHT,
        held=held,
        area=f"{held}L{last:g} {base}L{LEFT} {base}Z",
        size=_line([(x(n), y(step.size)) for n, step in enumerate(steps)]),
        rows=tuple(Tick(y(part * top / 4), f"{part * top // 4:,}") for part in range(5)),
        columns=tuple(
            Label(x(n), step.span.last) for n, step in enumerate(steps) if n % every == 0
        ),
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _round(value: int) -> int:
    """The next number that four rows divide and people like to read."""
    powers: Iterator[int] = (10**power for power in count())
    nice = (each * power for power in powers for each in range(4, 40, 4))
    return next(each for each in nice if each >= value)
