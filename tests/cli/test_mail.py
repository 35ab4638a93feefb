"""`seatledger mail`: what people were told, or would have been."""

import asyncio
import json

from typer.testing import CliRunner

from seatledger.cli.main import app
from seatledger.connectors import connectors
from seatledger.desk import Desk
from seatledger.domain.message import MessageKind
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.usecases.write_messages import write_message
from seatledger.worker.delivering import deliver_due
from tests.support.world import World

runner = CliRunner()


def kept(url: str) -> World:
    """A ledger in which a seat and a code were told, and kept."""
    database = Database(url)
    world = World(database)
    world.assign(world.pool().id, "ada", name="Ada")
    with database.write() as unit:
        write_message(
            unit,
            platform_id=1,
            learner_id=None,
            address="eve@acme.example",
            kind=MessageKind.LINK_CODE,
            facts={"code": "493817", "item_title": "Engines"},
            now=world.now,
        )
    return world


async def deliver(world: World) -> None:
    desk = Desk(world.database, clock=lambda: world.now)
    await deliver_due(desk, connectors(Settings(mail_url="keep:")))
    await desk.close()


def told(url: str, *arguments: str) -> str:
    result = runner.invoke(app, ["--database-url", url, "mail", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_messages_are_listed_and_shown(database_url: str) -> None:
    world = kept(database_url)
    assert "(A code that only its receiver is to see.)" in told(database_url, "show", "1")
    asyncio.run(deliver(world))
    world.database.close()
    rows = json.loads(told(database_url, "list", "--json"))
    assert [(row["kind"], row["to"], row["mail"]) for row in rows] == [
        ("link_code", "eve@acme.example", "kept"),
        ("assignment", "ada@acme.example", "kept"),
    ]
    assert "You have a seat in Course 1" in told(database_url, "list")
    assert json.loads(told(database_url, "list", "--mail", "bounced", "--json")) == []
    page = told(database_url, "show", "2")
    assert page.startswith("To: ada@acme.example\nSubject: You have a seat in Course 1\n")
    assert "\nMail: kept\n\nHello Ada,\n" in page
    assert "493817" in told(database_url, "show", "1")
    shown = json.loads(told(database_url, "show", "2", "--json"))
    assert shown["html"].startswith("<!doctype html>")


def test_an_unknown_message_is_refused(database_url: str) -> None:
    result = runner.invoke(app, ["--database-url", database_url, "mail", "show", "7"])
    assert (result.exit_code, result.stderr) == (1, "There is no such message.\n")
