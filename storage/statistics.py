"""What the database knows of its rows in general, by which it chooses how to find some."""

from sqlalchemy import Connection

LOOKED_AT = 400
"""Of how many rows of an index SQLite guesses how many are alike: what its authors recommend, some milliseconds in all
(sqlite.org/lang_analyze.html)."""


def gather(connection: Connection) -> None:
    """Have SQLite note how many rows each index finds; PostgreSQL does so by itself.

    Without it SQLite takes an office to have as few rows as an indicator, and looks through all of the office's years.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit={LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")
