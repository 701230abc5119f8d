"""What an office's admins are told at 06.00: how the last day went, and what is wrong with the machine.

On a working day always, or only when something is wrong, or never, as the office wants it (`atur tenggat`). On a free
day people are left alone, unless something is wrong that the last report did not say.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.morning import AT, SPAN, UNTIL, MorningReport, Warned
from domain.zones import instant
from handlers.messages import Notice
from handlers.occasions import Unasked
from handlers.texts import morning as texts
from handlers.texts.formats import person as addressed
from storage import running
from storage.desk import Desk

MORNING = "morning"
"""The kind of occasion of this file."""
_DAY = timedelta(days=1)


def due(desk: Desk) -> tuple[Unasked, ...]:
    """The report of today, to every admin; nothing where no program looks after the machine, as in a demo."""
    if not _is_wanted(desk) or not AT <= desk.local_now.time() < UNTIL:
        return ()
    to_tell = [one for one in desk.admins if desk.occasion_since(_key(desk, one), desk.now - SPAN) is None]
    if not to_tell or not running.is_looked_after(desk):
        return ()
    wrong = running.warnings(desk)
    if not _is_told(desk, wrong):
        return ()
    occasion = {"kind": MORNING, "wrong": [one.value for one in wrong]}
    return tuple(Unasked(one, _key(desk, one), occasion) for one in to_tell)


def next_due(desk: Desk) -> datetime | None:
    """When the next report may fall due after the desk's moment; None where none ever does."""
    if not _is_wanted(desk) or not running.is_looked_after(desk):
        return None
    today = instant(desk.today, AT, desk.office.zone)
    return today if today > desk.now else instant(desk.today + _DAY, AT, desk.office.zone)


def compose(desk: Desk, _occasion: Mapping[str, Any]) -> Notice | None:
    """How it stands now; None where nothing is wrong any more and only that was to be told."""
    found = running.last_day(desk)
    if not found.warnings and not _is_daily(desk):
        return None
    name = addressed(desk.person.name, desk.person.salutation)
    about = (found, desk.local_now, desk.office.zone)
    return Notice(
        name="morning_report", params=(name, texts.in_short(*about)), title=texts.TITLE, text=texts.body(*about)
    )


def _is_wanted(desk: Desk) -> bool:
    return desk.office.rules.morning is not MorningReport.NEVER


def _is_working(desk: Desk) -> bool:
    return desk.calendar.is_working(desk.today)


def _is_daily(desk: Desk) -> bool:
    """Whether it is told today even if all is well."""
    return desk.office.rules.morning is MorningReport.DAILY and _is_working(desk)


def _is_told(desk: Desk, wrong: Sequence[Warned]) -> bool:
    if _is_working(desk):
        return bool(wrong) or desk.office.rules.morning is MorningReport.DAILY
    return bool({one.value for one in wrong} - _told_before(desk))


def _told_before(desk: Desk) -> set[str]:
    """What was wrong in the last report."""
    letters = desk.last_letters(f"{MORNING}:{desk.office_id}:").values()
    newest = max(letters, key=lambda letter: letter[1], default=None)
    return set() if newest is None else set(newest[0]["wrong"])


def _key(desk: Desk, person_id: int) -> str:
    return f"{MORNING}:{desk.office_id}:{desk.today}:{person_id}"
