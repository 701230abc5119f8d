"""Reading the sheets `Anggaran` and `Realisasi keuangan` of an office workbook."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.documents.workbook_cells import Row, complain_if_twice, shortened
from bot.documents.workbook_layout import BUDGET_LEVELS, SAMPLES
from bot.documents.workbook_office import OfficeFacts, Titles
from domain.budget import codes_heading
from domain.periods import Period, PeriodKind
from domain.plan import BudgetRow, Level, PastSpending, PostRow

_REPORTERS = ("bendahara", "pptk")
"""How the title of whoever reports spending begins, the likeliest first."""
_HUNDRED = Decimal(100)


def default_reporter(posts: Sequence[PostRow]) -> str | None:
    """The post that reports a line which names none: the first Bendahara, else PPTK, else the admin's."""
    for start in _REPORTERS:
        for post in posts:
            if post.title.lower().startswith(start):
                return post.title
    return next((post.title for post in posts if post.is_admin), None)


# --- Anggaran ---------------------------------------------------------------------------------------------------


def read_budget(rows: Sequence[Row], titles: Titles, posts: Sequence[PostRow]) -> tuple[BudgetRow, ...]:
    """The lines of the budget, each code once; those above no other with the post that reports them."""
    seen: dict[object, Row] = {}
    codes = [_code(row) for row in rows]
    for row, code in zip(rows, codes, strict=True):
        if code:
            complain_if_twice(row, "Kode", code, seen)
    heading, reporter = codes_heading(codes), default_reporter(posts)
    return tuple(
        _head(row, code, titles) if code in heading else _line(row, code, titles, reporter)
        for row, code in zip(rows, codes, strict=True)
    )


def _code(row: Row) -> str:
    """`5.1.` is the same line as `5.1`."""
    return row.line("Kode", required=True).rstrip(".")


def _head(row: Row, code: str, titles: Titles) -> BudgetRow:
    """A line above others: it need not have a pagu, and nobody reports it."""
    if titles.of(row, "Dilaporkan oleh") is not None:
        text = "Baris ini membawahkan baris lain, mohon isi jabatan di baris paling bawah saja."
        row.complain("Dilaporkan oleh", text)
    return _row(row, code, None)


def _line(row: Row, code: str, titles: Titles, reporter: str | None) -> BudgetRow:
    post = titles.of(row, "Dilaporkan oleh") or reporter
    if post is None and row.is_blank("Dilaporkan oleh"):
        text = "Tidak ada Bendahara, PPTK, atau admin di lembar Jabatan, mohon isi jabatan yang melaporkan."
        row.complain("Dilaporkan oleh", text)
    if row.is_blank("Pagu") and row.is_blank("Pagu perubahan"):
        row.complain("Pagu", "Kolom Pagu masih kosong, mohon isi dengan rupiah (0 bila tidak ada).")
    return _row(row, code, post)


def _row(row: Row, code: str, post: str | None) -> BudgetRow:
    return BudgetRow(
        code=code,
        name=row.line("Uraian", required=True),
        level=row.choice("Jenjang", BUDGET_LEVELS, Level.KEGIATAN, required=True),
        pagu=row.whole_number("Pagu"),
        revised=row.whole_number("Pagu perubahan"),
        post=post,
        place=row.place,
    )


# --- Realisasi keuangan -----------------------------------------------------------------------------------------


def read_spending(rows: Sequence[Row], budget: Sequence[BudgetRow], office: OfficeFacts) -> tuple[PastSpending, ...]:
    """What was spent before, one position a line and month."""
    seen: dict[object, Row] = {}
    found: list[PastSpending] = []
    lines = {line.code: line for line in budget}
    heading = codes_heading(lines)
    for row in rows:
        past = _past(row, lines, heading, office)
        if past is not None:
            complain_if_twice(row, "Periode", (past.code, past.period), seen)
            found.append(past)
    return tuple(found)


def _past(
    row: Row, lines: Mapping[str, BudgetRow], heading: Collection[str], office: OfficeFacts
) -> PastSpending | None:
    code = _reported_code(row, lines, heading)
    month = _month(row, office.year)
    spent = row.number("Realisasi", required=True)
    physical = row.number("Fisik")
    reported_at = row.moment("Dilaporkan", required=True)
    sample = row.choice("Tanda", SAMPLES, default=False)
    if spent is not None and spent < 0:
        row.complain("Realisasi", "Realisasi mohon diisi dengan rupiah s/d bulan itu, tanpa minus.")
    if physical is not None and not 0 <= physical <= _HUNDRED:
        row.complain("Fisik", "Fisik mohon diisi dengan persen s/d bulan itu, dari 0 sampai 100.")
    if month is None or spent is None or reported_at is None:
        return None
    at = reported_at.replace(tzinfo=ZoneInfo(office.zone))
    return PastSpending(code, month, spent, at, physical, sample, row.place)


def _reported_code(row: Row, lines: Mapping[str, BudgetRow], heading: Collection[str]) -> str:
    code = _code(row)
    if code and code not in lines:
        row.complain("Kode", f'Kode "{shortened(code)}" tidak ada di lembar Anggaran, mohon periksa ejaannya.')
    if code in heading:
        row.complain("Kode", "Baris anggaran ini membawahkan baris lain, mohon laporkan baris di bawahnya saja.")
    return code


def _month(row: Row, year: int) -> Period | None:
    period = row.period("Periode", year)
    if period is not None and period.kind is not PeriodKind.MONTH:
        row.complain("Periode", f"Realisasi keuangan dilaporkan per bulan, mohon tulis seperti {year}-01.")
        return None
    return period
