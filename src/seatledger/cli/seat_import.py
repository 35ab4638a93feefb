"""`seatledger seat import`: a file of learners, seated by the same job that the interface makes."""

import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from seatledger.cli.job_work import finish, said, write_result
from seatledger.cli.options import AsJson, DatabaseUrl, ResultFile, read_instant
from seatledger.cli.seat import PoolId
from seatledger.cli.shell import Shell, opened
from seatledger.domain.job import FINE, Job, JobKind, JobMode, JobState
from seatledger.domain.job_command import CreateJob
from seatledger.usecases.job_files import pack_csv
from seatledger.usecases.keep_tokens import SHELL

File = Annotated[
    typer.FileBinaryRead,
    typer.Argument(metavar="FILE", help="A CSV file with a column of addresses; - is the input."),
]


def import_seats(
    ctx: typer.Context,
    file: File,
    pool: PoolId,
    mode: Annotated[
        JobMode,
        typer.Option(
            "--mode", help="Each row by itself, or nothing at all where one row is refused."
        ),
    ] = JobMode.BEST_EFFORT,
    end: Annotated[
        datetime | None,
        typer.Option(
            "--end",
            parser=read_instant,
            metavar="WHEN",
            help="The date or instant (UTC) at which seats end whose row says none.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing; say what would come of each row.")
    ] = False,
    silent: Annotated[
        bool, typer.Option("--silent", help="Nobody is notified of their seat.")
    ] = False,
    result: ResultFile = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Give the learners of a file a seat each. Who holds one of the pool already keeps it."""
    with opened(ctx, database_url, as_json) as shell:
        packed = shell.take(pack_csv(file.read(), JobKind.IMPORT, end))
        made: Job = shell.do(
            CreateJob(
                SHELL,
                pool_id=pool,
                kind=JobKind.IMPORT,
                mode=mode,
                silent=silent,
                trial=dry_run,
                columns=packed.columns,
                chunks=packed.chunks,
            )
        )
        done = _watched(shell, made, shown=sys.stderr.isatty() and not as_json)
        if result is not None:
            write_result(shell, done, result)
        shell.answers.say(*said(done))
        if done.state is not JobState.DONE or set(done.counts) - set(FINE):
            raise typer.Exit(1)


def _watched(shell: Shell, job: Job, *, shown: bool) -> Job:
    """The job when it is over; meanwhile a bar says how far it is, on a terminal."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not shown) as progress:
        bar = progress.add_task("", total=job.total)
        return finish(shell, job, lambda now: progress.update(bar, completed=now.tried))
