"""Bringing the tables of a database to this version of the program."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text

from storage.engine import DatabaseUnusable

HEAD = "0011"
"""The newest revision in `storage/migrations/versions`; a test holds the two together."""
AT_ONCE = Path(__file__).parent / "migrations" / "sqlite.sql"
"""What all revisions together make of an empty SQLite database. Written by `scripts/schema`."""
BETWEEN = ";\n\n"
"""What stands between two of its statements."""
_COUNTED_SINCE = "0010"
"""The revision from which on figures are summed up as they are written."""
_LOCK = 0x52454E41
"""The number of our advisory lock on PostgreSQL: the letters RENA."""


def upgrade(engine: Engine) -> None:
    """Apply what is missing, all or nothing; safe to run twice, and in several processes at once.

    Alembic is imported only where there is something to do, so that an ordinary start stays quick; nor is it for a new
    SQLite file, the first that somebody sees of us (docs/adr/0029). Raises DatabaseUnusable where a newer program has
    written the tables.
    """
    with engine.begin() as connection:
        upgrade_in(connection)


def upgrade_in(connection: Connection) -> None:
    """The same in the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    found = version(connection)
    if found is not None and found > HEAD:
        raise DatabaseUnusable(f"Basis data ini dari Renaksi yang lebih baru (versi {found}); perbarui programnya.")
    if found is None and connection.dialect.name == "sqlite":
        _make_at_once(connection)
    elif found != HEAD:
        migrate(connection, HEAD)
    if found is not None and found < _COUNTED_SINCE:
        _count(connection)


def _make_at_once(connection: Connection) -> None:
    """The tables of an empty database without the way they came about."""
    for statement in AT_ONCE.read_text(encoding="utf-8").split(BETWEEN):
        connection.exec_driver_sql(statement)


def _count(connection: Connection) -> None:
    """Compute the figures of every office again, which fills what sums them up."""
    from storage import figures, schema

    for office_id in connection.execute(select(schema.office.c.id)).scalars().all():
        figures.recompute_all(connection, office_id)


def version(connection: Connection) -> str | None:
    """The revision of the tables, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def migrate(connection: Connection, revision: str) -> None:
    """Bring the tables to that revision, in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
