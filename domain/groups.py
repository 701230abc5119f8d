"""On which days an office's group is told who has not reported yet: only on those that the office chose."""

from collections.abc import Collection, Iterable
from datetime import date

from domain.deadlines import CutOff, due_date
from domain.ladder import Stage
from domain.periods import Period
from domain.refusals import BadSetting, OneOf
from domain.working_calendar import WorkingCalendar

GROUP_STAGES = (Stage.BEFORE, Stage.DUE)
"""Unless the office has chosen otherwise: the working day before the cut-off, and its day."""
_OFFSETS = {Stage.BEFORE: -1, Stage.DUE: 0, Stage.AFTER: 1}
"""Working days from the office's own cut-off."""
ALLOWED = tuple(_OFFSETS)


def check_group_stages(stages: Iterable[Stage]) -> None:
    """Raises BadSetting for a stage that is not one of a cut-off, or is named twice."""
    left = list(ALLOWED)
    for stage in stages:
        if stage not in left:
            raise BadSetting(
                f"a group is not told at stage {stage}",
                field="group_stages",
                given=stage.value,
                allowed=OneOf(tuple(one.value for one in left)),
            )
        left.remove(stage)


def periods_to_tell(
    today: date, periods: Iterable[Period], cut_off: CutOff, calendar: WorkingCalendar, stages: Collection[Stage]
) -> dict[date, tuple[Period, ...]]:
    """Those of the periods of which a group is told on that day, by the day on which their cut-off falls due."""
    found: dict[date, tuple[Period, ...]] = {}
    for period in sorted(set(periods)):
        due = due_date(period, cut_off, calendar)
        if today in [calendar.add(due, _OFFSETS[stage]) for stage in stages]:
            found[due] = (*found.get(due, ()), period)
    return found
