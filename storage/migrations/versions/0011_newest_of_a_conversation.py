"""The newest messages of a conversation, which every answer may need, are found without the others."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_conversation", "outbox", ["conversation_id", "id"])
    op.drop_index(op.f("ix_outbox_conversation_id"), "outbox")


def downgrade() -> None:
    raise NotImplementedError("there is no way back from this index: restore a backup")
