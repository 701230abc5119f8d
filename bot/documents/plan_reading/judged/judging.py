"""From what a plan prints to what is certain of it: numbers, units, modes, and a question for everything else.

A cell is taken only where nothing speaks against it. All that is doubtful stays open, with a proposal.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from bot.documents.plan_questions import direction_question, mode_question
from bot.documents.plan_reading.cell_kinds import fits_indicator
from bot.documents.plan_reading.judged import reading_questions as ask
from bot.documents.plan_reading.judged.cell_numbers import (
    CellNumber,
    Trouble,
    reader_of,
    style_of,
    style_of_counts,
)
from bot.documents.plan_reading.judged.codes import codes, identity, plain
from bot.documents.plan_reading.judged.reading_questions import DoubtfulCell
from bot.documents.plan_reading.judged.repeats import repeats, same_cells
from bot.documents.plan_reading.judged.row_numbers import COUNTED, Reader, RowFigures, RowNumbers, figures_of
from bot.documents.plan_reading.judged.understood import PlanReading, ReadIndicator
from bot.documents.plan_reading.printed import Doubt, DoubtKind, PrintedIndicator, PrintedPlan
from domain.inference import PrintedSeries, asks_direction, infer_mode
from domain.modes import Confidence, Mode
from domain.periods import Period, PeriodKind
from domain.plan import OpenQuestion
from domain.units import UnitGroup, unit_group

_OF_CELLS = frozenset(
    {
        DoubtKind.SHIFTED, DoubtKind.LOST, DoubtKind.COMPOUND, DoubtKind.MERGED, DoubtKind.STRAY, DoubtKind.JOINED,
        DoubtKind.NUMBER,
    }
)  # fmt: skip
"""Doubts that keep a cell from being taken. The others leave the cells as printed and only ask beside them."""
_DANGLING = frozenset(
    {
        "dan", "atau", "yang", "di", "ke", "dari", "untuk", "dengan", "pada", "dalam", "oleh", "serta", "per", "bagi",
        "dgn", "utk", "yg", "tentang", "antara",
    }
)  # fmt: skip
"""Words on which no name ends."""


def judge(printed: PrintedPlan, file: str = "") -> PlanReading:
    """What a file says for certain, and what must be asked. Pure; never raises for what a plan prints."""
    figures = figures_of(printed.indicators)
    has_units = any(each.units for each in figures)
    reader = _reader(printed.indicators, figures)
    identities = [identity(one) for one in printed.indicators]
    repeated = repeats(printed.indicators, identities)
    names = codes(printed.indicators, identities)
    rows: list[ReadIndicator] = []
    questions: list[OpenQuestion] = []
    for at, one in enumerate(printed.indicators):
        row = _Row(_with_odd_name(one), names[at], figures[at], reader, has_units=has_units)
        first = repeated.get(at)
        rows.append(row.indicator)
        if row.indicator.is_context:
            continue
        if first is not None:
            earlier = printed.indicators[first]
            questions.append(
                ask.repeated_question(names[at], earlier.place, one.place, same_cells=same_cells(earlier, one))
            )
        questions.extend(row.questions(printed.posts))
    return PlanReading(
        file=file,
        office=printed.office,
        kabupaten=printed.kabupaten,
        year=printed.year,
        title=printed.title,
        posts=printed.posts,
        indicators=tuple(rows),
        questions=tuple(questions),
        ignored=printed.ignored,
        is_revision=printed.is_revision,
    )


def _reader(indicators: Sequence[PrintedIndicator], figures: Sequence[RowFigures]) -> Reader:
    """What reads the numbers as the document writes them."""
    others = style_of(_number_texts(indicators))
    rows = zip(indicators, figures, strict=True)
    counted = [one for one, its_figures in rows if _group(its_figures, one.name) in COUNTED]
    return Reader(reader_of(style_of_counts(_number_texts(counted), others)), reader_of(others))


def _group(figures: RowFigures, name: str | None) -> UnitGroup:
    return unit_group(figures.unit, name or "")


def _number_texts(indicators: Iterable[PrintedIndicator]) -> list[str]:
    cells = (chain(one.targets.values(), (one.annual, one.budget)) for one in indicators)
    return [cell.text for cell in chain.from_iterable(cells) if cell is not None]


def _with_odd_name(one: PrintedIndicator) -> PrintedIndicator:
    """The row with a doubt where a figure or a bare unit stands in the place of its name."""
    if one.name is None or fits_indicator(one.name):
        return one
    text = f'Di tempat nama indikator ({one.place.words()}) tercetak "{one.name}", mungkin isi baris ini bergeser.'
    return one._replace(doubts=(*one.doubts, Doubt(DoubtKind.SHIFTED, text, one.place)))


# --- one row ------------------------------------------------------------------------------------------------------


class _Cells(NamedTuple):
    """The numbers of a row: of the periods that have a cell, and for the year. `lost` are the periods without one."""

    periods: tuple[Period, ...]
    numbers: RowNumbers
    lost: frozenset[Period]

    @property
    def annual(self) -> CellNumber:
        return self.numbers.annual

    @property
    def of_period(self) -> Mapping[Period, CellNumber]:
        return dict(zip(self.periods, self.numbers.of_periods, strict=True))


class _Row:
    """One printed row on its way to an indicator and its questions."""

    def __init__(
        self, printed: PrintedIndicator, code: str, figures: RowFigures, reader: Reader, *, has_units: bool
    ) -> None:
        self.printed = printed
        self.code = code
        self._has_units = has_units
        self._unit = figures.unit
        self._period_unit = figures.period_unit
        self._group = _group(figures, printed.name)
        self._cells = self._read(figures, reader)
        self._of_cells = self._doubts(*_OF_CELLS)
        self._doubtful = self._doubtful_periods()
        self._annual_is_doubtful = bool(self._cells.annual.trouble) or any(doubt.annual for doubt in self._of_cells)
        self._certain = self._certain_targets()
        self._certain_annual = None if self._annual_is_doubtful else self._cells.annual.certain
        self.indicator = self._indicator(None if printed.budget is None else _rupiah(reader.others(printed.budget)))

    @property
    def _is_yearly(self) -> bool:
        return len(self.printed.periods) == 1

    # --- numbers ---

    def _read(self, figures: RowFigures, reader: Reader) -> _Cells:
        one = self.printed
        has_all = len(figures.cells) == len(one.periods)
        periods = one.periods if has_all else tuple(period for period in one.periods if period in one.targets)
        lost = frozenset[Period]() if has_all or not one.has_targets else frozenset(one.periods).difference(periods)
        return _Cells(periods, figures.numbers(reader, self._group), lost)

    def _doubtful_periods(self) -> frozenset[Period]:
        if not self._has_doubt:
            return frozenset()
        found = set(self._cells.lost)
        found.update(period for period, number in self._cells.of_period.items() if number.trouble)
        for doubt in self._of_cells:
            if not doubt.annual:
                found.update(doubt.periods or self.printed.periods)
        return frozenset(found & set(self.printed.periods))

    @property
    def _has_doubt(self) -> bool:
        """Whether anything speaks against one of its cells."""
        cells = self._cells
        return bool(cells.lost or self._of_cells or cells.numbers.has_trouble)

    def _certain_targets(self) -> dict[Period, Decimal]:
        numbers = zip(self._cells.periods, self._cells.numbers.of_periods, strict=True)
        known = {period: number.value for period, number in numbers if number.value is not None}
        return {period: known[period] for period in known if period not in self._doubtful} if self._doubtful else known

    # --- proposals ---

    def _closing_fill(self) -> Mapping[Period, Decimal | None]:
        """What would stand in the lost cells if the row added up to its year; nothing where none looks likely."""
        annual = self._certain_annual
        lost = self._cells.lost
        if annual is None or not lost or self._cells.numbers.has_trouble:
            return {}
        cells = self._cells.of_period
        values = {period: number.value for period, number in cells.items() if number.value is not None}
        if sum(values.values()) == annual:
            return dict.fromkeys(lost)
        fill = infer_mode(self._series(values, None, lost)).fill
        if fill is None:
            return {}
        return {period: value for period, value in zip(self.printed.periods, fill, strict=True) if period in lost}

    def _series(
        self, values: Mapping[Period, Decimal], period_unit: str | None, lost: Iterable[Period] = ()
    ) -> PrintedSeries:
        one = self.printed
        return _row_of(one.name, (self._unit, period_unit), self._certain_annual, one.periods, values, lost, one.note)

    @cached_property
    def _proposals(self) -> dict[Period, Decimal | None]:
        """For doubtful periods what is likely; a period without is left out."""
        found: dict[Period, Decimal | None] = {}
        closed = self._closing_fill() if self._doubtful else {}
        for period in sorted(self._doubtful):
            likely = [doubt.likely[period] for doubt in self.printed.doubts if period in doubt.likely]
            if likely:
                found[period] = likely[0]
            elif period in self._cells.of_period:
                number = self._cells.of_period[period]
                if number.value is not None or number.trouble is None:
                    found[period] = number.value
            elif period in closed:
                found[period] = closed[period]
        return found

    def _as_printed(self) -> dict[Period, Decimal | None]:
        return {period: number.value for period, number in self._cells.of_period.items() if period in self._doubtful}

    # --- the indicator ---

    def _indicator(self, budget: Decimal | None) -> ReadIndicator:
        one = self.printed
        is_context = self._is_context()
        likely = dict(self._certain)
        if self._doubtful:
            likely |= {period: value for period, value in self._proposals.items() if value is not None}
        mode, confidence = (None, Confidence.ASK) if is_context else self._mode(likely)
        return ReadIndicator(
            code=self.code,
            name=one.name,
            level=one.level,
            place=one.place,
            periods=one.periods,
            targets=self._certain,
            likely=likely,
            path=dict(one.path),
            unit=self._unit,
            period_unit=self._period_unit,
            post=None if self._doubts(DoubtKind.NO_OWNER) else one.post,
            annual=self._certain_annual,
            mode=mode,
            confidence=confidence,
            budget=budget,
            note=one.note,
            is_context=is_context,
        )

    def _mode(self, likely: Mapping[Period, Decimal]) -> tuple[Mode | None, Confidence]:
        """The mode that the targets tell; of a row with doubtful cells only one that the proposals leave no doubt of,
        which its owner still confirms."""
        if not self._doubtful and not self._annual_is_doubtful:
            said = infer_mode(self._series(self._certain, self._period_unit))
            return said.mode, said.confidence
        if self._annual_is_doubtful or not self._doubtful <= set(self._proposals):
            return None, Confidence.ASK
        said = infer_mode(self._series(likely, self._period_unit))
        return (said.mode, Confidence.MEDIUM) if said.confidence is Confidence.HIGH else (None, Confidence.ASK)

    def _is_context(self) -> bool:
        one = self.printed
        if not one.has_targets:
            return not self._of_cells
        if self._doubtful or self._annual_is_doubtful:
            return False
        is_blank = not self._certain and self._certain_annual is None
        return is_blank and one.name is None

    def _doubts(self, *kinds: DoubtKind) -> list[Doubt]:
        doubts = self.printed.doubts
        return [doubt for doubt in doubts if doubt.kind in kinds] if doubts else []

    # --- the questions ---

    def questions(self, posts: Sequence[str]) -> Iterator[OpenQuestion]:
        """What must be asked of the row: what it is first, its numbers, then how they count."""
        asked = (
            self._about_name(),
            self._about_owner(posts),
            self._about_unit(),
            self._about_targets(),
            self._about_annual(),
            self._about_mode(),
            self._about_direction(),
        )
        return filter(None, asked)

    def _about_name(self) -> OpenQuestion | None:
        one = self.printed
        if one.name is None:
            rung = one.path.get(one.level, "")
            return ask.name_question(self.code, None, one.place, rung)
        if self._doubts(DoubtKind.CUT_TEXT, DoubtKind.NO_NAME) or _breaks_off(one.name):
            return ask.name_question(self.code, one.name, one.place, "" if _breaks_off(one.name) else one.name)
        return None

    def _about_owner(self, posts: Sequence[str]) -> OpenQuestion | None:
        one = self.printed
        doubts = self._doubts(DoubtKind.NO_OWNER)
        if doubts or (posts and one.post is None):
            return ask.owner_question(self.code, posts, one.post or "", one.place, " ".join(ask.told(doubts)))
        return None

    def _about_unit(self) -> OpenQuestion | None:
        one, indicator = self.printed, self.indicator
        if indicator.period_unit is not None:
            return ask.unit_question(self.code, [indicator.unit or "-", indicator.period_unit], "", one.place)
        if self._doubts(DoubtKind.NO_UNIT, DoubtKind.UNIT) or (self._has_units and indicator.unit is None):
            is_index = unit_group(None, one.name or "") is UnitGroup.INDEX
            return ask.unit_question(self.code, [], "Nilai" if is_index else "", one.place)
        return None

    def _about_mode(self) -> OpenQuestion | None:
        if self.indicator.mode is not None:
            return None
        unknown = self._doubtful - set(self._proposals)
        return _mode_question(self.indicator, ask.told(self._doubts(DoubtKind.SUM)), unknown)

    def _about_direction(self) -> OpenQuestion | None:
        name = self.printed.name
        return direction_question(self.code, self.printed.place.words()) if name and asks_direction(name) else None

    def _about_targets(self) -> OpenQuestion | None:
        if self._is_yearly:
            return None
        one = self.printed
        of_cells = [doubt for doubt in self._of_cells if not doubt.annual]
        about = [*self._doubts(DoubtKind.HEADING), *of_cells]
        if self._doubtful or about:
            proposals = self._proposals
            if not self._doubtful:
                proposals = {period: self.indicator.targets.get(period) for period in one.periods}
            is_whole = self._doubtful <= set(proposals)
            told = [
                *ask.told(about),
                *ask.sentences(self._troubled()),
                *self._untold_losses(about),
                *self._read_beside(),
            ]
            others = self._other_readings(proposals) if is_whole else ()
            return ask.targets_question(self.code, told, proposals if is_whole else None, others, one.place)
        if not self.indicator.targets and one.has_targets and self.indicator.annual is None:
            return ask.blank_question(self.code, one.periods, one.place)
        zeros = self._asked_zeros()
        return ask.zero_question(self.code, zeros, one.place) if zeros else None

    def _troubled(self) -> list[DoubtfulCell]:
        return [
            DoubtfulCell(self.printed.targets[period], number, period)
            for period, number in self._cells.of_period.items()
            if number.trouble
        ]

    def _untold_losses(self, doubts: Sequence[Doubt]) -> list[str]:
        """Lost periods that no walker has told of."""
        named = {period for doubt in doubts for period in (doubt.periods or self.printed.periods)}
        untold = sorted(self._cells.lost - named)
        where = self.printed.place.words()
        return [f"Target {ask.period_names(untold)} tidak terbaca ({where})."] if untold else []

    def _read_beside(self) -> list[str]:
        """The certain numbers of a row of which others are open, in whose light these are answered."""
        certain = self.indicator.targets
        return [f"Terbaca: {ask.listed(certain)}."] if certain and self._doubtful else []

    def _other_readings(self, proposals: Mapping[Period, Decimal | None]) -> list[dict[Period, Decimal | None]]:
        """What else the doubtful cells may mean: as they are printed, or by the other reading of a separator."""
        found: list[dict[Period, Decimal | None]] = []
        if set(self._as_printed()) == set(proposals):
            found.append(self._as_printed())
        second = {
            period: number.readings[1]
            for period, number in self._cells.of_period.items()
            if period in self._doubtful and len(number.readings) > 1
        }
        return [*found, {**proposals, **second}] if second else found

    def _asked_zeros(self) -> list[Period]:
        """Periods that print 0 (domain.md 1 rule 5), but for the start of a series that rises."""
        if all(self.indicator.targets.values()):
            return []
        values = [self.indicator.targets.get(period) for period in self.printed.periods]
        numbers = [value for value in values if value is not None]
        leads = numbers == sorted(numbers) and numbers.count(Decimal(0)) < len(numbers)
        zeros = [period for period, value in zip(self.printed.periods, values, strict=True) if value == 0]
        return [] if leads and numbers[-1:] != [Decimal(0)] else zeros

    def _about_annual(self) -> OpenQuestion | None:
        one, annual = self.printed, self._cells.annual
        doubts = [doubt for doubt in self._of_cells if doubt.annual or self._is_yearly]
        if annual.trouble or doubts:
            cell = one.annual or (one.targets.get(one.periods[0]) if self._is_yearly else None)
            troubled = [] if cell is None else ask.sentences([DoubtfulCell(cell, annual)])
            likely = [value for doubt in doubts for value in doubt.likely.values() if value is not None]
            value = likely[0] if likely else annual.value
            return ask.annual_question(self.code, [*ask.told(doubts), *troubled], value, annual.readings, one.place)
        if self._is_yearly and annual.value is None and one.has_targets:
            return ask.blank_question(self.code, one.periods, one.place)
        return None


def _rupiah(number: CellNumber) -> Decimal | None:
    """An amount of money; it is counted whole, so that `500.000` has one reading."""
    return max(number.readings) if number.trouble is Trouble.SEPARATOR else number.certain


def _breaks_off(name: str) -> bool:
    """Whether a name ends where no name ends: on a conjunction, a comma, inside brackets."""
    last_word = plain(name).rpartition(" ")[2]
    is_dangling = last_word in _DANGLING and not re.search(r"[.)]\s*$", name)
    return is_dangling or name.rstrip().endswith((",", "(", "/", "-")) or name.count("(") > name.count(")")


# --- modes --------------------------------------------------------------------------------------------------------


def _row_of(
    name: str | None,
    units: tuple[str | None, str | None],
    annual: Decimal | None,
    periods: Sequence[Period],
    values: Mapping[Period, Decimal],
    lost: Iterable[Period],
    note: str,
) -> PrintedSeries:
    """A row as its mode is told from it; `units` are its own and that of its period cells."""
    shown = periods if len(periods) > 1 else ()
    is_whole = tuple(values) == shown
    return PrintedSeries(
        name=name or "",
        unit=units[0],
        period_unit=units[1],
        annual=annual,
        values=tuple(values.values() if is_whole else map(values.get, shown)),
        lost=frozenset(map(shown.index, lost)),
        compound=False,
        note=note,
    )


def _usual_mode(indicator: ReadIndicator) -> Mode | None:
    """What a plan of years only mostly means: things that are made add up, an index is found out once."""
    if not indicator.is_yearly or indicator.annual is None:
        return None
    match unit_group(indicator.unit, indicator.name or ""):
        case UnitGroup.FLOW:
            return Mode.SUM
        case UnitGroup.INDEX:
            return Mode.SINGLE
        case _:
            return None


def _mode_question(indicator: ReadIndicator, told: Sequence[str], unknown: Iterable[Period]) -> OpenQuestion:
    """How the values of an indicator accumulate, asked of the whole row as it is likely; `unknown` are the periods of
    which nobody knows what stands there."""
    lost = () if indicator.is_yearly else unknown
    unit = None if indicator.period_unit else indicator.unit
    row = (indicator.annual, indicator.periods, indicator.likely, lost, indicator.note)
    shown = _row_of(indicator.name, (unit, None), *row)
    said = infer_mode(shown)
    kind = PeriodKind.QUARTER if indicator.is_yearly else indicator.periods[0].kind
    question = mode_question(indicator.code, shown, said, kind, indicator.place.words())
    proposal = said.mode or said.proposal or _usual_mode(indicator) or ""
    options = question.options if not proposal or proposal in question.options else (*question.options, proposal)
    return replace(
        question,
        text=" ".join([*told, question.text]),
        proposal=Mode(proposal).value if proposal else "",
        options=options,
    )
