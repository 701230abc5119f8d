"""`renaksi move`: a chat goes on in the middle of a report, files arrive as they were, and refusals say what to do."""

import hashlib
import shutil
from pathlib import Path

import pytest

from bot.cli import main
from bot.move_command import move_tables
from bot.refused import Refused
from bot.settings import Settings, read_settings
from storage.engine import open_engine, reading
from tests.bot.edge import Edge
from tests.bot.s3_server import s3_server
from tests.conftest import Laundry

FILES = (b"satu", b"dua")


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Of an installation on SQLite, in the environment."""
    shutil.copy(sqlite_template, tmp_path / "renaksi.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'renaksi.db'}")
    monkeypatch.setenv("EVIDENCE_URL", str(tmp_path / "evidence"))
    return read_settings()


async def test_a_chat_goes_on_in_the_middle_of_a_report(settings: Settings, laundry: Laundry, tmp_path: Path) -> None:
    before = open_engine(settings.database_url)
    edge = Edge(before, tmp_path)
    await edge.join("Sari Andini", "1")
    assert "2 dari 3" in (await edge.say("1", "lapor", "1"))[-1]
    made = edge.made
    await edge.program.close()
    before.dispose()
    told: list[str] = []
    with laundry.lend() as url:
        move_tables(settings, url, told.append)
        assert "disalin dan dicocokkan" in told[-1]
        assert "DATABASE_URL" in told[-1]
        after = open_engine(url)
        edge = Edge(after, tmp_path, made=made)
        assert "3 dari 3" in (await edge.say("1", "1"))[-1]
        assert "terkirim" in (await edge.say("1", "25", "kirim 3 laporan"))[-1]
        await edge.program.close()
        after.dispose()


def test_a_program_that_runs_is_to_be_stopped_first(settings: Settings, laundry: Laundry) -> None:
    running = open_engine(settings.database_url)
    with reading(running), laundry.lend() as url, pytest.raises(Refused, match="Hentikan renaksi run"):
        move_tables(settings, url, print)
    running.dispose()


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("sqlite:///lain.db", "--to menyebut PostgreSQL"),
        ("postgresql://sari:rahasia@127.0.0.1:9/x", "Database tujuan tidak dapat dipakai"),
        ("bukan alamat", "tidak terbaca"),
    ],
)
def test_a_target_that_will_not_do_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str], to: str, told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["move", "--to", to])
    said = capsys.readouterr().err
    assert (ended.value.code, told in said, "rahasia" in said, len(said.splitlines())) == (2, True, False, 1), said


def test_files_are_compared_where_they_arrive_and_a_damaged_one_is_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refs = [hashlib.sha256(content).hexdigest() for content in FILES]
    damaged = "ab" * 32
    for ref, content in zip([*refs, damaged], [*FILES, b"lain"], strict=True):
        (tmp_path / "evidence" / ref[:2]).mkdir(parents=True, exist_ok=True)
        (tmp_path / "evidence" / ref[:2] / ref).write_bytes(content)
    with s3_server(tmp_path / "s3", "bukti") as s3:
        for name, value in s3.settings.items():
            monkeypatch.setenv(name.upper(), value)
        for _time in range(2):  # once more is fine
            with pytest.raises(SystemExit) as ended:
                main(["move", "--evidence", "s3://bukti/kantor"])
            said = capsys.readouterr().out.splitlines()
            assert (ended.value.code, len(said)) == (0, 2)
            assert damaged in said[0]
            assert said[1].startswith("2 berkas bukti disalin dan dicocokkan.")
        arrived = {path.name: path.read_bytes() for path in s3.files()}
    assert arrived == dict(zip(refs, FILES, strict=True))
