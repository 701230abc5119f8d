"""Plans that are read in the chat, posts that change, several offices, reporting for another, groups."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _posts()
    _reports_for_others()
    _plan_uploads()


def _posts() -> None:
    op.add_column("post", sa.Column("unit", sa.String(), nullable=False, server_default=""))
    op.add_column("post", sa.Column("former_titles", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("post", sa.Column("ended", sa.Date(), nullable=True))


def _reports_for_others() -> None:
    op.add_column("report", sa.Column("basis", sa.String(), nullable=False, server_default=""))


def _plan_uploads() -> None:
    op.create_table(
        "planupload",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("office_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reading", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("plan_id", BigId, nullable=True),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_planupload_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_planupload_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_planupload_plan_id_plan")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_planupload_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planupload")),
    )
    op.create_index(op.f("ix_planupload_office_id"), "planupload", ["office_id"])


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
