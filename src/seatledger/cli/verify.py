"""`seatledger verify`: whether what always holds does hold, on the data as it is now."""

from dataclasses import asdict

import typer

from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import opened
from seatledger.usecases.verify import Report, verify


def verify_ledger(
    ctx: typer.Context, database_url: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Compare every pool with its history; the exit code is 1 if anything is wrong."""
    with opened(ctx, database_url, as_json) as shell:
        report = shell.take(shell.ledger.run(verify))
        shell.answers.say({**asdict(report), "ok": report.ok}, _page(report))
        if not report.ok:
            raise typer.Exit(1)


def _page(report: Report) -> str:
    looked_at = f"Pools: {report.pools}, seats: {report.seats}, events: {report.events}."
    if report.ok:
        return f"All is well. {looked_at}"
    lines = [f"Promises that do not hold: {report.offender_count}. {looked_at}"]
    for offender in report.offenders:
        where = "the ledger" if offender.pool_id is None else f"pool {offender.pool_id}"
        if offender.seat_id is not None:
            where += f", seat {offender.seat_id}"
        lines.append(f"{offender.invariant}, {where}: {offender.sentence}")
    if report.offender_count > len(report.offenders):
        lines.append(f"{report.offender_count - len(report.offenders)} more are not shown.")
    return "\n".join(lines)
