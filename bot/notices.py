"""What is said unasked: which reminders and summaries are due at an instant, and what they say once claimed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import structlog

from bot.letters import Letter, write_to
from bot.writer import Broken, attempt
from domain.ladder import digest_instant, next_digest
from domain.periods import Period, PeriodKind
from domain.plan import Role
from domain.working_hours import next_instant
from domain.zones import instant
from handlers import digest, reminders
from handlers.messages import Outgoing
from handlers.reminders import Occasion
from storage import offices, outbox
from storage.desk import Desk, FreeDays
from storage.engine import Connection
from storage.outbox import NOTICE, Sending

LADDER_MEMORY = timedelta(days=120)
"""How far back ladder messages count towards a period's cap: longer than any period's ladder lasts."""
REMINDER, DIGEST = "reminder", "digest"
"""The kinds of occasions."""

MachineNow = Callable[[], datetime]
_Due = tuple[int, str, dict[str, Any]]
"""Person, key and occasion of a notice."""

_log = structlog.get_logger(__name__)


class Ticker:
    """Computes from the tables what is due at `now`, and inserts it under a unique key.

    Two processes that tick at once, or one that was down for a day, produce neither a duplicate nor a stale pile.
    """

    def __init__(self, free_days: FreeDays, machine_now: MachineNow) -> None:
        self._free_days = free_days
        self._machine_now = machine_now

    def tick(self, connection: Connection, now: datetime) -> int:
        """Insert everything that is due at `now` in every office; return how many messages were new."""
        return sum(self._tick_safely(connection, office_id, now) for office_id in offices.all_offices(connection))

    def next_instant(self, connection: Connection, after: datetime) -> datetime | None:
        """The first instant after `after` at which something may fall due; None without any office."""
        found: list[datetime] = []
        for office_id in offices.all_offices(connection):
            desk = Desk(connection, office_id, after, self._free_days)
            office, rules = desk.office, desk.office.rules
            found.append(next_instant(after, office.zone, rules.hours, desk.calendar))
            found.append(next_digest(after, office.zone, desk.calendar, rules.digest_weekday, rules.digest_at))
        return min(found, default=None)

    def _tick_safely(self, connection: Connection, office_id: int, now: datetime) -> int:
        """One office's trouble is not the others'."""
        written = attempt(connection, lambda connection: self._tick_office(connection, office_id, now))
        if isinstance(written, Broken):
            _log.error("what is due in an office could not be told", office=office_id, exc_info=written.error)
            return 0
        return written

    def _tick_office(self, connection: Connection, office_id: int, now: datetime) -> int:
        desk = Desk(connection, office_id, now, self._free_days)
        rules = desk.office.rules
        if not desk.calendar.is_working(desk.today) or not rules.hours.is_open(desk.local_now):
            return 0
        expires = instant(desk.today, rules.hours.closes, desk.office.zone)
        written = 0
        for person_id, key, occasion in (*_reminders(desk), *_digests(desk)):
            letter = Letter(key, self._machine_now(), occasion=occasion, lane=NOTICE, expires_at=expires)
            written += write_to(desk, person_id, letter) is not None
        return written


def _reminders(desk: Desk) -> Iterator[_Due]:
    """The one ladder message of each person and local day (domain.md 5)."""
    if desk.local_now.time() < desk.office.rules.hours.sending_time:
        return
    for person_id in dict.fromkeys(desk.holders.values()):
        occasion = reminders.occasion_today(desk.for_person(person_id), _already_sent(desk, person_id))
        if occasion is not None:
            yield person_id, f"{REMINDER}:{desk.office_id}:{person_id}:{desk.today}", occasion.to_json()


def _already_sent(desk: Desk, person_id: int) -> dict[Period, int]:
    """How many ladder messages a person has had about each period, counted under the month in which it closes."""
    counts: dict[Period, int] = {}
    for plain in outbox.notices_to(desk.connection, person_id, desk.now - LADDER_MEMORY):
        if plain["kind"] == REMINDER:
            month = Period.of_day(Occasion.from_json(plain).end, PeriodKind.MONTH)
            counts[month] = counts.get(month, 0) + 1
    return counts


def _digests(desk: Desk) -> Iterator[_Due]:
    """The weekly summary, once a week to whoever leads the office."""
    week = _week_of_digest(desk)
    if week is None:
        return
    year, number, _day = week.isocalendar()
    for post in desk.posts:
        if post.role is Role.CAMAT and post.id in desk.holders:
            person_id = desk.holders[post.id]
            yield person_id, f"{DIGEST}:{desk.office_id}:{year}-W{number:02}:{person_id}", {"kind": DIGEST}


def _week_of_digest(desk: Desk) -> date | None:
    """A day of the week whose summary is the newest one due; None on the morning of the day that brings the next."""
    office, rules = desk.office, desk.office.rules
    for week in (desk.today, desk.today - timedelta(weeks=1)):
        due = digest_instant(week, office.zone, desk.calendar, rules.digest_weekday, rules.digest_at)
        if due is not None and due <= desk.now:
            return week if desk.now < due + timedelta(weeks=1) else None
        if due is not None and due < instant(desk.today, rules.hours.closes, office.zone):
            return None
    return None


class Composer:
    """Writes an unasked message in the transaction that claims it, so that it tells how things stand at that moment."""

    def __init__(self, free_days: FreeDays, office_now: Callable[[], datetime], machine_now: MachineNow) -> None:
        self._free_days = free_days
        self._office_now = office_now
        self._machine_now = machine_now

    def write(self, connection: Connection, sending: Sending) -> dict[str, Any] | None:
        """The message as JSON, stored in its row; None when the row ended as expired or not needed.

        A reminder that could not be delivered is written again with each try. A summary stays as it was: it quotes a
        snapshot.
        """
        now = self._office_now()
        if sending.expires_at is not None and now >= sending.expires_at:
            outbox.settle(connection, sending.id, "expired", self._machine_now())
            return None
        if sending.message is not None and _kind(sending) == DIGEST:
            return sending.message
        message = self._compose(connection, sending, now)
        if message is None:
            outbox.settle(connection, sending.id, "not_needed", self._machine_now())
            return None
        plain = message.model_dump(mode="json")
        outbox.write_message(connection, sending.id, plain)
        return plain

    def _compose(self, connection: Connection, sending: Sending, now: datetime) -> Outgoing | None:
        if sending.office_id is None or sending.occasion is None:
            return None
        desk = Desk(connection, sending.office_id, now, self._free_days, sending.person_id)
        if _kind(sending) == DIGEST:
            return digest.compose(desk)
        return reminders.compose(desk, Occasion.from_json(sending.occasion))


def _kind(sending: Sending) -> str:
    return "" if sending.occasion is None else sending.occasion["kind"]
