"""A sealed record: every entry is chained to the one before it, and what was reported or recorded is only added to."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcTime
from storage.migrations.guard import guard

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
    guard(*_ADDED_TO_ONLY)


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
