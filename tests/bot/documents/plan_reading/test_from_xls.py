"""Workbooks without number formats: shares may be shown as percents, so they are odd; errors are never blank."""

from datetime import date
from pathlib import Path

import pytest

from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.source import Oddity, PlanRefused
from tests.bot.documents.plan_reading.packages import cells, ods, texts, xlsx

WORKBOOKS = Path(__file__).parent / "workbooks"
"""The same sheet saved by LibreOffice as xls and ods: 25% and 100% in row 3, a date, an error, a blank result, a hidden
row, a hidden column and a hidden sheet."""


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_values_come_with_what_their_format_leaves_open(ending: str, tmp_path: Path) -> None:
    misnamed = tmp_path / "rencana.xlsx"
    misnamed.write_bytes((WORKBOOKS / f"kasus.{ending}").read_bytes())
    source = read_source(misnamed)
    yes = "TRUE" if ending == "xls" else "1"
    assert texts(source) == [
        [
            ("RENCANA AKSI TAHUN 2023", "", "", "", ""),
            ("No", "Indikator", "TW I", "TW II", "Jumlah"),
            ("1", "Persentase layanan", "0,25", "1", "3"),
            ("2", "Nilai SAKIP", "62,5", f"{date(2023, 3, 1):%d/%m/%Y}", yes),
            ("3", "Jumlah dokumen", "#DIV/0!", "", "12"),
        ]
    ]
    found = cells(source)
    assert {place: found[f"Renaksi!{place}"].oddity for place in ("C3", "D3", "C4", "D4", "C5", "D5", "E5")} == {
        "C3": Oddity.FORMAT_UNKNOWN,
        "D3": Oddity.FORMAT_UNKNOWN,
        "C4": Oddity.FORMAT_UNKNOWN,
        "D4": Oddity.DATE,
        "C5": Oddity.ERROR,
        "D5": Oddity.NO_RESULT,
        "E5": None,
    }
    assert {place for place, cell in found.items() if cell.is_formula} >= {"Renaksi!E3", "Renaksi!C5", "Renaksi!D5"}
    assert (found["Renaksi!A1"].columns, found["Renaksi!D3"].number, source.has_typed_cells) == (4, 1, True)
    assert [(one.place.words(), one.why.partition(" disem")[0]) for one in source.ignored] == [
        ("Renaksi!6", "Baris 6"),
        ("Renaksi", "Kolom F"),
        ("Lama", "Lembar ini"),
    ]


def test_a_new_workbook_named_as_an_old_one_is_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "rencana.xls", b"<worksheet><sheetData><row><c><v>5</v></c></row></sheetData></worksheet>")
    assert texts(read_source(path)) == [[("5",)]]


NUMBER = '<table:table-cell office:value-type="float" office:value="7"{}><text:p>7</text:p></table:table-cell>'


def test_rows_and_columns_that_repeat_are_laid_out(tmp_path: Path) -> None:
    blanks = '<table:table-cell table:number-columns-repeated="2"/>'
    number = NUMBER.format(' table:number-columns-repeated="2"')
    rows = f'<table:table-row table:number-rows-repeated="2">{blanks}{number}</table:table-row>'
    assert texts(read_source(ods(tmp_path / "a.ods", rows))) == [[("", "", "7", "7")] * 2]


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [
        (
            '<table:table-row table:number-rows-repeated="900000">' + NUMBER.format("") + "</table:table-row>",
            {},
            "besar",
        ),
        (
            "<table:table-row>" + NUMBER.format(' table:number-columns-repeated="900"') + "</table:table-row>",
            {},
            "besar",
        ),
        (
            "<table:table-row>"
            + NUMBER.format(" table:formula=\"of:=['file:///a.ods'#$A.A1]\"")
            + "</table:table-row>",
            {},
            "lain",
        ),
        ("<table:table-row>", {}, "rusak"),
        ("<table:table-row/>", {"Basic/Standard/Module1.xml": "<x/>"}, "makro"),
    ],
)
def test_what_is_no_plain_workbook_is_refused(tmp_path: Path, rows: str, more: dict[str, str], said: str) -> None:
    with pytest.raises(PlanRefused, match=said):
        read_source(ods(tmp_path / "a.ods", rows, more))


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("EncryptedPackage", "kata sandi"),
        ("WordDocument\0", r"\.docx"),
        ("_VBA_PROJECT Workbook\0", "makro"),
        ("Workbook\0", "rusak"),
        ("", "tidak dikenali"),
    ],
)
def test_other_compound_files_are_refused_by_what_they_are(tmp_path: Path, marked: str, said: str) -> None:
    path = tmp_path / "rencana.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + marked.encode("utf-16-le") * 200)
    with pytest.raises(PlanRefused, match=said):
        read_source(path)


@pytest.mark.parametrize("cut", [700, 2600, 5000])
def test_an_xls_that_was_cut_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "rencana.xls"
    path.write_bytes((WORKBOOKS / "kasus.xls").read_bytes()[:cut])
    with pytest.raises(PlanRefused):
        read_source(path)
