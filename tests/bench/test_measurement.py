"""How readings are compared and judged."""

import pytest

from bench.measurement import Aim, Comparison, Reading, all_in_turn, in_turn


def reading(value: float) -> Reading:
    return Reading(value, "seats/s", 1_000, {"server": 0.5})


def test_readings_are_taken_in_turn() -> None:
    taken: list[str] = []

    def measure(name: str) -> Reading:
        taken.append(name)
        return reading(1)

    in_turn(3, lambda: measure("a"), lambda: measure("b"))
    assert taken == ["a", "b", "a", "b", "a", "b"]


def test_variants_share_what_they_are_measured_against() -> None:
    values = iter(range(1, 100))
    found = all_in_turn(
        2,
        {"one": lambda: reading(next(values)), "two": lambda: reading(next(values))},
        lambda: reading(next(values)),
    )
    assert [each.value for each in found["one"].ours] == [1, 4]
    assert [each.value for each in found["two"].ours] == [2, 5]
    assert [each.value for each in found["two"].theirs] == [3, 6]


def test_the_ratio_is_the_median_of_neighbouring_pairs() -> None:
    """One round in which the machine was busy changes nothing."""
    ours = [reading(80), reading(8), reading(90)]
    theirs = [reading(10), reading(10), reading(10)]
    assert Comparison(ours, theirs).ratio == 8


def test_cpu_time_is_told_for_a_thousand_requests() -> None:
    assert Reading(1, "seats/s", 4_000, {"server": 2.0}).cpu_per_thousand == {"server": 0.5}


@pytest.mark.parametrize(
    ("aim", "ratio", "met"),
    [
        (Aim(least=8.0), 8.0, True),
        (Aim(least=8.0), 7.99, False),
        (Aim(most=1.2), 1.2, True),
        (Aim(most=1.2), 1.21, False),
    ],
    ids=str,
)
def test_an_aim_includes_its_limit(aim: Aim, ratio: float, met: bool) -> None:
    assert aim.met(ratio) is met


def test_the_worst_is_the_least_or_the_most() -> None:
    assert Aim(least=1.0).worst([3.0, 2.0]) == 2.0
    assert Aim(most=1.0).worst([3.0, 2.0]) == 3.0
