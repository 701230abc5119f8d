"""The record is sealed entry by entry, and what was reported or recorded cannot be changed behind our back."""

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, Executable, delete, func, select, text, update

from domain.periods import Period
from storage import audit_chain, inbox
from storage.audit import Actor, record
from storage.audit_chain import Broken
from storage.engine import DatabaseError, writing
from storage.inbox import NewMessage
from storage.reports import NewReport
from storage.tables import Audit, AuditSeal, Inbox, Report, table
from tests.offices import BUKU, NOW, MadeOffice, desk_of, make_office
from tests.together import together

SARI = "Sari Andini"
ACTOR = Actor(None, None, "", "test", None)
_audit, _seal, _report = table(Audit), table(AuditSeal), table(Report)


def add_entries(connection: Connection, made: MadeOffice, number: int) -> None:
    for at in range(number):
        record(connection, made.id, ACTOR, NOW, "tested", f"entry {at}", reason='Karena "diuji" – é')


def unguarded(connection: Connection, statement: Executable) -> None:
    """What somebody with the rights of the owner could do: put the guard aside first."""
    if connection.dialect.name == "sqlite":
        for name in ("audit", "auditseal"):
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}_no_{verb}"))
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.execute(statement)


def test_entries_are_sealed_once_in_their_order(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        add_entries(connection, made, 3)
        waiting = audit_chain.state(connection, made.id)
        assert (waiting.sealed, waiting.unsealed, waiting.broken) == (0, 4, None)
        assert audit_chain.offices_to_seal(connection) == [made.id]
        assert audit_chain.seal(connection, made.id, NOW) == 4
        assert audit_chain.seal(connection, made.id, NOW) == 0
        assert audit_chain.offices_to_seal(connection) == []
        add_entries(connection, made, 1)
        assert audit_chain.seal(connection, made.id, NOW + timedelta(minutes=1)) == 1
        found = audit_chain.state(connection, made.id)
        numbers = connection.execute(select(_seal.c.number).order_by(_seal.c.audit_id)).scalars().all()
    assert (found.sealed, found.unsealed, found.broken, numbers) == (5, 0, None, [1, 2, 3, 4, 5])


def test_an_entry_that_was_committed_late_is_sealed_by_the_next_pass(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        late = connection.execute(select(func.max(_audit.c.id))).scalar_one() + 1
        values = {"office_id": made.id, "action": "tested", "subject": "x", "at": NOW}
        blank = dict.fromkeys(("capacity", "old", "new", "reason", "channel"), "")
        connection.execute(_audit.insert().values(id=late + 1, **values, **blank))
        audit_chain.seal(connection, made.id, NOW)
        connection.execute(_audit.insert().values(id=late, **values, **blank))
        assert audit_chain.offices_to_seal(connection) == [made.id]
        audit_chain.seal(connection, made.id, NOW)
        found = audit_chain.state(connection, made.id)
    assert (found.broken, found.unsealed) == (None, 0)


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda: update(_audit).where(_audit.c.subject == "entry 1").values(reason="lain"), Broken(3, "entry changed")),
        (lambda: update(_seal).where(_seal.c.number == 3).values(seal="ab"), Broken(3, "entry changed")),
        (lambda: delete(_seal).where(_seal.c.number == 2), Broken(2, "missing")),
    ],
    ids=["a changed entry", "a changed seal", "a gap"],
)
def test_a_change_or_a_gap_is_found(engine: Engine, tamper: Callable[[], Executable], found: Broken) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        add_entries(connection, made, 4)
        audit_chain.seal(connection, made.id, NOW)
        unguarded(connection, tamper())
        assert audit_chain.state(connection, made.id).broken == found
        connection.rollback()


COLUMNS: dict[str, object] = {
    "office_id": None, "person_id": None, "post_id": None, "capacity": "Plt", "action": "lain", "subject": "lain",
    "old": "9", "new": "9", "reason": "lain", "channel": "lain", "inbox_id": None, "at": NOW + timedelta(seconds=1),
}  # fmt: skip
"""Every column of an entry beside its id, and what somebody could put there."""


def test_every_column_of_an_entry_is_tampered_with() -> None:
    assert set(COLUMNS) | {"id"} == {column.name for column in _audit.columns}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found(column: str, engine: Engine) -> None:
    """Also in a row of which nothing is empty, and one that is given to another office."""
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Sebelah")
        inbox.store(connection, [NewMessage("telegram", "1", "x", "m", {"kind": "text", "body": "1"})], NOW)
        said = connection.execute(select(func.max(table(Inbox).c.id))).scalar_one()
        actor = Actor(made.people[SARI], made.posts["Kasi Pemerintahan"], "definitif", "telegram", said)
        record(connection, made.id, actor, NOW, "reported", "indicator 1 2022-03", old="1", new="2", reason="salah")
        add_entries(connection, made, 1)
        audit_chain.seal(connection, made.id, NOW)
        value = other.id if column == "office_id" else COLUMNS[column]
        unguarded(connection, update(_audit).where(_audit.c.action == "reported").values({column: value}))
        assert audit_chain.state(connection, made.id).broken == Broken(2, "entry changed")
        connection.rollback()


def test_an_entry_that_was_put_in_between_is_sealed_late_or_breaks_the_chain(engine: Engine) -> None:
    """It cannot take a number that is taken: at best it stands behind those that were sealed before it."""
    with writing(engine) as connection:
        made = make_office(connection)
        add_entries(connection, made, 2)
        audit_chain.seal(connection, made.id, NOW)
        add_entries(connection, made, 1)
        assert audit_chain.state(connection, made.id).unsealed == 1
        forged = {"office_id": made.id, "number": 2, "seal": "ab", "sealed_at": NOW}
        newest = connection.execute(select(func.max(_audit.c.id))).scalar_one()
        with pytest.raises(DatabaseError), connection.begin_nested():
            connection.execute(_seal.insert().values(audit_id=newest, **forged))
        connection.execute(_seal.insert().values(audit_id=newest, **{**forged, "number": 4}))
        assert audit_chain.state(connection, made.id).broken == Broken(4, "entry changed")


def test_the_chains_of_two_offices_do_not_mix(engine: Engine) -> None:
    with writing(engine) as connection:
        one, other = make_office(connection), make_office(connection, name="Sebelah")
        add_entries(connection, one, 2)
        add_entries(connection, other, 1)
        for made in (one, other):
            audit_chain.seal(connection, made.id, NOW)
        assert [audit_chain.state(connection, made.id).sealed for made in (one, other)] == [3, 2]
        assert {entry.subject for entry in audit_chain.entries(connection, other.id)} >= {"entry 0"}
        assert len(audit_chain.entries(connection, other.id)) == 2


def test_two_processes_that_seal_at_once_make_one_chain(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        add_entries(connection, made, 20)
    ready = threading.Barrier(2)

    def seal() -> int:
        ready.wait()
        with writing(engine) as connection:
            return audit_chain.seal(connection, made.id, NOW)

    assert sorted(together([seal, seal])) == [0, 21]
    with writing(engine) as connection:
        assert audit_chain.state(connection, made.id).broken is None


@pytest.mark.parametrize("name", ["report", "audit", "auditseal"])
@pytest.mark.parametrize("verb", ["change", "delete"])
def test_the_database_refuses_to_change_what_is_only_added_to(engine: Engine, name: str, verb: str) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], Period.month(2022, 3), Decimal(1))])
        audit_chain.seal(connection, made.id, NOW)
    columns = {"report": "value", "audit": "reason", "auditseal": "seal"}
    change = f"UPDATE {name} SET {columns[name]} = {columns[name]}" if verb == "change" else f"DELETE FROM {name}"
    with pytest.raises(DatabaseError, match="only added to"), writing(engine) as connection:
        connection.execute(text(change))


def test_no_code_of_ours_changes_a_reported_value(engine: Engine) -> None:
    with pytest.raises(DatabaseError, match="only added to"), writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], Period.month(2022, 3), Decimal(1))])
        connection.execute(update(_report).values(value=Decimal(2)))
