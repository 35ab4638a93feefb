"""Options that several commands have, and how their values are read."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from seatledger.domain.item import ItemKind

ID_MAX = 2**63 - 1

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        metavar="URL",
        show_default=False,
        help="Where the ledger is kept: sqlite:///path/to/file or postgresql://user@host/name. "
        "Without it, SEATLEDGER_DATABASE_URL says so.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, on one line.")]


@dataclass(frozen=True, slots=True)
class ItemName:
    """An item as the command line names it: KIND:KEY."""

    kind: ItemKind
    key: str


def read_item(text: str) -> ItemName:
    """`course:course-v1:ORG+C+RUN`: the kind ends at the first colon, keys may have more."""
    kind, _, key = text.partition(":")
    if kind not in set(ItemKind) or not key.strip():
        kinds = ", ".join(ItemKind)
        raise typer.BadParameter(f"{text!r} is not KIND:KEY, where KIND is one of {kinds}.")
    return ItemName(ItemKind(kind), key)


def read_instant(text: str) -> datetime:
    """A date (its midnight) or an instant, in UTC where nothing else is said."""
    try:
        instant = datetime.fromisoformat(text.strip())
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{text!r} is neither a date, as 2027-01-31, nor an instant, as 2027-01-31T18:00:00Z."
        ) from None


ResultFile = Annotated[
    Path | None,
    typer.Option(
        "--result",
        metavar="FILE",
        dir_okay=False,
        writable=True,
        help="Write the rows here, with what came of each.",
    ),
]
