"""The weekly summary of an office, from its duties (domain.md 1 rule 3 and 2.1).

Who has reported is counted for the period that runs or awaits its cut-off; capaian is s/d the last period that has
ended, never of one that still runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.achievement import Average, Cap, mean
from domain.ledger import Figure, effective_targets, to_date
from domain.message_plan import camat_list
from domain.office import Office, Owed
from domain.openings import Closing, Duty, closings, main_closing
from domain.periods import Period
from domain.roles import OrgPost, sections
from domain.scales import SCALE_A, Scale, average_predicate
from domain.summary import Behind, Coverage, OfficeSummary, Overdue, SectionFigures

FURTHEST_BEHIND = 3
"""How many indicators below their target a summary names."""
HEAD_SECTION = "Camat"
"""Where the indicators of the head's own post are counted."""
_HUNDRED = Decimal(100)
MONTHS = 12


@dataclass(frozen=True)
class _Judged:
    """A duty with its figures s/d the last period that has ended."""

    duty: Duty
    figure: Figure


def summarise(
    name: str,
    duties: Sequence[Duty],
    today: date,
    office: Office,
    before: OfficeSummary | None = None,
    scale: Scale = SCALE_A,
    of: Period | None = None,
) -> OfficeSummary | None:
    """The summary on that day, None while no period has anything to report. `before` is last week's of the period.

    `name` is the office's; its posts come in the order in which sections and missing posts are named. More time that a
    post was given does not hold up the office: the headline goes by the cut-off of all. Of plans of two years, as in
    January, the figures are those of the newest one of which a period has ended. A mean is compared with last week's
    only where both are s/d the same period. `of` names the period whose reports are counted, which else is chosen.
    """
    posts, rules = tuple(office.posts.values()), office.rules
    found = closings(duties, today, replace(office, extensions=()))
    running = _chosen(found, today) if of is None else next((c for c in found if c.items and c.end == of.end), None)
    if running is None:
        return None
    by_section = _by_section(posts)
    judged = _judge(duties, today)
    closed = _closed_period(judged)
    comparable = before if before is not None and before.closed_period == closed else None
    whole = _average(judged, rules.cap)
    due, missing = _posts(running, posts)
    lines = tuple(
        _section(name, [j for j in judged if by_section[j.duty.post_id] == name], rules.cap, comparable, scale)
        for name in _sections_with_duties(by_section, posts, duties)
    )
    value = whole.value
    return OfficeSummary(
        office=name,
        period=(of or running.periods[0]).code,
        posts_due=len(due),
        posts_reported=len(due) - len(missing),
        posts_reported_before=before.posts_reported if before else None,
        missing_posts=missing,
        coverage=_coverage(whole),
        mean=value,
        predicate=_word(judged, whole, scale),
        change=_change(value, comparable.mean if comparable else None),
        sections=lines,
        behind=_behind(judged, by_section),
        provisional=True,
        sample=any(_sampled(j) for j in judged) or _any_sample(running),
        closed_period=closed,
        overdue=_overdue(duties, today, office),
    )


def _chosen(found: Sequence[Closing], today: date) -> Closing | None:
    """The period that awaits its cut-off, complete or not; else the running one."""
    due = [closing for closing in found if closing.items]
    awaited = next((closing for closing in due if closing.end < today <= closing.cut_off), None)
    return awaited or main_closing(due, today) or _newest(found)


def _newest(found: Sequence[Closing]) -> Closing | None:
    """Between the cut-off of the last period and the plan's end nothing runs: the newest closing is shown."""
    return next((c for c in reversed(found) if c.items), None)


def _by_section(posts: Sequence[OrgPost]) -> dict[int, str]:
    named = sections(posts)
    return {post.id: named.get(post.id, HEAD_SECTION) for post in posts}


def _sections_with_duties(
    by_section: Mapping[int, str], posts: Sequence[OrgPost], duties: Sequence[Duty]
) -> tuple[str, ...]:
    busy = {by_section[duty.post_id] for duty in duties}
    return tuple(dict.fromkeys(name for post in posts if (name := by_section[post.id]) in busy))


def _judge(duties: Sequence[Duty], today: date) -> list[_Judged]:
    ended = [_Judged(duty, figure) for duty in duties if (figure := _last_ended(duty, today)) is not None]
    year = max((one.duty.measure.year for one in ended), default=None)
    return [one for one in ended if one.duty.measure.year == year]


def _closed_period(judged: Sequence[_Judged]) -> str:
    """Of the periods that ended last the shortest: March, where a quarter ended with it."""
    last = max((one.figure.period.end for one in judged), default=None)
    return min(one.figure.period for one in judged if one.figure.period.end == last).code if last else ""


def _last_ended(duty: Duty, today: date) -> Figure | None:
    ended = [period for period in Period.whole_year(duty.measure.year).split(duty.kind) if period.end < today]
    return duty.figures[ended[-1]] if ended else None


def _average(judged: Sequence[_Judged], cap: Cap) -> Average:
    return mean((to_date(j.figure) for j in judged), cap)


def _coverage(average: Average) -> Coverage:
    due = average.counted + average.missing + average.uncomputable
    return Coverage(due, due - average.missing, average.counted, average.without_target)


def _word(judged: Sequence[_Judged], average: Average, scale: Scale) -> str | None:
    """No predikat while anything is missing, nor for mere progress towards the year's target."""
    if any(_is_progress(one) for one in judged):
        return None
    rung = average_predicate(average, scale)
    return rung.word if rung else None


def _is_progress(judged: _Judged) -> bool:
    """Whether the capaian compares a part of the year with the target of all of it."""
    return not effective_targets(judged.duty.measure) and judged.figure.period.end.month < MONTHS


def _section(
    name: str, judged: Sequence[_Judged], cap: Cap, before: OfficeSummary | None, scale: Scale
) -> SectionFigures:
    average = _average(judged, cap)
    earlier = next((line.mean for line in before.sections if line.name == name), None) if before else None
    return SectionFigures(
        name, _coverage(average), average.value, _word(judged, average, scale), _change(average.value, earlier)
    )


def _change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before


def _posts(closing: Closing, posts: Sequence[OrgPost]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles of the posts with something due in the closing, and of those that still miss something."""
    due = {item.duty.post_id for item in closing.items}
    missing = {item.duty.post_id for item in closing.items if not item.reported}
    return (
        tuple(post.title for post in posts if post.id in due),
        tuple(post.title for post in posts if post.id in missing),
    )


def _overdue(duties: Sequence[Duty], today: date, office: Office) -> tuple[Overdue, ...]:
    owed = {
        Owed(item.duty.post_id, item.period) for closing in closings(duties, today, office) for item in closing.missing
    }
    return tuple(Overdue(office.posts[one.post_id].title, one.period.code) for one in camat_list(today, owed, office))


def _behind(judged: Sequence[_Judged], by_section: Mapping[int, str]) -> tuple[Behind, ...]:
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


def _sampled(judged: _Judged) -> bool:
    return any(period.end <= judged.figure.period.end for period in judged.duty.samples)


def _any_sample(closing: Closing) -> bool:
    return any(item.period in item.duty.samples for item in closing.items)
