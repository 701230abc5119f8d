"""Tables that are only added to: the database itself refuses to change or delete their rows."""

from alembic import op


def guard(*names: str) -> None:
    """Let the database refuse to change or delete a row of these tables."""
    for name in names:
        if op.get_context().dialect.name == "sqlite":
            _guard_in_sqlite(name)
        else:
            _guard_in_postgresql(name)


def _guard_in_sqlite(name: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is only added to'); END"
        )


def _guard_in_postgresql(name: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION only_added_to()"
    )
