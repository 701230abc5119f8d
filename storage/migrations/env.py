"""How Alembic runs here: on the connection that `storage.migrate` hands over, inside its transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import text
from sqlmodel import AutoString

from storage.columns import Millionths, UtcTime
from storage.tables import CONDITION, METADATA


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types into a revision by their short names."""
    if kind == "type":
        if isinstance(item, AutoString):
            return "sa.String()"
        if isinstance(item, (Millionths, UtcTime)):
            return f"{type(item).__name__}()"
    return False


for one in METADATA.tables.values():
    for index in one.indexes:
        if CONDITION in index.info:
            for database in ("sqlite", "postgresql"):
                index.dialect_options[database]["where"] = text(index.info[CONDITION])

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=render,
    transaction_per_migration=False,
    compare_type=True,
)
context.run_migrations()
