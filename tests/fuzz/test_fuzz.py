"""Schemathesis throws what the document allows, and what it doesn't, at every operation.

No answer may be a 5xx, of a status, or of a shape that the document does not know; and afterwards
the ledger keeps its promises. `make fuzz` runs this. The seed is fixed, so that a finding can be
seen again.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from seatledger.storage.engine import Database
from seatledger.usecases.verify import verify
from tests.support.program import Program
from tests.support.server import serving

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(1200)]

EXAMPLES = 20
SEED = 1
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
SURFACES = {
    "sqlbi and native": ("^/api/(licensing|v1)", "Bearer", "manager_token"),
    "ibl": ("^/api/(catalog|core|notification)", "Api-Token", "operator_token"),
}


@pytest.mark.parametrize("surface", SURFACES)
def test_no_answer_is_outside_the_document(database_url: str, tmp_path: Path, surface: str) -> None:
    paths, scheme, whose = SURFACES[surface]
    tokens = Program(database_url).answer("init", "--demo")
    with serving(database_url) as server:
        found = subprocess.run(
            [
                *(str(Path(sys.executable).with_name("schemathesis")), "run"),
                f"{server.url}/schema/openapi.json",
                *("--header", f"Authorization: {scheme} {tokens[whose]}"),
                *("--include-path-regex", paths),
                *("--checks", ",".join(CHECKS)),
                *("--max-examples", str(EXAMPLES), "--seed", str(SEED)),
                *("--suppress-health-check", "all", "--warnings", "off"),
                *("--continue-on-failure", "--no-color"),
            ],
            cwd=tmp_path,
            env=os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr[-2_000:]
    database = Database(database_url)
    report = verify(database)
    database.close()
    assert report.ok, report.offenders
