"""Which report of a learner's progress stands."""

from datetime import timedelta

import pytest

from seatledger.domain.progress import Outcome, Progress, report
from tests.support.cast import DAY, NOON

KNOWN = Progress(50, at=NOON - DAY)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("told", "outcome", "percent", "at"),
    [
        (Progress(60), Outcome.RECORDED, 60, NOON),
        (Progress(40), Outcome.RECORDED, 40, NOON),
        (Progress(60, at=NOON - DAY), Outcome.RECORDED, 60, NOON - DAY),
        (Progress(60, at=NOON - DAY - SECOND), Outcome.OUTDATED, 50, NOON - DAY),
        (Progress(60, at=NOON + 99 * DAY), Outcome.RECORDED, 60, NOON),
        (Progress(50), Outcome.UNCHANGED, 50, NOON),
        (Progress(50, at=NOON - 2 * DAY), Outcome.OUTDATED, 50, NOON - DAY),
        (Progress(50, last_opened=NOON), Outcome.RECORDED, 50, NOON),
    ],
    ids=[
        "a later one",
        "one that goes back",
        "one as of the same instant",
        "one as of earlier",
        "one from the future is as of now",
        "the same again, which still moves the instant on",
        "the same as of earlier",
        "only opened again",
    ],
)
def test_a_report_replaces_the_one_before_unless_that_is_as_of_later(
    told: Progress, outcome: Outcome, percent: float, at: object
) -> None:
    stands = report(KNOWN, told, NOON)
    assert (stands.outcome, stands.progress.percent, stands.progress.at) == (outcome, percent, at)


def test_the_first_report_stands_whenever_it_is_from() -> None:
    told = Progress(0, at=NOON - 999 * DAY)
    assert report(None, told, NOON).outcome is Outcome.RECORDED


def test_a_report_without_an_instant_is_never_outdated_whatever_the_clocks_say() -> None:
    ahead = Progress(50, at=NOON + SECOND)
    stands = report(ahead, Progress(60), NOON)
    assert (stands.outcome, stands.progress.at) == (Outcome.RECORDED, NOON + SECOND)
