"""What all tables share: their metadata, and the columns that most of them have."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, MetaData

from seatledger.storage.types import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def platform(*, index: bool = False, nullable: bool = False) -> Column[int]:
    """The tenant."""
    return Column(
        "platform_id", BigInteger, ForeignKey("platforms.id"), nullable=nullable, index=index
    )


def tenant() -> Column[int]:
    """The tenant, where a key to a row of the tenant's says that it exists: checked once is enough.

    A key to `platforms` besides would cost a look-up for each new row, and on PostgreSQL a shared
    lock on the one platform row that everybody writes for at once.
    """
    return required("platform_id", BigInteger)


def required(name: str, type_: Any, **options: Any) -> Column[Any]:
    return Column(name, type_, nullable=False, **options)
