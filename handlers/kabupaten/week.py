"""The kabupaten's weekly line: how many offices are complete, and where most is missing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.kabupaten import standing_of
from domain.ladder import digest_instant, next_digest
from domain.office_rules import OfficeRules
from domain.working_calendar import WorkingCalendar
from domain.working_hours import Hours
from domain.zones import Zone, local
from handlers.kabupaten.standing import today
from handlers.messages import Notice, Option
from handlers.texts import kabupaten as texts
from handlers.texts.which_office import of_kabupaten
from storage.kabupaten import Hall

KABUPATEN_WEEK = "kabupaten_week"
"""The kind of occasion of this file."""


def week_due(hall: Hall) -> str | None:
    """The ISO week whose line is due now, `2022-W14`; None outside working hours and before Monday's hour.

    The kabupaten has no settings of its own: it is told at the default hour, on the country's working days.
    """
    day, zone, calendar = today(hall), _zone(hall), _calendar(hall)
    hours, at = Hours(), local(hall.now, zone).time()
    if not hall.offices or not calendar.is_working(day) or not hours.opens <= at < hours.closes:
        return None
    for week in (day, day - timedelta(weeks=1)):
        due_at = digest_instant(week, zone, calendar)
        if due_at is not None and due_at <= hall.now < due_at + timedelta(weeks=1):
            year, number, _day = week.isocalendar()
            return f"{year}-W{number:02}"
        if due_at is not None and local(due_at, zone).date() == day:  # this morning's will say it
            return None
    return None


def next_week(hall: Hall) -> datetime:
    """When the next line falls due, as a UTC instant."""
    return next_digest(hall.now, _zone(hall), _calendar(hall))


def _zone(hall: Hall) -> str:
    return next((office.zone for office in hall.offices), Zone.WIB.value)


def _calendar(hall: Hall) -> WorkingCalendar:
    year = today(hall).year
    return OfficeRules().calendar(hall.almanac.free_days((year - 1, year, year + 1)))


def compose_week(hall: Hall, _occasion: Mapping[str, Any]) -> Notice | None:
    """The line as things stand; None where there is nothing to tell of any office."""
    found = [standing_of(desk.office_id, desk.office.name, desk.summary()) for desk in hall.desks()]
    if all(one.is_silent for one in found):
        return None
    line, name = texts.week(found, today(hall)), of_kabupaten(hall.kabupaten)
    options = (Option(key="!peringkat", label=texts.RANKING), Option(key="!belum", label=texts.MISSING))
    return Notice(name="kabupaten_week", params=(name, line), title=name, text=line, options=options)
