"""A second channel: which one a person prefers, its window and templates, changed numbers, what became of a message."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("person", sa.Column("preferred_channel", sa.String(), nullable=False, server_default=""))
    op.add_column("account", sa.Column("window_closed_at", UtcTime(), nullable=True))
    op.add_column("outbox", sa.Column("template", sa.String(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("fate", sa.String(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("fate_at", UtcTime(), nullable=True))
    op.create_index(
        "ix_outbox_provider",
        "outbox",
        ["channel", "provider_id"],
        unique=False,
        sqlite_where=sa.text("provider_id != ''"),
        postgresql_where=sa.text("provider_id != ''"),
    )
    op.create_index(
        "ix_outbox_to_call",
        "outbox",
        ["office_id", "person_id"],
        unique=False,
        sqlite_where=sa.text("state = 'to_call'"),
        postgresql_where=sa.text("state = 'to_call'"),
    )
    op.create_table(
        "numberchange",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("decided_by", _ID, nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_numberchange_decided_by_person")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_numberchange_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_numberchange_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_numberchange")),
    )
    op.create_index(op.f("ix_numberchange_office_id"), "numberchange", ["office_id"], unique=False)
    op.create_table(
        "template",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("checked_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("channel", "name", name=op.f("uq_template_channel")),
    )


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
