"""`seatledger init`: make a ledger, or bring an older one to this version's schema."""

from dataclasses import dataclass
from typing import Annotated

import typer

from seatledger.cli import demo as demonstration
from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import opened
from seatledger.domain.account_command import CreateAccount
from seatledger.domain.actor import Role
from seatledger.domain.learner import email_key
from seatledger.domain.people_command import CreateToken
from seatledger.usecases import passwords
from seatledger.usecases.create_platforms import list_platforms
from seatledger.usecases.keep_accounts import list_accounts
from seatledger.usecases.keep_tokens import SHELL, list_tokens
from seatledger.usecases.ledger import Clock, Together

FIRST_TOKEN = "first operator"  # noqa: S105 - its name, no secret
OPERATOR = "Operator"
PEOPLE = ("operator_email", "demo_manager_email", "demo_operator_email")


def init(
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="Also make a platform with pools and learners to try.")
    ] = False,
    operator: Annotated[
        str | None,
        typer.Option(
            "--operator",
            metavar="EMAIL",
            help="Also make an operator's account of the console, where there is none of this "
            "address.",
        ),
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make the ledger, or upgrade its schema. What is there already stays as it is.

    An operator's token is made if there is none. Tokens and passwords are shown by the run that
    makes them.
    """
    with opened(ctx, database_url, as_json, made=False) as shell:
        shell.take(shell.ledger.upgrade())
        clock = shell.ledger.clock
        password = passwords.made_up()
        secret = Secret(
            password, passwords.hashed(password)
        )  # before the transaction: it takes long
        made = shell.take(
            shell.ledger.do_together(lambda unit: _begin(unit, clock, demo, operator, secret))
        )
        shell.answers.say(made, _page(made))


@dataclass(frozen=True, slots=True)
class Secret:
    """A new password and its hash."""

    password: str
    hashed: str


def _begin(
    together: Together, clock: Clock, demo: bool, operator: str | None, secret: Secret
) -> dict[str, str]:
    """What is missing is made; the answer has the secrets that are new, and no others."""
    now = clock()
    made = {}
    tokens = together.ask(list_tokens, SHELL)
    if not any(token.role is Role.OPERATOR for token in tokens):
        first = together.do(CreateToken(SHELL, name=FIRST_TOKEN, operator=True), now)
        made["operator_token"] = first.text
    if operator is not None and not _has_account(together, operator):
        command = CreateAccount(
            SHELL, email=operator, name=OPERATOR, role=Role.OPERATOR, password=secret.hashed
        )
        made["operator_email"] = together.do(command, now).email
        made["password"] = secret.password
    if demo:
        made["platform_key"] = demonstration.PLATFORM
        platforms = together.ask(list_platforms, SHELL)
        if all(platform.key != demonstration.PLATFORM for platform in platforms):
            made["manager_token"] = demonstration.fill(together, now)
            made |= demonstration.sign_up(together, now, secret.hashed)
            made["password"] = secret.password
    return made


def _has_account(together: Together, email: str) -> bool:
    accounts = together.ask(list_accounts, SHELL)
    return email_key(email) in {email_key(account.email) for account in accounts}


def _page(made: dict[str, str]) -> str:
    lines = ["The ledger is ready."]
    if "operator_token" in made:
        lines.append(f"Operator's token:            {made['operator_token']}")
    if "manager_token" in made:
        lines.append(f"Manager's token of {made['platform_key']}:     {made['manager_token']}")
    if "password" in made:
        people = [made[name] for name in PEOPLE if name in made]
        lines.append(f"Sign in to the console at /console as {' or '.join(people)},")
        lines.append(f"with the password            {made['password']}")
    if made.keys() & {"operator_token", "manager_token", "password"}:
        lines.append("Keep what is shown: it is shown only now.")
    return "\n".join(lines)
