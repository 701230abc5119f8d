"""Tables that are only added to: the database itself refuses to change or delete their rows."""

from collections.abc import Sequence

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


def guard_whole(name: str, *unique: Sequence[str]) -> None:
    """Let the database refuse what no trigger of `guard` sees: emptying the table at once (PostgreSQL), and an insert
    that takes the place of a row (SQLite fires no DELETE trigger then). `unique` are the table's keys beside its id."""
    if op.get_context().dialect.name == "sqlite":
        taken = " OR ".join(_same(key) for key in (("id",), *unique))
        op.execute(
            f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} "
            f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {taken}) "
            f"BEGIN SELECT RAISE(ABORT, '{name} is only added to'); END"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )


def guard_asked(name: str, *asked: str) -> None:
    """Let the database refuse to delete a request, to change what was `asked`, and to decide it a second time: its
    column `decision` is empty until then. Needs the function that `guard` makes."""
    if op.get_context().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{name} is only added to'); END"
    else:
        refuse = "FOR EACH ROW EXECUTE FUNCTION only_added_to()"
    op.execute(f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}")
    op.execute(f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OF {', '.join(asked)} ON {name} {refuse}")
    first_only = "FOR EACH ROW WHEN (OLD.decision <> '') "
    op.execute(
        f"CREATE TRIGGER {name}_no_second BEFORE UPDATE ON {name} {first_only}{refuse.removeprefix('FOR EACH ROW ')}"
    )


def _same(key: Sequence[str]) -> str:
    return "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"
