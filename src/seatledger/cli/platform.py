"""`seatledger platform`: the organisations that own seats."""

from typing import Annotated

import typer

from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import opened
from seatledger.domain.people_command import CreatePlatform
from seatledger.usecases.create_platforms import list_platforms
from seatledger.usecases.keep_tokens import SHELL

app = typer.Typer(help="Make and list platforms: the organisations that own seats.")


@app.command()
def create(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its key, unique.")],
    org: Annotated[str, typer.Option("--org", help="The org its items belong to, unique.")],
    name: Annotated[str, typer.Option("--name", help="What people call it.")],
    domains: Annotated[
        list[str] | None,
        typer.Option(
            "--domain",
            help="A mail domain whose addresses may hold seats; may be given several times. "
            "Without any, all may.",
        ),
    ] = None,
    email: Annotated[str, typer.Option("--email", help="The address to reach it by.")] = "",
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make a platform."""
    with opened(ctx, database_url, as_json) as shell:
        platform = shell.do(
            CreatePlatform(
                SHELL, key=key, org=org, name=name, email=email, domains=tuple(domains or ())
            )
        )
        shell.answers.say({"platform_key": platform.key}, f"Platform {platform.key} is made.")


@app.command("list")
def list_all(ctx: typer.Context, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """List all platforms."""
    with opened(ctx, database_url, as_json) as shell:
        platforms = [
            {
                "platform_key": platform.key,
                "org": platform.org,
                "name": platform.name,
                "email": platform.email,
                "domains": list(platform.domains),
                "created": platform.created,
            }
            for platform in shell.ask(list_platforms, SHELL)
        ]
        shell.answers.show(platforms, ["platform_key", "org", "name", "email", "domains"])
