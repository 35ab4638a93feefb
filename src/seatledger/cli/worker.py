"""`seatledger worker`: sweeps and works on jobs, apart from the processes that answer requests."""

import asyncio
import signal
from dataclasses import asdict
from typing import Annotated

import typer

from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import Shell, opened
from seatledger.desk import Desk
from seatledger.ops import log
from seatledger.worker import at_work, once


def work(
    ctx: typer.Context,
    only_once: Annotated[
        bool, typer.Option("--once", help="Do what there is to do now, and end.")
    ] = False,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Sweep and work on jobs until SIGTERM or Ctrl-C; several may, and beside servers too."""
    with opened(ctx, database_url, as_json) as shell:
        log.configure(shell.settings.log_format, shell.settings.log_level)
        desks = shell.ledger.run(lambda database: Desk(database, clock=shell.ledger.clock))
        asyncio.run(_work(shell, shell.take(desks), only_once=only_once))


async def _work(shell: Shell, desk: Desk, *, only_once: bool) -> None:
    if only_once:
        did = await once(desk, shell.settings)
        told = (
            f"Seats lapsed: {did.lapsed}; chunks of rows: {did.chunks}; "
            f"deliveries tried: {did.delivered}."
        )
        shell.answers.say(asdict(did), told)
    else:
        shell.answers.say({"working": True}, "The worker is at work.")
        async with at_work(desk, shell.settings):
            await _told_to_stop()
    await desk.close()


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await stop.wait()
