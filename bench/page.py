"""`python -m bench.page RESULTS`: the table of docs/performance.md, from a file of results."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HEAD = "| key, variant | aim | ratio | ours | against |\n|---|---|---|---|---|"


def table(results: Mapping[str, Any]) -> str:
    """One line for each variant of each measurement, in Markdown."""
    return "\n".join([HEAD, *_lines(results)])


def _lines(results: Mapping[str, Any]) -> Iterator[str]:
    for key, found in results.items():
        if not isinstance(found, dict) or not {"skipped", "ratio"} & set(found):
            continue
        if "skipped" in found:
            yield f"| `{key}` | | skipped: {found['skipped']} | | |"
            continue
        for name, variant in found["variants"].items():
            sides = f"{_side(variant['ours'])} | {_side(variant['theirs'])}"
            yield f"| `{key}` {name} | {found['aim']} | {variant['ratio']:.2f} | {sides} |"


def _side(readings: Mapping[str, Any]) -> str:
    cpu = ", ".join(f"{name} {s:.3g}" for name, s in readings["cpu_seconds_per_1000"].items())
    return f"{readings['median']:,.1f} {readings['unit']} ({cpu})"


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
