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
    _beginnings()
    _plan_uploads()
    _several_offices()
    _groups()
    _doors()
    _invitations()


def _posts() -> None:
    op.add_column("post", sa.Column("unit", sa.String(), nullable=False, server_default=""))
    op.add_column("post", sa.Column("former_titles", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("post", sa.Column("ended", sa.Date(), nullable=True))


def _reports_for_others() -> None:
    op.add_column("report", sa.Column("basis", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "behalf",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("office_id", BigId, nullable=False),
        sa.Column("post_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("holder_id", BigId, nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("confirmed_by", BigId, nullable=True),
        sa.Column("confirmed_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_behalf_office_id_office")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_behalf_post_id_post")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_behalf_person_id_person")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_behalf_holder_id_person")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_behalf_confirmed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_behalf")),
    )
    op.create_index(op.f("ix_behalf_office_id"), "behalf", ["office_id"])
    op.create_table(
        "behalffigure",
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("behalf_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_behalffigure_report_id_report")),
        sa.ForeignKeyConstraint(["behalf_id"], ["behalf.id"], name=op.f("fk_behalffigure_behalf_id_behalf")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_behalffigure")),
    )
    op.create_index(op.f("ix_behalffigure_behalf_id"), "behalffigure", ["behalf_id"])


def _beginnings() -> None:
    op.add_column("report", sa.Column("to_date", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("achievement", sa.Column("unknown_before", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "openingasked",
        sa.Column("post_id", BigId, nullable=False),
        sa.Column("begins", sa.String(), nullable=False),
        sa.Column("office_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_openingasked_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_openingasked_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_openingasked_post_id_post")),
        sa.PrimaryKeyConstraint("post_id", "begins", name=op.f("pk_openingasked")),
    )
    op.create_index(op.f("ix_openingasked_office_id"), "openingasked", ["office_id"])


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


def _several_offices() -> None:
    op.add_column("conversation", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("chosen", sa.Boolean(), nullable=False, server_default=sa.true()))
        account.drop_constraint(op.f("uq_account_channel"), type_="unique")
        account.create_unique_constraint(op.f("uq_account_channel"), ["channel", "address", "conversation_id"])
    op.create_index(
        "uq_account_chosen",
        "account",
        ["channel", "address"],
        unique=True,
        sqlite_where=sa.text("chosen"),
        postgresql_where=sa.text("chosen"),
    )
    op.create_table(
        "overseer",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kabupaten", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("joined_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("conversation_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_overseer_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overseer")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_overseer_code_hash")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_overseer_conversation_id")),
    )


def _groups() -> None:
    op.create_table(
        "officegroup",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("conversation_id", BigId, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("office_id", BigId, nullable=True),
        sa.Column("asked_by", BigId, nullable=True),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_officegroup_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_officegroup_office_id_office")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_officegroup_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_officegroup_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officegroup")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_officegroup_conversation_id")),
    )
    op.create_index(op.f("ix_officegroup_office_id"), "officegroup", ["office_id"])


def _doors() -> None:
    op.create_table(
        "door",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door")),
        sa.UniqueConstraint("channel", name=op.f("uq_door_channel")),
    )


def _invitations() -> None:
    with op.batch_alter_table("invite") as invite:
        invite.add_column(sa.Column("person_id", BigId, nullable=True))
        invite.create_foreign_key(op.f("fk_invite_person_id_person"), "person", ["person_id"], ["id"])


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
