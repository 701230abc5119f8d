"""This year against last, each s/d the same month, from the duties of both (domain.md 1 rule 3 and 2.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.compliance import compliance
from domain.judged import Judged, average_of, checked_of, closed_period, coverage_of, judge, sections_with_duties
from domain.office import Office
from domain.openings import Duty
from domain.periods import Period, PeriodKind, periods_of_year
from domain.roles import section_names
from domain.summary import Punctuality, Timeliness, YearComparison, YearFigures, YearPair

_FELL_DUE = (Punctuality.ON_TIME, Punctuality.LATE, Punctuality.MISSING)


@dataclass(frozen=True)
class _Year:
    """The duties of one year, judged s/d the end of `closed`."""

    closed: Period
    duties: Sequence[Duty]
    judged: Sequence[Judged]


def years_with_duties(duties: Sequence[Duty]) -> tuple[int, ...]:
    """The years of which there is a plan, oldest first."""
    return tuple(sorted({duty.measure.year for duty in duties}))


def compare_years(
    name: str, duties: Sequence[Duty], today: date, office: Office, of: Period | None = None
) -> YearComparison | None:
    """The newest year of which a period has ended against the one before it, as known on that day.

    `name` is the office's. Both are judged s/d the end of the last month with which a period of both ended, not after
    the end of `of`; None where there is none, as in an office with the plan of one year.
    """
    found = _both(duties, today if of is None else min(today, of.end + timedelta(days=1)))
    if found is None:
        return None
    now, before = found
    posts = tuple(office.posts.values())
    by_section = section_names(posts)
    return YearComparison(
        office=name,
        period=now.closed.code,
        period_before=before.closed.code,
        whole=YearPair("", _figures(now.judged, office), _figures(before.judged, office)),
        sections=tuple(
            YearPair(
                section, _of_section(now, section, by_section, office), _of_section(before, section, by_section, office)
            )
            for section in sections_with_duties([*now.duties, *before.duties], posts)
        ),
        on_time=_timeliness(name, now, today, office),
        on_time_before=_timeliness(name, before, today, office),
        provisional=not checked_of([*now.judged, *before.judged]).is_verified,
        sample=any(one.sampled for one in (*now.judged, *before.judged)),
    )


def _both(duties: Sequence[Duty], today: date) -> tuple[_Year, _Year] | None:
    """Both years s/d the same month, the newest one that ends a period of each."""
    judged = judge(duties, today)
    if not judged:
        return None
    year = judged[0].duty.measure.year
    for month in reversed(periods_of_year(year, PeriodKind.MONTH)):
        now, before = (
            _ended_with(duties, month, today),
            _ended_with(duties, Period.month(year - 1, month.number), today),
        )
        if now is not None and before is not None:
            return now, before
    return None


def _ended_with(duties: Sequence[Duty], month: Period, today: date) -> _Year | None:
    """The plan of the month's year as it stood on the day after, None where no period of it ended with that month."""
    if month.end >= today:
        return None
    of_year = [duty for duty in duties if duty.measure.year == month.year]
    judged = judge(of_year, month.end + timedelta(days=1))
    code = closed_period(judged)
    closed = Period.parse(code) if code else None
    return None if closed is None or closed.end != month.end else _Year(closed, of_year, judged)


def _of_section(year: _Year, section: str, by_section: dict[int, str], office: Office) -> YearFigures | None:
    """None for a section without indicators in that year."""
    if all(by_section[duty.post_id] != section for duty in year.duties):
        return None
    return _figures([one for one in year.judged if by_section[one.duty.post_id] == section], office)


def _figures(judged: Sequence[Judged], office: Office) -> YearFigures:
    average = average_of(judged, office.rules.cap)
    return YearFigures(coverage_of(average, judged), average.value)


def _timeliness(name: str, year: _Year, today: date, office: Office) -> Timeliness:
    """Of the reports of the periods so far that have fallen due, those that came in time."""
    table = compliance(name, year.duties, today, office, Period.whole_year(year.closed.year))
    if table is None:
        return Timeliness(0, 0)
    so_far = [at for at, code in enumerate(table.periods) if Period.parse(code).end <= year.closed.end]
    marks = [post.marks[at] for post in table.posts for at in so_far]
    return Timeliness(marks.count(Punctuality.ON_TIME), sum(mark in _FELL_DUE for mark in marks))
