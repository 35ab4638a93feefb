"""Where the project's files are, for tests that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "seatledger"
CODE_FOLDERS = ("src", "tests", "bench")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def sources(folder: Path = SOURCE) -> list[Path]:
    """Every Python file below a folder, in order."""
    return sorted(folder.rglob("*.py"))


def written_files() -> list[Path]:
    """Every file that people write: code, pages, and what builds and checks them."""
    files = [path for folder in CODE_FOLDERS for path in sources(ROOT / folder)]
    files += sorted((ROOT / "docs").rglob("*.md"))
    files += sorted((ROOT / "src").rglob("*.md"))
    files += [ROOT / name for name in (*PAGES, "Makefile", "pyproject.toml", ".ci/run")]
    return [path for path in files if path.exists()]


def imports(path: Path) -> Iterator[str]:
    """The dotted name of each thing a file imports: `datetime` or `datetime.datetime`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def shown(path: Path) -> str:
    """A file's name as seen from the project's root."""
    return path.relative_to(ROOT).as_posix()
