"""The example in examples/ as anybody runs it: a real server, and a program that only has HTTP."""

import subprocess
import sys
from pathlib import Path

from seatledger.domain.people_command import CreateToken
from seatledger.storage.engine import Database
from seatledger.usecases.verify import verify
from tests.support.cast import OPERATOR
from tests.support.server import serving
from tests.support.world import World

EXAMPLE = Path(__file__).parents[2] / "examples" / "learning_platform.py"
LEARNERS = 5_000
SECONDS_MAX = 100


def test_a_learning_platform_works_with_the_ledger(database: Database, database_url: str) -> None:
    token = World(database).do(CreateToken(OPERATOR, name="root", operator=True)).text
    with serving(database_url) as server:
        url = f"http://127.0.0.1:{server.port}"
        told = subprocess.run(
            [sys.executable, EXAMPLE, url, token, str(LEARNERS)],
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )
    assert (told.returncode, told.stderr) == (0, ""), told.stderr
    assert f"Imported: {{'assigned': {LEARNERS}}}" in told.stdout
    assert f"{{'True': {LEARNERS}, 'unknown_learner': 1}}" in told.stdout
    assert f"Ends moved: {{'extended': {LEARNERS - 8}}}" in told.stdout
    held = f"{LEARNERS - 5:,}"
    assert f"History tells of {held} seats held; the pool says {held}." in told.stdout
    assert ".invalid instead." in told.stdout
    assert verify(database).ok
