"""Bringing a database to this version: from nothing, from every earlier revision, twice, and several at once."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.schema import CreateIndex

import storage
from domain.periods import Period
from storage import rollups
from storage.desk import Desk
from storage.engine import DatabaseUnusable, reading, writing
from storage.figures import recount
from storage.migrate import HEAD, migrate, upgrade, version
from storage.tables import METADATA, Audit, table
from tests.offices import BUKU, NO_HOLIDAYS, NOW, desk_of, make_office
from tests.together import together

Open = Callable[[str], Engine]
HERE = Path(__file__).parent


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


REVISIONS = tuple(script.revision for script in reversed(list(scripts().walk_revisions())))
ALIKE = {"0011": "0010"}
"""Revisions that change no column, and whose filled database they start from."""


def test_head_is_the_newest_script() -> None:
    assert scripts().get_heads() == [HEAD]
    assert REVISIONS[-1] == HEAD


def test_an_empty_database_becomes_usable(empty_url: str, open_url: Open) -> None:
    engine = open_url(empty_url)
    upgrade(engine)
    with writing(engine) as connection:
        assert version(connection) == HEAD
        made = make_office(connection)
        assert desk_of(connection, made, "Sari Andini").duties[0].code == BUKU


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
    upgrade(engine)
    with reading(engine) as connection:
        assert version(connection) == HEAD
        assert len(desk_of(connection, made).office_duties) == 6


def test_the_tables_are_those_that_the_program_speaks_of(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_forgotten_column_would_be_noticed(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin() as undone:
        connection.execute(text("ALTER TABLE office DROP COLUMN kabupaten"))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) != []
        undone.rollback()


def test_a_new_migration_is_told_of_which_rows_an_index_is(empty_url: str, open_url: Open) -> None:
    engine = open_url(empty_url)
    upgrade(engine)
    due = next(index for index in METADATA.tables["job"].indexes if index.name == "ix_job_due")
    assert str(CreateIndex(due).compile(dialect=engine.dialect)).endswith("WHERE state = 'due'")


def test_threads_that_upgrade_at_once_do_it_once(empty_url: str, open_url: Open) -> None:
    engines = [open_url(empty_url) for _ in range(4)]
    together([lambda e=engine: upgrade(e) for engine in engines])
    with reading(engines[0]) as connection:
        assert version(connection) == HEAD


@pytest.mark.sampled_on_postgresql
def test_processes_that_upgrade_at_once_do_it_once(empty_url: str, open_url: Open) -> None:
    program = (
        "import sys\n"
        "from storage.engine import open_engine\n"
        "from storage.migrate import upgrade\n"
        "sys.stdin.readline()\n"
        "upgrade(open_engine(sys.argv[1]))\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_url],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(storage.__file__).parents[1],
            text=True,
        )
        for _ in range(2)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in started:
        _out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
    with reading(open_url(empty_url)) as connection:
        assert version(connection) == HEAD


def test_an_upgrade_that_fails_leaves_no_table_behind(empty_url: str, open_url: Open) -> None:
    engine = open_url(empty_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE target (id INTEGER)"))  # in the way of a later step
    with pytest.raises(Exception, match="target"):
        upgrade(engine)
    assert inspect(engine).get_table_names() == ["target"]


def test_a_database_of_a_newer_program_is_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match="lebih baru"):
        upgrade(engine)


def test_every_revision_has_a_filled_database_to_start_from() -> None:
    assert {path.stem for path in (HERE / "filled").glob("*.sql")} | ALIKE.keys() == set(REVISIONS)


def test_revisions_that_start_from_the_same_filled_database_have_the_same_columns(
    tmp_path: Path, open_url: Open
) -> None:
    for pair in ALIKE.items():
        one, other = (_columns(open_url(f"sqlite:///{tmp_path / revision}.db"), revision) for revision in pair)
        assert one == other


def _columns(engine: Engine, revision: str) -> dict[str, list[str]]:
    with writing(engine) as connection:
        migrate(connection, revision)
        found = inspect(connection)
        return {name: [column["name"] for column in found.get_columns(name)] for name in found.get_table_names()}


@pytest.mark.sampled(share=1 / 2)
@pytest.mark.parametrize("revision", REVISIONS)
def test_a_filled_database_of_every_revision_is_brought_up_to_date(
    empty_url: str, open_url: Open, revision: str
) -> None:
    engine = open_url(empty_url)
    with writing(engine) as connection:
        migrate(connection, revision)
        for statement in (HERE / "filled" / f"{ALIKE.get(revision, revision)}.sql").read_text().split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    upgrade(engine)
    with reading(engine) as connection:
        duty = Desk(connection, 1, NOW, NO_HOLIDAYS, 1).duties[0]
        assert version(connection) == HEAD
        assert (duty.name, duty.values) == ("Buku wajib administrasi", {Period.month(2022, 1): 1})
        assert connection.execute(select(table(Audit).c.action)).scalars().all() == ["reported"]
        assert recount(connection, 1).is_right and rollups.of_office(connection, 1)
