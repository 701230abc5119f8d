"""Who reported when: the posts of an office against the periods of a plan (domain.md 5 and 7)."""

from collections.abc import Sequence
from datetime import date

from domain.beginning import is_before
from domain.checked import checked, least
from domain.judged import judge
from domain.office import Office, Owed
from domain.openings import Duty
from domain.periods import Period, periods_of_year
from domain.standing import Standing
from domain.summary import Compliance, PostCompliance, Punctuality


def compliance(name: str, duties: Sequence[Duty], today: date, office: Office, of: Period) -> Compliance | None:
    """How the posts reported the periods that lie in `of`, as known on that day; None where nothing is reported in it.

    `name` is the office's. The columns are the shortest periods that anybody reports; a longer one stands in the column
    with which it ends, as a month that is also a quarter's end is asked once; what had ended when the office began is
    left out. Posts come in the office's order; what one fills in for another counts as its own.
    """
    in_year = [duty for duty in duties if duty.measure.year == of.year]
    columns = tuple(one for one in _columns(in_year, of) if not is_before(one, office.rules.begins))
    if not columns:
        return None
    by_post: dict[int, list[Duty]] = {post_id: [] for post_id in office.posts}
    for duty in in_year:
        by_post[office.reporting_post(duty.post_id, today)].append(duty)
    posts = tuple(
        PostCompliance(
            office.posts[post_id].title,
            tuple(_mark(own, column, today, office) for column in columns),
            tuple(_checked(own, column) for column in columns),
        )
        for post_id, own in by_post.items()
        if own
    )
    return Compliance(
        office=name,
        period=of.code,
        periods=tuple(column.code for column in columns),
        posts=posts,
        provisional=_is_provisional(posts),
        sample=any(of.covers(period) for duty in in_year for period in duty.samples),
    )


def shown_year(duties: Sequence[Duty], today: date) -> Period | None:
    """The year whose punctuality is looked at: the newest of which a period has ended, else the first one planned."""
    judged = judge(duties, today)
    year = judged[0].duty.measure.year if judged else min((duty.measure.year for duty in duties), default=None)
    return None if year is None else Period.whole_year(year)


def _columns(duties: Sequence[Duty], of: Period) -> tuple[Period, ...]:
    shortest = min((duty.kind for duty in duties), default=None)
    if shortest is None:
        return ()
    return tuple(period for period in periods_of_year(of.year, shortest) if of.covers(period))


def _due(duties: Sequence[Duty], column: Period) -> list[tuple[Duty, Period]]:
    """What of a post ends with a column and is awaited."""
    return [
        (duty, period)
        for duty in duties
        for period in Period.whole_year(column.year).split(duty.kind)
        if period.end == column.end and _is_awaited(duty, period)
    ]


def _checked(duties: Sequence[Duty], column: Period) -> Standing | None:
    """How far all that a post reported in a column has come; None while anything of it is missing."""
    due = _due(duties, column)
    if not due or not all(_is_in(*one) for one in due):
        return None
    return least(checked(duty, period) for duty, period in due)


def _is_provisional(posts: Sequence[PostCompliance]) -> bool:
    """Whether a report is missing, or one that is in is not verified."""
    given = [found for post in posts for found in post.checked if found is not None]
    is_missing = any(Punctuality.MISSING in post.marks for post in posts)
    return not given or is_missing or not all(found.is_verified for found in given)


def _mark(duties: Sequence[Duty], column: Period, today: date, office: Office) -> Punctuality:
    """How one post reported what ends with a column."""
    due = _due(duties, column)
    if not due:
        return Punctuality.NO_TARGET
    missing = [(duty, period) for duty, period in due if not _is_in(duty, period)]
    if not missing:
        return Punctuality.LATE if any(_came_late(*one) for one in due) else Punctuality.ON_TIME
    overdue = any(_is_overdue(Owed(duty.post_id, period), today, office) for duty, period in missing)
    return Punctuality.MISSING if overdue else Punctuality.OPEN


def _is_awaited(duty: Duty, period: Period) -> bool:
    return duty.figures[period].due or period in duty.returned


def _is_in(duty: Duty, period: Period) -> bool:
    return duty.figures[period].reported and period not in duty.returned


def _came_late(duty: Duty, period: Period) -> bool:
    """By itself, or as a longer period that stands for it."""
    return any(late.covers(period) for late in duty.late)


def _is_overdue(owed: Owed, today: date, office: Office) -> bool:
    """The period has ended, and its last day (that of more time, where the post was given some) has passed or it is
    locked."""
    if owed.period.end >= today:
        return False
    return today > office.due(owed, today) or office.lock(owed, today) is not None
