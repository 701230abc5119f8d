"""A backup every night by one process of all, also after a night without power, and told where it failed."""

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.backup.archive import Backup
from bot.backup.rotation import nightly
from bot.doctor_backup import examine_backups
from bot.settings import Settings, read_settings
from bot.upkeep import AGAIN, Upkeep, is_due, last_hour
from bot.writer import Writer
from storage import upkeep
from storage.engine import reading, writing
from storage.upkeep import Kept
from tests.bot.edge import Clock
from tests.offices import NOW

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).astimezone()
LAST = last_hour(NOON)


@pytest.fixture
async def writer(engine: Engine) -> AsyncIterator[Writer]:
    opened = Writer(engine)
    yield opened
    opened.close()


def kept(done_at: datetime | None, tried_at: datetime = LAST, trouble: str = "") -> Kept:
    return Kept(tried_at, done_at, 1, trouble)


@pytest.mark.parametrize(
    ("backup", "due"),
    [
        (None, True),
        (kept(LAST + timedelta(minutes=1)), False),
        (kept(LAST - timedelta(minutes=1)), True),
        (kept(None), True),
        (kept(LAST - timedelta(days=1), NOON - AGAIN / 2, "penuh"), False),
        (kept(LAST - timedelta(days=1), NOON - AGAIN, "penuh"), True),
    ],
)
def test_it_is_due_once_the_nights_hour_has_passed(backup: Kept | None, due: bool) -> None:
    assert is_due(backup, NOON) == due


def test_the_hour_of_the_night_is_the_machines_own() -> None:
    assert last_hour(NOON.replace(hour=2)) == NOON.replace(hour=2)
    assert last_hour(NOON.replace(hour=1, minute=59)) == NOON.replace(hour=2) - timedelta(days=1)


@pytest.mark.sampled_on_postgresql
async def test_a_night_brings_one_whole_backup(
    writer: Writer, engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("EVIDENCE_URL", str(tmp_path / "evidence"))
    monkeypatch.setenv("BACKUP_FOLDER", str(tmp_path / "cadangan"))
    machine = Clock(NOW)
    looking = Upkeep(read_settings(), writer, machine)
    assert await looking.look()
    (name,) = nightly(tmp_path / "cadangan")
    with Backup(tmp_path / "cadangan" / name) as backup:
        backup.verify()
    with reading(engine) as connection:
        standing = upkeep.standing(connection)
    assert standing.backup == Kept(NOW, NOW, (tmp_path / "cadangan" / name).stat().st_size, "")
    assert standing.free is not None
    machine.pass_by(timedelta(minutes=1))
    assert not await looking.look(), "made already"


@pytest.mark.sampled_on_postgresql
async def test_one_that_fails_is_told_and_deletes_nothing(writer: Writer, engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "cadangan"
    folder.mkdir()
    old = folder / "renaksi-2020-01-01T0200.zip"
    old.write_bytes(b"lama")
    failing = (sys.executable, "-c", "import sys; print('ruang penyimpanan penuh', file=sys.stderr); sys.exit(2)")
    looking = Upkeep(Settings(backup_folder=str(folder)), writer, Clock(NOW), failing)
    assert not await looking.look()
    with reading(engine) as connection:
        assert upkeep.standing(connection).backup == Kept(NOW, None, 0, "ruang penyimpanan penuh")
    assert list(folder.iterdir()) == [old]


@pytest.mark.sampled_on_postgresql
async def test_where_none_are_wanted_none_are_told_of(writer: Writer, engine: Engine) -> None:
    await writer.do(lambda connection: upkeep.note_backup(connection, 1, NOW - timedelta(days=9)))
    looking = Upkeep(Settings(backup_folder="tidak"), writer, Clock(NOW), ("false",))
    assert not await looking.look()
    with reading(engine) as connection:
        standing = upkeep.standing(connection)
    assert (standing.backup, standing.seen_at) == (None, NOW)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_how_the_tables_have_grown_is_looked_at_with_the_start_and_once_a_night(
    writer: Writer, engine: Engine
) -> None:
    machine, found = Clock(NOW), list[bool]()
    looking = Upkeep(Settings(backup_folder="tidak"), writer, machine, ("false",))
    for passed in (timedelta(0), timedelta(minutes=1), timedelta(days=1)):
        machine.pass_by(passed)
        await looking.look()
        with writing(engine) as connection:
            found.append(connection.exec_driver_sql("DELETE FROM sqlite_stat1").rowcount > 0)
    assert found == [True, False, True]


@pytest.mark.parametrize(
    ("backup", "ok", "told"),
    [
        (None, True, "belum ada"),
        (Kept(NOW, None, 0, "ruang penyimpanan penuh"), False, "belum pernah berhasil: ruang penyimpanan penuh"),
        (Kept(NOW, NOW, 1, ""), True, "terakhir 2022-03-29"),
        (Kept(NOW, NOW - timedelta(days=3), 1, "penuh"), False, "gagal: penuh"),
    ],
)
def test_the_doctor_tells_of_backups(backup: Kept | None, ok: bool, told: str, tmp_path: Path) -> None:
    found = examine_backups(Settings(backup_folder=str(tmp_path / "baru")), backup, NOW)
    assert (found.ok, told in found.text) == (ok, True), found
