"""`seatledger pool`: seats bought together."""

from datetime import datetime
from typing import Annotated, Any

import typer

from seatledger.cli.options import AsJson, DatabaseUrl, ItemName, read_instant, read_item
from seatledger.cli.shell import opened
from seatledger.domain.command import OpenPool
from seatledger.domain.pool import Pool
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.questions import PoolFilter, list_pools

app = typer.Typer(help="Open and list pools: seats of one item, bought together.")
COLUMNS = ["pool_id", "platform_key", "item", "name", "size", "held", "free", "start", "end"]


Platform = Annotated[
    str, typer.Option("--platform", metavar="KEY", help="The platform that owns the seats.")
]
Item = Annotated[
    ItemName,
    typer.Option(
        "--item",
        parser=read_item,
        metavar="KIND:KEY",
        help="What a seat opens, as course:course-v1:ORG+C+RUN; the kinds are course, program, "
        "user and platform. An unknown item is made.",
    ),
]
Size = Annotated[int, typer.Option("--size", help="How many seats.")]
Title = Annotated[
    str | None,
    typer.Option("--title", help="The title of an item that is made; its key, without it."),
]
Start = Annotated[
    datetime | None,
    typer.Option(
        "--start",
        parser=read_instant,
        metavar="WHEN",
        help="The date or instant (UTC) the seats open at; now, without it.",
    ),
]
End = Annotated[
    datetime | None,
    typer.Option(
        "--end",
        parser=read_instant,
        metavar="WHEN",
        help="The date or instant (UTC) the seats close at; never, without it.",
    ),
]
Transferable = Annotated[
    bool,
    typer.Option(
        "--transferable/--no-transferable",
        help="Whether a seat that ends frees its place for another learner.",
    ),
]
ExternalId = Annotated[
    str | None,
    typer.Option("--external-id", metavar="ID", help="Its id elsewhere, unique in its kind."),
]
Name = Annotated[str | None, typer.Option("--name", help="Its name; the item's title, without it.")]


@app.command()
def create(
    ctx: typer.Context,
    platform: Platform,
    item: Item,
    size: Size,
    title: Title = None,
    start: Start = None,
    end: End = None,
    transferable: Transferable = True,
    external_id: ExternalId = None,
    name: Name = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Open a pool."""
    with opened(ctx, database_url, as_json) as shell:
        pool: Pool = shell.do(
            OpenPool(
                SHELL,
                platform_key=platform,
                item_kind=item.kind,
                item_key=item.key,
                item_title=item.key if title is None else title,
                size=size,
                start=start,
                end=end,
                transferable=transferable,
                external_id=external_id,
                name=name,
            )
        )
        shell.answers.say({"pool_id": pool.id}, f"Pool {pool.id} is open: {pool.size} seats.")


@app.command("list")
def list_all(
    ctx: typer.Context,
    platform: Annotated[
        str | None, typer.Option("--platform", metavar="KEY", help="Only this platform's.")
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """List pools, those that are over too."""
    with opened(ctx, database_url, as_json) as shell:
        now = shell.ledger.clock()
        reach = shell.ask(lambda unit: reach_of(unit, SHELL, key=platform))
        pools = shell.every(lambda page: shell.ask(list_pools, reach, PoolFilter(), page, now))
        shell.answers.show([_facts(pool) for pool in pools], COLUMNS)


def _facts(pool: Pool) -> dict[str, Any]:
    return {
        "pool_id": pool.id,
        "platform_key": pool.platform_key,
        "item": f"{pool.item.kind}:{pool.item.key}",
        "name": pool.name,
        "size": pool.size,
        "held": pool.held,
        "free": pool.free,
        "start": pool.window.start,
        "end": pool.window.end,
        "active": pool.active,
        "transferable": pool.transferable,
        "external_id": pool.external_id,
    }
