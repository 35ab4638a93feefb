"""Every rule of the contract is held by a test that names it, or the README says why none can."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import seatledger.dialects.sqlbi

HERE = Path(__file__).parent
README = Path(seatledger.dialects.sqlbi.__file__).with_name("README.md")
RULES = {f"{number}" for number in range(1, 57)}
OPEN_POINTS = {f"O{number}" for number in range(1, 39)}


def named(sentence: str) -> set[str]:
    """The rules that a docstring begins with: `Rules 1, 2; O3` and the like, up to a colon."""
    first = sentence.strip().partition("\n")[0].partition(":")[0]
    return set(re.findall(r"\b(?:O?\d+)\b", first)) if re.match(r"Rules? \d|O\d", first) else set()


def docstrings() -> Iterator[str]:
    for path in sorted(HERE.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield ast.get_docstring(node) or ""


def unobservable() -> set[str]:
    """The first column of the README's table of what no answer can show."""
    _, _, section = README.read_text(encoding="utf-8").partition("## Not observable by API")
    rows = re.findall(r"^\| ([^|]+) \|", section.partition("\n## ")[0], re.MULTILINE)
    return set(re.findall(r"\bO?\d+\b", " ".join(rows)))


TESTED = {number for docstring in docstrings() for number in named(docstring)}


@pytest.mark.parametrize("number", sorted(RULES | OPEN_POINTS))
def test_a_rule_is_tested_or_is_said_to_be_unobservable(number: str) -> None:
    assert number in TESTED | unobservable()


def test_no_test_names_a_rule_that_the_contract_does_not_have() -> None:
    assert TESTED <= RULES | OPEN_POINTS


def test_nothing_that_a_test_shows_is_called_unobservable() -> None:
    assert unobservable() & TESTED == set()
