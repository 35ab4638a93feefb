"""The published measurements can be taken: a quick run ends with complete, plausible results."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.page import table as table_of_page
from tests.architecture.project import ROOT


def run_bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bench.run", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def test_a_quick_run_measures_what_was_asked_and_judges_nothing(tmp_path: Path) -> None:
    output = tmp_path / "results.json"
    done = run_bench("--quick", "--only", "hot_pool", "--only", "memory", "--output", str(output))
    assert done.returncode == 0, done.stderr
    _, _, table = done.stdout.partition("---\n")
    names = [line.split()[:2] for line in table.splitlines()]
    assert names == [
        ["hot_pool", "sqlbi"],
        ["hot_pool", "ibl"],
        ["memory", "use"],
        ["Written:", str(output)],
    ]
    results = json.loads(output.read_text(encoding="utf-8"))
    about = {"started_at", "minutes", "quick", "machine", "generator"}
    assert set(results) == {"hot_pool", "memory", *about}
    check_machine(results["machine"])
    check_generator(results["generator"])
    check_measurement(results["hot_pool"], worst=min)
    check_measurement(results["memory"], worst=max)
    assert [line.split()[1] for line in table_of_page(results).splitlines()[2:]] == [
        "`hot_pool`",
        "`hot_pool`",
        "`memory`",
    ]


def test_an_unknown_measurement_is_refused_before_anything_starts(tmp_path: Path) -> None:
    refused = run_bench("--only", "nothing", "--output", str(tmp_path / "results.json"))
    assert refused.returncode == 2
    assert "invalid choice: 'nothing'" in refused.stderr
    assert not (tmp_path / "results.json").exists()


def check_machine(machine: dict[str, Any]) -> None:
    assert machine["cores"] >= 1
    assert machine["fsync_microseconds"] > 0
    assert all(machine[name] for name in ("cpu", "python", "postgresql", "system"))


def check_generator(generator: dict[str, Any]) -> None:
    """It was never at its own limit."""
    assert generator["runs"] > 0
    assert 0 < generator["core_share_max"] < 1
    assert generator["requests_per_second_of_one_core"] > generator["requests_per_second_max"]


def check_measurement(found: dict[str, Any], worst: Any) -> None:
    assert found["met"] is None
    for variant in found["variants"].values():
        ours, theirs = variant["ours"], variant["theirs"]
        assert len(ours["values"]) == len(theirs["values"]) == len(variant["ratios"]) == 1
        assert variant["ratio"] == pytest.approx(ours["median"] / theirs["median"], rel=0.01)
        for side in (ours, theirs):
            assert side["requests"] > 0
            assert side["cpu_seconds_per_1000"]
            assert min(side["cpu_seconds_per_1000"].values()) >= 0
    assert found["ratio"] == worst(variant["ratio"] for variant in found["variants"].values())
