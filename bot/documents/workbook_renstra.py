"""Reading the sheet `Renstra`: what the five-year plan says of the indicators, and what earlier years brought."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from bot.documents.workbook_cells import Row, shortened
from bot.documents.workbook_layout import RENSTRA_FIGURES
from domain.plan import RenstraRow
from domain.renstra import RenstraFigures

_MONEY = frozenset({"end_budget", "spent_before"})
_DASH = "-"
"""Printed plans put it where there is no figure; here it is the same as a blank cell."""


def read_renstra(rows: Sequence[Row], codes: Collection[str]) -> tuple[RenstraRow, ...]:
    """One row for each indicator of which anything is known; `codes` are those of the sheet `Indikator`."""
    seen: dict[str, Row] = {}
    for row in rows:
        code = row.line("Kode", required=True)
        if code and code not in codes:
            row.complain("Kode", f'Kode "{shortened(code)}" tidak ada di lembar Indikator, mohon periksa ejaannya.')
        first = seen.setdefault(code, row)
        if code and first is not row:
            row.complain("Kode", f"Kode ini sudah ada di {first.place}, mohon hapus salah satu baris.")
    return tuple(_row(row) for row in rows)


def _row(row: Row) -> RenstraRow:
    figures = {name: _figure(row, name, header) for name, header in RENSTRA_FIGURES.items()}
    return RenstraRow(row.line("Kode"), RenstraFigures(**figures), row.place)


def _figure(row: Row, name: str, header: str) -> Decimal | None:
    if row.sign(header, (_DASH,)):
        return None
    return row.whole_number(header) if name in _MONEY else row.number(header)
