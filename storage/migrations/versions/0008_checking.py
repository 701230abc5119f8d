"""Figures that stand up: what evidence is, kendala and tindak lanjut, corrections that are asked for after a lock."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Millionths, UtcTime
from storage.migrations.guard import guard, guard_asked, guard_whole

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ADDED_TO_ONLY = {
    "report": (("indicator_id", "period", "revision"),),
    "budgetreport": (("line_id", "period", "revision"),),
    "review": (),
    "note": (),
    "audit": (),
    "auditseal": (("office_id", "number"), ("audit_id",)),
    "followup": (),
    "followupend": (("followup_id",),),
    "correctionrequest": (),
}
_ASKED = (
    "office_id", "indicator_id", "period", "report_id", "value", "numerator", "denominator", "note", "reason",
    "confirmed_doubt", "person_id", "post_id", "capacity", "channel", "asked_at",
)  # fmt: skip
"""What a request for a correction says."""
_EVIDENCE_WORDS = ("mime", "shown", "fingerprint", "address", "album")


def upgrade() -> None:
    op.add_column("indicator", sa.Column("evidence_kind", sa.String(), nullable=False, server_default=""))
    op.add_column("indicator", sa.Column("evidence_minimum", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("evidence") as evidence:
        for name in _EVIDENCE_WORDS:
            evidence.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        evidence.add_column(sa.Column("inbox_id", _ID, nullable=True))
        evidence.add_column(sa.Column("removed_at", UtcTime(), nullable=True))
        evidence.add_column(sa.Column("removed_by", _ID, nullable=True))
        evidence.create_foreign_key(op.f("fk_evidence_inbox_id_inbox"), "inbox", ["inbox_id"], ["id"])
        evidence.create_foreign_key(op.f("fk_evidence_removed_by_person"), "person", ["removed_by"], ["id"])
    op.create_index("ix_evidence_hash", "evidence", ["office_id", "hash"], unique=False)
    op.create_index("ix_evidence_album", "evidence", ["person_id", "album"], unique=False)
    op.create_index("ix_audit_subject", "audit", ["office_id", "subject"], unique=False)
    _follow_ups()
    _requests()
    _privacy()
    guard("followup", "followupend")
    guard_asked("correctionrequest", *_ASKED)
    for name, unique in _ADDED_TO_ONLY.items():
        guard_whole(name, *unique)


def _follow_ups() -> None:
    op.create_table(
        "followup",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("indicator_id", _ID, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("capaian", Millionths(), nullable=True),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("inbox_id", _ID, nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        *_references("followup", office="office", indicator="indicator", person="person", post="post", inbox="inbox"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup")),
    )
    for column in ("office_id", "indicator_id", "post_id"):
        op.create_index(op.f(f"ix_followup_{column}"), "followup", [column], unique=False)
    op.create_table(
        "followupend",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("followup_id", _ID, nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("evidence_id", _ID, nullable=True),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=True),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        *_references(
            "followupend", office="office", followup="followup", evidence="evidence", person="person", post="post"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followupend")),
        sa.UniqueConstraint("followup_id", name=op.f("uq_followupend_followup_id")),
    )
    op.create_index(op.f("ix_followupend_office_id"), "followupend", ["office_id"], unique=False)


def _requests() -> None:
    name = "correctionrequest"
    op.create_table(
        name,
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("indicator_id", _ID, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("report_id", _ID, nullable=False),
        sa.Column("value", Millionths(), nullable=False),
        sa.Column("numerator", Millionths(), nullable=True),
        sa.Column("denominator", Millionths(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("confirmed_doubt", sa.String(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("inbox_id", _ID, nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", _ID, nullable=True),
        sa.Column("decided_as", _ID, nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        *_references(
            name,
            office="office",
            indicator="indicator",
            report="report",
            person="person",
            post="post",
            inbox="inbox",
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f(f"fk_{name}_decided_by_person")),
        sa.ForeignKeyConstraint(["decided_as"], ["post.id"], name=op.f(f"fk_{name}_decided_as_post")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("office_id", "indicator_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)
    still_open = sa.text("decision = ''")
    op.create_index(
        f"uq_{name}_open", name, ["report_id"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )


def _privacy() -> None:
    op.add_column("office", sa.Column("kept_on", sa.Date(), nullable=True))
    op.create_table(
        "erasurerequest",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("office_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", _ID, nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        *_references("erasurerequest", office="office", person="person"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_erasurerequest_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasurerequest")),
    )
    op.create_index(op.f("ix_erasurerequest_office_id"), "erasurerequest", ["office_id"], unique=False)
    for table, words, columns in (("inbox", "said", ["said_at"]), ("outbox", "message", ["office_id", "said_at"])):
        is_kept = sa.text(f"{words} IS NOT NULL")
        op.create_index(f"ix_{table}_kept", table, columns, sqlite_where=is_kept, postgresql_where=is_kept)


def _references(table: str, **named: str) -> list[sa.ForeignKeyConstraint]:
    """Foreign keys of the columns `<name>_id`, each to the table that is named."""
    return [
        sa.ForeignKeyConstraint([f"{name}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_id_{other}"))
        for name, other in named.items()
    ]


def downgrade() -> None:
    raise NotImplementedError("there is no way back from these tables: restore a backup")
