"""Evaluation of the Renja of earlier years against the Renstra, for the plan of a year (domain.md 4.5, T-C.29)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.achievement import achievement
from domain.forms.source import FormHead, FormSource, Rung, head_of
from domain.forms.years import over_years
from domain.openings import Duty
from domain.periods import Period
from domain.renstra import RenstraFigures


@dataclass(frozen=True)
class Tc29Row:
    """One indicator; n is the year of the plan. Figures in its unit, None is "belum diisi"; `level_two_before` (column
    8) and `level` (column 11) in percent. `expected` (column 10) is what is realised s/d n-1, where n-1 brings its
    target."""

    code: str
    name: str
    unit: str
    path: tuple[Rung, ...]
    end_target: Decimal | None
    early: Decimal | None
    target_two_before: Decimal | None
    realised_two_before: Decimal | None
    level_two_before: Decimal | None
    target_one_before: Decimal | None
    expected: Decimal | None
    level: Decimal | None


@dataclass(frozen=True)
class Tc29Form:
    """The indicators of an office in the plan's order."""

    head: FormHead
    rows: tuple[Tc29Row, ...]


def tc29_form(source: FormSource, period: Period, _section: str = "") -> Tc29Form | None:
    """The table for the plan of a year; None where there is no indicator."""
    duties = [duty for duty in source.of_year(period.year) if not duty.service]
    if not duties:
        return None
    head = replace(head_of(source, period, duties), closed_period="", sample=False)  # nothing of this year is in it
    return Tc29Form(head, tuple(_row(source, duty) for duty in duties))


def _row(source: FormSource, duty: Duty) -> Tc29Row:
    known, rule = source.renstra.get(duty.id, RenstraFigures()), duty.measure.rule
    expected = over_years(duty, known.early, known.realised_two_before, known.target_one_before)
    return Tc29Row(
        code=duty.code,
        name=duty.name,
        unit=duty.unit or "",
        path=source.particulars[duty.id].path,
        end_target=known.end_target,
        early=known.early,
        target_two_before=known.target_two_before,
        realised_two_before=known.realised_two_before,
        level_two_before=achievement(known.target_two_before, known.realised_two_before, rule),
        target_one_before=known.target_one_before,
        expected=expected,
        level=achievement(known.end_target, expected, rule),
    )
