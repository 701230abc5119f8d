"""An invented office's own plan of 400 rows as an xlsx, with number formats as offices use them."""

from pathlib import Path

from xlsxwriter import Workbook

ROWS = 400
YEAR = 2026
_HEADINGS = (
    "No", "Program", "Kegiatan", "Sub Kegiatan", "Indikator", "Satuan", "Target", "TW I", "TW II", "TW III", "TW IV",
    "Anggaran (Rp)", "Penanggung Jawab",
)  # fmt: skip
_SUBJECTS = ("surat masuk", "arsip kantor", "rapat koordinasi", "pembinaan linmas", "profil desa", "musrenbang")
_POSTS = ("Kasi Pemerintahan", "Kasi Pemberdayaan Masyarakat", "Kasubbag Umum dan Keuangan", "Sekretaris Kecamatan")
_UNITS = ("Dokumen", "Orang", "%", "Kegiatan")
_PLAIN, _PERCENT, _COUNTED, _MONEY = "0", "0%", '#,##0" orang"', '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-;_-@_-'


def write(path: Path, number: int) -> None:
    """Write a workbook of its own names and figures for each `number`: a title and one table.

    Every tenth row leaves a target blank, every 25th prints a zero, every 16th has a year as large as its quarters.
    """
    with Workbook(path) as book:
        sheet = book.add_worksheet("Rencana Aksi")
        formats = {code: book.add_format({"num_format": code, "border": 1}) for code in (_PLAIN, _PERCENT, _COUNTED)}
        money = book.add_format({"num_format": _MONEY, "border": 1})
        words = book.add_format({"text_wrap": True, "border": 1})
        head = book.add_format({"bold": True, "border": 1})
        sheet.write(0, 0, f"RENCANA AKSI KECAMATAN SUKAMAJU KABUPATEN WANASARI TAHUN {YEAR}", head)
        sheet.write_row(2, 0, _HEADINGS, head)
        for at in range(ROWS):
            row, unit = at + 3, _UNITS[at % len(_UNITS)]
            shown = formats[{"%": _PERCENT, "Orang": _COUNTED}.get(unit, _PLAIN)]
            targets = _targets(at, unit)
            sheet.write_number(row, 0, at + 1, formats[_PLAIN])
            sheet.write_row(row, 1, _texts(at, number), words)
            sheet.write_string(row, 5, unit, words)
            for column, target in enumerate((_annual(at, targets), *targets), start=6):
                if target is None:
                    sheet.write_blank(row, column, None, shown)
                else:
                    sheet.write_number(row, column, target, shown)
            sheet.write_number(row, 11, 1_250_000 * (at + 1) + number, money)
            sheet.write_string(row, 12, _POSTS[at % len(_POSTS)], words)


def _texts(at: int, number: int) -> tuple[str, ...]:
    subject = _SUBJECTS[at % len(_SUBJECTS)]
    return (
        f"Program Penyelenggaraan Pemerintahan {number} {at // 40 + 1}",
        f"Kegiatan Koordinasi {number} {at // 10 + 1}",
        f"Sub Kegiatan Fasilitasi {number} {at // 5 + 1}",
        f"Jumlah {subject} yang diselesaikan menurut ketentuan nomor {number * ROWS + at}",
    )


def _targets(at: int, unit: str) -> tuple[float | None, ...]:
    if unit == "%":
        return (0.25, 0.25, 0.25, 0.25)
    each = at % 7 + 1
    last = None if at % 10 == 0 else 0 if at % 25 == 0 else each
    return (each, each, each, last)


def _annual(at: int, targets: tuple[float | None, ...]) -> float:
    return targets[0] or 0 if at % 16 == 1 else sum(target or 0 for target in targets)
