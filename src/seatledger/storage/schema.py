"""The schema's version: upgraded by Alembic, from the migrations that ship with the package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from seatledger.storage.engine import Database

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to a revision; does nothing where it is there already."""
    with database.writer.connect() as connection, connection.begin():
        configuration = config()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)


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
