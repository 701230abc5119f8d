"""The office's summary: one picture and five lines, weekly to the camat and at any time on "ringkasan"."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from domain.ladder import digest_instant
from domain.plan import Role
from domain.roles import OVERSEERS
from domain.summary import OfficeSummary
from domain.zones import instant
from handlers import nudge, pictures
from handlers.follow_ups import telling
from handlers.messages import Chart, Option, Outgoing, Say
from handlers.occasions import Unasked
from handlers.period_words import read_begun
from handlers.texts import general
from handlers.texts import summary as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.people import PostCard

PICTURE = "overview"
DIGEST = "digest"
"""The kind of occasion of this file."""


def due(desk: Desk) -> tuple[Unasked, ...]:
    """The weekly summary, once a week to the camat and to whom the office added."""
    found = _week_due(desk)
    if found is None:
        return ()
    week, fell_due = found
    year, number, _day = week.isocalendar()
    added = added_posts(desk)
    posts = (post for post in desk.posts if post.role is Role.CAMAT or post in added)
    readers = (desk.holders[post.id] for post in posts if post.id in desk.holders)
    return tuple(
        Unasked(
            person_id,
            f"{DIGEST}:{desk.office_id}:{year}-W{number:02}:{person_id}",
            {"kind": DIGEST},
            fell_due=fell_due,
        )
        for person_id in dict.fromkeys(readers)
    )


def posts_to_add(desk: Desk) -> tuple[PostCard, ...]:
    """To whom the summary can go beside the camat: the other posts that see the whole office."""
    return tuple(
        post for post in desk.posts if post.role is not Role.CAMAT and (post.is_admin or post.role in OVERSEERS)
    )


def added_posts(desk: Desk) -> tuple[PostCard, ...]:
    """To whom the office lets it go beside the camat."""
    return tuple(post for post in posts_to_add(desk) if post.title in desk.office.rules.digest_posts)


def _week_due(desk: Desk) -> tuple[date, datetime] | None:
    """A day of the week whose summary is the newest one due, and when it fell due; None on the morning of the day that
    brings the next."""
    office, rules = desk.office, desk.office.rules
    closes = instant(desk.today, desk.organisation.hours.on(desk.today).closes, office.zone)
    for week in (desk.today, desk.today - timedelta(weeks=1)):
        due_at = digest_instant(week, office.zone, desk.calendar, rules.digest_weekday, rules.digest_at)
        if due_at is not None and due_at <= desk.now:
            return (week, due_at) if desk.now < due_at + timedelta(weeks=1) else None
        if due_at is not None and due_at < closes:
            return None
    return None


def compose_due(desk: Desk, _occasion: Mapping[str, Any]) -> Outgoing | None:
    """The weekly summary when it is claimed; None where there is nothing to report at all."""
    return _picture(desk)


def may_see_office(desk: Desk) -> bool:
    """The camat, the sekretaris and the admin see the whole office."""
    return desk.sight.office


def summary(desk: Desk, words: str = "") -> Outgoing:
    """ "ringkasan": the same picture and lines as every week, of now; with a period named, those of that period."""
    if not may_see_office(desk):
        return Say(text=general.NOT_ALLOWED)
    period = read_begun(words, desk.today)
    return compose(desk) if period is None else pictures.overview(desk, period)


def compose(desk: Desk) -> Outgoing:
    """Picture and lines from one snapshot; changes are told against last week's newest one of the period."""
    return _picture(desk) or Say(text=texts.NOTHING_OPEN)


def _picture(desk: Desk) -> Chart | None:
    figures = desk.summary(before=desk.week_start)
    if figures is None:
        return None
    return Chart(
        chart=PICTURE,
        snapshot=desk.pictures.keep(figures),
        title=_title(desk),
        caption=_lines(desk, figures),
        options=_options(desk, figures),
    )


def _options(desk: Desk, figures: OfficeSummary) -> tuple[Option, ...]:
    """What can be done next: look closer, remind whoever is missing, take the forms along, look at other pictures."""
    if not desk.sight.office:
        return ()
    is_missing = bool(figures.missing_posts or figures.overdue)
    remind = (Option(key="!ingatkan:siapa", label=texts.REMIND),) if is_missing and nudge.may_nudge(desk) else ()
    sections, *others = pictures.offered(desk)
    offered = (sections, *remind, Option(key="!unduh", label=texts.DOWNLOAD), *others)
    return (*offered, *telling.summary_option(desk, offered))


def words(desk: Desk) -> str | None:
    """The same in words, without a picture; keeps no snapshot."""
    figures = desk.summary(before=desk.week_start)
    return None if figures is None else f"{_title(desk)}\n{_lines(desk, figures)}"


def _lines(desk: Desk, figures: OfficeSummary) -> str:
    """The lines of the figures, and what is still to be done about low ones."""
    return "\n".join(line for line in (texts.lines(figures), telling.summary_line(desk)) if line)


def _title(desk: Desk) -> str:
    return texts.title(_salutation(desk), desk.today)


def _salutation(desk: Desk) -> str:
    """ "Pak Camat" for the camat, else the person's own name."""
    person = desk.person
    if person.salutation and any(held.post.role is Role.CAMAT for held in desk.held_posts):
        return f"{person.salutation} Camat"
    return addressed(person.name, person.salutation)
