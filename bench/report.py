"""Turns comparisons into lines of the table and entries of results.json."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from bench.measurement import Comparison, Measurement, Reading

COLUMNS = "{:<14} {:<9} {:>8} {:>7} {:<4} {:>22} {:>22}   {}"


def titles() -> str:
    head = COLUMNS.format(
        "key", "variant", "ratio", "aim", "", "ours", "against", "CPU-s per 1,000: ours | against"
    )
    return f"{head}\n{'-' * len(head)}"


def row(measurement: Measurement, variant: str, comparison: Comparison, *, judged: bool) -> str:
    """One line of the table: a comparison of one variant."""
    met = ("yes" if measurement.aim.met(comparison.ratio) else "no") if judged else ""
    ours, theirs = comparison.ours, comparison.theirs
    return COLUMNS.format(
        measurement.key,
        variant,
        f"{comparison.ratio:.2f}",
        str(measurement.aim),
        met,
        _absolute(ours),
        _absolute(theirs),
        f"{_cpu_line(ours)} | {_cpu_line(theirs)}",
    )


def outcome(
    measurement: Measurement, comparisons: Mapping[str, Comparison], *, judged: bool
) -> dict[str, Any]:
    """The entry of a measurement: the ratio of its worst variant, and all that was read."""
    ratio = measurement.aim.worst([each.ratio for each in comparisons.values()])
    return {
        "what": measurement.what,
        "against": measurement.against,
        "aim": str(measurement.aim),
        "ratio": round(ratio, 3),
        "met": measurement.aim.met(ratio) if judged else None,
        "variants": {name: _variant(each) for name, each in comparisons.items()},
    }


def generator(loads: Sequence[Reading]) -> dict[str, Any]:
    """What the load generator is, and how far it was from its own limit."""
    told: dict[str, Any] = {
        "what": "bench/load.py: asyncio.Protocol clients (uvloop), keep-alive, prepared bytes",
        "runs": len(loads),
    }
    if loads:
        cost = statistics.median(load.cpu_seconds["load"] / load.requests for load in loads)
        told |= {
            "requests_per_second_max": round(max(load.value for load in loads)),
            "core_share_max": round(max(load.details["load_core_share"] for load in loads), 3),
            "cpu_microseconds_per_request": round(cost * 1e6, 1),
            "requests_per_second_of_one_core": round(1 / cost),
        }
    return told


def _variant(comparison: Comparison) -> dict[str, Any]:
    return {
        "ratio": round(comparison.ratio, 3),
        "ratios": [round(ratio, 3) for ratio in comparison.ratios],
        "ours": _readings(comparison.ours),
        "theirs": _readings(comparison.theirs),
    }


def _readings(readings: Sequence[Reading]) -> dict[str, Any]:
    return {
        "median": round(_median(readings), 3),
        "unit": readings[0].unit,
        "values": [round(reading.value, 3) for reading in readings],
        "requests": sum(reading.requests for reading in readings),
        "cpu_seconds_per_1000": _cpu(readings),
        "details": [
            {name: round(value, 4) for name, value in reading.details.items()}
            for reading in readings
        ],
    }


def _absolute(readings: Sequence[Reading]) -> str:
    return f"{_median(readings):,.1f} {readings[0].unit}"


def _cpu_line(readings: Sequence[Reading]) -> str:
    return " ".join(f"{name} {spent:.3g}" for name, spent in _cpu(readings).items())


def _cpu(readings: Sequence[Reading]) -> dict[str, float]:
    """The median over the readings, for each program."""
    programs = readings[0].cpu_seconds
    return {
        name: round(statistics.median(each.cpu_per_thousand[name] for each in readings), 4)
        for name in programs
    }


def _median(readings: Sequence[Reading]) -> float:
    return statistics.median(reading.value for reading in readings)
