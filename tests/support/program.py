"""The program `seatledger` as tests use it: in this process, or in one of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, Any

from typer.testing import CliRunner

from seatledger.cli.main import app


@dataclass(frozen=True, slots=True)
class Said:
    """What one run of the program said, and how it ended."""

    exit_code: int
    out: str
    err: str


class Program:
    """Runs commands on the ledger at `url`, which they find in the environment."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(
        self, *arguments: object, typed: str | None = None, **environment: str | None
    ) -> Said:
        found = {"SEATLEDGER_DATABASE_URL": self.url, **environment}
        words = [str(each) for each in arguments]
        result = CliRunner().invoke(app, words, input=typed, env=found)
        return Said(result.exit_code, result.stdout, result.stderr)

    def answer(self, *arguments: object) -> Any:
        """The JSON that a command answers with, when all goes well."""
        said = self(*arguments, "--json")
        assert (said.exit_code, said.err) == (0, "")
        assert said.out.count("\n") == 1
        return json.loads(said.out)

    def refusal(self, *arguments: object) -> str:
        """The code of a refusal, which is one line of JSON on standard error, and all there is."""
        said = self(*arguments, "--json")
        assert (said.exit_code, said.out) == (1, "")
        assert said.err.count("\n") == 1
        told = json.loads(said.err)
        assert set(told) == {"error", "message"}
        return str(told["error"])

    def sentence(self, *arguments: object) -> str:
        """The sentence of a refusal, which people get on standard error, and nothing else."""
        said = self(*arguments)
        assert (said.exit_code, said.out) == (1, "")
        assert said.err.count("\n") == 1
        return said.err.strip()

    def wrong_usage(self, *arguments: object) -> str:
        """What is said of a command that can't be meant."""
        said = self(*arguments)
        assert (said.exit_code, said.out) == (2, "")
        assert "Traceback" not in said.err
        return " ".join(said.err.replace("│", " ").split())


def start(
    url: str, *arguments: str | bytes, log: IO[str] | int = subprocess.PIPE
) -> "subprocess.Popen[str]":
    """The program in a process of its own; the caller ends it.

    It leads a process group. Where much is written to its standard error, `log` is a file: nobody
    reads a pipe meanwhile.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "SEATLEDGER_DATABASE_URL": url,
        "SEATLEDGER_SQLBI_RATE_PER_MINUTE": "0",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "seatledger.cli.main", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,
    )
