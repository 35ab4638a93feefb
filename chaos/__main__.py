"""`python -m chaos short|long [fault …]`: exits with 1 where a promise broke."""

import argparse
import random
import sys
import time

from chaos.programme import FAULTS, LONG, SHORT
from chaos.stage import Stage, say


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("length", choices=["short", "long"])
    parser.add_argument("faults", nargs="*", metavar="fault", help=f"any of: {', '.join(FAULTS)}")
    parser.add_argument("--seed", type=int, help="repeat what a run did at random")
    asked = parser.parse_args()
    if unknown := set(asked.faults) - set(FAULTS):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    short = asked.length == "short"
    seed = asked.seed if asked.seed is not None else 1 if short else random.randrange(1_000_000)
    say(f"Seed {seed}.")
    broken = 0
    with Stage() as stage:
        for name in asked.faults or FAULTS:
            began = time.monotonic()
            report = FAULTS[name](stage, SHORT if short else LONG, seed)
            report.name = name
            say(report.line(time.monotonic() - began))
            broken += bool(report.broken)
    say(f"{broken} of {len(asked.faults or FAULTS)} faults broke a promise.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
