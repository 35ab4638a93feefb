"""Names the machine: no figure means anything without it."""

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

SYNCS = 101
BLOCK = b"\0" * 8192  # what PostgreSQL writes at once


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def describe(folder: Path, versions: Mapping[str, str]) -> dict[str, Any]:
    """The machine, and how long the disk under `folder` takes to make a block durable."""
    return {
        "cores": cores(),
        "cpu": _cpu_model(),
        "memory_bytes": psutil.virtual_memory().total,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        **versions,
        "fsync_microseconds": round(_sync_seconds(folder) * 1e6, 1),
        "load_average_before": round(os.getloadavg()[0], 2),
    }


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "unknown"


def _sync_seconds(folder: Path) -> float:
    """The median time of writing a block and syncing it."""
    sync = getattr(os, "fdatasync", os.fsync)
    with tempfile.TemporaryFile(dir=folder) as file:
        times = []
        for _ in range(SYNCS):
            started = time.perf_counter()
            os.pwrite(file.fileno(), BLOCK, 0)
            sync(file.fileno())
            times.append(time.perf_counter() - started)
    return statistics.median(times)
