"""What a program and its children have cost: CPU time, and memory."""

import resource
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and all its children, those that have ended included."""
    root = psutil.Process(pid)
    total = 0.0
    for process in [root, *root.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:  # its parent has its time by now
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def children_cpu_seconds() -> float:
    """CPU time of this process's children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def own_cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def memory_now() -> int:
    """Bytes of memory this process has now (its resident set)."""
    return int(psutil.Process().memory_info().rss)


def memory_peak() -> int:
    """The most bytes of memory this process ever had."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux, where alone getrusage tells the parent's peak if that is higher
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    told = next(line for line in lines if line.startswith("VmHWM:"))
    return int(told.split()[1]) * 1024
