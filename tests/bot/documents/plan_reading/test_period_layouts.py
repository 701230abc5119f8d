"""Plans of invented offices with periods in rows, as the files that such offices have."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl

from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.judged.judging import judge
from bot.documents.plan_reading.judged.understood import PlanReading, ReadIndicator
from bot.documents.plan_reading.reading import read_printed
from domain.plan import About
from tests.bot.documents.plan_reading.period_tables import MONTHS

_KASI, _KASUBBAG = "Kasi Pemerintahan", "Kasubbag Umum dan Keuangan"


def _read(path: Path) -> PlanReading:
    return judge(read_printed(read_source(path)), path.name)


def _values(each: ReadIndicator) -> list[Decimal | None]:
    return [each.targets.get(period) for period in each.periods]


def _sheet(book: openpyxl.Workbook, post: str, indicators: Mapping[str, Sequence[int | str]]) -> None:
    """One post a sheet: its name above, a heading of two rows, names merged over their twelve months, a signature."""
    sheet = book.create_sheet(post)
    for row in (["RENCANA AKSI TAHUN 2025"], ["KECAMATAN CONTOH"], ["Nama", ": Budi Contoh"], ["Jabatan", f": {post}"]):
        sheet.append(row)
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target Tahunan", "Rencana Aksi", None, "Ket"])
    sheet.append([None, None, None, None, None, "Bulan", "Target"])
    sheet.merge_cells("F6:G6")
    for column in "ABCDEH":
        sheet.merge_cells(f"{column}6:{column}7")
    for number, (name, values) in enumerate(indicators.items(), 1):
        first = sheet.max_row + 1
        annual = sum(value for value in values if isinstance(value, int))
        for month, value in zip(MONTHS, values, strict=True):
            beside = [number, f"Meningkatnya hal {number}", name, "Laporan", annual]
            sheet.append([*(beside if month == MONTHS[0] else [None] * 5), month, value])
        for column in "ABCDEH":
            sheet.merge_cells(f"{column}{first}:{column}{first + 11}")
    for row in ("Contoh, 3 Januari 2025", "Camat Contoh", None, "Budi Contoh", "NIP (NIP)"):
        sheet.append([None] * 5 + [row])


def test_a_workbook_with_a_sheet_for_each_post(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, _KASI, {"Jumlah laporan desa": [1] * 11 + [2], "Jumlah laporan aset": ["-", "-", 3] * 4})
    _sheet(book, _KASUBBAG, {"Jumlah laporan gaji": list(range(10, 22))})
    path = tmp_path / "rencana.xlsx"
    book.save(path)

    reading = _read(path)

    assert (reading.office, reading.year) == ("Contoh", 2025)
    assert [(each.name, each.post) for each in reading.indicators] == [
        ("Jumlah laporan desa", _KASI),
        ("Jumlah laporan aset", _KASI),
        ("Jumlah laporan gaji", _KASUBBAG),
    ]
    desa, aset, gaji = map(_values, reading.indicators)
    assert desa == [1] * 11 + [2]
    assert aset == [None, None, 3] * 4
    assert gaji == list(range(10, 22))
    assert not reading.questions


def _document(path: Path, tables: Mapping[str, Sequence[tuple[str, str, Sequence[str]]]]) -> None:
    """A table below the name of each post: quarters as Roman numbers, units in the cells, money for every quarter."""
    document = docx.Document()
    document.add_paragraph("RENCANA AKSI PERJANJIAN KINERJA TAHUN 2025")
    document.add_paragraph("KECAMATAN CONTOH")
    for post, indicators in tables.items():
        document.add_paragraph(post.upper())
        heads = ["No", "Indikator Kinerja", "Target Tahunan", "Triwulan", "Target", "Anggaran (Rp)"]
        table = document.add_table(1 + 4 * len(indicators), len(heads))
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.text = text
        for number, (name, annual, values) in enumerate(indicators):
            first = 1 + 4 * number
            for column, text in enumerate((str(number + 1), name, annual)):
                table.cell(first, column).merge(table.cell(first + 3, column)).text = text
            for at, value in enumerate(values):
                for column, text in ((3, ("I", "II", "III", "IV")[at]), (4, value), (5, f"{at + 1}.000.000")):
                    table.cell(first + at, column).text = text
    document.save(str(path))


def test_a_document_with_a_table_for_each_post(tmp_path: Path) -> None:
    path = tmp_path / "rencana.docx"
    _document(
        path,
        {
            _KASI: [("Jumlah rapat desa", "14 Kali", ["3 Kali", "3 Kali", "-", "8 Kali"])],
            _KASUBBAG: [
                ("Persentase surat yang dijawab", "100 %", ["25 %", "50 %", "75 %", "100 %"]),
                ("Jumlah ASN yang menerima gaji", "18 Orang", ["18 Orang"] * 4),
            ],
        },
    )

    reading = _read(path)

    assert [(each.name, (each.unit or "").lower(), each.post, each.annual) for each in reading.indicators] == [
        ("Jumlah rapat desa", "kali", _KASI, 14),
        ("Persentase surat yang dijawab", "%", _KASUBBAG, 100),
        ("Jumlah ASN yang menerima gaji", "orang", _KASUBBAG, 18),
    ]
    assert list(map(_values, reading.indicators)) == [[3, 3, None, 8], [25, 50, 75, 100], [18] * 4]
    assert [each.budget for each in reading.indicators] == [None] * 3
    assert not reading.questions


def test_a_list_out_of_a_database(tmp_path: Path) -> None:
    rows = ["RENCANA AKSI 2025;;;;;", "KECAMATAN CONTOH;;;;;", "Jabatan;Kegiatan;Indikator;Satuan;Bulan;Target"]
    for post, name in ((_KASI, "Jumlah desa yang dibina"), (_KASUBBAG, "Jumlah surat masuk")):
        rows += [f"{post};Pembinaan;{name};Kegiatan;{month};{at}" for at, month in enumerate(MONTHS, 1)]
    path = tmp_path / "rencana.csv"
    path.write_text("\n".join(rows), encoding="utf-8")

    reading = _read(path)

    assert [(each.name, each.post, dict(each.path)) for each in reading.indicators] == [
        ("Jumlah desa yang dibina", _KASI, {"kegiatan": "Pembinaan"}),
        ("Jumlah surat masuk", _KASUBBAG, {"kegiatan": "Pembinaan"}),
    ]
    assert all(_values(each) == list(range(1, 13)) for each in reading.indicators)


def test_targets_below_one_another_in_one_cell_are_proposed(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("RENCANA AKSI TAHUN 2025 KECAMATAN CONTOH")
    table = document.add_table(2, 5)
    for at, row in enumerate(
        (
            ("No", "Indikator Kinerja", "Satuan", "Triwulan", "Target"),
            ("1", "Jumlah rapat", "Kali", "TW I\nTW II\nTW III\nTW IV", "3\n4\n-\n5"),
        )
    ):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    path = tmp_path / "rencana.docx"
    document.save(str(path))

    reading = _read(path)

    assert not reading.indicators[0].targets
    (question,) = (each for each in reading.questions if each.about is About.TARGETS)
    assert question.proposal == "2025-TW1=3; 2025-TW2=4; 2025-TW3=-; 2025-TW4=5"
