"""Reading the sheet `Indikator`: every row, the mode that its targets show, and the questions that it raises."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.plan_questions import (
    direction_question,
    mode_question,
    name_question,
    owner_question,
    targets_question,
)
from bot.documents.workbook_cells import Complaints, Row, shortened
from bot.documents.workbook_layout import (
    CHOSEN_MODES,
    DEMANDS,
    DIRECTIONS,
    FLAGS,
    LEVELS,
    LOST,
    MONTHS,
    NO_LIMIT,
    NO_TARGET,
    PATH_COLUMNS,
    QUARTERS,
    RHYTHMS,
    YEAR_RULES,
    Sheet,
)
from bot.documents.workbook_office import Titles
from domain.evidence import COUNTS, Demand, Demanded
from domain.inference import Inference, PrintedSeries, asks_direction, infer_mode
from domain.modes import Confidence, Mode, Polarity, Rhythm, YearRule
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import IndicatorRow, Level, OpenQuestion
from domain.units import UnitGroup, unit_group

_PERCENT = Decimal(100)
_FIVE_POINTS = Decimal(5)
"""An index whose every target is at most this is on the scale of 0 to 5 (evaluasi pelayanan publik)."""
_NEEDS_WHOLE_PERIODS = (Mode.LEVEL, Mode.SINGLE)
"""Modes that cannot be reported monthly against quarterly targets."""


@dataclass(frozen=True)
class _Targets:
    """The cells of one row's periods. `kind` is None when neither months nor quarters are filled."""

    kind: PeriodKind | None
    periods: tuple[Period, ...]
    values: tuple[Decimal | None, ...]
    lost: frozenset[int]

    @property
    def printed(self) -> dict[Period, Decimal]:
        return {period: value for period, value in zip(self.periods, self.values, strict=True) if value is not None}


_NONE = _Targets(None, (), (), frozenset())


def read_indicators(
    rows: Sequence[Row], year: int, titles: Titles, complaints: Complaints
) -> tuple[tuple[IndicatorRow, ...], tuple[OpenQuestion, ...]]:
    """Every indicator of the sheet, and every question that the sheet itself raises."""
    _complain_about_codes(rows)
    if not rows:
        complaints.add(Sheet.INDICATORS, "Belum ada indikator, mohon isi satu baris untuk setiap indikator.")
    read = [_indicator(row, year, titles) for row in rows]
    return tuple(indicator for indicator, _ in read), tuple(question for _, raised in read for question in raised)


def _complain_about_codes(rows: Sequence[Row]) -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        code = row.line("Kode", required=True)
        first = seen.setdefault(code, row)
        if code and first is not row:
            row.complain("Kode", f'Kode "{shortened(code)}" sudah dipakai di {first.at("Kode")}, mohon beri kode lain.')


def _indicator(row: Row, year: int, titles: Titles) -> tuple[IndicatorRow, tuple[OpenQuestion, ...]]:
    targets = _targets(row, year)
    series = PrintedSeries(
        name=row.line("Indikator"),
        unit=row.line("Satuan") or None,
        period_unit=None,
        annual=row.number("Target tahunan"),
        values=targets.values,
        lost=targets.lost,
        compound=False,
        note=row.paragraph("Keterangan"),
    )
    context = row.choice("Konteks", FLAGS, targets.kind is None and series.annual is None)
    said = infer_mode(series)
    chosen = row.choice("Cara hitung", CHOSEN_MODES, None)
    mode, confidence = chosen or ((None, Confidence.ASK) if context else (said.mode, said.confidence))
    low, high = _limits(row, series)
    indicator = IndicatorRow(
        code=row.line("Kode"),
        name=series.name or None,
        unit=series.unit,
        level=row.choice("Jenjang", LEVELS, Level.AKSI, required=True),
        path={key: name for key, header in PATH_COLUMNS.items() if (name := row.line(header))},
        post=titles.of(row, "Jabatan"),
        rhythm=_rhythm(row, targets.kind, mode),
        targets=targets.printed,
        annual_target=series.annual,
        mode=mode,
        confidence=confidence,
        year_rule=row.choice("Nilai setahun", YEAR_RULES, YearRule.LAST),
        polarity=row.choice("Arah", DIRECTIONS, Polarity.POSITIVE),
        ratio=row.choice("Rasio", FLAGS, default=False),
        low=low,
        high=high,
        budget=row.whole_number("Anggaran"),
        note=series.note,
        context=context,
        place=row.place,
        demand=_demand(row),
    )
    return indicator, () if context else _questions(row, indicator, targets, series, said, titles)


def _questions(
    row: Row, indicator: IndicatorRow, targets: _Targets, series: PrintedSeries, said: Inference, titles: Titles
) -> tuple[OpenQuestion, ...]:
    """What the row leaves open."""
    raised: list[OpenQuestion] = []
    code = indicator.code
    if indicator.name is None:
        raised.append(name_question(code, row.at("Indikator")))
    if indicator.post is None:
        raised.append(owner_question(code, titles.all, row.at("Jabatan")))
    if indicator.confidence is Confidence.ASK:
        kind = targets.kind or _kind_of(indicator.rhythm)
        raised.append(mode_question(code, series, said, kind, row.at("Cara hitung")))
    if row.is_blank("Arah") and asks_direction(series.name):
        raised.append(direction_question(code, row.at("Arah")))
    if targets.lost:
        place = row.at(_headers(targets.kind)[min(targets.lost)])
        raised.append(targets_question(code, series, said, targets.periods, place))
    return tuple(raised)


# --- targets ----------------------------------------------------------------------------------------------------


def _targets(row: Row, year: int) -> _Targets:
    months = _periods(row, year, PeriodKind.MONTH)
    quarters = _periods(row, year, PeriodKind.QUARTER)
    if _says_something(months) and _says_something(quarters):
        first = next(header for header in QUARTERS if not row.is_blank(header))
        row.complain(first, "Target bulan dan target triwulan terisi keduanya, mohon pilih salah satu saja.")
    if _says_something(months):
        return months
    return quarters if _says_something(quarters) else _NONE


def _says_something(targets: _Targets) -> bool:
    return bool(targets.lost or targets.printed)


def _periods(row: Row, year: int, kind: PeriodKind) -> _Targets:
    headers = _headers(kind)
    values = tuple(_target(row, header) for header in headers)
    lost = frozenset(place for place, header in enumerate(headers) if row.sign(header, (LOST,)))
    return _Targets(kind, periods_of_year(year, kind), values, lost)


def _target(row: Row, header: str) -> Decimal | None:
    return None if row.sign(header, (LOST, NO_TARGET)) else row.number(header)


def _headers(kind: PeriodKind | None) -> tuple[str, ...]:
    return MONTHS if kind is PeriodKind.MONTH else QUARTERS


def _rhythm(row: Row, kind: PeriodKind | None, mode: Mode | None) -> Rhythm:
    usual = Rhythm.MONTHLY if kind is PeriodKind.MONTH else Rhythm.QUARTERLY
    rhythm = row.choice("Ritme", RHYTHMS, usual)
    if rhythm is Rhythm.MONTHLY and kind is PeriodKind.QUARTER and mode in _NEEDS_WHOLE_PERIODS:
        text = f"Target triwulan dengan cara hitung {mode} dilaporkan triwulanan, mohon ubah Ritme."
        row.complain("Ritme", text)
    return rhythm


def _kind_of(rhythm: Rhythm) -> PeriodKind:
    match rhythm:
        case Rhythm.MONTHLY:
            return PeriodKind.MONTH
        case Rhythm.QUARTERLY:
            return PeriodKind.QUARTER
        case Rhythm.YEARLY:
            return PeriodKind.YEAR


# --- evidence ---------------------------------------------------------------------------------------------------


def _demand(row: Row) -> Demand | None:
    """The evidence that is wanted: without a number one piece, without a kind any; None where neither is said."""
    number = row.whole_number("Jumlah bukti")
    if number is not None and number > COUNTS[-1]:
        row.complain("Jumlah bukti", f"Jumlah bukti paling banyak {COUNTS[-1]}.")
        number = None
    if row.is_blank("Bukti"):
        return None if number is None else Demand(minimum=int(number))
    kind = row.choice("Bukti", DEMANDS, Demanded.ANYTHING)
    return Demand() if kind is None else Demand(kind, 1 if number is None else int(number))


# --- limits -----------------------------------------------------------------------------------------------------


def _limits(row: Row, series: PrintedSeries) -> tuple[Decimal | None, Decimal | None]:
    usual_low, usual_high = usual_limits(series)
    low = _limit(row, "Batas bawah", usual_low)
    high = _limit(row, "Batas atas", usual_high)
    if low is not None and high is not None and low > high:
        row.complain("Batas bawah", "Batas bawah lebih besar dari batas atas, mohon diperiksa.")
    return low, high


def _limit(row: Row, header: str, usual: Decimal | None) -> Decimal | None:
    if row.is_blank(header):
        return usual
    return None if row.sign(header, (NO_LIMIT,)) else row.number(header)


def usual_limits(series: PrintedSeries) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest value that make sense for the unit; None where a printed target lies beyond."""
    targets = [value for value in (*series.printed, series.annual) if value is not None]
    low = None if any(target < 0 for target in targets) else Decimal(0)
    match unit_group(series.unit, series.name):
        case UnitGroup.PCT:
            high = _PERCENT
        case UnitGroup.INDEX:
            small = bool(targets) and all(target <= _FIVE_POINTS for target in targets)
            high = _FIVE_POINTS if small else _PERCENT
        case _:
            return low, None
    return low, None if any(target > high for target in targets) else high
