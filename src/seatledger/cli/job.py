"""`seatledger job`: what became of files of rows."""

from typing import Annotated

import typer

from seatledger.cli.job_work import facts, finish, said, write_result
from seatledger.cli.options import ID_MAX, AsJson, DatabaseUrl, ResultFile
from seatledger.cli.shell import opened
from seatledger.domain.job import JobState
from seatledger.usecases.keep_jobs import JobFilter, get_job, newest_jobs
from seatledger.usecases.keep_tokens import SHELL

app = typer.Typer(help="See what became of files of rows, and work them off.")
COLUMNS = ["job_id", "pool_id", "kind", "mode", "dry_run", "state", "total", "created", "finished"]
LISTED_MAX = 1_000
JobId = Annotated[int, typer.Argument(metavar="ID", min=1, max=ID_MAX, help="The job's id.")]


@app.command("list")
def list_all(
    ctx: typer.Context,
    pool: Annotated[
        int | None,
        typer.Option("--pool", metavar="ID", min=1, max=ID_MAX, help="Only those of a pool."),
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """List jobs, the newest first, at most a thousand."""
    with opened(ctx, database_url, as_json) as shell:
        jobs = shell.ask(newest_jobs, SHELL.reach, JobFilter(pool_id=pool), LISTED_MAX)
        shell.answers.show([facts(job) for job in jobs], COLUMNS)


@app.command()
def show(
    ctx: typer.Context,
    job: JobId,
    result: ResultFile = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show one job, and how far it has come."""
    with opened(ctx, database_url, as_json) as shell:
        found = shell.ask(get_job, SHELL.reach, job)
        if result is not None:
            write_result(shell, found, result)
        shell.answers.say(*said(found))


@app.command()
def run(
    ctx: typer.Context,
    job: JobId,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Work a job off, where no server does: one that was interrupted goes on where it stopped."""
    with opened(ctx, database_url, as_json) as shell:
        done = finish(shell, shell.ask(get_job, SHELL.reach, job), lambda _: None)
        shell.answers.say(*said(done))
        if done.state is JobState.FAILED:
            raise typer.Exit(1)
