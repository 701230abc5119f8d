"""What is said unasked: written under unique keys when it falls due, put into words when it is claimed."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.writer import Broken, attempt
from domain.ladder import next_digest
from domain.working_hours import next_instant, opening_moment
from domain.zones import instant
from handlers import outage, unasked
from handlers.messages import Outgoing
from handlers.occasions import Before, Unasked
from storage import offices, outbox
from storage.desk import Almanac, Desk
from storage.engine import Connection
from storage.outbox import NOTICE, Letter, Sending

MachineNow = Callable[[], datetime]

_log = structlog.get_logger(__name__)


def next_due(desk: Desk) -> datetime:
    """The first instant after the desk's moment at which something may fall due in its office."""
    zone, rules = desk.office.zone, desk.office.rules
    found = (
        next_instant(desk.now, zone, desk.organisation.hours, desk.calendar),
        next_digest(desk.now, zone, desk.calendar, rules.digest_weekday, rules.digest_at),
        outbox.next_opening(desk.connection, desk.office_id, desk.now),
    )
    return min(moment for moment in found if moment is not None)


class Ticker:
    """Computes from the tables what is due at `now`, and inserts it under a unique key.

    Two processes that tick at once, or one that was down for a day, produce neither a duplicate nor a stale pile.
    """

    def __init__(self, almanac: Almanac, machine_now: MachineNow) -> None:
        self._almanac = almanac
        self._machine_now = machine_now

    def tick(self, connection: Connection, now: datetime) -> int:
        """Insert everything that is due at `now` in every office; return how many messages are new or due now."""
        return sum(self.tick_office(connection, office_id, now) for office_id in offices.all_offices(connection))

    def tick_office(self, connection: Connection, office_id: int, now: datetime) -> int:
        """The same for one office: its trouble is not the others'."""
        written = attempt(connection, lambda connection: self._tick(connection, office_id, now))
        if isinstance(written, Broken):
            _log.error("what is due in an office could not be told", office=office_id, exc_info=written.error)
            return 0
        return written

    def next_instant(self, connection: Connection, after: datetime) -> datetime | None:
        """The first instant after `after` at which something may fall due; None without any office."""
        desks = (Desk(connection, key, after, self._almanac) for key in offices.all_offices(connection))
        return min((next_due(desk) for desk in desks), default=None)

    def _tick(self, connection: Connection, office_id: int, now: datetime) -> int:
        desk = Desk(connection, office_id, now, self._almanac)
        down = self._down(desk)
        written = self._after_outage(desk, down)
        if desk.is_open:
            written += outbox.open_waiting(connection, office_id, now, self._machine_now())
            written += self._write_due(desk, down)
        return written

    def _down(self, desk: Desk) -> timedelta:
        """How long the program did not run for the office; remember that it does now.

        Comes before anything is counted: a tick of another process waits here until this one is committed.
        """
        machine_now = self._machine_now()
        seen = offices.lock_seen_at(desk.connection, desk.office_id) or machine_now
        offices.note_seen(desk.connection, desk.office_id, machine_now)
        return max(machine_now - seen, timedelta())

    def _after_outage(self, desk: Desk, down: timedelta) -> int:
        """Tell people after the program was down for long."""
        told = outage.due(desk, down)
        opens_at = opening_moment(desk.now, desk.office.zone, desk.organisation.hours, desk.calendar)
        return sum(self._write(desk, one, opens_at=opens_at) for one in told)

    def _write_due(self, desk: Desk, down: timedelta) -> int:
        hours = desk.organisation.hours.on(desk.today)
        expires = instant(desk.today, hours.closes, desk.office.zone)
        due = unasked.due(desk, _before(desk, down))
        written = sum(self._write(desk, one, expires_at=expires) for one in _new(desk, due))
        if desk.local_now.time() >= hours.sending_time:
            offices.note_served(desk.connection, desk.office_id, desk.now)
        return written

    def _write(
        self, desk: Desk, one: Unasked, *, opens_at: datetime | None = None, expires_at: datetime | None = None
    ) -> bool:
        letter = Letter(
            one.key,
            self._machine_now(),
            occasion=dict(one.occasion),
            lane=NOTICE,
            opens_at=opens_at,
            expires_at=expires_at,
            counted_as=one.counted_as,
            most=one.most,
        )
        return desk.write(one.person_id, letter) is not None


def _before(desk: Desk, down: timedelta) -> Before:
    """What the tables know was said in the office."""
    return Before(
        outbox.counts(desk.connection, desk.office_id),
        partial(outbox.told, desk.connection, desk.office_id),
        offices.served_at(desk.connection, desk.office_id),
        desk.now - down,
    )


def _new(desk: Desk, due: Sequence[Unasked]) -> list[Unasked]:
    """Those that are not written yet, to people who can be reached: most ticks find none."""
    written = outbox.written(desk.connection, [one.key for one in due])
    return [one for one in due if one.key not in written and one.person_id not in desk.organisation.unreachable]


class Composer:
    """Writes an unasked message in the transaction that claims it, so that it tells how things stand at that moment."""

    def __init__(self, almanac: Almanac, office_now: Callable[[], datetime], machine_now: MachineNow) -> None:
        self._almanac = almanac
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
        if sending.message is not None and (sending.occasion is None or unasked.is_fixed(sending.occasion)):
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
        desk = Desk(connection, sending.office_id, now, self._almanac, sending.person_id)
        return unasked.compose(desk, sending.occasion)
