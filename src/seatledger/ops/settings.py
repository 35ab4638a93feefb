"""What can be set from outside: environment variables, read once at start.

A variable that is missing or empty has its default. Variables that are not in the list are left
alone, even those that begin with SEATLEDGER_: schedulers put some there by themselves.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import platformdirs

from seatledger.domain.web_address import read_allowance
from seatledger.ops.mail_server import read_mail_url, read_sender

PREFIX = "SEATLEDGER_"


class SettingError(ValueError):
    """A variable's value can't be used. The sentence names the variable and never the value."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as people see it: the variable, what it is when not set, what it means."""

    name: str
    default: str
    meaning: str


def _text(
    read: Callable[[str], str],
    meaning: str,
    *,
    default: Callable[[], str],
    shown: str,
    secret: bool = False,
) -> Any:
    return field(
        default_factory=default,
        repr=not secret,
        metadata={"read": read, "default": shown, "meaning": meaning},
    )


def _number(default: int, meaning: str, *, least: int, most: int) -> Any:
    def read(text: str) -> int:
        if re.fullmatch(r"[0-9]{1,12}", text) is None or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return field(
        default=default, metadata={"read": read, "default": str(default), "meaning": meaning}
    )


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return text.lower()

    return read


def _days(text: str) -> str:
    """Numbers of days, or `none`."""
    words = [word.strip() for word in text.split(",")]
    if text.lower() == "none":
        return ""
    if not all(re.fullmatch(r"[0-9]{1,3}", word) and int(word) for word in words):
        raise ValueError("days from 1 to 999, separated by commas, or none")
    return ",".join(words)


def _database_url(text: str) -> str:
    if re.match(r"sqlite:///.|postgres(ql)?(\+psycopg)?://", text) is None:
        raise ValueError("sqlite:///path/to/file or postgresql://user@host/name")
    return text


def _mail_url(text: str) -> str:
    read_mail_url(text)
    return text


def _sender(text: str) -> str:
    read_sender(text)
    return text


def _private(text: str) -> str:
    read_allowance(text)
    return text


def _own_database() -> str:
    return f"sqlite:///{platformdirs.user_data_path('seatledger') / 'seatledger.db'}"


def _fitting_format() -> str:
    return "text" if sys.stderr.isatty() else "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `Settings()` is the defaults; `read` takes them from the environment."""

    database_url: str = _text(
        _database_url,
        "Where the ledger is kept: `sqlite:///path/to/file` or `postgresql://user@host/name`.",
        default=_own_database,
        shown="sqlite:///…/seatledger.db in the user's data folder",
    )
    log_format: str = _text(
        _one_of("json", "text"),
        "How a log line is written: `json`, one object a line, or `text`, for people.",
        default=_fitting_format,
        shown="text on a terminal, json elsewhere",
    )
    log_level: str = _text(
        _one_of("debug", "info", "warning", "error"),
        "The least important lines that are written: `debug`, `info`, `warning` or `error`. "
        "Requests are logged at `info`.",
        default=lambda: "info",
        shown="info",
    )
    body_bytes_max: int = _number(
        1_000_000,
        "The largest request body that is read, in bytes.",
        least=1_000,
        most=1_000_000_000,
    )
    import_bytes_max: int = _number(
        50_000_000,
        "The largest file of rows that is read (`seats:import` and the like), in bytes.",
        least=1_000,
        most=1_000_000_000,
    )
    queue_max: int = _number(
        2000,
        "How many writes may wait for the database; past it, callers are told to come again.",
        least=1,
        most=1_000_000,
    )
    patience_seconds: int = _number(
        10,
        "How long a request may wait for the database before its caller is told to come again.",
        least=1,
        most=600,
    )
    batch_max: int = _number(
        32,
        "How many waiting writes are committed together.",
        least=1,
        most=1000,
    )
    sqlbi_rate_per_minute: int = _number(
        25,
        "How many requests a minute a caller of the SQLBI interface may make; 0 is no limit.",
        least=0,
        most=1_000_000,
    )
    native_rate_per_minute: int = _number(
        0,
        "How many requests a minute a caller of the native interface may make; 0 is no limit.",
        least=0,
        most=1_000_000,
    )
    link_rate_per_minute: int = _number(
        600,
        "How many requests a minute visitors of one auto-enrolment link may make, all together; "
        "0 is no limit.",
        least=0,
        most=1_000_000,
    )
    issuer: str = _text(
        lambda text: text,
        "Who signed answers of the access check say they are from (`iss`): best the address that "
        "the ledger is served at.",
        default=lambda: "seatledger",
        shown="seatledger",
    )
    worker: str = _text(
        _one_of("inside", "apart"),
        "Who sweeps and works on jobs: each process of `seatledger serve` besides answering "
        "(`inside`), or only `seatledger worker` (`apart`).",
        default=lambda: "inside",
        shown="inside",
    )
    expiry_notice_days: str = _text(
        _days,
        "How many days before the end of a seat its holder is told, one notice for each number, "
        "separated by commas; `none` is never.",
        default=lambda: "30,7,1",
        shown="30,7,1",
    )
    reminder_days: int = _number(
        14,
        "How many days after a seat was given its holder is reminded once, if the learning system "
        "reports progress and there is none; 0 is never.",
        least=0,
        most=365,
    )
    invitation_reminder_days: int = _number(
        7,
        "How many days after an invitation was made whoever has not taken it up is reminded once; "
        "0 is never.",
        least=0,
        most=365,
    )
    sweep_seconds: int = _number(
        30,
        "How long to pause between two sweeps, which record the seats whose end has come.",
        least=1,
        most=86_400,
    )

    mail_url: str = _text(
        _mail_url,
        "Where mail is handed in: `smtp://host:port` (with STARTTLS where it is offered), "
        "`smtp+starttls://user:password@host:port` (always with it) or "
        "`smtps://user:password@host:port`. `keep:` sends nothing and keeps what would be sent in "
        "the ledger, for development. Without it, nobody is told anything.",
        default=lambda: "",
        shown="none",
        secret=True,
    )
    mail_from: str = _text(
        _sender,
        "Whom mail is from: `address@example.com` or `Name <address@example.com>`.",
        default=lambda: "Seatledger <seatledger@localhost>",
        shown="Seatledger <seatledger@localhost>",
    )
    webhook_private: str = _text(
        _private,
        "Hosts and networks that webhooks may name besides the public internet, and without TLS, "
        "separated by commas: `lms.internal, 10.1.0.0/16`.",
        default=lambda: "",
        shown="none",
    )

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """The settings that `environment` (the process's own, if None) asks for.

        Raises SettingError for the first value that can't be used.
        """
        given = os.environ if environment is None else environment
        chosen: dict[str, Any] = {}
        for each in fields(cls):
            name = variable(each.name)
            text = given.get(name, "").strip()
            if text:
                try:
                    chosen[each.name] = each.metadata["read"](text)
                except ValueError as error:
                    raise SettingError(f"{name} must be {error}.") from None
        return cls(**chosen)


def variable(field_name: str) -> str:
    """The environment variable of a field of Settings."""
    return PREFIX + field_name.upper()


def all_settings() -> list[Setting]:
    """Every setting, in the order of the documentation."""
    return [
        Setting(variable(each.name), each.metadata["default"], each.metadata["meaning"])
        for each in fields(Settings)
    ]
