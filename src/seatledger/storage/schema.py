"""The schema's version: upgraded by Alembic, from the migrations that ship with the package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from seatledger.storage.engine import Database

MIGRATIONS = Path(__file__).with_name("migrations")


class UnknownSchema(Exception):
    """The database's schema is none that this version of the code knows: a newer one, it may be."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to a revision; does nothing where it is there already.

    Two at once take turns. Raises Unavailable, and UnknownSchema where it can't be done.
    """
    with database.write() as unit:
        unit.connection.exec_driver_sql(database.spelling.hold_schema)
        configuration = config()
        configuration.attributes["connection"] = unit.connection
        try:
            command.upgrade(configuration, revision)
        except CommandError as error:
            raise UnknownSchema(str(error)) from error


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to a revision; data of what is dropped is lost."""
    with database.writer.connect() as connection, connection.begin():
        configuration = config()
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, revision)


def is_current(database: Database) -> bool:
    """Whether the database has the schema this version of the code was written for."""
    with database.read() as unit:
        found = MigrationContext.configure(unit.connection).get_current_revision()
    return found == ScriptDirectory.from_config(config()).get_current_head()


def config() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    return configuration
