"""What is said after the program was down: to people what was last received, to the admin what was skipped."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.gaps import Gap
from domain.openings import main_closing
from domain.zones import local
from handlers.messages import Notice, Option
from handlers.occasions import Unasked
from handlers.texts import outage as texts
from handlers.texts import reminder as reminder_texts
from handlers.texts.formats import moment
from handlers.texts.formats import person as addressed
from storage.desk import Desk

OUTAGE = "outage"
"""The kind of occasion of this file."""
LONG = timedelta(hours=24)
"""Telegram keeps what people send for so long (design.md 3): after a longer gap it may be lost."""


def due(desk: Desk, down: timedelta) -> tuple[Unasked, ...]:
    """Who is told after the program was down for so long: whoever owes a report that is awaited now."""
    if down <= LONG:
        return ()
    since = desk.now - down
    occasion = {"kind": OUTAGE, "since": since.isoformat(), "until": desk.now.isoformat()}
    key = f"{OUTAGE}:{desk.office_id}:{since:%Y-%m-%dT%H:%M}"
    waiting = (person_id for person_id in dict.fromkeys(desk.holders.values()) if _is_awaited(desk, person_id))
    return tuple(Unasked(person_id, f"{key}:{person_id}", occasion) for person_id in waiting)


def _is_awaited(desk: Desk, person_id: int) -> bool:
    closing = main_closing(desk.for_person(person_id).closings, desk.today)
    return closing is not None and bool(closing.missing)


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """What was last received from the person, and what is missing now."""
    closing = main_closing(desk.closings, desk.today)
    if closing is None:
        return None
    zone = desk.office.zone
    since, until = (local(datetime.fromisoformat(occasion[end]), zone) for end in ("since", "until"))
    last = desk.last_report
    received = None if last is None else (last.name, local(last.at, zone), last.number)
    name = addressed(desk.person.name, desk.person.salutation)
    return Notice(
        name="outage",
        params=(name, moment(since, zone), moment(until, zone)),
        text=texts.told(name, moment(since, zone), moment(until, zone), received, closing, zone),
        options=(
            Option(key=f"!lapor:{closing.periods[0].code}", label=reminder_texts.REPORT_NOW),
            Option(key="!status", label=reminder_texts.SHOW),
        ),
    )


def skipped(desk: Desk, gap: Gap, since: datetime) -> Notice:
    """What the admin is told of reminders that came due while the program was down."""
    zone = desk.office.zone
    first, last = moment(local(since, zone), zone), moment(desk.local_now, zone)
    names = [desk.people[message.person_id].name for message in gap.missed]
    again = len(gap.right_now)
    return Notice(
        name="skipped",
        params=(first, last, str(len(gap.missed))),
        text=texts.skipped(first, last, names, again),
    )
