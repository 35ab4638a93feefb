"""What a command works with: the ledger it was asked for, and the way to answer."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
import typer

from seatledger.cli.answers import Answers
from seatledger.domain.command import Command
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.ops import log
from seatledger.ops.settings import SettingError, Settings, variable
from seatledger.usecases.ledger import Ledger, open_ledger
from seatledger.usecases.questions import Found, Page

T = TypeVar("T")
PAGE_SIZE = 2000
VARIABLE = variable("database_url")


@dataclass(frozen=True, slots=True)
class Shell:
    """The ledger and the settings of one command. A refusal ends the program."""

    ledger: Ledger
    settings: Settings
    answers: Answers

    def take(self, outcome: T | Refusal) -> T:
        """The outcome, if it is no refusal."""
        if isinstance(outcome, Refusal):
            self.answers.refuse(outcome)
        return outcome

    def do(self, command: Command) -> Any:
        return self.take(self.ledger.do(command))

    def ask(self, question: Callable[..., T | Refusal], *arguments: Any) -> T:
        return self.take(self.ledger.ask(question, *arguments))

    def every(self, page_of: Callable[[Page], Found[T]]) -> list[T]:
        """All rows of a list that is asked for page by page."""
        rows: list[T] = []
        while page := page_of(Page(len(rows) // PAGE_SIZE + 1, PAGE_SIZE)).rows:
            rows += page
            if len(page) < PAGE_SIZE:
                break
        return rows


@contextmanager
def opened(
    ctx: typer.Context, database_url: str | None, as_json: bool, *, made: bool = True
) -> Iterator[Shell]:
    """The shell of a command; its own `database_url` goes before the one in front of it.

    With `made`, the ledger must be there, with this version's schema.
    """
    answers = Answers(as_json)
    asked = ctx.find_root().obj if database_url is None else database_url
    settings = _settings(asked)
    if isinstance(settings, Refusal):
        answers.refuse(settings)
    ledger = open_ledger(settings.database_url)
    if isinstance(ledger, Refusal):
        answers.refuse(ledger)
    try:
        if made and (refusal := ledger.not_ready()):
            answers.refuse(refusal)
        yield Shell(ledger, settings, answers)
    except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - told in one sentence, whatever it is
        answers.refuse(_fault(error, settings))
    finally:
        ledger.close()


def _settings(database_url: str | None) -> Settings | Refusal:
    if database_url is None:
        environment = {**os.environ}
    elif database_url.strip():
        environment = {**os.environ, VARIABLE: database_url}
    else:
        return invalid("database_url", "--database-url is empty.")
    try:
        return Settings.read(environment)
    except SettingError as error:
        sentence = str(error)
        if database_url is not None:
            sentence = sentence.replace(VARIABLE, "--database-url", 1)
        return invalid("database_url", sentence)


def _fault(error: Exception, settings: Settings) -> Refusal:
    """What nobody planned, in one sentence; where it happened is a matter for the log."""
    log.configure(settings.log_format, settings.log_level)
    structlog.get_logger().debug("fault", exc_info=error)
    reason = log.mask(next(iter(str(error).splitlines()), "no reason given"))
    return Refusal(
        Code.BROKEN,
        f"Seatledger failed ({type(error).__name__}: {reason}); "
        f"{variable('log_level')}=debug shows where.",
    )
