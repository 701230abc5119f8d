"""Plans that are read in the chat, posts that change, several offices, reporting for another, groups."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _posts()
    _reports_for_others()


def _posts() -> None:
    op.add_column("post", sa.Column("unit", sa.String(), nullable=False, server_default=""))
    op.add_column("post", sa.Column("former_titles", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("post", sa.Column("ended", sa.Date(), nullable=True))


def _reports_for_others() -> None:
    op.add_column("report", sa.Column("basis", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
