"""The log: one form for our lines and other libraries', and no secrets."""

import io
import logging

import pytest
import structlog

from seatledger.ops import log
from tests.ops.conftest import Lines

TOKEN = "0123456789abcdef" * 4


def test_a_line_is_one_json_object_with_time_and_level(lines: Lines) -> None:
    structlog.get_logger().info("swept", seats=3)
    (line,) = lines.read()
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "swept", "seats": 3, "level": "info"}


def test_what_json_does_not_know_is_written_as_its_repr(lines: Lines) -> None:
    structlog.get_logger().info("odd", thing=1 + 2j)
    assert lines.read()[0]["thing"] == "(1+2j)"


def test_a_text_line_is_for_people(stream: io.StringIO) -> None:
    log.configure("text", "info", stream)
    structlog.get_logger().info("swept", seats=3)
    assert "[info     ] swept" in stream.getvalue()
    assert "seats=3" in stream.getvalue()


@pytest.mark.parametrize(
    ("level", "written"),
    [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)],
)
def test_lines_below_the_level_are_not_written(
    level: str, written: int, stream: io.StringIO
) -> None:
    log.configure("json", level, stream)
    logger = structlog.get_logger()
    for method in (logger.debug, logger.info, logger.warning, logger.error):
        method("said")
    assert len(stream.getvalue().splitlines()) == written


def test_a_second_set_up_replaces_the_first(stream: io.StringIO) -> None:
    first = io.StringIO()
    log.configure("json", "info", first)
    log.configure("json", "info", stream)
    structlog.get_logger().info("ours")
    logging.getLogger("alembic").warning("theirs")
    assert first.getvalue() == ""
    assert len(stream.getvalue().splitlines()) == 2


def test_other_libraries_lines_have_the_same_form(lines: Lines) -> None:
    logging.getLogger("sqlalchemy.pool").warning("pool of %s", 3)
    (line,) = lines.read()
    assert (line["event"], line["level"], line["logger"]) == (
        "pool of 3",
        "warning",
        "sqlalchemy.pool",
    )


def test_other_libraries_are_heard_from_warnings_on(lines: Lines) -> None:
    logging.getLogger("httpx").info("GET https://example.org/?token=1")
    assert lines.text == ""


def test_the_server_tells_that_it_started_but_not_who_called(lines: Lines) -> None:
    logging.getLogger("uvicorn.error").info("Started")
    logging.getLogger("uvicorn.access").info("GET /?token=1")
    assert [line["event"] for line in lines.read()] == ["Started"]


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_traceback_is_written_without_addresses_tokens_or_local_variables(
    form: str, stream: io.StringIO
) -> None:
    log.configure(form, "info", stream)
    secret = "local" + "variable"

    def fail() -> None:
        hidden = secret
        raise ValueError(f"Key (email_key)=({'ada'}@example.org) with {TOKEN}" + hidden[:0])

    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("failed")
    written = stream.getvalue()
    assert "ValueError: Key (email_key)=([address]) with [token]" in written
    assert "ada@example.org" not in written
    assert TOKEN not in written
    assert "localvariable" not in written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/api/catalog/licenses/12", "/api/catalog/licenses/12"),
        ("/items/course-v1:org+math+2026", "/items/course-v1:org+math+2026"),
        ("/learners/ada@example.org/seats", "/learners/[address]/seats"),
        ("/learners/ada.b+c@mail.example.org", "/learners/[address]"),
        (f"/tokens/{TOKEN}", "/tokens/[token]"),
        (f"/tokens/{TOKEN.upper()}/x", "/tokens/[token]/x"),
        ("/a\nINFO forged", "/a?INFO forged"),
        ("/a\x1b[31mred", "/a?[31mred"),
        ("/größe", "/größe"),
    ],
)
def test_a_path_is_shown_without_what_is_private_or_forged(text: str, shown: str) -> None:
    assert log.mask(text) == shown
