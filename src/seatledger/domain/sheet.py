"""Reads a file as spreadsheets write them: its encoding, its delimiter, its lines.

Bytes that are UTF-8 or begin with a mark are what they say; others are of the Western European code
page that Windows calls 1252, of which Latin-1 is a part.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from seatledger.domain.refusal import Code, Refusal

DELIMITERS = ",;\t"
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Line:
    """The fields of a row, and the number of the line it begins in; the first line is 1."""

    number: int
    fields: list[str]


def read_text(data: bytes) -> str | Refusal:
    """The text of a file."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                return _unreadable(f"The file is marked as {encoding.upper()} and is not.")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_lines(text: str) -> Iterator[Line | Refusal]:
    """The rows that are not empty; a Refusal as the last where a row can't be read."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=_delimiter(lines), strict=True)
    before = 0
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield Line(before + 1, fields)
            before = reader.line_num
    except csv.Error as error:
        yield _unreadable(f"The row that begins in line {before + 1} can't be read: {error}.")


def _delimiter(lines: list[str]) -> str:
    """The one that the header has most of, outside quotes."""
    header = next((line for line in lines if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _unreadable(sentence: str) -> Refusal:
    return Refusal(Code.INVALID, sentence, field="body")
