"""Whoever else has an account on the machine reads nothing that the program writes."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.private_files import rights, write_for_nobody_else
from bot.settings import Settings
from tests.bot.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """A terminal in an empty folder of a careless account."""
    before = os.umask(0)
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    yield Terminal(capsys)
    os.umask(before)


def open_ones(folder: Path) -> list[str]:
    """Files and folders that others may use."""
    found = [path for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    return sorted(str(path.relative_to(folder)) for path in found)


def test_everything_that_commands_write_is_the_owners_alone(terminal: Terminal, tmp_path: Path) -> None:
    """Database, pictures of invitations, forms, charts, the record, a copy of somebody's data, a backup."""
    for line in (
        "template kosong.xlsx",
        f"load {Path(__file__).parents[2] / 'samples' / 'sidayu-2020.xlsx'}",
        "invite --pictures undangan",
        "export --form data --period 2020-TW1 --out data.csv",
        "audit export --out catatan.csv",
        "backup cadangan.zip",
    ):
        told = terminal(*line.split())
        assert told.code == 0, told.err
    written = {path.name for path in tmp_path.rglob("*")}
    assert written >= {"kosong.xlsx", "renaksi.sqlite3", "data.csv", "catatan.csv", "undangan", "cadangan.zip"}
    assert open_ones(tmp_path) == []


def test_the_log_beside_a_database_and_evidence_too(terminal: Terminal, tmp_path: Path) -> None:
    """What SQLite writes while it is open, and a file in a folder of files."""
    write_for_nobody_else()
    from storage.engine import open_engine
    from storage.migrate import upgrade

    engine = open_engine(f"sqlite:///{tmp_path / 'data' / 'renaksi.db'}")
    upgrade(engine)
    with engine.connect():
        assert {path.name for path in (tmp_path / "data").iterdir()} >= {"renaksi.db", "renaksi.db-wal"}
        assert open_ones(tmp_path) == []
    engine.dispose()


def test_doctor_names_what_others_can_read_and_how_to_mend_it(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n")
    [found] = [one for one in terminal("doctor", "--json").json if one["check"] == "hak akses"]
    assert (found["ok"], found["mend"]) == (False, "Jalankan: chmod go= .env")
    (tmp_path / ".env").chmod(0o600)
    [found] = [one for one in terminal("doctor", "--json").json if one["check"] == "hak akses"]
    assert found["ok"]


def test_a_file_that_is_not_there_is_no_finding(tmp_path: Path) -> None:
    assert [one.ok for one in rights(tmp_path / "tidak-ada")] == [True]
