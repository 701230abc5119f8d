"""Leave, more time, locks; late reports; messages that wait for an hour, and what counts towards a period's cap."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("stand_in_id", _ID, nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_absence_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["person.id"], name=op.f("fk_absence_stand_in_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_office_id"), "absence", ["office_id"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("wanted", sa.Date(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", _ID, nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", _ID, nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_extension_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_extension_decided_by_person")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_extension_office_id_office")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_extension_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_office_id"), "extension", ["office_id"], unique=False)
    op.create_table(
        "periodturn",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("locks", sa.Boolean(), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_periodturn_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_periodturn_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periodturn")),
    )
    op.create_index(op.f("ix_periodturn_office_id"), "periodturn", ["office_id"], unique=False)
    op.add_column("office", sa.Column("served_at", UtcTime(), nullable=True))
    op.add_column("office", sa.Column("seen_at", UtcTime(), nullable=True))
    op.add_column("report", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("opens_at", UtcTime(), nullable=True))
    op.add_column("outbox", sa.Column("counted_as", sa.String(), nullable=False, server_default=""))
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["office_id", "opens_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_outbox_counted",
        "outbox",
        ["office_id", "person_id", "counted_as"],
        unique=False,
        sqlite_where=sa.text("counted_as != ''"),
        postgresql_where=sa.text("counted_as != ''"),
    )


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
