"""`seatledger token`: what operators and managers show to the interfaces."""

from datetime import datetime
from typing import Annotated

import typer

from seatledger.cli.options import AsJson, DatabaseUrl, read_instant
from seatledger.cli.shell import opened
from seatledger.domain.actor import Role
from seatledger.domain.people_command import CreateToken, DeleteToken
from seatledger.usecases.keep_tokens import SHELL, list_tokens

app = typer.Typer(help="Make, list and delete the tokens of operators and managers.")


@app.command()
def create(
    ctx: typer.Context,
    role: Annotated[
        Role, typer.Option("--role", help="An operator sees all platforms, a manager one.")
    ],
    name: Annotated[str, typer.Option("--name", help="Its name, unique in its platform.")],
    platform: Annotated[
        str | None,
        typer.Option("--platform", metavar="KEY", help="The platform of a manager's token."),
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(
            "--expires",
            parser=read_instant,
            metavar="WHEN",
            help="The date or instant (UTC) it stops at; never, without it.",
        ),
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make a token and show it, this once."""
    if role is Role.MANAGER and platform is None:
        raise typer.BadParameter("a manager's token needs --platform.", param_hint="--role")
    if role is Role.OPERATOR and platform is not None:
        raise typer.BadParameter("an operator's token has no platform.", param_hint="--platform")
    with opened(ctx, database_url, as_json) as shell:
        minted = shell.do(
            CreateToken(
                SHELL,
                name=name,
                operator=role is Role.OPERATOR,
                platform_key=platform,
                expires=expires,
            )
        )
        shell.answers.say({"token": minted.text}, minted.text)


@app.command("list")
def list_all(ctx: typer.Context, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """List all tokens, without their texts, which are nowhere kept."""
    with opened(ctx, database_url, as_json) as shell:
        tokens = [
            {
                "name": token.name,
                "role": token.role,
                "platform_key": token.platform_key,
                "expires": token.expires,
                "created": token.created,
            }
            for token in shell.ask(list_tokens, SHELL)
        ]
        shell.answers.show(tokens, ["name", "role", "platform_key", "expires", "created"])


@app.command()
def delete(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The token's name.")],
    platform: Annotated[
        str | None,
        typer.Option(
            "--platform", metavar="KEY", help="Its platform; without it, an operator's token."
        ),
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Delete a token, which stops at once."""
    with opened(ctx, database_url, as_json) as shell:
        deleted = shell.do(DeleteToken(SHELL, name=name, platform_key=platform))
        shell.answers.say({"name": deleted}, f"Token {deleted} is deleted.")
