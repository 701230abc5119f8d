"""Budget lines and what is spent of them, services, the Renstra, signers, notes, slow work, snapshots made again."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Millionths, UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("indicator", sa.Column("service", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("snapshot", sa.Column("wanted", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "renstra",
        sa.Column("indicator_id", _ID, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("end_target", Millionths(), nullable=True),
        sa.Column("end_budget", Millionths(), nullable=True),
        sa.Column("early", Millionths(), nullable=True),
        sa.Column("target_two_before", Millionths(), nullable=True),
        sa.Column("realised_two_before", Millionths(), nullable=True),
        sa.Column("target_one_before", Millionths(), nullable=True),
        sa.Column("before", Millionths(), nullable=True),
        sa.Column("spent_before", Millionths(), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_renstra_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_renstra_office_id_office")),
        sa.PrimaryKeyConstraint("indicator_id", name=op.f("pk_renstra")),
    )
    op.create_index(op.f("ix_renstra_office_id"), "renstra", ["office_id"], unique=False)
    op.create_table(
        "budgetline",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("plan_id", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("pagu", Millionths(), nullable=True),
        sa.Column("pagu_revised", Millionths(), nullable=True),
        sa.Column("post_id", _ID, nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_budgetline_office_id_office")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_budgetline_plan_id_plan")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_budgetline_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgetline")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_budgetline_plan_id")),
    )
    op.create_index("ix_budgetline_versions", "budgetline", ["office_id", "year", "code"], unique=False)
    op.create_index(op.f("ix_budgetline_post_id"), "budgetline", ["post_id"], unique=False)
    op.create_table(
        "budgetreport",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("line_id", _ID, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("spent", Millionths(), nullable=False),
        sa.Column("physical", Millionths(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("confirmed_doubt", sa.String(), nullable=False),
        sa.Column("post_id", _ID, nullable=True),
        sa.Column("person_id", _ID, nullable=True),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("inbox_id", _ID, nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("reported_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_budgetreport_inbox_id_inbox")),
        sa.ForeignKeyConstraint(["line_id"], ["budgetline.id"], name=op.f("fk_budgetreport_line_id_budgetline")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_budgetreport_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_budgetreport_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_budgetreport_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgetreport")),
        sa.UniqueConstraint("line_id", "period", "revision", name=op.f("uq_budgetreport_line_id")),
    )
    op.create_index(op.f("ix_budgetreport_office_id"), "budgetreport", ["office_id"], unique=False)
    op.create_table(
        "signer",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_signer_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signer")),
    )
    op.create_index(op.f("ix_signer_office_id"), "signer", ["office_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("indicator_id", _ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=True),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("inbox_id", _ID, nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_note_inbox_id_inbox")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_note_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_note_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_note_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_indicator_id"), "note", ["indicator_id"], unique=False)
    op.create_index(op.f("ix_note_office_id"), "note", ["office_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", UtcTime(), nullable=True),
        sa.Column("said_at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_job_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(
        "ix_job_due",
        "job",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'due'"),
        postgresql_where=sa.text("state = 'due'"),
    )


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
