"""One indicator through its year, from its duty (domain.md 2.1)."""

from datetime import date

from domain.indicator_figures import indicator_figures
from domain.judged import Judged, last_ended
from domain.ledger import Figure
from domain.modes import Mode
from domain.office import Office
from domain.openings import Duty
from domain.periods import Period
from domain.summary import IndicatorYear, PeriodPoint


def indicator_year(name: str, duty: Duty, today: date, office: Office) -> IndicatorYear:
    """The year of an indicator as known on that day, a point for each period in which it is reported.

    `name` is the office's. A period that still runs shows what was given early, but is neither missing nor judged; one
    that has not begun shows its target alone.
    """
    year = Period.whole_year(duty.measure.year)
    last = last_ended(duty, today)
    return IndicatorYear(
        office=name,
        name=duty.name,
        unit=duty.unit or "",
        post=office.posts[duty.post_id].title,
        mode=duty.measure.mode,
        annual_target=duty.figures[year].target,
        points=tuple(_point(duty, period, today) for period in year.split(duty.kind)),
        closed_period="" if last is None else last.period.code,
        to_date=None if last is None else indicator_figures(Judged(duty, last), office.rules.rating),
        provisional=True,
        sample=bool(duty.samples),
    )


def _point(duty: Duty, period: Period, today: date) -> PeriodPoint:
    figure, ended, begun = duty.figures[period], period.end < today, period.start <= today
    return PeriodPoint(
        period=period.code,
        due=figure.due and ended,
        target=figure.target,
        realisation=figure.realisation if begun else None,
        target_to_date=figure.target_to_date,
        realisation_to_date=figure.realisation_to_date
        if begun and _is_known(duty.measure.mode, figure, ended=ended)
        else None,
        reported=figure.reported,
        revised=begun and period in duty.revised,
    )


def _is_known(mode: Mode, figure: Figure, *, ended: bool) -> bool:
    """Whether the position s/d a period is one: what was reported before does not stand for a period that is missing or
    has not ended, and a level holds for its own period only."""
    if figure.realisation is not None:
        return True
    return ended and mode is not Mode.LEVEL and (figure.reported or not figure.due)
