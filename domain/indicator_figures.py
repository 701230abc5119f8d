"""One indicator s/d the last period that has ended, as a picture shows it (domain.md 1 and 2.1)."""

from domain.achievement import NoCapaian, why_none
from domain.judged import Judged
from domain.openings import Duty
from domain.scales import Scale, predicate
from domain.summary import IndicatorFigures


def indicator_figures(judged: Judged, scale: Scale) -> IndicatorFigures:
    """The figures of an indicator of which a period has ended; a predikat only where nothing due so far is open."""
    duty, figure = judged.duty, judged.figure
    due = sum(period.end <= figure.period.end for period in duty.measure.due_periods)
    missing = figure.missing_before + (figure.due and not figure.reported)
    rung = None if missing or judged.is_progress else predicate(figure.capaian_to_date, scale)
    return IndicatorFigures(
        name=duty.name,
        unit=duty.unit or "",
        target=figure.target_to_date,
        realisation=figure.realisation_to_date,
        capaian=figure.capaian_to_date,
        predicate=rung.word if rung else None,
        due=due,
        reported=due - missing,
        no_capaian=_why_none(judged) or "",
        checked=None if figure.realisation_to_date is None else judged.checked,
    )


def not_due(duty: Duty) -> IndicatorFigures:
    """An indicator of which no period has ended: nothing of it is missing."""
    return IndicatorFigures(duty.name, duty.unit or "", None, None, None, None, 0, 0, NoCapaian.NOT_DUE)


def _why_none(judged: Judged) -> NoCapaian | None:
    figure, measure = judged.figure, judged.duty.measure
    if figure.target_to_date is None and (measure.effective_targets or measure.annual_target):
        return NoCapaian.NOT_DUE
    if figure.unknown_before and figure.target_to_date is not None:
        return NoCapaian.UNKNOWN_BEFORE
    return why_none(figure.target_to_date, figure.realisation_to_date, measure.rule)
