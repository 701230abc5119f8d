"""The year of one indicator: target, realisation and capaian of every period, alone and s/d (domain.md 2 and 2.1).

The ledger knows no clock. A period is due because the plan has a target there; whether it is over is for the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache, cached_property
from typing import NamedTuple

from domain.achievement import ARITHMETIC, AchievementRule, Standing, achievement
from domain.beginning import FIRST_MONTH
from domain.modes import Mode, Rhythm, YearRule
from domain.periods import Period, PeriodKind, periods_of_year

_ZERO = Decimal(0)
_KINDS = {Rhythm.MONTHLY: PeriodKind.MONTH, Rhythm.QUARTERLY: PeriodKind.QUARTER, Rhythm.YEARLY: PeriodKind.YEAR}


@dataclass(frozen=True)
class Measure:
    """What of an indicator decides its figures.

    `targets` are the printed numbers in the indicator's unit, all of months or all of quarters; one of the whole year
    is an annual target. Without targets of periods the indicator is judged s/d against `annual_target` alone.
    What is merely `counted` (a service, domain.md 4.7) is due in every period of its rhythm and never judged.
    Nothing is due that ended before the month `since` (`domain.beginning`, 13 for the whole year); the value of the
    period `opening` is then the position s/d its end, for all periods before together.
    Raises ValueError for targets of another year or of mixed lengths, and for one of what is merely counted.
    """

    year: int
    mode: Mode
    year_rule: YearRule
    rhythm: Rhythm
    rule: AchievementRule
    targets: Mapping[Period, Decimal]
    annual_target: Decimal | None = None
    counted: bool = False
    since: int = FIRST_MONTH
    opening: Period | None = None

    def __post_init__(self) -> None:
        _check_year(self.year, self.targets)
        if self.counted and (self.targets or self.annual_target is not None):
            raise ValueError("what is merely counted has no target")
        if len({period.kind for period in self.targets} - {PeriodKind.YEAR}) > 1:
            raise ValueError("targets of months and of quarters stand in one indicator")

    @cached_property
    def target_kind(self) -> PeriodKind:
        """The length of the periods for which targets are printed; the year when only an annual target is."""
        return min((period.kind for period in self.targets), default=PeriodKind.YEAR)

    @cached_property
    def reporting_kind(self) -> PeriodKind:
        """The length of the periods that are reported.

        That of the rhythm; but only SUM and CUM can be reported more often than their targets are printed.
        """
        rhythm = _KINDS[self.rhythm]
        if self.mode in (Mode.SUM, Mode.CUM) or not self.effective_targets:
            return rhythm
        return max(rhythm, self.target_kind)

    @cached_property
    def effective_targets(self) -> Mapping[Period, Decimal]:
        """The targets of months or quarters that count, in order.

        A printed 0 is another "-", and a leading 0 of a CUM series "no target yet" (domain.md 1, rule 5), unless less
        is better: then 0 is what is to be reached.
        """
        keeps_zero = self.rule.formula.zero_is_target
        return {
            period: target
            for period, target in sorted(self.targets.items(), key=_by_close)
            if period.kind is not PeriodKind.YEAR and (keeps_zero or target != 0)
        }

    @cached_property
    def effective_annual_target(self) -> Decimal | None:
        """That of the whole year, given as such or as a period's; a printed 0 counts as the others do."""
        annual = self.annual_target
        if annual is None:
            annual = self.targets.get(Period.whole_year(self.year))
        return None if annual == 0 and not self.rule.formula.zero_is_target else annual

    @property
    def due_periods(self) -> tuple[Period, ...]:
        """The periods for which a report is asked, in order: those of the plan that end in the month `since` or
        later."""
        return tuple(period for period in self.planned_periods if period.last_month >= self.since)

    @cached_property
    def planned_periods(self) -> tuple[Period, ...]:
        """The periods for which the plan wants a report, those before the office began included, in order.

        With targets: those of the rhythm that hold one or lie in one. With an annual target alone: all of the rhythm,
        for a SINGLE indicator the last of them. Of what is merely counted: all of the rhythm.
        """
        units = periods_of_year(self.year, self.reporting_kind)
        if self.counted:
            return units
        if self.effective_targets:
            planned = {month for target in self.effective_targets for month in _span(target).months}
            return tuple(unit for unit in units if not planned.isdisjoint(_span(unit).months))
        if self.effective_annual_target is None:
            return ()
        return units[-1:] if self.mode is Mode.SINGLE else units

    @cached_property
    def plan(self) -> _Plan:
        """Its targets and planned periods by their months."""
        planned = [_span(period) for period in self.planned_periods]
        return _Plan(
            {_span(period): target for period, target in self.effective_targets.items()},
            due=[unit for unit in planned if unit.last >= self.since],
            before=[unit for unit in planned if unit.last < self.since],
        )

    @property
    def shown_periods(self) -> tuple[Period, ...]:
        """The periods that have a figure: every quarter and the year, and every month where months are planned or asked
        for, in order."""
        has_months = PeriodKind.MONTH in (self.target_kind, self.reporting_kind)
        return _periods_in_order(self.year, has_months=has_months)


class Figure(NamedTuple):
    """One period of one indicator. Figures are in its unit, capaian in percent, unlimited and unrounded.

    `due`: a report is asked in this period (of a quarter or the year: in a part of it). `reported`: of what is due
    nothing is open; of a period in which nothing is due, a value was given. `missing_before`: how many earlier due
    periods are open and would change the figures s/d; an open month before a quarter's last one is earlier too.
    `unknown_before`: the figures s/d lack what was planned before the office began and nobody has told; they are
    neither judged nor missing.
    """

    period: Period
    target: Decimal | None
    realisation: Decimal | None
    target_to_date: Decimal | None
    realisation_to_date: Decimal | None
    capaian: Decimal | None
    capaian_to_date: Decimal | None
    missing_before: int
    due: bool
    reported: bool
    unknown_before: bool = False

    @property
    def provisional(self) -> bool:
        """Whether the figures s/d are "sementara": something due up to here was not reported."""
        return self.missing_before > 0 or (self.due and not self.reported)

    @property
    def untargeted(self) -> bool:
        """Whether the realisation is one "tanpa target periode ini" (domain.md 1, rule 4)."""
        return self.realisation is not None and self.target is None and not self.due

    @property
    def susulan(self) -> bool:
        """Whether late fulfilment is offered: nothing is due here, but the target s/d is not reached (rule 4)."""
        if self.due or self.target_to_date is None or self.unknown_before:
            return False
        if self.realisation_to_date is None:
            return True
        return self.capaian_to_date is not None and self.capaian_to_date < 100


def year_ledger(measure: Measure, values: Mapping[Period, Decimal], since: int = FIRST_MONTH) -> dict[Period, Figure]:
    """The figures of the periods that have one (`Measure.shown_periods`), in order.

    `values` holds what was reported, in the indicator's unit. A value of a longer period stands for those inside it.
    The figure of the year follows the mode, and its capaian is the progress towards the annual target (domain.md 2.1);
    without one the targets of the periods make it. Periods that end before the month `since` are left out: no value of
    a later one changes them. Raises ValueError for a value of another year.
    """
    _check_year(measure.year, values)
    with localcontext(ARITHMETIC):
        year = _Year(measure, values)
        return {period: year.figure(period) for period in measure.shown_periods if period.last_month >= since}


def figure_of(measure: Measure, values: Mapping[Period, Decimal], period: Period) -> Figure:
    """The one of `year_ledger` for that period. Raises ValueError for a value of another year."""
    _check_year(measure.year, values)
    with localcontext(ARITHMETIC):
        return _Year(measure, values).figure(period)


def resting_on(
    measure: Measure, values: Mapping[Period, Decimal], period: Period, *, to_date: bool
) -> tuple[Period, ...]:
    """The reported periods whose values make the realisation of a period, or the one s/d its end; none for none.

    All that add up or are averaged; else the one that holds. What lies inside a longer reported period is not counted.
    """
    year = _Year(measure, values)
    spans = year.rests_on(_span(period), to_date=to_date)
    return tuple(one for one in sorted(values) if year.span_of(one) in spans)


def begins_within(measure: Measure, period: Period) -> bool:
    """Whether the office began within a period, so that an amount of it lacks the months before."""
    return measure.mode is Mode.SUM and period.first_month < measure.since <= period.last_month


def in_period(figure: Figure) -> Standing:
    """The indicator in an average over this period alone: without a target in it, or not due, it is not judged."""
    return Standing(figure.due and figure.target is not None, figure.reported, figure.capaian)


def to_date(figure: Figure) -> Standing:
    """The indicator in an average s/d this period: a provisional figure counts as missing (domain.md 2.1)."""
    return Standing(figure.target_to_date is not None, not figure.provisional, figure.capaian_to_date)


class _Span(NamedTuple):
    """The months of a period, 1 to 12, both ends included: cheap to compare some hundred times a ledger."""

    first: int
    last: int

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)

    def lies_in(self, other: _Span) -> bool:
        return other.first <= self.first and self.last <= other.last

    def ends(self, other: _Span) -> bool:
        """Whether it is the last part of `other`, or all of it."""
        return other.first <= self.first and self.last == other.last


_WHOLE_YEAR = _Span(1, 12)


class _Plan(NamedTuple):
    """What is planned for one indicator: its targets, and the periods whose report is asked, those before the office
    began apart."""

    targets: Mapping[_Span, Decimal]
    due: Sequence[_Span]
    before: Sequence[_Span]


class _Year:
    """One indicator with its reports; every question is about one span of the year."""

    def __init__(self, measure: Measure, values: Mapping[Period, Decimal]) -> None:
        self._measure = measure
        self._annual = measure.effective_annual_target
        self._targets, self._due, self._before = measure.plan
        self._opening = _opening(measure, values)
        position = None if self._opening is None else measure.opening
        self._reports = _without_overlaps({period: value for period, value in values.items() if period != position})
        given = (*self._reports, *(() if self._opening is None else (self._opening[0],)))
        self._reported_months = frozenset(month for span in given for month in span.months)
        self._open_due = [unit for unit in self._due if not self._answered(unit)]
        self._open_before = [unit for unit in self._before if not self._answered(unit)]

    def span_of(self, period: Period) -> _Span:
        """The months that the value of a period stands for."""
        is_opening = self._opening is not None and period == self._measure.opening
        return self._opening[0] if self._opening is not None and is_opening else _span(period)

    def figure(self, period: Period) -> Figure:
        rule, span = self._measure.rule, _span(period)
        target, target_to_date = self._target(span), self._target_to_date(span)
        realisation = self._realisation(span, target)
        realisation_to_date = self._combined(self._given(span, to_date=True), span)
        open_units = self._open(self._open_due, span)
        unknown = bool(self._open(self._open_before, span))
        due = any(unit.lies_in(span) for unit in self._due)
        return Figure(
            period=period,
            target=target,
            realisation=realisation,
            target_to_date=target_to_date,
            realisation_to_date=realisation_to_date,
            capaian=None if self._is_cut(span) else achievement(target, realisation, rule),
            capaian_to_date=None if unknown else achievement(target_to_date, realisation_to_date, rule),
            missing_before=sum(not unit.ends(span) for unit in open_units),
            due=due,
            reported=not any(unit.lies_in(span) for unit in open_units) if due else realisation is not None,
            unknown_before=unknown,
        )

    def _is_cut(self, span: _Span) -> bool:
        """Whether a sum lacks a part of the span because the office began within it: against its target it says
        nothing."""
        if self._measure.mode is not Mode.SUM or not self._before:
            return False
        known = {month for part in self._given(span, to_date=False) for month in part.months}
        return any(unit.lies_in(span) and not known.issuperset(unit.months) for unit in self._before)

    def _given(self, span: _Span, *, to_date: bool) -> Mapping[_Span, Decimal]:
        """What was reported within a span, or s/d its end. The opening position is an amount of all months up to its
        own, so it stands for every report of one of them wherever it counts."""
        within = _until if to_date else _within
        found = within(self._reports, span)
        if self._opening is None or not within(dict([self._opening]), span):
            return found
        known, position = self._opening
        return {known: position, **{part: value for part, value in found.items() if part.first > known.last}}

    def _target(self, span: _Span) -> Decimal | None:
        if span == _WHOLE_YEAR and self._annual is not None:
            return self._annual
        return self._combined_target(_within(self._targets, span), span)

    def _target_to_date(self, span: _Span) -> Decimal | None:
        if not self._targets:
            return self._annual if self._annual_counts(span) else None
        if span.last % self._measure.target_kind:
            return None  # inside a quarter that is planned as a whole
        return self._combined_target(_until(self._targets, span), span)

    def _annual_counts(self, span: _Span) -> bool:
        """Whether an annual target alone is judged by the end of `span`: what is typed once, only where it is due."""
        return self._measure.mode is not Mode.SINGLE or any(unit.last <= span.last for unit in self._due)

    def _combined_target(self, targets: Mapping[_Span, Decimal], span: _Span) -> Decimal | None:
        if targets and self._measure.mode is Mode.SINGLE and self._annual is not None:
            return self._annual
        return self._combined(targets, span)

    def _realisation(self, span: _Span, target: Decimal | None) -> Decimal | None:
        early = self._measure.mode is Mode.SINGLE and target is not None  # typed once, perhaps early
        return self._combined(self._given(span, to_date=early), span)

    def rests_on(self, span: _Span, *, to_date: bool) -> Sequence[_Span]:
        """The spans whose reports `_realisation` combines, or those s/d the end of `span`."""
        is_early_too = self._measure.mode is Mode.SINGLE and self._target(span) is not None
        parts = list(self._given(span, to_date=to_date or is_early_too))
        return parts if self._measure.mode is Mode.SUM or self._averages(span) else parts[-1:]

    def _combined(self, given: Mapping[_Span, Decimal], span: _Span) -> Decimal | None:
        numbers = list(given.values())
        if not numbers:
            return None
        if self._measure.mode is Mode.SUM:
            return sum(numbers, _ZERO)
        if self._averages(span):
            return sum(numbers, _ZERO) / len(numbers)
        return numbers[-1]

    def _averages(self, span: _Span) -> bool:
        measure = self._measure
        return measure.mode is Mode.LEVEL and measure.year_rule is YearRule.AVERAGE and span == _WHOLE_YEAR

    def _open(self, unanswered: Sequence[_Span], span: _Span) -> list[_Span]:
        """Those of the units up to the end of `span` that were not reported and would change its figures s/d."""
        missing = [unit for unit in unanswered if unit.last <= span.last]
        if not missing or self._measure.mode is Mode.SUM or self._averages(span):
            return missing
        last_report = max((month for month in self._reported_months if month <= span.last), default=0)
        if self._measure.mode is Mode.SINGLE and last_report:
            return []
        return [unit for unit in missing if unit.last > last_report]

    def _answered(self, unit: _Span) -> bool:
        return self._reported_months.issuperset(unit.months)


@cache
def _periods_in_order(year: int, *, has_months: bool) -> tuple[Period, ...]:
    kinds = PeriodKind if has_months else (PeriodKind.QUARTER, PeriodKind.YEAR)
    return tuple(sorted((period for kind in kinds for period in periods_of_year(year, kind)), key=_close))


def _without_overlaps(values: Mapping[Period, Decimal]) -> dict[_Span, Decimal]:
    """Reports in the order in which their periods close; a longer period already holds what lies inside it."""
    spans = {_span(period): value for period, value in sorted(values.items(), key=_by_close)}
    if len({period.kind for period in values}) < 2:
        return spans
    return {
        span: value
        for span, value in spans.items()
        if not any(other != span and span.lies_in(other) for other in spans)
    }


def _within(numbers: Mapping[_Span, Decimal], span: _Span) -> dict[_Span, Decimal]:
    first, last = span
    if first == last:  # nothing but itself lies in a month
        return {span: numbers[span]} if span in numbers else {}
    return {part: number for part, number in numbers.items() if first <= part[0] and part[1] <= last}


def _until(numbers: Mapping[_Span, Decimal], span: _Span) -> dict[_Span, Decimal]:
    last = span.last
    return {part: number for part, number in numbers.items() if part[1] <= last}


def _opening(measure: Measure, values: Mapping[Period, Decimal]) -> tuple[_Span, Decimal] | None:
    """The opening position of a sum and the months for which it stands; positions and conditions hold by themselves."""
    if measure.opening is None or measure.opening not in values or measure.mode is not Mode.SUM:
        return None
    return _Span(1, measure.opening.last_month), values[measure.opening]


@cache
def _span(period: Period) -> _Span:
    return _Span(period.first_month, period.last_month)


def _close(period: Period) -> tuple[int, int]:
    return (period.last_month, period.kind)


def _by_close(item: tuple[Period, Decimal]) -> tuple[int, int]:
    return _close(item[0])


def _check_year(year: int, periods: Iterable[Period]) -> None:
    for period in periods:
        if period.year != year:
            raise ValueError(f"{period.code} does not lie in {year}")
