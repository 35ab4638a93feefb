"""The Python sample of docs/moving.md runs as it is printed."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.support.program import Program
from tests.support.server import serving

PAGE = Path(__file__).parents[2] / "docs" / "moving.md"


def test_the_sample_assigns_in_one_vendors_words_and_revokes_in_the_others(
    database_url: str,
) -> None:
    (sample,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    tokens = Program(database_url).answer("init", "--demo")
    with serving(database_url) as server:
        ran = subprocess.run(
            [sys.executable, "-c", sample],
            env=os.environ
            | {"SEATLEDGER_HOST": server.url, "SEATLEDGER_TOKEN": tokens["manager_token"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("assigned and revoked")
