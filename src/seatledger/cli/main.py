"""The program `seatledger`: its commands, and what is asked before any of them."""

import sys
from typing import Annotated

import typer

from seatledger import __version__
from seatledger.cli import (
    account,
    history,
    init,
    job,
    key,
    link,
    mail,
    platform,
    pool,
    seat,
    seat_import,
    serve,
    token,
    verify,
    webhook,
    worker,
)
from seatledger.cli.options import DatabaseUrl

app = typer.Typer(
    help="A ledger of course seats that cannot be oversold.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(init.init)
app.command("serve")(serve.serve)
app.command("worker")(worker.work)
app.add_typer(platform.app, name="platform")
app.add_typer(token.app, name="token")
app.add_typer(account.app, name="account")
app.add_typer(key.app, name="key")
pool.app.command("history")(history.of_pool)
app.add_typer(pool.app, name="pool")
seat.app.command("import")(seat_import.import_seats)
seat.app.command("history")(history.of_seat)
app.add_typer(seat.app, name="seat")
app.add_typer(job.app, name="job")
app.add_typer(link.app, name="link")
app.add_typer(webhook.app, name="webhook")
app.add_typer(mail.app, name="mail")
app.command("verify")(verify.verify_ledger)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"seatledger {__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    database_url: DatabaseUrl = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """A ledger of course seats that cannot be oversold."""
    ctx.obj = database_url


def run() -> None:
    """The console script: the process ends with 0, 1 after a refusal, 2 after wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if any("\udc80" <= letter <= "\udcff" for argument in sys.argv for letter in argument):
        typer.echo("The arguments are not all UTF-8 text.", err=True)
        sys.exit(2)
    app()


if __name__ == "__main__":
    run()
