"""The record is sealed by the running program, checked and exported on the command line."""

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli import main
from storage.audit_chain import seal
from storage.engine import open_engine, writing
from tests.bot.edge import Edge
from tests.bot.test_cli import KUBUTAMBAHAN
from tests.offices import NOW


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database with one office."""
    url = f"sqlite:///{tmp_path / 'renaksi.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    assert run_command("load", KUBUTAMBAHAN) == 0
    return url


def run_command(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    return int(stopped.value.code or 0)


async def test_a_running_program_seals_what_was_recorded(edge: Edge) -> None:
    await edge.join("Sari Andini", "1001")
    await edge.program.tick()
    with writing(edge.engine) as connection:
        sealed, recorded = (
            connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in ("auditseal", "audit")
        )
    assert sealed == recorded > 0


def test_a_whole_record_is_told_with_what_is_not_sealed_yet(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert loaded
    capsys.readouterr()
    assert run_command("audit", "verify") == 0
    said = capsys.readouterr().out
    assert said.startswith("Kecamatan Kubutambahan: 0 catatan utuh; ")
    assert "belum disegel" in said


def test_a_record_that_was_changed_ends_with_one_and_says_where(
    loaded: str, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(loaded)
    with writing(engine) as connection:
        assert seal(connection, 1, NOW) > 1
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET reason = 'lain' WHERE id = 2"))
    engine.dispose()
    capsys.readouterr()
    assert run_command("audit", "verify", "--office", "Kubutambahan") == 1
    assert "RUSAK di catatan ke-2, catatannya diubah." in capsys.readouterr().out


def test_the_record_is_written_for_who_checks_it(loaded: str, tmp_path: Path) -> None:
    assert loaded
    out = tmp_path / "catatan.csv"
    assert run_command("audit", "export", "--out", str(out)) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert {row["tindakan"] for row in rows} >= {"plan loaded", "question answered"}
    assert run_command("audit", "export", "--out", "catatan.txt") == 2
