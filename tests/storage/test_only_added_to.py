"""No way leads to a reported value being changed in place: not through the ORM, not through SQL, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel
from sqlmodel import select as orm_select

from domain.periods import Period
from storage import audit_chain
from storage.engine import DatabaseError, writing
from storage.personal_columns import SEALED
from storage.reports import NewReport
from storage.rows import add
from storage.tables import (
    METADATA,
    Audit,
    AuditSeal,
    BudgetReport,
    CorrectionRequest,
    FollowUp,
    FollowUpEnd,
    Note,
    Report,
    Review,
    table,
)
from tests.offices import BUKU, NOW, desk_of, make_office

SARI, DEWI = "Sari Andini", "Dewi Lestari"
MARCH = Period.month(2022, 3)
MODELS: dict[str, tuple[type[SQLModel], str, object]] = {
    "report": (Report, "value", Decimal(9)),
    "budgetreport": (BudgetReport, "spent", Decimal(9)),
    "review": (Review, "reason", "lain"),
    "note": (Note, "text", "lain"),
    "audit": (Audit, "new", "lain"),
    "auditseal": (AuditSeal, "seal", "ab"),
    "followup": (FollowUp, "cause", "lain"),
    "followupend": (FollowUpEnd, "word", "lain"),
    "correctionrequest": (CorrectionRequest, "value", Decimal(9)),
}
"""Of every sealed table what somebody could want to change."""

REFUSED = "only added to|duplicate key"
"""What the database says; PostgreSQL knows no insert that replaces."""


def fill(connection: Connection) -> None:
    """One row at least in every sealed table."""
    made = make_office(connection)
    desk = desk_of(connection, made, SARI)
    desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1))])
    desk.notes.add(made.indicators[BUKU], "Mohon dicek", desk.actor())
    who = {"office_id": made.id, "person_id": made.people[SARI], "post_id": made.posts["Kasi Pemerintahan"]}
    of_figure = {**who, "indicator_id": made.indicators[BUKU], "period": "2022-03", "capacity": "definitif"}
    report_id = connection.execute(select(func.max(table(Report).c.id))).scalar_one()
    asked = {"report_id": report_id, "value": Decimal(2), "reason": "salah hitung", "asked_at": NOW}
    filled = {"note": "", "confirmed_doubt": "", "channel": "telegram", "message_id": "", "decision_reason": ""}
    followup = {"kind": "hambatan", "cause": "Menunggu desa", "action": "", "handler": "", "at": NOW}
    line = {"plan_id": made.loaded.plan_id, "year": 2022, "code": "7", "position": 0, "name": "x", "level": "kegiatan"}
    spent = {"period": "2022-03", "revision": 1, "spent": Decimal(1), "source": "chat", "reported_at": NOW}
    blank = dict.fromkeys(("reason", "confirmed_doubt", "capacity", "channel", "message_id"), "")
    line_id = add(connection, METADATA.tables["budgetline"], {"office_id": made.id, "place": "", **line})
    add(connection, table(BudgetReport), {"office_id": made.id, "line_id": line_id, **spent, **blank})
    review = {"report_id": report_id, "verdict": "verified", "reason": "", "capacity": "", "at": NOW}
    add(connection, table(Review), {**who, **review})
    end = {"followup_id": add(connection, table(FollowUp), {**of_figure, **followup}), "word": "Selesai"}
    add(connection, table(FollowUpEnd), {**who, **end, "capacity": "", "at": NOW})
    add(connection, table(CorrectionRequest), {**of_figure, **asked, **filled, "decision": ""})
    audit_chain.seal(connection, made.id, NOW)


def orm_update(connection: Connection, name: str) -> None:
    model, column, value = MODELS[name]
    with Session(connection) as session:
        found = session.exec(orm_select(model)).first()
        assert found is not None
        setattr(found, column, value)
        session.add(found)
        session.flush()


def orm_delete(connection: Connection, name: str) -> None:
    with Session(connection) as session:
        session.delete(session.exec(orm_select(MODELS[name][0])).first())
        session.flush()


def orm_merge(connection: Connection, name: str) -> None:
    """A row of the same id made anew: SQLModel writes it as an UPDATE."""
    model, column, value = MODELS[name]
    with Session(connection) as session:
        found = session.exec(orm_select(model)).first()
        assert found is not None
        session.expunge(found)
        session.merge(model(**{**found.model_dump(), column: value}))
        session.flush()


def core_update(connection: Connection, name: str) -> None:
    _model, column, value = MODELS[name]
    connection.execute(update(METADATA.tables[name]).values({column: value}))


def core_delete(connection: Connection, name: str) -> None:
    connection.execute(delete(METADATA.tables[name]))


def raw_update(connection: Connection, name: str) -> None:
    column = MODELS[name][1]
    connection.execute(text(f"UPDATE {name} SET {column} = {column}"))


def raw_delete(connection: Connection, name: str) -> None:
    connection.execute(text(f"DELETE FROM {name}"))


def _row(connection: Connection, name: str) -> dict[str, Any]:
    """The first row with another value."""
    _model, column, value = MODELS[name]
    row = connection.execute(select(METADATA.tables[name]).limit(1)).mappings().one()
    return {**row, column: value}


def upsert(connection: Connection, name: str) -> None:
    of, row = METADATA.tables[name], _row(connection, name)
    column = MODELS[name][1]
    made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(of).values(row)
    connection.execute(made.on_conflict_do_update(index_elements=["id"], set_={column: row[column]}))


def replace_by_id(connection: Connection, name: str) -> None:
    """SQLite deletes the old row without asking its DELETE triggers; PostgreSQL knows no such statement."""
    made = insert(METADATA.tables[name]).values(_row(connection, name))
    connection.execute(made.prefix_with("OR REPLACE", dialect="sqlite"))


def replace_by_key(connection: Connection, name: str) -> None:
    """The same under another unique key than the id."""
    row = _row(connection, name)
    del row["id"]
    if name == "auditseal":
        row["number"] = 9999
    connection.execute(insert(METADATA.tables[name]).values(row).prefix_with("OR REPLACE", dialect="sqlite"))


def truncate(connection: Connection, name: str) -> None:
    if connection.dialect.name == "sqlite":  # its DELETE without WHERE is one, too
        raw_delete(connection, name)
    else:
        connection.execute(text(f"TRUNCATE {name} CASCADE"))


def truncate_parent(connection: Connection, name: str) -> None:
    """Emptying the office empties what refers to it."""
    if connection.dialect.name == "sqlite":
        raw_delete(connection, name)
    else:
        connection.execute(text("TRUNCATE office CASCADE"))


WAYS = (
    orm_update, orm_delete, orm_merge, core_update, core_delete, raw_update, raw_delete, upsert, replace_by_id,
    truncate, truncate_parent,
)  # fmt: skip
KEYED = ("report", "budgetreport", "auditseal", "followupend")
"""Tables that have a unique key beside the id."""


def rows(connection: Connection) -> dict[str, list[Any]]:
    return {name: list(connection.execute(select(METADATA.tables[name]))) for name in MODELS}


def test_every_sealed_table_is_tried() -> None:
    assert set(MODELS) == SEALED


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_changes_a_row(way: Callable[[Connection, str], None], engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
        before = rows(connection)
        for name in MODELS:
            with pytest.raises(DatabaseError, match=REFUSED), connection.begin_nested():
                way(connection, name)
            assert rows(connection) == before, name


def test_no_row_takes_the_place_of_another_under_its_key(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection)
        before = rows(connection)
        for name in KEYED:
            with pytest.raises(DatabaseError, match=REFUSED), connection.begin_nested():
                replace_by_key(connection, name)
            assert rows(connection) == before, name


def test_a_new_revision_is_added_all_the_same(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, SARI)
        for value in (1, 2):
            desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(value))])
        found = connection.execute(select(table(Report).c.revision, table(Report).c.value).order_by(table(Report).c.id))
        assert [tuple(row) for row in found] == [(1, Decimal(1)), (2, Decimal(2))]
        later = desk_of(connection, made, SARI, NOW + timedelta(days=1))
        assert later.duties[0].values == {MARCH: Decimal(2)}
