"""`seatledger link`: links by which people take seats out of a pool by themselves."""

from typing import Annotated, Any

import typer

from seatledger.cli.options import ID_MAX, AsJson, DatabaseUrl
from seatledger.cli.shell import PAGE_SIZE, Shell, opened
from seatledger.domain.link import LinkUse
from seatledger.domain.link_command import CreateLink, DeleteLink
from seatledger.usecases.cursor_questions import Stretch
from seatledger.usecases.keep_links import follow_links
from seatledger.usecases.keep_tokens import SHELL

app = typer.Typer(help="Make, list and delete auto-enrolment links.")
COLUMNS = ["link_id", "pool_id", "quota", "live", "ever", "free", "duration_days", "auto_reassign"]


@app.command()
def create(
    ctx: typer.Context,
    pool: Annotated[
        int, typer.Option("--pool", min=1, max=ID_MAX, metavar="ID", help="The pool it lends from.")
    ],
    quota: Annotated[
        int | None,
        typer.Option("--quota", help="How many seats it lends at most; else the whole pool."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", help="For how many days each is lent; else until the pool ends."),
    ] = None,
    auto_reassign: Annotated[
        bool,
        typer.Option("--auto-reassign", help="When all are out, the oldest goes to the newcomer."),
    ] = False,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make a link, and show the token that people are given."""
    with opened(ctx, database_url, as_json) as shell:
        use: LinkUse = shell.do(
            CreateLink(
                SHELL,
                pool_id=pool,
                quota=quota,
                duration_days=days,
                auto_reassign=auto_reassign,
            )
        )
        shell.answers.say(_shown(shell, use), use.link.token)


@app.command("list")
def list_all(
    ctx: typer.Context,
    pool: Annotated[
        int | None,
        typer.Option("--pool", min=1, max=ID_MAX, metavar="ID", help="Only links of this pool."),
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """List links with the use that is made of them."""
    with opened(ctx, database_url, as_json) as shell:
        rows = [_shown(shell, use) for use in _every(shell, pool)]
        shell.answers.show(rows, [*COLUMNS, "token"])


@app.command()
def delete(
    ctx: typer.Context,
    link_id: Annotated[int, typer.Argument(min=1, max=ID_MAX, metavar="ID", help="The link.")],
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Delete a link. The seats it lent stay."""
    with opened(ctx, database_url, as_json) as shell:
        use: LinkUse = shell.do(DeleteLink(SHELL, link_id=link_id))
        shell.answers.say(
            {"link_id": use.link.id}, f"Link {use.link.id} is deleted; {use.live} seats stay."
        )


def _every(shell: Shell, pool_id: int | None) -> list[LinkUse]:
    uses: list[LinkUse] = []
    after, more = 0, True
    while more:
        stretch = Stretch(after, PAGE_SIZE)
        found = shell.ask(follow_links, SHELL.reach, pool_id, stretch, shell.ledger.clock())
        uses += found.rows
        after, more = found.last_id, found.more
    return uses


def _shown(shell: Shell, use: LinkUse) -> dict[str, Any]:
    link = use.link
    return {
        "link_id": link.id,
        "pool_id": link.pool_id,
        "platform_key": use.pool.platform_key,
        "token": link.token,
        "quota": link.quota,
        "duration_days": link.duration_days,
        "auto_reassign": link.auto_reassign,
        "live": use.live,
        "ever": use.ever,
        "free": use.free(shell.ledger.clock()),
        "created": link.created,
    }
