"""What is said after the program was down: to people what was last received, to the admin what was skipped."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.gaps import Gap
from domain.openings import main_closing
from domain.zones import local
from handlers.messages import Notice, Option
from handlers.occasions import Before, Unasked
from handlers.texts import outage as texts
from handlers.texts import reminder as reminder_texts
from handlers.texts.formats import moment
from handlers.texts.formats import person as addressed
from storage.desk import Desk

OUTAGE, SKIPPED = "outage", "skipped"
"""The kinds of occasions of this file."""
LONG = timedelta(hours=24)
"""Telegram keeps what people send for so long (design.md 3): after a longer gap it may be lost."""
KEPT: Mapping[str, timedelta] = {"whatsapp": timedelta(days=7)}
"""How long other channels post again what was not taken: Meta's webhooks."""


def due(desk: Desk, down: timedelta) -> tuple[Unasked, ...]:
    """Who is told after the program was down for so long: whoever owes a report that is awaited now, and may have
    sent something that is lost."""
    if down <= LONG:
        return ()
    since = desk.now - down
    may_have_lost = (one for one in _holders(desk) if _may_have_lost(desk, one, down))
    return _told(desk, since, may_have_lost)


def after_restore(desk: Desk, since: datetime) -> tuple[Unasked, ...]:
    """Who is told after the state of `since` was restored: whatever they sent after that is lost, on every channel."""
    return _told(desk, since, _holders(desk))


def _holders(desk: Desk) -> Iterable[int]:
    return dict.fromkeys(desk.holders.values())


def _told(desk: Desk, since: datetime, people: Iterable[int]) -> tuple[Unasked, ...]:
    """Those of the people whose report is awaited."""
    occasion = {"kind": OUTAGE, "since": since.isoformat(), "until": desk.now.isoformat()}
    key = f"{OUTAGE}:{desk.office_id}:{since:%Y-%m-%dT%H:%M}"
    return tuple(Unasked(one, f"{key}:{one}", occasion) for one in people if _is_awaited(desk, one))


def _may_have_lost(desk: Desk, person_id: int, down: timedelta) -> bool:
    return any(down > KEPT.get(line.channel, LONG) for line in desk.for_person(person_id).lines)


def _is_awaited(desk: Desk, person_id: int) -> bool:
    closing = main_closing(desk.for_person(person_id).closings, desk.today)
    return closing is not None and bool(closing.missing)


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """What was last received from the person, and what is missing now."""
    closing = main_closing(desk.closings, desk.today)
    if closing is None:
        return None
    zone = desk.office.zone
    since, until = _span(desk, occasion)
    last = desk.last_report
    received = None if last is None else (last.name, local(last.at, zone), last.number)
    name = addressed(desk.person.name, desk.person.salutation)
    return Notice(
        name="outage",
        params=(name, since, until),
        text=texts.told(name, since, until, received, closing, zone),
        options=(
            Option(key=f"!lapor:{closing.periods[0].code}", label=reminder_texts.REPORT_NOW),
            Option(key="!status", label=reminder_texts.SHOW),
        ),
    )


def skipped(desk: Desk, gap: Gap, before: Before) -> tuple[Unasked, ...]:
    """What every admin is told of reminders that came due while the program was down; nothing where none did."""
    if not gap.missed or before.served_at is None:
        return ()
    occasion = {
        "kind": SKIPPED,
        "since": max(before.served_at, before.down_since or before.served_at).isoformat(),
        "until": desk.now.isoformat(),
        "people": [message.person_id for message in gap.missed],
        "again": len(gap.right_now),
    }
    key = f"{SKIPPED}:{desk.office_id}:{before.served_at:%Y-%m-%dT%H:%M:%S}"
    return tuple(Unasked(person_id, f"{key}:{person_id}", occasion) for person_id in desk.admins)


def compose_skipped(desk: Desk, occasion: Mapping[str, Any]) -> Notice:
    """Whose reminders were skipped, and how many were made up for."""
    since, until = _span(desk, occasion)
    names = [desk.people[person_id].name for person_id in occasion["people"]]
    return Notice(
        name="skipped",
        params=(since, until, str(len(names))),
        text=texts.skipped(since, until, names, occasion["again"]),
    )


def _span(desk: Desk, occasion: Mapping[str, Any]) -> tuple[str, str]:
    """From when to when the program was down, in words."""
    zone = desk.office.zone
    since, until = (moment(local(datetime.fromisoformat(occasion[end]), zone), zone) for end in ("since", "until"))
    return since, until
