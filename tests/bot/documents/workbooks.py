"""Workbooks as people make them, cell by cell, for tests that need a slip of the hand in one of them."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

Cells = list[list[Any]]

INDICATOR_HEADERS = [
    "Kode", "Jenjang", "Indikator", "Satuan", "Jabatan", "Cara hitung", "Arah", "Ritme", "Target tahunan",
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
    "TW I", "TW II", "TW III", "TW IV", "Anggaran", "Batas bawah", "Batas atas", "Keterangan", "Konteks",
    "Bukti", "Jumlah bukti",
]  # fmt: skip


def indicator(**values: Any) -> list[Any]:
    """One row of `Indikator`: a dokumen indicator of the Kasi, 3 in every quarter, unless told otherwise.

    Keyword names are headers with `_` for blanks; `TW="3 3 3 3"` and `bulan="1 1 ..."` fill periods (`.` is blank).
    """
    row: dict[str, Any] = {
        "Kode": "A-1", "Jenjang": "Kegiatan", "Indikator": "Jumlah dokumen", "Satuan": "dokumen",
        "Jabatan": "Kasi Pemerintahan", "TW I": 3, "TW II": 3, "TW III": 3, "TW IV": 3,
    }  # fmt: skip
    for header, cells in (("TW", INDICATOR_HEADERS[21:25]), ("bulan", INDICATOR_HEADERS[9:21])):
        if header in values:
            row.update(dict.fromkeys(INDICATOR_HEADERS[9:25] if header == "bulan" else cells))
            row.update(zip(cells, (cell_of(text) for text in values.pop(header).split()), strict=True))
    row.update({header.replace("_", " "): value for header, value in values.items()})
    return [row.get(header) for header in INDICATOR_HEADERS]


def cell_of(text: str) -> Any:
    if text == ".":
        return None
    return text if text in "-?" else float(text)


def sheets(*indicators: list[Any]) -> dict[str, Cells]:
    """A small sound office: a camat, a Kasi and one indicator or those given."""
    return {
        "Kantor": [
            ["Isian", "Isi"],
            ["Nama kecamatan", "Contoh"],
            ["Kabupaten", "Contoh"],
            ["Tahun", 2022],
            ["Zona waktu", "WITA"],
        ],
        "Jabatan": [
            ["Jabatan", "Peran", "Atasan", "Seksi", "Admin"],
            ["Camat", "camat", None, None, None],
            ["Kasi Pemerintahan", "kasi", "Camat", "Seksi Pemerintahan", "ya"],
        ],
        "Indikator": [INDICATOR_HEADERS, *(indicators or (indicator(),))],
    }


def save(path: Path, content: Mapping[str, Cells], formats: Mapping[str, str] | None = None) -> Path:
    """Write sheets to `path`. Text that starts with `=` is a formula; `formats` are number formats by `Sheet!A1`."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in content.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    for place, number_format in (formats or {}).items():
        name, _, cell = place.partition("!")
        workbook[name][cell].number_format = number_format
    workbook.save(path)
    return path
