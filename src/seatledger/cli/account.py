"""`seatledger account`: the people who sign in to the console."""

from typing import Annotated

import typer

from seatledger.cli.options import AsJson, DatabaseUrl
from seatledger.cli.shell import Shell, opened
from seatledger.domain.account import Account, wrong_password
from seatledger.domain.account_command import ChangeAccount, CreateAccount, SetPassword
from seatledger.domain.actor import Role
from seatledger.domain.refusal import Refusal
from seatledger.usecases import passwords
from seatledger.usecases.create_platforms import list_platforms
from seatledger.usecases.keep_accounts import list_accounts
from seatledger.usecases.keep_tokens import SHELL

app = typer.Typer(help="Make, list and switch off the accounts of people who use the console.")

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The address they sign in with.")]
Ask = Annotated[
    bool,
    typer.Option("--ask", help="Ask for the password, rather than make one up and show it once."),
]


@app.command()
def create(
    ctx: typer.Context,
    email: Email,
    name: Annotated[str, typer.Option("--name", help="What they are called.")],
    role: Annotated[
        Role, typer.Option("--role", help="An operator sees all platforms, a manager their own.")
    ],
    platforms: Annotated[
        list[str] | None,
        typer.Option(
            "--platform",
            metavar="KEY",
            help="A platform that a manager manages; may be given several times.",
        ),
    ] = None,
    ask: Ask = False,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make an account, and show its password, this once."""
    with opened(ctx, database_url, as_json) as shell:
        password = _password(shell, email, ask)
        made: Account = shell.do(
            CreateAccount(
                SHELL,
                email=email,
                name=name,
                role=role,
                platform_keys=tuple(platforms or ()),
                password=passwords.hashed(password),
            )
        )
        _tell(shell, made.email, None if ask else password)


@app.command("list")
def list_all(ctx: typer.Context, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """List all accounts."""
    with opened(ctx, database_url, as_json) as shell:
        keys = {each.id: each.key for each in shell.ask(list_platforms, SHELL)}
        accounts = [
            {
                "email": each.email,
                "name": each.name,
                "role": each.role,
                "platforms": [keys[platform_id] for platform_id in each.platform_ids],
                "active": each.active,
                "has_password": each.has_password,
                "created": each.created,
            }
            for each in shell.ask(list_accounts, SHELL)
        ]
        columns = ["email", "name", "role", "platforms", "active", "has_password", "created"]
        shell.answers.show(accounts, columns)


@app.command("password")
def set_password(
    ctx: typer.Context,
    email: Email,
    ask: Ask = False,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Give an account a new password, and sign it out everywhere."""
    with opened(ctx, database_url, as_json) as shell:
        password = _password(shell, email, ask)
        hashed = passwords.hashed(password)
        account = shell.do(SetPassword(SHELL, email=email, password=hashed))
        _tell(shell, account.email, None if ask else password)


@app.command()
def disable(
    ctx: typer.Context, email: Email, database_url: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Switch an account off, which signs it out everywhere at once."""
    _switch(ctx, email, False, database_url, as_json)


@app.command()
def enable(
    ctx: typer.Context, email: Email, database_url: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Switch an account on again."""
    _switch(ctx, email, True, database_url, as_json)


def _switch(
    ctx: typer.Context, email: str, active: bool, database_url: str | None, as_json: bool
) -> None:
    with opened(ctx, database_url, as_json) as shell:
        account = shell.do(ChangeAccount(SHELL, email=email, active=active))
        word = "on" if active else "off"
        said = {"email": account.email, "active": account.active}
        shell.answers.say(said, f"Account {account.email} is switched {word}.")


def _password(shell: Shell, email: str, ask: bool) -> str:
    """A password that was typed, or one that is made up."""
    if not ask:
        return passwords.made_up()
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    refusal: Refusal | None = wrong_password(password, email)
    if refusal is not None:
        shell.answers.refuse(refusal)
    return password


def _tell(shell: Shell, email: str, password: str | None) -> None:
    if password is None:
        shell.answers.say({"email": email}, f"Account {email} has its password.")
    else:
        said = {"email": email, "password": password}
        shell.answers.say(said, f"{email}  {password}\nKeep the password: it is shown only now.")
