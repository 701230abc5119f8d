"""The weekly summary of an office, from the tallies of its indicators (domain.md 1 rule 3 and 2.1).

Who has reported is counted for the period that runs or awaits its cut-off; capaian is s/d the last period that has
ended, never of one that still runs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.message_plan import camat_list
from domain.office import Office, Owed
from domain.openings import is_begun, main_closing
from domain.periods import Period
from domain.roles import OrgPost, section_names
from domain.scales import Scale, predicate
from domain.summary import Behind, OfficeSummary, Overdue, SectionFigures
from domain.tallies import Cell, Tallies, Tally, added, closed_period, last_quoted

FURTHEST_BEHIND = 3
"""How many indicators below their target a summary names."""

Furthest = Callable[[Sequence[Cell]], Sequence[Behind]]
"""Which indicators of some cells are furthest behind, the furthest first, `FURTHEST_BEHIND` at most; of equals in the
plan's order."""


def summarise(
    name: str, tallies: Tallies, furthest: Furthest, today: date, office: Office, of: Period | None = None
) -> OfficeSummary | None:
    """The summary on that day, None while no period has anything to report; compared with nothing before it.

    `name` is the office's; its posts come in the order in which sections and missing posts are named, and one whose
    figures another post fills in is counted as that one. More time that a post was given does not hold up the office:
    the headline goes by the cut-off of all. Of plans of two years, as in January, the figures are those of the newest
    one of which a period has ended. `of` names the period whose reports are counted, which else is chosen. Services are
    among those reports, but the period is one of the indicators: a month in which only services are due is not the
    office's headline.
    """
    found = _endings(tallies, today, replace(office, extensions=()))
    running = (
        _chosen(_of_indicators(found), today) if of is None else next((one for one in found if one.end == of.end), None)
    )
    if running is None:
        return None
    rules, quoted, asked = office.rules, last_quoted(tallies, today), added(running.asked.values())
    whole = added(quoted.values())
    mean = whole.mean_to_date(rules.cap)
    due, missing = _posts(running, today, office)
    return OfficeSummary(
        office=name,
        period=(of or _name_of(running)).code,
        posts_due=len(due),
        posts_reported=len(due) - len(missing),
        posts_reported_before=None,
        missing_posts=missing,
        coverage=whole.coverage,
        mean=mean,
        predicate=_word(whole, mean, rules.rating),
        change=None,
        sections=_sections(tallies, quoted, office),
        behind=tuple(furthest(tuple(quoted))),
        provisional=not whole.all_verified,
        sample=bool(whole.sampled_to_date or asked.sampled),
        closed_period=closed_period(quoted),
        overdue=_overdue(tallies, today, office),
        scale=rules.scale,
        reports=asked.reported,
        verified_reports=asked.verified,
        approved_reports=asked.approved,
    )


def compared(now: OfficeSummary, before: OfficeSummary) -> OfficeSummary:
    """A summary beside last week's of the same period. A mean is compared only where both are s/d the same period."""
    means = {line.name: line.mean for line in before.sections}
    beside = replace(now, posts_reported_before=before.posts_reported)
    if now.closed_period != before.closed_period:
        return beside
    sections = tuple(replace(line, change=_change(line.mean, means.get(line.name))) for line in now.sections)
    return replace(beside, change=_change(now.mean, before.mean), sections=sections)


@dataclass(frozen=True)
class _Ending:
    """Every report that is asked for periods that end on one day. `cut_off` is the last day on which they are awaited;
    `missing` is what can still be reported."""

    end: date
    cut_off: date
    asked: Tallies
    missing: Sequence[Cell]

    @property
    def of_indicators(self) -> list[Period]:
        """The periods in which anything but a service is asked."""
        return [cell.period for cell, one in self.asked.items() if one.asked > one.asked_services]


def _endings(tallies: Tallies, today: date, office: Office) -> list[_Ending]:
    """Those that have begun and in which something is asked, oldest first; in an office that gave nobody more time."""
    by_period: defaultdict[Period, list[Cell]] = defaultdict(list)
    for cell in tallies:
        by_period[cell.period].append(cell)
    by_end: defaultdict[date, list[Period]] = defaultdict(list)
    for period, (cell, *_rest) in by_period.items():
        if is_begun(Owed(cell.post_id, period), today, office):
            by_end[period.end].append(period)
    found = (
        _ending(end, {cell: tallies[cell] for period in periods for cell in by_period[period]}, today, office)
        for end, periods in sorted(by_end.items())
    )
    return [one for one in found if one.asked]


def _ending(end: date, tallies: Tallies, today: date, office: Office) -> _Ending:
    owed = {cell.period: Owed(cell.post_id, cell.period) for cell in tallies}
    locked = {period: office.lock(one, today) is not None for period, one in owed.items()}
    return _Ending(
        end,
        max(office.due(one, today) for one in owed.values()),
        {cell: one for cell, one in tallies.items() if one.asked},
        [cell for cell, one in tallies.items() if one.asked > one.reported and not locked[cell.period]],
    )


def _of_indicators(found: Sequence[_Ending]) -> Sequence[_Ending]:
    """Those in which an indicator is asked; all where an office only counts services."""
    return [one for one in found if one.of_indicators] or found


def _name_of(ending: _Ending) -> Period:
    """The shortest of the periods of its indicators: services make no month of a quarter."""
    return min(ending.of_indicators or [cell.period for cell in ending.asked])


def _chosen(found: Sequence[_Ending], today: date) -> _Ending | None:
    """The period that awaits its cut-off, complete or not; else the running one. Between the cut-off of the last period
    and the plan's end nothing runs: the newest is shown."""
    awaited = next((one for one in found if one.end < today <= one.cut_off), None)
    return awaited or main_closing(found, today) or next(reversed(found), None)


def _sections(tallies: Tallies, quoted: Tallies, office: Office) -> tuple[SectionFigures, ...]:
    """Those that have anything to report, in the order of the office's posts."""
    names = section_names(office.posts.values())
    busy = {names[cell.post_id] for cell in tallies}
    ordered = dict.fromkeys(names[post_id] for post_id in office.posts if names[post_id] in busy)
    return tuple(
        _section(name, added(one for cell, one in quoted.items() if names[cell.post_id] == name), office)
        for name in ordered
    )


def _section(name: str, whole: Tally, office: Office) -> SectionFigures:
    mean = whole.mean_to_date(office.rules.cap)
    return SectionFigures(name, whole.coverage, mean, _word(whole, mean, office.rules.rating))


def _word(whole: Tally, mean: Decimal | None, scale: Scale) -> str | None:
    """The predikat of a mean; none while anything is missing, nor for mere progress towards the year's target."""
    rung = None if whole.progress or whole.missing_to_date else predicate(mean, scale)
    return rung.word if rung else None


def _change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before


def _posts(ending: _Ending, today: date, office: Office) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles of the posts that report something asked, and of those that still miss something."""
    due = {office.reporting_post(cell.post_id, today) for cell in ending.asked}
    lacking = (cell for cell, one in ending.asked.items() if one.asked > one.reported)
    missing = {office.reporting_post(cell.post_id, today) for cell in lacking}
    return _titles(office.posts.values(), due), _titles(office.posts.values(), missing)


def _titles(posts: Iterable[OrgPost], ids: set[int]) -> tuple[str, ...]:
    return tuple(post.title for post in posts if post.id in ids)


def _overdue(tallies: Tallies, today: date, office: Office) -> tuple[Overdue, ...]:
    """The camat's list, by who reports: what one post fills in for another stands there once."""
    lacking = {Owed(cell.post_id, cell.period) for cell, one in tallies.items() if one.asked > one.reported}
    owed = {one for one in lacking if is_begun(one, today, office) and office.lock(one, today) is None}
    listed = {
        Owed(office.reporting_post(one.post_id, today), one.period): None for one in camat_list(today, owed, office)
    }
    return tuple(Overdue(office.posts[one.post_id].title, one.period.code) for one in listed)
