"""How a command answers: a sentence or a table for people, one line of JSON for programs."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from seatledger.domain.refusal import Refusal

ROWS_SHOWN_MAX = 1000
WIDE = 10_000  # columns, where there is no terminal with a width of its own


class Answers:
    """Answers on standard output, refusals on standard error."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json

    def say(self, value: dict[str, Any], sentence: str) -> None:
        """Answer with `value` as JSON, or with the sentence."""
        typer.echo(msgspec.json.encode(value) if self._as_json else sentence)

    def show(self, values: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
        """Answer with all values as a JSON array, or with their `columns` as a table.

        Of a very long list people see the beginning; programs always get all of it.
        """
        if self._as_json:
            typer.echo(msgspec.json.encode(values))
            return
        table = Table(*(column.replace("_", " ") for column in columns))
        for value in values[:ROWS_SHOWN_MAX]:
            table.add_row(*(_cell(value[column]) for column in columns))
        width = None if sys.stdout.isatty() else WIDE
        Console(markup=False, emoji=False, highlight=False, width=width).print(table)
        if len(values) > ROWS_SHOWN_MAX:
            left_out = len(values) - ROWS_SHOWN_MAX
            typer.echo(f"{left_out} more are not shown; --json answers with all.")

    def refuse(self, refusal: Refusal, exit_code: int = 1) -> NoReturn:
        """End the program with one sentence, or one JSON object, that says why."""
        said = {"error": refusal.code, "message": refusal.sentence}
        typer.echo(msgspec.json.encode(said) if self._as_json else refusal.sentence, err=True)
        raise typer.Exit(exit_code)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    if isinstance(value, dict):
        value = msgspec.json.encode(value).decode()
    return "".join(letter if letter.isprintable() else "?" for letter in str(value))
