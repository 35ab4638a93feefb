"""`seatledger serve`: answers requests until it is told to stop."""

import os
import signal
import socket
import sys
from typing import Annotated

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import VARIABLE, Shell, opened
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.ops import log

APPLICATION = "seatledger.app:create_app"
BACKLOG = 2048
GRACE_SECONDS = 20  # for requests that are being answered when it is told to stop
WRONG_USAGE = 2


def serve(
    ctx: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; 0.0.0.0 is all of them.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 is any that is free.")
    ] = 8000,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=1, max=64, help="How many processes answer; SQLite takes one."
        ),
    ] = 1,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Serve the ledger over HTTP, until SIGTERM or Ctrl-C: what was asked by then is answered."""
    with opened(ctx, database_url, as_json, made=False) as shell:
        if workers > 1 and shell.ledger.single_process:
            sentence = "SQLite is served by one process; for more --workers, use PostgreSQL."
            shell.answers.refuse(invalid("workers", sentence), WRONG_USAGE)
        shell.take(shell.ledger.not_ready())
        shell.ledger.close()
        listener = shell.take(_listen(host, port))
        os.environ[VARIABLE] = shell.settings.database_url  # what create_app reads, in any process
        log.configure(shell.settings.log_format, shell.settings.log_level)
        _end_well_when_told_to()
        _announce(shell, host, listener.getsockname()[1])
        if not _answer_requests(listener, workers):
            shell.answers.refuse(Refusal(Code.BROKEN, "The server did not start; see the log."))


def _end_well_when_told_to() -> None:
    """What stops the server is raised again when it has stopped, and that is no failure."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: sys.exit(0))


def _listen(host: str, port: int) -> socket.socket | Refusal:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        return socket.create_server(
            (host, port), family=family, backlog=BACKLOG, dualstack_ipv6=both
        )
    except (OSError, UnicodeError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).partition(" (")[0]
        return Refusal(Code.UNAVAILABLE, f"Can't listen on {host}, port {port}: {reason}.")


def _announce(shell: Shell, host: str, port: int) -> None:
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    docs = f"{url}/schema"
    shell.answers.say(
        {"url": url, "docs": docs}, f"Seatledger listens on {url}; its interfaces: {docs}"
    )


def _answer_requests(listener: socket.socket, workers: int) -> bool:
    """Run until told to stop; False where it never came to that."""
    config = uvicorn.Config(
        APPLICATION,
        factory=True,
        http="httptools",
        ws="none",
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    if workers > 1:
        supervisor = Multiprocess(config, sockets=[listener])
        supervisor.run()
        return all(process.exitcode in {0, -signal.SIGTERM} for process in supervisor.processes)
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
    return server.started
