"""`python -m bench.run`: takes the measurements, prints a table, writes results.json."""

import argparse
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.machine import cores, describe
from bench.measurement import Measurement, Skipped
from bench.report import generator, outcome, row, titles
from bench.stage import QUICK, Sizes, Stage

KEYS = (
    "hot_pool",
    "spread",
    "single",
    "check",
    "bulk",
    "list",
    "check_growth",
    "memory",
    "sqlite_hot",
)
RESULTS = Path(__file__).with_name("results.json")


def measurements(keys: Sequence[str]) -> list[Measurement]:
    found = []
    for key in keys:
        module = import_module(f"bench.measurements.{'list_page' if key == 'list' else key}")
        found.append(module.MEASUREMENT)
    return found


def measure(stage: Stage, chosen: Sequence[Measurement], quick: bool) -> dict[str, Any]:
    """All results by key, each shown as soon as it is there."""
    results: dict[str, Any] = {}
    print(titles(), flush=True)
    for measurement in chosen:
        try:
            comparisons = measurement.run(stage)
        except Skipped as skipped:
            print(f"{measurement.key:<14} skipped: {skipped}", flush=True)
            results[measurement.key] = {"skipped": str(skipped)}
            continue
        results[measurement.key] = outcome(measurement, comparisons, judged=not quick)
        for name, comparison in comparisons.items():
            print(row(measurement, name, comparison, judged=not quick), flush=True)
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _options(arguments)
    # Told to stop, it stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    started = datetime.now(UTC)
    with Stage(QUICK if asked.quick else Sizes()) as stage:
        machine = describe(
            stage.folder, {"postgresql": stage.postgres.version, "workers": str(cores())}
        )
        _show(machine)
        results = measure(stage, measurements(asked.only or KEYS), asked.quick)
        written = {
            "started_at": started.isoformat(timespec="seconds"),
            "minutes": round((datetime.now(UTC) - started).total_seconds() / 60, 1),
            "quick": asked.quick,
            "machine": machine,
            "generator": generator(stage.loads),
            **results,
        }
    asked.output.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(f"Written: {asked.output}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=KEYS, metavar="KEY", help=f"one of: {', '.join(KEYS)}"
    )
    parser.add_argument(
        "--quick", action="store_true", help="small counts, to see that everything runs"
    )
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the results go")
    return parser.parse_args(arguments)


def _show(machine: Mapping[str, Any]) -> None:
    for name, value in machine.items():
        print(f"{name.replace('_', ' ')}: {value}")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
