"""The weekly summary of an office, from its duties (domain.md 1 rule 3 and 2.1).

Who has reported is counted for the period that runs or awaits its cut-off; capaian is s/d the last period that has
ended, never of one that still runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.achievement import Cap
from domain.checked import checked
from domain.judged import (
    Judged,
    average_of,
    average_word,
    checked_of,
    closed_period,
    coverage_of,
    judge,
    sections_with_duties,
)
from domain.message_plan import camat_list
from domain.office import Office, Owed
from domain.openings import Closing, Duty, closings, main_closing
from domain.periods import Period
from domain.roles import section_names
from domain.scales import Scale
from domain.standing import Standing
from domain.summary import Behind, OfficeSummary, Overdue, SectionFigures

FURTHEST_BEHIND = 3
"""How many indicators below their target a summary names."""
_HUNDRED = Decimal(100)


def summarise(
    name: str,
    duties: Sequence[Duty],
    today: date,
    office: Office,
    before: OfficeSummary | None = None,
    of: Period | None = None,
) -> OfficeSummary | None:
    """The summary on that day, None while no period has anything to report. `before` is last week's of the period.

    `name` is the office's; its posts come in the order in which sections and missing posts are named, and one whose
    figures another post fills in is counted as that one. More time that a post was given does not hold up the office:
    the headline goes by the cut-off of all. Of plans of two years, as in January, the figures are those of the newest
    one of which a period has ended. A mean is compared with last week's only where both are s/d the same period. `of`
    names the period whose reports are counted, which else is chosen. Services are among those reports, but the period
    is one of the indicators: a month in which only services are due is not the office's headline.
    """
    posts, rules = tuple(office.posts.values()), office.rules
    found = closings(duties, today, replace(office, extensions=()))
    running = (
        _chosen(_of_indicators(found), today)
        if of is None
        else next((c for c in found if c.items and c.end == of.end), None)
    )
    if running is None:
        return None
    by_section = section_names(posts)
    judged = judge(duties, today)
    closed = closed_period(judged)
    comparable = before if before is not None and before.closed_period == closed else None
    whole = average_of(judged, rules.cap)
    due, missing = _posts(running, today, office)
    lines = tuple(
        _section(name, [j for j in judged if by_section[j.duty.post_id] == name], rules.cap, comparable, rules.rating)
        for name in sections_with_duties(duties, posts)
    )
    value, reports = whole.value, _reports(running)
    return OfficeSummary(
        office=name,
        period=(of or _name_of(running)).code,
        posts_due=len(due),
        posts_reported=len(due) - len(missing),
        posts_reported_before=before.posts_reported if before else None,
        missing_posts=missing,
        coverage=coverage_of(whole, judged),
        mean=value,
        predicate=average_word(judged, whole, rules.rating),
        change=_change(value, comparable.mean if comparable else None),
        sections=lines,
        behind=_behind(judged, by_section),
        provisional=not checked_of(judged).is_verified,
        sample=any(j.sampled for j in judged) or _any_sample(running),
        closed_period=closed,
        overdue=_overdue(duties, today, office),
        scale=rules.scale,
        reports=len(reports),
        verified_reports=sum(one.is_verified for one in reports),
        approved_reports=reports.count(Standing.APPROVED),
    )


def _reports(closing: Closing) -> list[Standing]:
    """How far each report of a closing that is in has come."""
    return [checked(item.duty, item.period) for item in closing.items if item.reported]


def _of_indicators(found: Sequence[Closing]) -> Sequence[Closing]:
    """The closings in which an indicator is due; all where an office only counts services."""
    return [closing for closing in found if any(not item.duty.service for item in closing.items)] or found


def _name_of(closing: Closing) -> Period:
    """The shortest of the periods of its indicators: services make no month of a quarter."""
    periods = (item.period for item in closing.items if not item.duty.service)
    return min(periods, default=closing.periods[0])


def _chosen(found: Sequence[Closing], today: date) -> Closing | None:
    """The period that awaits its cut-off, complete or not; else the running one."""
    due = [closing for closing in found if closing.items]
    awaited = next((closing for closing in due if closing.end < today <= closing.cut_off), None)
    return awaited or main_closing(due, today) or _newest(found)


def _newest(found: Sequence[Closing]) -> Closing | None:
    """Between the cut-off of the last period and the plan's end nothing runs: the newest closing is shown."""
    return next((c for c in reversed(found) if c.items), None)


def _section(
    name: str, judged: Sequence[Judged], cap: Cap, before: OfficeSummary | None, scale: Scale
) -> SectionFigures:
    average = average_of(judged, cap)
    earlier = next((line.mean for line in before.sections if line.name == name), None) if before else None
    return SectionFigures(
        name,
        coverage_of(average, judged),
        average.value,
        average_word(judged, average, scale),
        _change(average.value, earlier),
    )


def _change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before


def _posts(closing: Closing, today: date, office: Office) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles of the posts that report something due in the closing, and of those that still miss something."""
    due = {office.reporting_post(item.duty.post_id, today) for item in closing.items}
    missing = {office.reporting_post(item.duty.post_id, today) for item in closing.items if not item.reported}
    return (
        tuple(post.title for post in office.posts.values() if post.id in due),
        tuple(post.title for post in office.posts.values() if post.id in missing),
    )


def _overdue(duties: Sequence[Duty], today: date, office: Office) -> tuple[Overdue, ...]:
    """The camat's list, by who reports: what one post fills in for another stands there once."""
    owed = {
        Owed(item.duty.post_id, item.period) for closing in closings(duties, today, office) for item in closing.missing
    }
    listed = {
        Owed(office.reporting_post(one.post_id, today), one.period): None for one in camat_list(today, owed, office)
    }
    return tuple(Overdue(office.posts[one.post_id].title, one.period.code) for one in listed)


def _behind(judged: Sequence[Judged], by_section: Mapping[int, str]) -> tuple[Behind, ...]:
    short = [
        (figure.capaian_to_date, j.duty)
        for j in judged
        if not (figure := j.figure).provisional
        and figure.capaian_to_date is not None
        and figure.capaian_to_date < _HUNDRED
    ]
    worst = sorted(short, key=lambda pair: pair[0])[:FURTHEST_BEHIND]
    figures = {j.duty.id: j.figure for j in judged}
    return tuple(
        Behind(
            duty.name,
            duty.unit or "",
            figures[duty.id].target_to_date or Decimal(0),
            figures[duty.id].realisation_to_date or Decimal(0),
            capaian,
            by_section[duty.post_id],
        )
        for capaian, duty in worst
    )


def _any_sample(closing: Closing) -> bool:
    return any(item.period in item.duty.samples for item in closing.items)
