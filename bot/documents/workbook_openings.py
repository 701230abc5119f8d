"""Reading the sheet `Realisasi awal`: what was realised before the office began to report with the program."""

from collections.abc import Mapping, Sequence

from bot.documents.workbook_cells import Row, complain_if_twice, shortened
from bot.documents.workbook_layout import COUNTS_FOR, OfficeKey, Sheet
from domain.beginning import is_before
from domain.modes import Mode, Rhythm
from domain.periods import Period, PeriodKind
from domain.plan import IndicatorRow, OpeningRow

_KINDS = {Rhythm.MONTHLY: PeriodKind.MONTH, Rhythm.QUARTERLY: PeriodKind.QUARTER, Rhythm.YEARLY: PeriodKind.YEAR}
_CALLED = {PeriodKind.MONTH: "bulan", PeriodKind.QUARTER: "triwulan", PeriodKind.YEAR: "tahun"}


def read_openings(
    rows: Sequence[Row], by_code: Mapping[str, IndicatorRow], year: int, begins: Period | None
) -> tuple[OpeningRow, ...]:
    """One row for each position, or for each period that is told alone; only of the time before `begins`."""
    seen: dict[object, Row] = {}
    found: list[OpeningRow] = []
    for row in rows:
        if begins is None:
            row.complain("Posisi s/d", f'Isi dahulu "{OfficeKey.BEGINS}" di lembar {Sheet.OFFICE}.')
        opening = _opening(row, by_code, year, begins)
        if opening is not None:
            complain_if_twice(row, "Posisi s/d", (opening.indicator, opening.until), seen)
            found.append(opening)
    return tuple(found)


def _opening(row: Row, by_code: Mapping[str, IndicatorRow], year: int, begins: Period | None) -> OpeningRow | None:
    code = row.line("Kode", required=True)
    if code and code not in by_code:
        row.complain("Kode", f'Kode "{shortened(code)}" tidak ada di lembar Indikator, mohon periksa ejaannya.')
    until = row.period("Posisi s/d", year)
    value = row.number("Nilai", required=True)
    source = row.line("Sumber")
    alone = row.choice("Berlaku", COUNTS_FOR, default=False)
    if until is None or value is None or code not in by_code:
        return None
    which = _of_its_length(row, until, by_code[code])
    if which is not None and begins is not None and not is_before(which, begins):
        row.complain("Posisi s/d", f"Periode ini tidak berakhir sebelum {OfficeKey.BEGINS.lower()}.")
    return None if which is None else OpeningRow(code, which, value, source, alone, row.place)


def _of_its_length(row: Row, until: Period, indicator: IndicatorRow) -> Period | None:
    """The period as the indicator is reported: `2022-03` of one that is reported by quarters is its TW I. None, with a
    complaint, for a month within its quarter."""
    kind = _reported_by(indicator)
    same = Period(until.year, kind, -(-until.last_month // kind))
    if same.end == until.end and until.kind <= kind:
        return same
    row.complain(
        "Posisi s/d", f"Indikator ini dilaporkan per {_CALLED[kind]}; isi {_CALLED[kind]} yang sudah berakhir."
    )
    return None


def _reported_by(indicator: IndicatorRow) -> PeriodKind:
    """The length of the periods in which an indicator is reported (`Measure.reporting_kind`)."""
    rhythm = _KINDS[indicator.rhythm]
    printed = min((period.kind for period in indicator.targets), default=rhythm)
    return rhythm if indicator.mode in (Mode.SUM, Mode.CUM) else max(rhythm, printed)
