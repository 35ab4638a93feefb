"""Files as spreadsheets write them: every encoding and delimiter means the same rows."""

import pytest

from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.sheet import Line, read_lines, read_text

ROWS = 'E-Mail,Name\r\nzoe@acme.example,"Zoë, Müller"\r\n'
EXPECTED = [Line(1, ["E-Mail", "Name"]), Line(2, ["zoe@acme.example", "Zoë, Müller"])]


def lines(data: bytes) -> list[Line | Refusal]:
    text = read_text(data)
    assert isinstance(text, str)
    return list(read_lines(text))


@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
        b"\xff\xfe" + ROWS.encode("utf-16-le"),
        b"\xfe\xff" + ROWS.encode("utf-16-be"),
        ROWS.encode("latin-1"),
        ROWS.encode("cp1252"),
        ROWS.replace("\r\n", "\n").encode(),
        ROWS.replace("\r\n", "\r").encode(),
        ROWS.rstrip().encode(),
        ROWS.replace(',"Zoë, Müller"', ';"Zoë, Müller"').replace("E-Mail,", "E-Mail;").encode(),
        'E-Mail\tName\nzoe@acme.example\t"Zoë, Müller"'.encode("utf-16"),
        "E-Mail\tName\nzoe@acme.example\tZoë, Müller".encode(),
    ],
)
def test_every_encoding_and_delimiter_is_read_alike(data: bytes) -> None:
    assert lines(data) == EXPECTED


def test_what_windows_adds_to_latin_1_is_read_too() -> None:
    assert read_text("Zoë – 5 €".encode("cp1252")) == "Zoë – 5 €"
    assert read_text(b"\xe9\x81") == "é\x81"


def test_the_delimiter_is_what_the_header_has_most_of_outside_its_quotes() -> None:
    assert lines(b'"a,b,c";d\n1;2\n') == [Line(1, ["a,b,c", "d"]), Line(2, ["1", "2"])]
    assert lines(b"mail\nx@a.example\n") == [Line(1, ["mail"]), Line(2, ["x@a.example"])]


def test_empty_lines_are_left_out_and_do_not_shift_the_numbers() -> None:
    data = b'\n\nmail,name\n\n , \nx@a.example,"two\nlines"\n\ny@a.example,\n'
    assert lines(data) == [
        Line(3, ["mail", "name"]),
        Line(6, ["x@a.example", "two\nlines"]),
        Line(9, ["y@a.example", ""]),
    ]


def test_an_empty_file_has_no_rows() -> None:
    assert lines(b"") == []
    assert lines(b"\xef\xbb\xbf\r\n\r\n") == []


@pytest.mark.parametrize(
    ("data", "line"),
    [(b'mail\nx\n"y\nz\n', 3), (b'mail\n"x" y\n', 2), (b"mail\n" + b"x" * 200_000, 2)],
)
def test_a_row_that_is_quoted_wrongly_ends_the_reading_and_names_its_line(
    data: bytes, line: int
) -> None:
    *_, last = lines(data)
    assert isinstance(last, Refusal)
    assert (last.code, last.field) == (Code.INVALID, "body")
    assert f"line {line} " in last.sentence


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\xfe\xff\xd8\x00", b"\xef\xbb\xbf\xff"])
def test_a_file_that_is_not_what_its_mark_says_is_refused(data: bytes) -> None:
    refusal = read_text(data)
    assert isinstance(refusal, Refusal)
    assert refusal.code is Code.INVALID
