"""Bringing the tables of a database to this version of the program."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

HEAD = "0001"
"""The newest revision in `storage/migrations/versions`; a test holds the two together."""
_LOCK = 0x52454E41
"""The number of our advisory lock on PostgreSQL: the letters RENA."""


def upgrade(engine: Engine) -> None:
    """Apply what is missing, all or nothing; safe to run twice, and in several processes at once.

    Alembic is imported only where there is something to do, so that an ordinary start stays quick.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if version(connection) != HEAD:
            _run_alembic(connection)


def version(connection: Connection) -> str | None:
    """The revision of the tables, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _run_alembic(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
