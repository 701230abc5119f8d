"""On which days a group is told, and what no office can choose."""

from datetime import date

import pytest

from domain.deadlines import INTERNAL
from domain.groups import GROUP_STAGES, check_group_stages, periods_to_tell
from domain.ladder import Stage
from domain.periods import Period
from domain.refusals import BadSetting
from domain.working_calendar import WorkingCalendar

CALENDAR = WorkingCalendar(frozenset())
MARCH, APRIL, QUARTER = Period.month(2022, 3), Period.month(2022, 4), Period.quarter(2022, 1)
ALL = (Stage.BEFORE, Stage.DUE, Stage.AFTER)


@pytest.mark.parametrize(
    ("day", "stages", "told"),
    [
        (date(2022, 4, 1), GROUP_STAGES, ()),
        (date(2022, 4, 4), GROUP_STAGES, (MARCH, QUARTER)),
        (date(2022, 4, 5), GROUP_STAGES, (MARCH, QUARTER)),
        (date(2022, 4, 6), GROUP_STAGES, ()),
        (date(2022, 4, 6), ALL, (MARCH, QUARTER)),
        (date(2022, 4, 5), (), ()),
        (date(2022, 4, 4), (Stage.DUE,), ()),
        (date(2022, 5, 5), GROUP_STAGES, (APRIL,)),
    ],
)
def test_the_days_are_those_of_the_internal_cut_off(day: date, stages: tuple[Stage, ...], told: tuple[Period]) -> None:
    found = periods_to_tell(day, [APRIL, QUARTER, MARCH, MARCH], INTERNAL, CALENDAR, stages)
    assert [period for periods in found.values() for period in periods] == sorted(told)


@pytest.mark.parametrize("stages", [(Stage.NOTICE,), (Stage.DUE, Stage.DUE), (Stage.CAMAT,)])
def test_other_stages_are_refused(stages: tuple[Stage, ...]) -> None:
    with pytest.raises(BadSetting):
        check_group_stages(stages)
