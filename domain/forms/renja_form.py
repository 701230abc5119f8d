"""Evaluation of the Renja, s/d a quarter or the year (domain.md 4.4, Formulir E.81)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from domain.achievement import ARITHMETIC, AchievementRule, Formula, achievement
from domain.budget import budget_figures
from domain.checked import checked, checked_to_date
from domain.forms.explained import Plan, factors_in
from domain.forms.source import FormHead, FormSource, Rung, head_of
from domain.forms.spending import Spending, ended_quarters, lines_of, spending_of
from domain.forms.standing import Obstacle, Standing, judged_of, standing_of
from domain.forms.years import over_years
from domain.judged import Judged
from domain.ledger import Figure
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.renstra import RenstraFigures
from domain.standing import Standing as Checked

_RUPIAH = AchievementRule(Formula.ABSORPTION)


@dataclass(frozen=True)
class Both:
    """Kinerja, in the unit of the indicator, and money in rupiah; None where it is not known. Of a level (column 14)
    both are in percent."""

    k: Decimal | None
    rp: Decimal | None


@dataclass(frozen=True)
class RenjaRow:
    """One indicator; fields are named by the columns of the form: 5 and 6 the Renstra, 7 the plan of the year, 8 to 11
    the quarters so far, 12 the year so far, 13 the Renstra so far, 14 its level in percent.

    `missing` says of each quarter that something due in it was not reported. `has_money` says that a line of the budget
    stands for it; else its money is blank, not unknown. `checked_quarters` and `checked` say how far the kinerja of
    each quarter and of the year so far has come, None where there is none; in snapshots from before verification none
    is known. Money is not verified.
    """

    code: str
    name: str
    unit: str
    path: tuple[Rung, ...]
    post: str
    renstra_target: Both
    renstra_before: Both
    plan: Both
    quarters: tuple[Both, ...]
    year: Both
    renstra: Both
    level: Both
    missing: tuple[bool, ...]
    has_money: bool
    provisional: bool
    checked_quarters: tuple[Checked | None, ...] = ()
    checked: Checked | None = None


@dataclass(frozen=True)
class NamedObstacle:
    """What somebody said of the figures of an indicator: what stood in the way, what helped, what is done."""

    indicator: str
    obstacles: tuple[Obstacle, ...]
    drivers: tuple[Obstacle, ...] = ()
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True)
class RenjaForm:
    """The indicators of an office in the plan's order. `budget`, `spent` and `absorbed` (percent) are those of all the
    lines of the budget, one level added only; None where there is none, or nothing is reported."""

    head: FormHead
    rows: tuple[RenjaRow, ...]
    standing: Standing
    obstacles: tuple[NamedObstacle, ...]
    budget: Decimal | None
    spent: Decimal | None
    absorbed: Decimal | None


def renja_form(source: FormSource, period: Period, _section: str = "") -> RenjaForm | None:
    """The evaluation s/d a quarter, or of the year; None where there is no indicator."""
    duties = [duty for duty in source.of_year(period.year) if not duty.service]
    if not duties:
        return None
    judged, ended = judged_of(source, duties), ended_quarters(source, period)
    lines = lines_of(source, duties, period.year)
    spending = spending_of(source, tuple(lines.values()), ended)
    whole = budget_figures(source.office, source.budget, ended[-1] if ended else period).total
    spent = whole.spent if ended else None
    return RenjaForm(
        head=head_of(source, period, duties),
        rows=tuple(
            _row(source, duty, period, judged.get(duty.id), spending[lines[duty.id].code] if duty.id in lines else None)
            for duty in duties
        ),
        standing=standing_of(source, tuple(judged.values())),
        obstacles=_obstacles(source, duties, period),
        budget=whole.ceiling,
        spent=spent,
        absorbed=achievement(whole.ceiling, spent, _RUPIAH),
    )


def _row(source: FormSource, duty: Duty, period: Period, judged: Judged | None, spending: Spending | None) -> RenjaRow:
    renstra = source.renstra.get(duty.id, RenstraFigures())
    until = _until(source, duty, judged)
    so_far = until.realisation_to_date if until else None
    year = Both(so_far, spending.to_date if spending else None)
    total = Both(over_years(duty, renstra.before, year.k), _added(renstra.spent_before, year.rp))
    return RenjaRow(
        code=duty.code,
        name=duty.name,
        unit=duty.unit or "",
        path=source.particulars[duty.id].path,
        post=source.organisation.posts[duty.post_id].title,
        renstra_target=Both(renstra.end_target, renstra.end_budget),
        renstra_before=Both(renstra.before, renstra.spent_before),
        plan=Both(duty.figures[Period.whole_year(period.year)].target, spending.ceiling if spending else None),
        quarters=_quarters(source, duty, period, spending),
        year=year,
        renstra=total,
        level=Both(
            achievement(renstra.end_target, total.k, duty.measure.rule),
            achievement(renstra.end_budget, total.rp, _RUPIAH),
        ),
        missing=tuple(_is_missing(source, duty.figures[quarter]) for quarter in _begun(source, period)),
        has_money=spending is not None,
        provisional=judged is None or judged.figure.provisional or (spending is not None and spending.provisional),
        checked_quarters=tuple(_checked(duty, quarter) for quarter in _begun(source, period)),
        checked=None if until is None or so_far is None else checked_to_date(duty, until.period),
    )


def _until(source: FormSource, duty: Duty, judged: Judged | None) -> Figure | None:
    """The figure of the year so far, as every picture shows it; once the year has ended that of the year, whose value
    may be a mean by the indicator's rule."""
    whole = Period.whole_year(duty.measure.year)
    return duty.figures[whole] if source.has_ended(whole) else (judged.figure if judged else None)


def _checked(duty: Duty, quarter: Period) -> Checked | None:
    return None if duty.figures[quarter].realisation is None else checked(duty, quarter)


def _begun(source: FormSource, period: Period) -> tuple[Period, ...]:
    """The quarters up to the end of a form's period that have begun."""
    quarters = Period.whole_year(period.year).split(PeriodKind.QUARTER)
    return tuple(one for one in quarters if one.end <= period.end and one.start <= source.today)


def _quarters(source: FormSource, duty: Duty, period: Period, spending: Spending | None) -> tuple[Both, ...]:
    """Of each quarter what it brought."""
    money = spending.quarters if spending else ()
    return tuple(
        Both(duty.figures[quarter].realisation, money[at] if at < len(money) else None)
        for at, quarter in enumerate(_begun(source, period))
    )


def _is_missing(source: FormSource, figure: Figure) -> bool:
    return source.has_ended(figure.period) and figure.due and not figure.reported


def _added(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    if before is None or now is None:
        return None
    with localcontext(ARITHMETIC):
        return before + now


def _obstacles(source: FormSource, duties: Sequence[Duty], period: Period) -> tuple[NamedObstacle, ...]:
    found = ((duty.name, factors_in(source, duty, period)) for duty in duties)
    return tuple(NamedObstacle(name, said.obstacles, said.drivers, said.plans) for name, said in found if said)
