"""A sealed record: every entry is chained to the one before it, and what was reported or recorded is only added to."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ADDED_TO_ONLY = ("report", "budgetreport", "review", "note", "audit", "auditseal")


def upgrade() -> None:
    op.create_table(
        "auditseal",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("audit_id", _ID, nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("sealed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_auditseal_audit_id_audit")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_auditseal_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditseal")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_auditseal_office_id")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_auditseal_audit_id")),
    )
    for name in _ADDED_TO_ONLY:
        _guard(name)


def _guard(name: str) -> None:
    """Let the database itself refuse to change or delete a row."""
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is only added to'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION only_added_to()"
    )


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
