"""`seatledger mail`: what people were told, sent or kept."""

from typing import Annotated, Any

import typer

from seatledger.cli.options import ID_MAX, AsJson, DatabaseUrl
from seatledger.cli.shell import PAGE_SIZE, opened
from seatledger.domain.message import MailState, Message
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.questions import Stretch
from seatledger.usecases.read_messages import MessageFilter, follow_messages, get_message

app = typer.Typer(help="Look at the messages that people were sent, or would have been.")
COLUMNS = ["id", "created", "kind", "to", "subject", "mail", "why"]
HIDDEN = "(A code that only its receiver is to see.)"


@app.command("list")
def list_all(
    ctx: typer.Context,
    state: Annotated[
        MailState | None, typer.Option("--mail", help="Only those whose mail fared so.")
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """List the messages, the oldest first."""
    with opened(ctx, database_url, as_json) as shell:
        rows: list[Message] = []
        last, more = 0, True
        while more:
            wanted = MessageFilter(mail=state)
            found = shell.ask(follow_messages, SHELL.reach, wanted, Stretch(last, PAGE_SIZE))
            rows += found.rows
            last, more = found.last_id, found.more
        shell.answers.show([_facts(each) for each in rows], COLUMNS)


@app.command()
def show(
    ctx: typer.Context,
    message_id: Annotated[
        int, typer.Argument(metavar="ID", min=1, max=ID_MAX, help="The message's id.")
    ],
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show one message: whom it is to, its subject, its plain text."""
    with opened(ctx, database_url, as_json) as shell:
        message = shell.ask(get_message, SHELL.reach, message_id)
        text = message.text if message.is_open else HIDDEN
        html = message.html if message.is_open else None
        said = {**_facts(message), "text": text, "html": html}
        shell.answers.say(said, _page(message, text))


def _facts(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "created": message.created,
        "kind": message.kind,
        "to": message.address,
        "subject": message.subject,
        "mail": message.mail,
        "why": message.why,
        "sent": message.sent,
    }


def _page(message: Message, text: str) -> str:
    why = f" ({message.why})" if message.why else ""
    return (
        f"To: {message.address}\nSubject: {message.subject}\n"
        f"Date: {message.created:%Y-%m-%d %H:%M} UTC\nMail: {message.mail}{why}\n\n{text.rstrip()}"
    )
