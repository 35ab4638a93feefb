"""`seatledger key`: the keys that answers of the access check are signed with."""

from datetime import UTC, datetime

import typer

from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import opened
from seatledger.domain.signing_key import PublicKey, RotateKey
from seatledger.usecases.keep_keys import list_keys
from seatledger.usecases.keep_tokens import SHELL

app = typer.Typer(help="List and rotate the keys that answers are signed with.")


@app.command()
def rotate(ctx: typer.Context, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Make a key that signs from now on, in place of the one before."""
    with opened(ctx, database_url, as_json) as shell:
        key: PublicKey = shell.do(RotateKey(SHELL))
        shell.answers.say({"kid": key.id}, f"Key {key.id} signs from now on.")


@app.command("list")
def list_all(ctx: typer.Context, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """List all keys there ever were, without their private parts."""
    with opened(ctx, database_url, as_json) as shell:
        now = datetime.now(UTC)
        keys = [
            {
                "kid": key.id,
                "signs": key.signs,
                "published": key.is_shown(now),
                "created": key.created,
                "retired": key.retired,
            }
            for key in shell.ask(list_keys)
        ]
        shell.answers.show(keys, ["kid", "signs", "published", "created", "retired"])
