"""One indicator through its year, from its duty (domain.md 2.1)."""

from collections.abc import Sequence
from datetime import date

from domain.checked import checked, checked_to_date
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
    points = tuple(_point(duty, period, today) for period in year.split(duty.kind))
    return IndicatorYear(
        office=name,
        name=duty.name,
        unit=duty.unit or "",
        post=office.posts[duty.post_id].title,
        mode=duty.measure.mode,
        annual_target=duty.figures[year].target,
        points=points,
        closed_period="" if last is None else last.period.code,
        to_date=None if last is None else indicator_figures(Judged(duty, last), office.rules.rating),
        provisional=_is_provisional(points),
        sample=bool(duty.samples),
    )


def _is_provisional(points: Sequence[PeriodPoint]) -> bool:
    """Whether anything due is missing, or anything that was given is not verified."""
    given = [found for point in points for found in (point.checked, point.checked_to_date) if found is not None]
    return not given or any(point.missing for point in points) or not all(found.is_verified for found in given)


def _point(duty: Duty, period: Period, today: date) -> PeriodPoint:
    figure, ended, begun = duty.figures[period], period.end < today, period.start <= today
    is_known = begun and _is_known(duty.measure.mode, figure, ended=ended)
    own = figure.realisation if begun else None
    position = figure.realisation_to_date if is_known else None
    return PeriodPoint(
        period=period.code,
        due=figure.due and ended,
        target=figure.target,
        realisation=own,
        target_to_date=figure.target_to_date,
        realisation_to_date=position,
        reported=figure.reported,
        revised=begun and period in duty.revised,
        checked=None if own is None else checked(duty, period),
        checked_to_date=None if position is None else checked_to_date(duty, period),
    )


def _is_known(mode: Mode, figure: Figure, *, ended: bool) -> bool:
    """Whether the position s/d a period is one: what was reported before does not stand for a period that is missing or
    has not ended, and a level holds for its own period only."""
    if figure.realisation is not None:
        return True
    return ended and mode is not Mode.LEVEL and (figure.reported or not figure.due)
