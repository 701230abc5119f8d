"""Whether a day off was entered in the chat or by a workbook, which takes out again only what it named itself."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every day off of before came from a workbook."""
    op.add_column("officeday", sa.Column("from_workbook", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
