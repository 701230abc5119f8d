"""Which figures are to be explained: low or high ones of the person's own indicators of which nothing was said yet."""

from collections.abc import Iterable

from domain.explaining import Asked
from domain.office import Owed
from domain.openings import Duty, is_begun
from domain.periods import Period
from domain.reasons import asked_about, is_answered, newest_reported, worst_first
from storage.desk import Desk

Figure = tuple[Duty, Period]
"""The figure of an indicator for a period."""


def kind_of(duty: Duty, which: Period, desk: Desk) -> Asked:
    """What is asked about a figure that somebody explains: an obstacle, unless it is so high that it asks for more."""
    return asked_about(duty, which, desk.office.rules.explaining) or Asked.OBSTACLE


def unexplained(figures: Iterable[tuple[int, Period]], desk: Desk) -> list[Figure]:
    """Of figures of the person's own indicators, those that ask for an explanation and have none, the worst first."""
    by_id = {duty.id: duty for duty in desk.duties}
    return _unexplained([(by_id[key], which) for key, which in figures if key in by_id], desk)


def all_unexplained(desk: Desk) -> list[Figure]:
    """The same of the newest figure of each of the person's indicators, of the plans that are not closed."""
    newest = ((duty, newest_reported(duty)) for duty in desk.duties)
    return _unexplained([(duty, which) for duty, which in newest if which and _is_current(duty, which, desk)], desk)


def _is_current(duty: Duty, which: Period, desk: Desk) -> bool:
    return is_begun(Owed(duty.post_id, which), desk.today, desk.organisation)


def _unexplained(figures: list[Figure], desk: Desk) -> list[Figure]:
    rule = desk.office.rules.explaining
    asked = [(duty, which, kind) for duty, which in figures if (kind := asked_about(duty, which, rule)) is not None]
    return worst_first((duty, which) for duty, which, kind in asked if not _is_answered(duty, which, kind, desk))


def _is_answered(duty: Duty, which: Period, kind: Asked, desk: Desk) -> bool:
    said = desk.follow_ups.of_post(duty.post_id).get((duty.id, which))
    return is_answered(kind, duty.figures[which].capaian_to_date, said)
