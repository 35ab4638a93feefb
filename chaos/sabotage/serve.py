"""The program `seatledger` with one promise broken: CHAOS_SABOTAGE names the deed.

A server's workers import this module too, each for itself.
"""

import os

from chaos.sabotage.deeds import DEEDS
from seatledger.cli.main import run

DEEDS[os.environ["CHAOS_SABOTAGE"]]()

if __name__ == "__main__":
    run()
