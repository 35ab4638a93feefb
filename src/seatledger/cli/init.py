"""`seatledger init`: make a ledger, or bring an older one to this version's schema."""

from typing import Annotated

import typer

from seatledger.cli import demo as demonstration
from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import opened
from seatledger.domain.actor import Role
from seatledger.domain.people_command import CreateToken
from seatledger.usecases.create_platforms import list_platforms
from seatledger.usecases.keep_tokens import SHELL, list_tokens
from seatledger.usecases.ledger import Clock, Together

FIRST_TOKEN = "first operator"  # noqa: S105 - its name, no secret


def init(
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="Also make a platform with pools and learners to try.")
    ] = False,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make the ledger, or upgrade its schema. What is there already stays as it is.

    An operator's token is made if there is none. Tokens are shown by the run that makes them.
    """
    with opened(ctx, database_url, as_json, made=False) as shell:
        shell.take(shell.ledger.upgrade())
        clock = shell.ledger.clock
        made = shell.take(shell.ledger.do_together(lambda unit: _begin(unit, clock, demo)))
        shell.answers.say(made, _page(made))


def _begin(together: Together, clock: Clock, demo: bool) -> dict[str, str]:
    """What is missing is made; the answer has the secrets that are new, and no others."""
    now = clock()
    made = {}
    tokens = together.ask(list_tokens, SHELL)
    if not any(token.role is Role.OPERATOR for token in tokens):
        first = together.do(CreateToken(SHELL, name=FIRST_TOKEN, operator=True), now)
        made["operator_token"] = first.text
    if demo:
        made["platform_key"] = demonstration.PLATFORM
        platforms = together.ask(list_platforms, SHELL)
        if all(platform.key != demonstration.PLATFORM for platform in platforms):
            made["manager_token"] = demonstration.fill(together, now)
    return made


def _page(made: dict[str, str]) -> str:
    lines = ["The ledger is ready."]
    if "operator_token" in made:
        lines.append(f"Operator's token:            {made['operator_token']}")
    if "manager_token" in made:
        lines.append(f"Manager's token of {made['platform_key']}:     {made['manager_token']}")
    if "operator_token" in made or "manager_token" in made:
        lines.append("Keep what is shown: it is shown only now.")
    return "\n".join(lines)
