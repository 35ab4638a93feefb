"""How a pool was used, reckoned from its history: places taken at the end of each step of time.

Days are UTC days, `first` and `last` days are both counted. What happened is added up for each day
elsewhere; here is what an event counts for, and how days make steps.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from seatledger.domain.refusal import Refusal, invalid
from seatledger.domain.seat import EndReason, SeatState, takes_place

STEPS_MAX = 1_000
USUAL_STEPS = {"day": 30, "week": 13, "month": 12}
ONE_DAY = timedelta(days=1)


class Step(StrEnum):
    DAY = "day"
    WEEK = "week"  # begins on Monday
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Turn:
    """What an event did to a seat: from one state (None: there was no seat) to another."""

    was: SeatState | None
    now: SeatState
    reason: EndReason | None
    transferable: bool

    @property
    def places(self) -> int:
        """How many places that took: 1, or -1 where it freed one, or 0."""
        before = self.was is not None and takes_place(
            self.was, None, transferable=self.transferable
        )
        return takes_place(self.now, self.reason, transferable=self.transferable) - before


def turns() -> list[Turn]:
    """All there can be."""
    ways: list[tuple[SeatState | None, SeatState]] = [
        (None, SeatState.LIVE),
        (None, SeatState.SUSPENDED),
        (SeatState.LIVE, SeatState.SUSPENDED),
        (SeatState.SUSPENDED, SeatState.LIVE),
        (SeatState.LIVE, SeatState.ENDED),
        (SeatState.SUSPENDED, SeatState.ENDED),
    ]
    return [
        Turn(was, now, reason, transferable)
        for was, now in ways
        for reason in ([*EndReason] if now is SeatState.ENDED else [None])
        for transferable in (True, False)
    ]


@dataclass(frozen=True, slots=True)
class Day:
    """What a day changed, and the most places that were taken after any of its events.

    The one without a `day` is all that was before the days that were asked for.
    """

    day: date | None
    places: int
    most: int
    assigned: int
    ended: int
    size: int


@dataclass(frozen=True, slots=True)
class Span:
    """Some days, the first and the last among them."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Used:
    """A step: size and places taken at its end, and what went on in it."""

    span: Span
    size: int
    held: int
    most_held: int
    assigned: int
    ended: int


def spans(first: date | None, last: date | None, step: Step, today: date) -> list[Span] | Refusal:
    """The steps from `first` to `last`, cut at calendar weeks and months; neither may be None.

    Without `last` they go on until today, without `first` there are as many as is usual.
    """
    last = today if last is None else last
    if last > today:
        return invalid("to", f"The future has no history: to is {today} at the latest.")
    if first is None:
        first = _usual_first(last, step)
    if first > last:
        return invalid("from", "from may not be later than to.")
    found = list(islice(_cut(first, last, step), STEPS_MAX + 1))
    if len(found) > STEPS_MAX:
        return invalid("step", f"There are more than {STEPS_MAX} steps from {first} to {last}.")
    return found


def use(asked: Sequence[Span], days: Iterable[Day]) -> list[Used]:
    """What went on in each step. Days come in order, the one without a day first."""
    following = iter([*days, None])
    day = next(following)
    size = held = 0
    used = []
    for span in asked:
        most, assigned, ended = held, 0, 0
        while day is not None and (day.day is None or day.day <= span.last):
            size += day.size
            held += day.places
            if day.day is not None and day.day >= span.first:
                most = max(most, day.most)
                assigned += day.assigned
                ended += day.ended
            else:
                most = held
            day = next(following)
        used.append(Used(span, size, held, most, assigned, ended))
    return used


def _cut(first: date, last: date, step: Step) -> Iterator[Span]:
    while True:
        end = min(last, _last_day(first, step))
        yield Span(first, end)
        if end >= last:
            return
        first = end + ONE_DAY


def _last_day(day: date, step: Step) -> date:
    """The last day of the step that a day is in; the last there is, where time ends before it."""
    try:
        if step is Step.DAY:
            return day
        if step is Step.WEEK:
            return day + timedelta(days=6 - day.weekday())
        following = day.replace(day=28) + timedelta(days=4)
        return following.replace(day=1) - ONE_DAY
    except OverflowError:
        return date.max


def _usual_first(last: date, step: Step) -> date:
    """As many steps back as are shown where nobody says how many."""
    steps = USUAL_STEPS[step]
    try:
        if step is Step.DAY:
            return last - (steps - 1) * ONE_DAY
        if step is Step.WEEK:
            return last - timedelta(days=last.weekday() + 7 * (steps - 1))
        months = last.year * 12 + last.month - 1 - (steps - 1)
        return date(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError):
        return date.min
