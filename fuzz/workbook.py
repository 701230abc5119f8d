"""The office workbook, and a workbook of what was spent: taken, or complained about with a sentence."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from bot.documents.office_workbook import read_workbook
from bot.documents.plan_files import is_office_workbook
from bot.documents.spending_file import read_spending
from domain.plan import OfficePlan
from fuzz import made_files

_SAMPLE = Path(__file__).parent.parent / "samples" / "sidayu-2020.xlsx"
_NAMES = ("Kantor", "Jabatan", "Pegawai", "Indikator", "Anggaran", "Keuangan")
"""Sheets that the first byte chooses from; the last is one of spending."""


def check(data: bytes) -> None:
    """The first byte chooses: a sheet of one of these names, or the bytes as they are."""
    chosen = data[0] % (len(_NAMES) + 1) if data else 0
    made = data[1:] if chosen == len(_NAMES) else made_files.xlsx(data[1:], _NAMES[chosen])
    with tempfile.TemporaryDirectory(prefix="renaksi-fuzz-") as folder:
        path = Path(folder) / "buku.xlsx"
        path.write_bytes(made)
        is_office_workbook(path)
        read = read_workbook(path)
        assert isinstance(read, OfficePlan) or all(str(one.text) for one in read)
        read_spending(path)


def seeds() -> Iterable[bytes]:
    """A real workbook, and each kind of sheet with a few cells."""
    yield bytes([len(_NAMES)]) + _SAMPLE.read_bytes()
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Kode</t></is></c><c r="B1" t="inlineStr"><is><t>Realisasi</t></is>'
        '</c></row><row r="2"><c r="A2" t="inlineStr"><is><t>7.01</t></is></c><c r="B2"><v>12500.5</v></c></row>'
    )
    for number in range(len(_NAMES)):
        yield bytes([number]) + f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()
