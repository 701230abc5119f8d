"""Transactions: what design.md 5 measured to go wrong by default goes right on both engines."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError

from storage.engine import DatabaseUnusable, is_conflict, open_engine, reading, writing
from storage.offices import all_offices
from storage.tables import Office, Post, table
from tests.cut_off import cut_off
from tests.offices import make_office
from tests.together import together

_office = table(Office)


def enter(connection: Connection, name: str) -> None:
    connection.execute(_office.insert().values(name=name, kabupaten="", zone="Asia/Jakarta", rules={}))


def names(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(_office.c.name).order_by(_office.c.id)).scalars())


class Undone(Exception):
    pass


def test_a_row_inside_a_savepoint_does_not_survive_the_outer_rollback(engine: Engine) -> None:
    with pytest.raises(Undone), writing(engine) as connection:
        with connection.begin_nested():
            enter(connection, "Satu")
        raise Undone
    assert names(engine) == []


def test_a_savepoint_that_fails_takes_only_its_own_rows_along(engine: Engine) -> None:
    with writing(engine) as connection:
        enter(connection, "Satu")
        with pytest.raises(Undone), connection.begin_nested():
            enter(connection, "Dua")
            raise Undone
        with connection.begin_nested():
            enter(connection, "Tiga")
    assert names(engine) == ["Satu", "Tiga"]


def test_a_savepoint_that_broke_a_key_leaves_the_rest_usable(engine: Engine) -> None:
    with writing(engine) as connection:
        enter(connection, "Satu")
        with pytest.raises(IntegrityError), connection.begin_nested():
            enter(connection, "Satu")
        enter(connection, "Dua")
    assert names(engine) == ["Satu", "Dua"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # a file is not cut off
def test_a_connection_that_is_lost_is_said_to_be_and_the_next_one_is_whole(engine: Engine) -> None:
    with pytest.raises(DatabaseError) as raised, writing(engine) as connection:
        enter(connection, "Satu")
        cut_off(engine, connection)
        enter(connection, "Dua")
    assert is_conflict(raised.value)
    with writing(engine) as connection:
        enter(connection, "Tiga")
    assert names(engine) == ["Tiga"]


def test_tables_made_in_a_transaction_are_rolled_back_with_it(engine: Engine) -> None:
    with pytest.raises(Undone), writing(engine) as connection:
        enter(connection, "Satu")
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))
        connection.execute(text("INSERT INTO left_behind VALUES (1)"))
        raise Undone
    assert not inspect(engine).has_table("left_behind")
    assert names(engine) == []


def test_a_reader_sees_one_moment_however_long_it_looks(engine: Engine) -> None:
    with reading(engine) as reader:
        assert all_offices(reader) == ()
        with writing(engine) as writer:
            enter(writer, "Satu")
        assert all_offices(reader) == ()
    assert names(engine) == ["Satu"]


def test_a_reader_cannot_write_and_the_next_writer_can(engine: Engine) -> None:
    with pytest.raises(DBAPIError), reading(engine) as reader:
        enter(reader, "Satu")
    with writing(engine) as writer:
        enter(writer, "Dua")
    assert names(engine) == ["Dua"]


def test_what_refers_to_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        values = {"office_id": 999, "title": "Camat", "role": "camat", "section": "", "is_admin": False, "position": 0}
        connection.execute(table(Post).insert().values(**values))


def test_writers_wait_for_one_another(database_url: str, open_url: Callable[[str], Engine]) -> None:
    engines = [open_url(database_url), open_url(database_url)]

    def load(engine: Engine, name: str) -> None:
        with writing(engine) as connection:
            make_office(connection, name=name)

    together([lambda e=engine, n=n: load(e, f"Kecamatan {n}") for n, engine in enumerate(engines * 2)])
    assert sorted(names(engines[0])) == [f"Kecamatan {n}" for n in range(4)]


def test_sqlite_survives_a_power_cut_and_lets_readers_pass(tmp_path: Path, open_url: Callable[[str], Engine]) -> None:
    engine = open_url(f"sqlite:///{tmp_path / 'new' / 'folder' / 'renaksi.db'}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("address", ["postgres://u@h/db", "postgresql://u@h/db", "postgresql+psycopg://u@h/db"])
def test_postgresql_is_spelt_in_several_ways(address: str, open_url: Callable[[str], Engine]) -> None:
    assert open_url(address).url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "DATABASE_URL"),
        ("renaksi.db", "DATABASE_URL"),
        ("mysql://u@h/db", "sqlite dan postgresql"),
        ("sqlite://", "nama berkas"),
        ("sqlite:///:memory:", "nama berkas"),
        ("sqlite:////proc/renaksi/renaksi.db", "/proc/renaksi"),
    ],
)
def test_an_address_that_cannot_work_is_told_in_a_sentence(address: str, said: str) -> None:
    with pytest.raises(DatabaseUnusable, match=said):
        open_engine(address)
