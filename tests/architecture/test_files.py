"""Files stay small, say what they are for, and leave nothing for later."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.project import SOURCE, shown, sources, written_files

LINES_MAX = 300
MARKS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|WI" r"P)\b|NotImplemented" r"Error")
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}


WRITTEN_ONCE = SOURCE / "storage" / "migrations" / "versions"  # generated, then left as they are
SHORT = [path for path in sources() if WRITTEN_ONCE not in path.parents]


@pytest.mark.parametrize("path", SHORT, ids=shown)
def test_a_source_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_MAX


@pytest.mark.parametrize("path", sources(), ids=shown)
def test_a_source_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_source_file_has_a_name_that_says_nothing() -> None:
    assert not [shown(path) for path in sorted(SOURCE.rglob("*")) if path.stem in VAGUE]


@pytest.mark.parametrize("path", written_files(), ids=shown)
def test_nothing_is_marked_as_unfinished(path: Path) -> None:
    marked = [
        f"{number}: {line}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MARKS.search(line)
    ]
    assert not marked
