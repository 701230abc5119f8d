"""The record is sealed by the running program, checked and exported on the command line."""

import ast
import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bot.audit_command import COLUMNS, export
from bot.cli import main
from domain.extensions import Decision
from domain.periods import Period
from domain.standing import Standing
from handlers.texts.audit import ACTIONS
from storage.audit_chain import seal
from storage.engine import open_engine, writing
from storage.erasure import ERASED_ENTRY
from storage.evidence import OPENED, NewEvidence
from storage.reports import NewReport
from tests.bot.edge import Edge
from tests.bot.test_cli import KUBUTAMBAHAN
from tests.house.repository import python_files
from tests.house.repository import texts as files
from tests.offices import BUKU, NOW, desk_of

RECORDING = {"record", "_record", "_note", "note"}
"""The functions of storage that add an entry."""


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
    assert {row["uraian"] for row in rows} >= {"Rencana dimuat"}
    assert any(row["uraian"].startswith("Pertanyaan rencana dijawab: ") for row in rows)
    book = tmp_path / "catatan.xlsx"
    assert run_command("audit", "export", "--out", str(book)) == 0
    cells = [[cell.value or "" for cell in row] for row in load_workbook(book)["Catatan"].iter_rows()]
    assert tuple(cells[0]) == COLUMNS
    assert [cell for row in cells[1:] for cell in row] == [row[name] for row in rows for name in COLUMNS]
    assert run_command("audit", "export", "--out", "catatan.txt") == 2


def test_every_action_of_the_record_has_words() -> None:
    """Whatever storage records, as literals or as verdicts."""
    named = {
        found.value
        for path in python_files("storage")
        for call in ast.walk(ast.parse(files()[path]))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in RECORDING
        for found in call.args
        if isinstance(found, ast.Constant) and re.fullmatch(r"[a-z-]+(?: [a-z-]+)+|reported", str(found.value))
    }
    assert len(named) > 20
    verdicts = {Standing.RETURNED, Standing.SEEN, Standing.VERIFIED, Standing.APPROVED}
    decided = {f"more time {one.value}" for one in Decision if one.value != "asked"}
    assert (named | verdicts | decided | {OPENED, ERASED_ENTRY}) - set(ACTIONS) == set()


async def test_an_export_names_who_did_what_and_who_looked(edge: Edge, tmp_path: Path) -> None:
    """Names are those of the time of the export; a look at evidence stands in it, too."""
    made = edge.made
    with writing(edge.engine) as connection:
        desk = desk_of(connection, made, "Sari Andini")
        march = Period.month(2022, 3)
        desk.submit([NewReport(made.indicators[BUKU], march, Decimal(1))])
        desk.add_evidence([NewEvidence(made.indicators[BUKU], march, "ab" * 32, "photo", 9)])
        seen = desk_of(connection, made, "Dewi Lestari").evidence
        seen.open(seen.of(made.indicators[BUKU], march)[0])
        desk.privacy.ask()
    out = tmp_path / "catatan.csv"
    export(edge.engine, None, out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))[-4:]
    told = [(row["orang"], row["jabatan"], row["kapasitas"], row["kanal"], row["uraian"]) for row in rows]
    figure = "Desa yang memiliki buku wajib administrasi, Maret 2022"
    kasi = ("Sari Andini", "Kasi Pemerintahan", "definitif", "telegram")
    assert told == [
        (*kasi, f"Realisasi dilaporkan: {figure}"),
        (*kasi, f"Bukti ditambahkan: {figure}"),
        ("Dewi Lestari", "Kasubbag Perencanaan", "definitif", "telegram", f"Bukti dibuka: {figure}"),
        ("Sari Andini", "", "", "telegram", "Penghapusan data diminta: Sari Andini"),
    ]
