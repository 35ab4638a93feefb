"""The log: one line an event, on standard error, as JSON or as text.

Lines never hold tokens, e-mail addresses or query strings: what came from a request or an
exception is masked. What other libraries log through `logging` leaves in the same form.
"""

import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import msgspec
import structlog
from structlog.typing import EventDict, Processor

ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w.-]+")
TOKEN_LENGTH_MIN = 32
TOKEN = re.compile(rf"[0-9a-fA-F]{{{TOKEN_LENGTH_MIN},}}")


class RequestLine(msgspec.Struct):
    """What is told of an answered request; by then `method` and `path` are masked."""

    request_id: str
    method: str
    path: str
    status: int
    milliseconds: float
    event: Literal["request"] = "request"
    level: Literal["info"] = "info"
    timestamp: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))


def configure(log_format: str, level: str, stream: TextIO | None = None) -> None:
    """Set up the log of the process; a second call replaces the first.

    `log_format` is `json` or `text`, `level` a name as in the settings.
    """
    out = sys.stderr if stream is None else stream
    least = logging.getLevelNamesMapping()[level.upper()]
    steps: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = [structlog.processors.format_exc_info, _mask_exception]
    if log_format == "json":
        last.append(structlog.processors.JSONRenderer(_json))
    else:
        # Not the default traceback, which prints local variables, secrets among them.
        plain = structlog.dev.plain_traceback
        last.append(structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=plain))
    structlog.configure(
        processors=[*steps, *last],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    _adopt_standard_logging(steps, last, least, out)
    global _write_request  # noqa: PLW0603 - the log is the process's, as structlog's own set-up
    _write_request = _request_writer(log_format, least, out)


def tell(line: RequestLine) -> None:
    """Write the line of a request, at level `info`, in the form of all others."""
    _write_request(line)


def _request_writer(log_format: str, least: int, out: TextIO) -> Callable[[RequestLine], None]:
    """One line a request are nearly all lines: as JSON they take a shorter way than the others."""
    if least > logging.INFO:
        return lambda line: None
    if log_format != "json":
        return _write_as_event
    encode, write = msgspec.json.Encoder().encode, structlog.WriteLogger(out).msg
    return lambda line: write(encode(line).decode())


def _write_as_event(line: RequestLine) -> None:
    told = msgspec.structs.asdict(line)
    del told["level"], told["timestamp"]
    structlog.get_logger().info(**told)


_write_request = _write_as_event


def mask(text: str) -> str:
    """The text without e-mail addresses, tokens and characters that could forge a line."""
    shown = ADDRESS.sub("[address]", text) if "@" in text else text
    if len(shown) >= TOKEN_LENGTH_MIN:
        shown = TOKEN.sub("[token]", shown)
    if shown.isprintable():
        return shown
    return "".join(character if character.isprintable() else "?" for character in shown)


def _mask_exception(_logger: object, _method: str, event: EventDict) -> EventDict:
    if "exception" in event:
        event["exception"] = "\n".join(map(mask, str(event["exception"]).splitlines()))
    return event


def _json(event: EventDict, default: Callable[[Any], Any]) -> str:
    return msgspec.json.encode(event, enc_hook=default).decode()


def _adopt_standard_logging(
    steps: list[Processor], last: list[Processor], least: int, out: TextIO
) -> None:
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*steps, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(least, logging.WARNING))
    logging.getLogger("uvicorn").setLevel(least)
    access = logging.getLogger("uvicorn.access")  # its lines have query strings; ours replace it
    access.handlers[:] = []
    access.propagate = False
