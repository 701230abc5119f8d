"""`renaksi export`: a file by its ending, or one sentence that says what there is."""

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.export_command import Wanted, export
from bot.refused import Refused
from storage.engine import reading, writing
from storage.form_kinds import form_name
from storage.snapshots import load
from tests.offices import make_office

pytestmark = pytest.mark.sampled_on_postgresql

BEGINS = {".pdf": b"%PDF-", ".xlsx": b"PK", ".docx": b"PK", ".csv": b"\xef\xbb\xbf"}


@pytest.fixture
def office(engine: Engine) -> Engine:
    with writing(engine) as connection:
        make_office(connection)
    return engine


def wanted(form: str = "renaksi", period: str = "2022-TW1", office: str | None = None) -> Wanted:
    return Wanted(form, period, office)


@pytest.mark.parametrize(
    ("form", "name"),
    [("renaksi", "a.pdf"), ("renaksi", "a.DOCX"), ("renja", "a.xlsx"), ("data", "a.csv")],
)
def test_the_ending_chooses_the_file(office: Engine, tmp_path: Path, form: str, name: str) -> None:
    out = tmp_path / name
    number = export(office, wanted(form), out)
    assert out.read_bytes().startswith(BEGINS[out.suffix.lower()])
    with reading(office) as connection:
        assert form_name(load(connection, number)) == form


def test_the_data_are_there_for_programs(office: Engine, tmp_path: Path) -> None:
    export(office, wanted("data", "2022"), tmp_path / "data.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "data.csv").read_text("utf-8-sig"))))
    [march] = [row for row in rows if (row["kode"], row["periode"]) == ("buku-wajib", "2022-03")]
    assert (march["jabatan"], march["target"], march["realisasi"]) == ("Kasi Pemerintahan", "1", "")


@pytest.mark.parametrize(
    ("what", "name", "sentence"),
    [
        (wanted("pai"), "a.pdf", "Formulir 'pai' tidak ada. Pilih: renaksi, renja, tc29, rfk, paten, data."),
        (wanted("renja"), "a.docx", "Formulir renja ditulis sebagai .pdf, .xlsx; nama berkasnya harus berakhiran"),
        (wanted(), "a", "Formulir renaksi ditulis sebagai .pdf, .xlsx, .docx; nama berkasnya harus berakhiran"),
        (wanted(period="maret"), "a.pdf", "Periode 'maret' tidak terbaca; contoh: 2026-03, 2026-TW1 atau 2026."),
        (wanted("renja", "2022-03"), "a.pdf", "Renja dibuat per triwulan atau per tahun."),
        (wanted(period="2099-03"), "a.pdf", "Maret 2099 belum dimulai."),
        (wanted(period="2019"), "a.pdf", "Tidak ada indikator yang dapat dilaporkan untuk tahun 2019."),
        (wanted("rfk"), "a.pdf", "Belum ada baris anggaran tahun 2022."),
        (wanted(office="Antah"), "a.pdf", "Sebutkan kantornya dengan --office. Yang ada: Sukamaju."),
        (wanted(), "tiada/a.pdf", "Berkas "),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(
    office: Engine, tmp_path: Path, what: Wanted, name: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        export(office, what, tmp_path / name)
    assert str(refused.value).startswith(sentence)
    assert not list(tmp_path.glob("a*"))
