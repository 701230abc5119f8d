"""A backup holds everything at one moment, and restored it goes on: on both engines, and from one to the other."""

import asyncio
import errno
import hashlib
import json
import os
import shutil
import stat
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from bot.backup import making
from bot.backup.archive import BESIDE, MANIFEST, Backup, Unusable
from bot.backup.making import NotHere, back_up
from bot.backup.restoring import QUESTIONS, NotEmpty, restore
from bot.backup.rotation import kept, name_of, nightly, rotate
from bot.evidence_store import EvidenceStore
from bot.refused import Refused
from storage import dump, leases, migrate
from storage.dump import Counting, Rows
from storage.engine import Connection, open_engine, reading, writing
from storage.tables import Audit, Conversation, Lease, Outbox, table
from tests.bot.edge import Clock, Edge, tick, wita
from tests.offices import NO_HOLIDAYS, NOW

HERE = Path(__file__).parents[2]
SAMPLED = pytest.mark.sampled_on_postgresql
PHOTO = b"%PDF-1.4 bukti"
ALSO_CHANGED = {"audit", "lease"}
"""Tables in which a restore itself writes."""


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data


@pytest.fixture
async def edge(engine: Engine, tmp_path: Path) -> AsyncIterator[Edge]:
    """An office in which somebody has joined and begun to report, and a file of evidence."""
    edge = Edge(engine, tmp_path)
    await edge.join("Sari Andini", "1")
    await edge.say("1", "lapor", "3")
    await edge.program.store.put(pieces(PHOTO))
    yield edge
    await edge.program.close()


@pytest.fixture
def elsewhere(empty_url: str) -> Iterator[Engine]:
    """An empty database, of either kind."""
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def everything(engine: Engine) -> dict[str, list[bytes]]:
    """Every row but those that a restore adds."""
    with reading(engine) as connection:
        return {
            table.name: list(dump.lines(connection, table, dump.columns(table)))
            for table in dump.tables(connection)
            if table.name not in ALSO_CHANGED
        }


def put_back(file: Path, engine: Engine, store: Path, *, replace: bool = False) -> object:
    return restore(engine, EvidenceStore(store), file, NOW, NO_HOLIDAYS, replace=replace)


async def in_thread(work: Callable[[], object]) -> object:
    """A restore has an event loop of its own."""
    return await asyncio.to_thread(work)


# --- whole -------------------------------------------------------------------------------------------------------


@SAMPLED
async def test_everything_comes_back_and_the_chat_goes_on(edge: Edge, elsewhere: Engine, tmp_path: Path) -> None:
    before = everything(edge.engine)
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    assert len(made.manifest.evidence) == 1
    await in_thread(lambda: put_back(made.path, elsewhere, tmp_path / "other"))
    assert everything(elsewhere) == before
    other = Edge(elsewhere, tmp_path / "there")
    assert EvidenceStore(tmp_path / "other").read(hashlib.sha256(PHOTO).hexdigest()) == PHOTO
    heard = await other.say("1", "status")
    await other.program.close()
    assert len(heard) == 1
    assert "Anda" in heard[0] or "Maret" in heard[0], heard


@SAMPLED
async def test_the_record_tells_of_the_restore(edge: Edge, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    fresh = open_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    await in_thread(lambda: put_back(made.path, fresh, tmp_path / "other"))
    with reading(fresh) as connection:
        entries = connection.execute(select(table(Audit)).where(table(Audit).c.action == "restored")).all()
    fresh.dispose()
    assert [(one.old, one.new) for one in entries] == [(NOW.isoformat(), NOW.isoformat())]


@SAMPLED
def test_a_file_is_for_this_account_alone_and_nothing_half_written_is_left(edge: Edge, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "in" / "cadangan.zip", NOW)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["cadangan.zip"]


class FullDisk:
    """A store that is read until the disk of the backup is full."""

    def refs(self) -> list[str]:
        return ["0" * 64]

    def read(self, ref: str) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@SAMPLED
def test_a_backup_that_fails_leaves_nothing_behind(edge: Edge, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space"):
        back_up(edge.engine, FullDisk(), tmp_path / "in" / "cadangan.zip", NOW)
    assert list((tmp_path / "in").iterdir()) == []


@SAMPLED
def test_a_database_without_tables_has_nothing_to_back_up(elsewhere: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotHere):
        back_up(elsewhere, EvidenceStore(tmp_path), tmp_path / "cadangan.zip", NOW)


@SAMPLED
async def test_evidence_that_was_damaged_before_is_named_and_the_rest_is_kept(edge: Edge, tmp_path: Path) -> None:
    kept_ref, lost_ref = (hashlib.sha256(data).hexdigest() for data in (PHOTO, b"dua"))
    await edge.program.store.put(pieces(b"dua"))
    (tmp_path / "evidence" / lost_ref[:2] / lost_ref).write_bytes(b"lain")
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    assert (made.manifest.evidence, made.manifest.damaged) == ((kept_ref,), (lost_ref,))


# --- refused -----------------------------------------------------------------------------------------------------


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a backup, whole as a ZIP, with one of its files changed."""
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, change(data) if one == name else data)
    return changed


@SAMPLED
async def test_what_is_damaged_is_refused_and_changes_nothing(edge: Edge, elsewhere: Engine, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(made.path.read_bytes()[: made.size // 2])
    ref = made.manifest.evidence[0]
    damaged = {
        "bukan berkas cadangan": lambda: cut,
        "tabel person": lambda: rewritten(
            made.path, "tables/person.jsonl", lambda data: data.replace(b"Sari", b"Sara")
        ),
        "berkas bukti": lambda: rewritten(made.path, f"evidence/{ref}", lambda _data: b"lain"),
        "lebih baru": lambda: rewritten(made.path, MANIFEST, lambda data: data.replace(b'"format": 1', b'"format": 2')),
    }
    for told, make in damaged.items():
        file = make()
        with pytest.raises((Unusable, Refused), match=told):
            await in_thread(lambda file=file: put_back(file, elsewhere, tmp_path / "other"))
    with reading(elsewhere) as connection:
        assert migrate.version(connection) is None
    assert not (tmp_path / "other").exists()


@SAMPLED
async def test_a_backup_of_a_newer_program_is_refused(edge: Edge, elsewhere: Engine, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    newer = f'"revision": "{int(migrate.HEAD) + 1:04}"'.encode()
    head = f'"revision": "{migrate.HEAD}"'.encode()
    file = rewritten(made.path, MANIFEST, lambda data: data.replace(head, newer))
    with pytest.raises(Refused, match="lebih baru"):
        await in_thread(lambda: put_back(file, elsewhere, tmp_path / "other"))


@SAMPLED
async def test_an_office_that_is_there_is_replaced_only_when_told(edge: Edge, tmp_path: Path) -> None:
    before = everything(edge.engine)
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    await edge.say("1", "kirim")
    with pytest.raises(NotEmpty, match="--replace"):
        await in_thread(lambda: put_back(made.path, edge.engine, tmp_path / "evidence"))
    assert everything(edge.engine) != before
    await in_thread(lambda: put_back(made.path, edge.engine, tmp_path / "evidence", replace=True))
    assert everything(edge.engine) == before


@SAMPLED
async def test_nothing_is_replaced_below_a_program_that_runs(edge: Edge, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    with writing(edge.engine) as connection:
        leases.take(connection, "poll", "another", NOW)
    with pytest.raises(NotEmpty, match="masih berjalan"):
        await in_thread(lambda: put_back(made.path, edge.engine, tmp_path / "evidence", replace=True))


# --- an older one ------------------------------------------------------------------------------------------------


def old_backup(folder: Path) -> Path:
    """A backup that the version before this one would have written."""
    before = f"{int(migrate.HEAD) - 1:04}"
    engine = open_engine(f"sqlite:///{folder / 'old.db'}")
    rows = (HERE / "storage" / "filled" / f"{before}.sql").read_text()
    with engine.begin() as connection:
        migrate.migrate(connection, before)
        for statement in rows.split(";\n"):
            if statement.strip():
                connection.execute(text(statement.replace(":", "\\:")))
        tables = {one.name: written(connection, one) for one in dump.tables(connection)}
    engine.dispose()
    manifest = making.Manifest(NOW, "0", before, False, {name: rows for name, (_lines, rows) in tables.items()})
    with zipfile.ZipFile(folder / "old.zip", "w") as archive:
        for name, (lines, _rows) in tables.items():
            archive.writestr(f"tables/{name}.jsonl", b"".join(lines))
        archive.writestr(MANIFEST, manifest.to_json())
    return folder / "old.zip"


def written(connection: Connection, one: dump.Table) -> tuple[list[bytes], Rows]:
    counting, names = Counting(), dump.columns(one)
    return list(counting.through(dump.lines(connection, one, names))), counting.rows(names)


@SAMPLED
async def test_an_older_backup_is_brought_to_this_version(elsewhere: Engine, tmp_path: Path) -> None:
    await in_thread(lambda: put_back(old_backup(tmp_path), elsewhere, tmp_path / "other"))
    with reading(elsewhere) as connection:
        assert migrate.version(connection) == migrate.HEAD
        assert connection.execute(text("SELECT count(*) FROM report")).scalar_one() > 0


# --- what happened meanwhile -------------------------------------------------------------------------------------


def under_way(engine: Engine, now: Clock) -> None:
    """A process holds a role: the program runs while the backup is made."""
    with writing(engine) as connection:
        leases.take(connection, "poll", "process", now())


@SAMPLED
async def test_what_was_said_after_the_backup_is_not_said_again(engine: Engine, tmp_path: Path) -> None:
    edge = Edge(engine, tmp_path)
    await edge.join("Sari Andini", "1")
    edge.office_now.now = edge.machine.now = wita(5, 7)
    under_way(engine, edge.machine)
    made = back_up(engine, edge.program.store, tmp_path / "cadangan.zip", edge.machine())
    assert made.manifest.running
    heard = len(edge.phones.heard("1"))
    await tick(edge, wita(5, 8, 30))
    assert len(edge.phones.heard("1")) == heard + 1, "a reminder on the day of the cut-off"
    await edge.program.close()

    fresh = open_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    now = wita(5, 10)
    restored = await in_thread(
        lambda: restore(fresh, EvidenceStore(tmp_path / "other"), made.path, now, edge.program.almanac)
    )
    assert restored.told == 1  # type: ignore[attr-defined]  # a value of `in_thread`
    after = Edge(fresh, tmp_path / "there", office_now=Clock(now), machine=Clock(now))
    await tick(after, now)
    told = after.phones.heard("1")
    assert len(told) == 1, told
    assert "tidak berjalan dari 5 April 2022 07.00 WITA sampai 5 April 2022 10.00" in told[0]
    assert "mungkin tidak sampai" in told[0]
    await tick(after, wita(6, 8, 30))
    assert len(after.phones.heard("1")) == 2, "the next day it reminds again"
    await after.program.close()
    with reading(fresh) as connection:
        assert connection.execute(select(table(Lease))).all() == []
        assert connection.execute(select(table(Outbox)).where(table(Outbox).c.state == "due")).all() == []
        numbers = [row.state["question"] for row in connection.execute(select(table(Conversation)))]
    assert numbers, "a button of a question that was asked meanwhile belongs to no question from now on"
    assert min(numbers) >= QUESTIONS
    fresh.dispose()


@SAMPLED
async def test_a_program_that_was_stopped_first_sends_what_it_still_had_to_send(edge: Edge, tmp_path: Path) -> None:
    edge.phones.refusals["1"].append(RuntimeError("mati"))
    await edge.say("1", "status")
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    assert not made.manifest.running
    fresh = open_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    await in_thread(lambda: put_back(made.path, fresh, tmp_path / "other"))
    later = NOW + timedelta(minutes=5)
    after = Edge(fresh, tmp_path / "there", office_now=Clock(later), machine=Clock(later))
    await after.program.settle()
    await after.program.close()
    fresh.dispose()
    assert len(after.phones.heard("1")) == 1


# --- every night -------------------------------------------------------------------------------------------------


@SAMPLED
async def test_nightly_backups_share_their_evidence_and_the_old_ones_go(edge: Edge, tmp_path: Path) -> None:
    folder = tmp_path / "cadangan"
    first = NOW.replace(year=2020)
    one = back_up(edge.engine, edge.program.store, folder / name_of(first), NOW, apart=True)
    for number in range(9):
        shutil.copy(one.path, folder / name_of(NOW + timedelta(days=number)))
    lost = hashlib.sha256(b"dua").hexdigest()
    await edge.program.store.put(pieces(b"dua"))
    made = back_up(edge.engine, edge.program.store, folder / name_of(NOW + timedelta(days=9)), NOW, apart=True)
    gone = rotate(folder, NOW)
    assert name_of(first) in nightly(folder), "a month that has one keeps it"
    assert gone == [name_of(NOW), name_of(NOW + timedelta(days=1))]
    assert (folder / BESIDE / lost[:2] / lost).is_file()
    made.path.unlink()
    rotate(folder, NOW)
    assert not (folder / BESIDE / lost[:2] / lost).exists(), "no backup names it"
    with Backup(folder / name_of(first)) as whole:
        whole.verify()


@SAMPLED
def test_what_lies_beside_and_is_gone_is_noticed(edge: Edge, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan" / "renaksi.zip", NOW, apart=True)
    ref = made.manifest.evidence[0]
    (tmp_path / "cadangan" / BESIDE / ref[:2] / ref).unlink()
    with Backup(made.path) as backup, pytest.raises(Unusable, match=BESIDE):
        backup.verify()


@SAMPLED
def test_a_folder_with_a_file_that_is_no_backup_loses_no_evidence(edge: Edge, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan" / "renaksi.zip", NOW, apart=True)
    ref = made.manifest.evidence[0]
    made.path.unlink()
    (tmp_path / "cadangan" / "lain.zip").write_bytes(b"bukan zip")
    rotate(tmp_path / "cadangan", NOW)
    assert (tmp_path / "cadangan" / BESIDE / ref[:2] / ref).is_file()


def test_seven_days_four_weeks_and_twelve_months_stay() -> None:
    nights = [NOW.replace(tzinfo=None) - timedelta(days=number) for number in range(800)]
    stay = sorted(kept(nights), reverse=True)
    assert stay[:7] == nights[:7]
    assert len({one.isocalendar()[:2] for one in stay[:10]}) >= 4
    assert len({(one.year, one.month) for one in stay}) == 12
    assert 7 + 3 + 10 <= len(stay) <= 7 + 4 + 12


@SAMPLED
def test_the_manifest_says_what_stands_in_the_file(edge: Edge, tmp_path: Path) -> None:
    made = back_up(edge.engine, edge.program.store, tmp_path / "cadangan.zip", NOW)
    with zipfile.ZipFile(made.path) as archive:
        plain = json.loads(archive.read(MANIFEST))
        rows = archive.read("tables/person.jsonl").splitlines()
    assert plain["revision"] == migrate.HEAD
    assert plain["tables"]["person"]["rows"] == len(rows) == 5
