"""docs/native/reference.md is made of the OpenAPI document, and says no more and no less.

(Only what a shape is for stands in the code: the document has no place where the server puts it.)
Where it is out of date the test fails, having written the new one: look at it and commit it.
"""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from seatledger.app import create_app
from seatledger.dialects import native
from seatledger.ops.settings import Settings
from tests.support.ledgers import SqliteLedgers

PAGE = Path(__file__).parents[2] / "docs" / "native" / "reference.md"
BASE = "/api/v1"
HEAD = """# Reference of the native API

Every operation with its parameters, then every shape. Made by a test out of the document that the
server itself gives at `/schema/openapi.json`; [README.md](README.md) is the guide. Any operation
may also answer 400, 401, 404, 429 and 503: as a `Problem`, like all errors. A page is
`{"data": [row, …], "next": cursor or null}`. An instant is ISO 8601 with an offset; answers are
in UTC.

*Repeatable* operations take the header `Idempotency-Key` and the parameter `dry_run`, and may
answer 409 and 422 for the key: see [idempotency.md](idempotency.md).
"""
EVERYWHERE = {"400", "401", "404", "429", "503"}
REPEATABLE = {"dry_run", "Idempotency-Key"}


class Document:
    """The OpenAPI document, with words for what is in it."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._schemas: dict[str, Any] = document["components"]["schemas"]
        self.paths: dict[str, Any] = {
            path: said for path, said in document["paths"].items() if path.startswith(BASE + "/")
        }
        self.used: set[str] = set()

    def type_of(self, schema: dict[str, Any]) -> str:
        """A schema in few words; a shape is a link to where it is told."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name.startswith("Page_"):
                rows = self._schemas[name]["properties"]["data"]["items"]
                return f"page of {self.type_of(rows)}"
            self.used.add(name)
            return f"[{_title(name)}](#{_title(name).lower()})"
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return " or ".join(dict.fromkeys(map(self.type_of, schema[key])))
        if "const" in schema:
            return f"`{json.dumps(schema['const'])}`"
        if "enum" in schema:
            return ", ".join(f"`{value}`" for value in schema["enum"] if value is not None)
        kinds = schema.get("type", "any")
        words = [kinds] if isinstance(kinds, str) else kinds
        return " or ".join(self._word(each, schema) for each in words)

    def _word(self, kind: str, schema: dict[str, Any]) -> str:
        if kind == "array":
            return f"list of {self.type_of(schema.get('items', {}))}"
        if kind == "string" and schema.get("format") == "date-time":
            return "instant"
        return kind

    def shapes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each shape that was spoken of, and those that it speaks of, by name."""
        told: dict[str, dict[str, Any]] = {}
        while waiting := self.used - told.keys():
            for name in waiting:
                told[name] = self._schemas[name]
                self.type_of({"oneOf": list(told[name].get("properties", {}).values())})
        yield from sorted(told.items(), key=lambda each: _title(each[0]))


def _title(name: str) -> str:
    """The name of a shape, without the modules that the document spells for telling two apart."""
    return re.sub(r"^[a-z_]+_(?=[A-Z])", "", name)


def _purposes() -> dict[str, str]:
    """What each shape says it is for, by its name."""
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.iter_modules(native.__path__, f"{native.__name__}.")
    ]
    return {
        name: " ".join((inspect.getdoc(shape) or "").split())
        for module in modules
        for name, shape in vars(module).items()
        if isinstance(shape, type)
        and issubclass(shape, msgspec.Struct)
        and "__doc__" in vars(shape)
    }


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _resource(path: str) -> str:
    return re.split(r"[/:]", path.removeprefix(BASE + "/"))[0]


def _operation(document: Document, method: str, path: str, said: dict[str, Any]) -> Iterator[str]:
    names = {each["name"] for each in said.get("parameters", ())}
    repeatable = ", repeatable" if names >= REPEATABLE else ""
    yield f"### {said['summary']}\n\n`{method.upper()} {path}`{repeatable}\n"
    rows = [
        f"| `{each['name']}` | {each['in']} | {document.type_of(each['schema'])} "
        f"| {_one_line(each.get('description') or '')} |"
        for each in said.get("parameters", ())
        if each["name"] not in REPEATABLE
    ]
    if rows:
        yield "| parameter | in | type | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    bodies = said.get("requestBody", {}).get("content", {})
    for media, body in sorted(bodies.items()):
        yield f"Body (`{media}`): {document.type_of(body.get('schema', {}))}\n"
    for status, answer in sorted(said["responses"].items()):
        if status in EVERYWHERE or (repeatable and status == "422"):
            continue
        types = [document.type_of(each["schema"]) for each in answer.get("content", {}).values()]
        meaning = answer["description"] if not status.startswith("20") or types == [] else ""
        yield f"- **{status}** {', '.join(types)} {_one_line(meaning)}".rstrip()
    yield ""


def _shape(
    document: Document, name: str, said: dict[str, Any], purpose: str | None
) -> Iterator[str]:
    yield f"### {_title(name)}\n"
    if purpose or said.get("description"):
        yield f"{purpose or said['description'].strip()}\n"
    rows = [
        f"| `{field}`{'' if field in said.get('required', ()) else ' (optional)'} "
        f"| {document.type_of(schema)} | {_meaning(schema)} |"
        for field, schema in said.get("properties", {}).items()
    ]
    if rows:
        yield "| member | type | |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    else:
        yield f"{document.type_of(said)}\n"


def _meaning(schema: dict[str, Any]) -> str:
    examples = [f"`{json.dumps(each, ensure_ascii=False)}`" for each in schema.get("examples", ())]
    words = [_one_line(schema.get("description") or ""), *(f"such as {each}" for each in examples)]
    return " ".join(filter(None, words))


def page_of(document: Document) -> str:
    """The whole page."""
    lines = [HEAD]
    resource = ""
    for path in sorted(document.paths, key=lambda path: (_resource(path), path)):
        if _resource(path) != resource:
            resource = _resource(path)
            lines.append(f"## {resource}\n")
        for method, said in sorted(document.paths[path].items()):
            lines += _operation(document, method, path, said)
    lines.append("## Shapes\n")
    purposes = _purposes()
    for name, said in document.shapes():
        lines += _shape(document, name, said, purposes.get(_title(name)))
    return "\n".join(lines).rstrip() + "\n"


@pytest.fixture
def document(sqlite_ledgers: SqliteLedgers) -> Iterator[Document]:
    url = sqlite_ledgers.empty()
    with TestClient(create_app(Settings(database_url=url))) as client:
        yield Document(client.get("/schema/openapi.json").json())
    sqlite_ledgers.drop(url)


def test_the_page_tells_what_the_document_does(document: Document) -> None:
    page = page_of(document)
    written = PAGE.read_text() if PAGE.exists() else ""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page)
    assert written == page, "docs/native/reference.md was out of date and is written anew"


def test_every_operation_tells_its_errors_as_problems(document: Document) -> None:
    for path, methods in document.paths.items():
        for method, said in methods.items():
            errors = {status: each for status, each in said["responses"].items() if status >= "4"}
            expected = EVERYWHERE if "security" in said else EVERYWHERE - {"401"}
            assert errors.keys() >= expected, (method, path)
            for status, answer in errors.items():
                assert list(answer["content"]) == ["application/problem+json"], (path, status)


def test_no_two_shapes_share_a_name(document: Document) -> None:
    page_of(document)
    names = [_title(name).lower() for name, _ in document.shapes()]
    assert len(names) == len(set(names))
