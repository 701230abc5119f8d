"""From SQLite to PostgreSQL: every row of every table, or nothing at all."""

import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, insert, inspect, select, text, update

from domain.periods import Period
from storage import audit_chain, moving
from storage.engine import DatabaseError, DatabaseUnusable, InUse, open_alone, open_engine, reading, writing
from storage.moving import move
from storage.personal_columns import SEALED
from storage.reports import NewReport
from storage.tables import METADATA, Door, Inbox, Job, Lease, Outbox, Post, Report, Upkeep, table
from tests.conftest import PostgresServer
from tests.offices import BUKU, NOW, desk_of, make_office
from tests.together import together

SARI = "Sari Andini"
Open = Callable[[str], Engine]
NEWEST = max((Path(__file__).parent / "filled").glob("*.sql"))
MESSAGE = {"conversation_id": 1, "channel": "telegram", "address": "1001", "said_at": NOW}
SENDING = {
    "lane": "answer",
    "counted_as": "",
    "holder": "",
    "attempts": 0,
    "provider_id": "",
    "template": "",
    "fate": "",
}
OTHERS: tuple[tuple[Any, dict[str, Any]], ...] = (
    (Inbox, {**MESSAGE, "external_id": "u1", "message_id": "1", "state": "done", "attempts": 0, "received_at": NOW,
             "said": {"kind": "text", "body": "Rp1.000 \u2013 \u201cya\u201d \U0001f44d\u0000"}}),
    (Outbox, {**MESSAGE, **SENDING, "dedup_key": "reply:1", "state": "sent", "due_at": NOW, "error": "",
              "message": {"kind": "say", "text": "a\nb"}}),
    (Job, {"conversation_id": 1, "kind": "x", "details": {"z": [1, None, {"a": 0.5}]}, "state": "due", "holder": "",
           "attempts": 0, "said_at": NOW}),
    (Lease, {"name": "poll", "holder": "h", "until": NOW}),
    (Upkeep, {"name": "backup", "at": NOW, "done_at": None, "bytes": 2**40, "trouble": ""}),
)  # fmt: skip
"""What the filled database has not: rows of the program's own bookkeeping."""


@pytest.fixture
def source(tmp_path: Path, sqlite_template: Path) -> str:
    """The URL of a migrated SQLite file."""
    shutil.copy(sqlite_template, tmp_path / "renaksi.db")
    return f"sqlite:///{tmp_path / 'renaksi.db'}"


@pytest.fixture
def filled(source: str) -> str:
    """One in which every table holds something; a post whose superior has the greater id is among it."""
    engine = open_engine(source)
    with writing(engine) as connection:
        for statement in NEWEST.read_text().split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        for model, row in OTHERS:
            connection.execute(insert(table(model)), row)
        post = {**connection.execute(select(table(Post))).mappings().all()[-1], "id": 900, "title": "Sekcam"}
        connection.execute(insert(table(Post)), post)
        connection.execute(
            update(table(Post)).where(table(Post).c.title == "Kasi Pemerintahan").values(superior_id=900)
        )
    engine.dispose()
    return source


@pytest.fixture
def target(postgres: PostgresServer, postgres_template: str) -> Iterator[Engine]:
    """A PostgreSQL whose tables are empty."""
    with made(postgres, postgres_template) as engine:
        yield engine


@pytest.fixture
def bare(postgres: PostgresServer) -> Iterator[Engine]:
    """One without any table."""
    with made(postgres) as engine:
        yield engine


@contextmanager
def made(server: PostgresServer, *template: str) -> Generator[Engine]:
    name = server.make(*template)
    engine = open_engine(server.url(name))
    yield engine
    engine.dispose()
    server.drop(name)


def rows(engine: Engine) -> dict[str, list[Any]]:
    with reading(engine) as connection:
        found = {name: connection.execute(select(one)).all() for name, one in METADATA.tables.items()}
    return {name: sorted(map(tuple, some), key=repr) for name, some in found.items()}


def moved(url: str, target: Engine) -> list[moving.Moved]:
    source = open_alone(url)
    try:
        return move(source, target)
    finally:
        source.dispose()


def test_every_row_of_every_table_arrives(filled: str, bare: Engine, open_url: Open) -> None:
    source = open_url(filled)
    before = rows(source)
    assert min(map(len, before.values())) > 0
    source.dispose()
    found = moved(filled, bare)
    assert rows(bare) == before == rows(source)
    assert {one.table: one.rows for one in found} == {name: len(some) for name, some in before.items()}


def test_ids_go_on_behind_those_that_came(filled: str, target: Engine) -> None:
    moved(filled, target)
    with writing(target) as connection:
        for name, of in METADATA.tables.items():
            if "id" in of.c:
                largest = connection.execute(select(func.max(of.c.id))).scalar_one()
                following = connection.execute(text(f"SELECT nextval(pg_get_serial_sequence('{name}', 'id'))"))
                assert following.scalar_one() == largest + 1, name


def test_what_guards_the_record_holds_there_too(filled: str, target: Engine) -> None:
    moved(filled, target)
    with writing(target) as connection:
        for name in SEALED:
            with pytest.raises(DatabaseError, match="only added to"), connection.begin_nested():
                connection.execute(delete(METADATA.tables[name]))
        with pytest.raises(DatabaseError), connection.begin_nested():
            connection.execute(insert(table(Report)), {"indicator_id": 12345})


def test_the_chain_of_the_record_holds_and_goes_on(source: str, target: Engine, open_url: Open) -> None:
    engine = open_engine(source)
    with writing(engine) as connection:
        made = make_office(connection)
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], Period.month(2022, 3), Decimal(1))])
        audit_chain.seal(connection, made.id, NOW)
        before = audit_chain.state(connection, made.id)
    engine.dispose()
    moved(source, target)
    with writing(target) as connection:
        assert audit_chain.state(connection, made.id) == before
        desk_of(connection, made, SARI).submit([NewReport(made.indicators[BUKU], Period.month(2022, 3), Decimal(2))])
        assert audit_chain.seal(connection, made.id, NOW) > 0
        after = audit_chain.state(connection, made.id)
        assert (after.broken, after.sealed > before.sealed) == (None, True)


def test_a_target_that_holds_something_is_refused_and_left_alone(source: str, target: Engine) -> None:
    with writing(target) as connection:
        connection.execute(insert(table(Door)), {"channel": "telegram", "name": "x"})
    with pytest.raises(moving.TargetTaken, match="door"):
        moved(source, target)
    assert len(rows(target)["door"]) == 1


def test_a_database_of_somebody_else_is_refused(source: str, bare: Engine) -> None:
    with writing(bare) as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(moving.TargetTaken, match="theirs"):
        moved(source, bare)
    assert inspect(bare).get_table_names() == ["theirs"]


def test_what_the_target_does_not_take_is_named_and_nothing_stays(source: str, bare: Engine) -> None:
    engine = open_engine(source)
    with writing(engine) as connection:
        connection.execute(insert(table(Door)), {"channel": "telegram", "name": "a\x00b"})  # no text in PostgreSQL
    engine.dispose()
    with pytest.raises(moving.RowRefused, match="door"):
        moved(source, bare)
    assert inspect(bare).get_table_names() == []


def test_a_row_that_arrives_changed_is_named_and_nothing_stays(filled: str, target: Engine) -> None:
    with writing(target) as connection:
        connection.execute(
            text(
                "CREATE FUNCTION spoil() RETURNS trigger AS $$ BEGIN NEW.value = NEW.value + 1; RETURN NEW; END $$ "
                "LANGUAGE plpgsql"
            )
        )
        connection.execute(text("CREATE TRIGGER spoil BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION spoil()"))
    with pytest.raises(moving.Different, match=r"target indicator_id 1, period 2022-01"):
        moved(filled, target)
    assert max(map(len, rows(target).values())) == 0


def test_tables_of_another_version_are_refused(source: str, target: Engine) -> None:
    engine = open_engine(source)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0009'"))
    engine.dispose()
    with pytest.raises(moving.OldSource):
        moved(source, target)


def test_a_file_that_another_has_open_is_refused_and_is_nobody_elses_meanwhile(source: str, open_url: Open) -> None:
    other = open_url(source)
    with reading(other):
        pass  # an idle program, too, has it open
    alone = open_alone(source)
    with pytest.raises(InUse), reading(alone):
        pass
    other.dispose()
    with (
        reading(alone),
        closing(sqlite3.connect(source.removeprefix("sqlite:///"), timeout=0)) as another,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        another.execute("SELECT * FROM office")
    alone.dispose()


def test_a_program_that_starts_beside_a_move_gives_up_with_an_error(source: str, open_url: Open) -> None:
    """It used to wait as long as a writer, a hundred times."""
    alone = open_alone(source)
    with reading(alone), pytest.raises(DatabaseError, match="locked"), reading(open_url(source)):
        pass
    alone.dispose()


def test_two_that_move_at_once_do_it_once(filled: str, target: Engine, tmp_path: Path) -> None:
    shutil.copy(filled.removeprefix("sqlite:///"), tmp_path / "copy.db")
    urls = (filled, f"sqlite:///{tmp_path / 'copy.db'}")
    ends: list[str] = []

    def one(url: str) -> None:
        try:
            moved(url, target)
        except moving.TargetTaken:
            ends.append("taken")
        else:
            ends.append("moved")

    together([lambda url=url: one(url) for url in urls])
    assert sorted(ends) == ["moved", "taken"]


@pytest.mark.parametrize("url", ["sqlite:///nowhere.db", "postgresql://x@127.0.0.1/x"])
def test_only_a_file_that_is_there_can_be_moved(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="SQLite"):
        open_alone(url)
