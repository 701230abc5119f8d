"""`renaksi verify`: what it says of a number, and how it ends for a script."""

import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from domain.periods import Period
from storage import snapshots
from storage.engine import open_engine, writing
from storage.form_book import FormBook
from storage.reports import NewReport
from tests.offices import BUKU, desk_of, make_office

MADE = datetime(2022, 4, 6, 2, tzinfo=UTC)
FIRST = Period.quarter(2022, 1)


@pytest.fixture
def folder(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with no settings, but with the database of two offices in it: numbers 1 and 3 still hold, 2 does
    not, and what 4 is computed by was not noted."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    path = tmp_path / "data" / "renaksi.sqlite3"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine) as connection:
        made = make_office(connection, datetime(2022, 1, 3, tzinfo=UTC))
        other = make_office(connection, datetime(2022, 1, 3, tzinfo=UTC), name="Sebelah")
        book = FormBook(desk_of(connection, made, None, MADE))
        assert book.make("tc29", Period.whole_year(2022)) == 1
        assert book.make("renaksi", FIRST) == 2
        assert FormBook(desk_of(connection, other, None, MADE)).make("renaksi", FIRST) == 3
        assert snapshots.keep(connection, made.id, "summary", "2022-03", {}, MADE) == 4
        late = desk_of(connection, made, "Sari Andini", MADE + timedelta(hours=1))
        late.submit([NewReport(made.indicators[BUKU], Period.month(2022, 3), Decimal(1))])
    engine.dispose()
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["1"], 0, "✓ Angkanya masih sama dengan data sekarang."),
        (["2"], 1, "Laporan baru atau dikembalikan: 1 indikator (Desa yang memiliki buku wajib administrasi)."),
        (["3"], 0, "Formulir Renaksi TW I 2022, Kecamatan Sebelah."),
        (["3", "--office", "sebelah"], 0, "✓ Angkanya masih sama dengan data sekarang."),
        (["3", "--office", "Sukamaju"], 2, "Nomor 3 tidak ada di antara gambar dan formulir kantor itu."),
        (["4"], 2, "Ini dibuat sebelum angka dapat dibandingkan"),
        (["99"], 2, "Nomor 99 tidak ada di antara gambar dan formulir kantor itu."),
    ],
)
def test_a_number_is_compared(words: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verify", *words])
    told = capsys.readouterr()
    assert int(stopped.value.code or 0) == code
    assert sentence in told.out + told.err
    assert "Traceback" not in told.err
