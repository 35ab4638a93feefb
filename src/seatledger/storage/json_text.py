"""The text of one member of a JSON document, the same on both engines: `true`, `5`, `word`."""

from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class json_text(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is
    """`json_text(document, key)`; NULL where the document has no such key."""

    inherit_cache = True
    type = Text()
    name = "json_text"


@compiles(json_text)
def _postgres(element: json_text, compiler: SQLCompiler, **options: Any) -> str:
    document, key = (compiler.process(each, **options) for each in element.clauses)
    return f"({document} ->> {key})"


@compiles(json_text, "sqlite")
def _sqlite(element: json_text, compiler: SQLCompiler, **options: Any) -> str:
    document, key = (compiler.process(each, **options) for each in element.clauses)
    value = "CASE type WHEN 'true' THEN type WHEN 'false' THEN type ELSE CAST(value AS TEXT) END"
    return f"(SELECT {value} FROM json_each({document}) WHERE key = {key})"


def says(document: ColumnElement[Any], key: str, value: str) -> ColumnElement[bool]:
    """Whether the document has `key` with `value`, compared as text (ibl W50)."""
    return json_text(document, key) == value
