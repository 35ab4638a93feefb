"""Carry out commands of one kind in one transaction, and try again what only met another writer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from seatledger.domain.command import Command
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage.engine import Conflict, Database, Unavailable, Uncertain
from seatledger.usecases.once import once
from seatledger.usecases.rehearse import rehearse

ATTEMPTS_MAX = 5


def carry_out(database: Database, commands: Sequence[Command], now: datetime) -> list[Any]:
    """One outcome for each command: its answer, a Refusal, or the exception that it alone caused.

    The batch is tried as a whole; where that fails, each command by itself, so that only the
    culprit fails. A commit that may have gone through is never repeated (I7).
    """
    try:
        return _together(database, commands, now)
    except Uncertain:
        return [_uncertain()] * len(commands)
    except Unavailable:
        return [_unavailable()] * len(commands)
    except Exception:  # noqa: BLE001 - the culprit is found below, and keeps its error
        if len(commands) > 1:
            return [outcome for each in commands for outcome in carry_out(database, [each], now)]
        return [_alone(database, commands[0], now)]


def _alone(database: Database, command: Command, now: datetime) -> Any:
    for _ in range(ATTEMPTS_MAX):
        try:
            return _together(database, [command], now)[0]
        except Conflict:
            continue
        except Uncertain:
            return _uncertain()
        except Unavailable:
            return _unavailable()
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for this command
            return error
    return _unavailable()


def _together(database: Database, commands: Sequence[Command], now: datetime) -> list[Any]:
    if any(command.dry_run for command in commands):
        (alone,) = commands  # with others it fails: each is then tried by itself
        return [rehearse(database, alone, now)]
    with database.write() as unit:
        return once(unit, commands, now)


def _unavailable() -> Refusal:
    return Refusal(Code.UNAVAILABLE, "The ledger can't be written now; nothing was changed.")


def _uncertain() -> Refusal:
    return Refusal(
        Code.UNAVAILABLE,
        "The connection broke: look whether the change was made before repeating it.",
    )
