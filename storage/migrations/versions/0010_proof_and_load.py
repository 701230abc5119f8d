"""Figures that are counted as they are written: roll-ups of every post and period."""

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_COUNTS = (
    "duties", "services", "asked", "asked_services", "reported", "verified", "approved", "sampled", "judged", "missing",
    "counted", "at_100", "at_110", "at_120", "whole", "rest", "quoted", "quoted_services", "judged_to_date",
    "missing_to_date", "counted_to_date", "verified_to_date", "weighed", "unverified", "progress", "sampled_to_date",
    "at_100_to_date", "at_110_to_date", "at_120_to_date", "whole_to_date", "rest_to_date",
)  # fmt: skip


def upgrade() -> None:
    _figures_as_they_count()
    _stamps()
    _rollups()
    _messages_of_a_minute()
    _upkeep()


def _figures_as_they_count() -> None:
    """Empty until `storage.migrate` has the figures of every office computed again."""
    with op.batch_alter_table("achievement") as achievement:
        achievement.add_column(sa.Column("post_id", BigId, nullable=True))
        achievement.add_column(sa.Column("judged_every", sa.Integer(), nullable=False, server_default="0"))
        for name in ("service", "asked", "sampled", "progress"):
            achievement.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ("standing", "standing_to_date"):
            achievement.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        achievement.create_foreign_key(op.f("fk_achievement_post_id_post"), "post", ["post_id"], ["id"])


def _messages_of_a_minute() -> None:
    op.add_column("conversation", sa.Column("minute_began", UtcTime(), nullable=True))
    op.add_column("conversation", sa.Column("minute_messages", sa.Integer(), nullable=False, server_default="0"))


def _stamps() -> None:
    op.add_column("indicator", sa.Column("stamp", sa.String(), nullable=False, server_default=""))


def _rollups() -> None:
    op.create_table(
        "rollup",
        sa.Column("office_id", BigId, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("post_id", BigId, nullable=False),
        sa.Column("judged_every", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rollup_office_id_office")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_rollup_post_id_post")),
        sa.PrimaryKeyConstraint("office_id", "period", "post_id", "judged_every", name=op.f("pk_rollup")),
    )


def _upkeep() -> None:
    op.create_table(
        "upkeep",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_upkeep")),
    )


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
