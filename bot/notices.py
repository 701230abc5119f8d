"""What is said unasked: written under unique keys when it falls due, put into words when it is claimed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.writer import Broken, attempt
from domain.ladder import next_digest
from domain.working_hours import next_instant, opening_moment
from domain.zones import instant
from handlers import group, morning, outage, unasked
from handlers.kabupaten import KABUPATEN_WEEK, compose_week, week_due
from handlers.messages import Outgoing
from handlers.occasions import Before, Unasked
from handlers.texts.formats import office
from handlers.which_office import named
from storage import kabupaten, offices, outbox
from storage.desk import Almanac, Desk
from storage.engine import Connection
from storage.kabupaten import Hall
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
        morning.next_due(desk),
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
        of_offices = sum(self.tick_office(connection, one, now) for one in offices.all_offices(connection))
        return of_offices + self.tick_kabupatens(connection, now)

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
        written = self._after_outage(desk, down) + self._write_early(desk)
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
        return sum(self.write_when_open(desk, one) for one in outage.due(desk, down))

    def write_when_open(self, desk: Desk, one: Unasked) -> bool:
        """Write a message that waits for the office's hours; say whether it is new."""
        opens_at = opening_moment(desk.now, desk.office.zone, desk.organisation.hours, desk.calendar)
        return self._write(desk, one, opens_at=opens_at)

    def _write_early(self, desk: Desk) -> int:
        expires = instant(desk.today, morning.UNTIL, desk.office.zone)
        return sum(self._write(desk, one, expires_at=expires) for one in _new(desk, unasked.early(desk), {}))

    def _write_due(self, desk: Desk, down: timedelta) -> int:
        hours = desk.organisation.hours.on(desk.today)
        expires = instant(desk.today, hours.closes, desk.office.zone)
        before = _before(desk, down)
        new = _new(desk, unasked.due(desk, before), before.counts)
        written = sum(self._write(desk, one, expires_at=expires) for one in new)
        written += sum(self._post(desk, one, expires) for one in group.posts(desk))
        if desk.local_now.time() >= hours.sending_time:
            offices.note_served(desk.connection, desk.office_id, desk.now)
        return written

    def _post(self, desk: Desk, post: group.Post, expires_at: datetime) -> bool:
        """Write what is due in a group of the office, which is nobody's address."""
        place = desk.groups.place(post.group)
        if place is None:
            return False
        sending = outbox.NewSending(
            office_id=desk.office_id,
            conversation_id=post.group.conversation_id,
            person_id=None,
            channel=place.channel,
            address=place.address,
            lane=NOTICE,
            dedup_key=post.key,
            message=None,
            occasion=dict(post.occasion),
            due_at=self._machine_now(),
            said_at=desk.now,
            expires_at=expires_at,
        )
        return outbox.enqueue(desk.connection, sending) is not None

    def tick_kabupatens(self, connection: Connection, now: datetime) -> int:
        """Insert the weekly line of everybody who looks after a kabupaten; return how many are new."""
        written = attempt(connection, lambda connection: self._tick_kabupatens(connection, now))
        if isinstance(written, Broken):
            _log.error("what is due in a kabupaten could not be told", exc_info=written.error)
            return 0
        return written

    def _tick_kabupatens(self, connection: Connection, now: datetime) -> int:
        halls = (Hall(connection, one, now, self._almanac) for one in kabupaten.all_joined(connection))
        return sum(self._write_week(hall) for hall in halls)

    def _write_week(self, hall: Hall) -> bool:
        week, address = week_due(hall), kabupaten.address_of(hall.connection, hall.overseer.conversation_id)
        if week is None or address is None:
            return False
        sending = outbox.NewSending(
            office_id=None,
            conversation_id=hall.overseer.conversation_id,
            person_id=None,
            channel=address[0],
            address=address[1],
            lane=NOTICE,
            dedup_key=f"kabupaten:{hall.overseer.id}:{week}",
            message=None,
            occasion={"kind": KABUPATEN_WEEK},
            due_at=self._machine_now(),
            said_at=hall.now,
        )
        return outbox.enqueue(hall.connection, sending) is not None

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


def _new(desk: Desk, due: Sequence[Unasked], counts: Mapping[tuple[int, str], int]) -> list[Unasked]:
    """Those that are not written yet, to people who can be reached: most ticks find none.

    `counts` stand for as long as the tick holds its office, so that nobody is sent more than may be sent.
    """
    written = outbox.written(desk.connection, [one.key for one in due])
    return [
        one
        for one in due
        if one.key not in written
        and one.person_id not in desk.organisation.unreachable
        and (one.most is None or counts.get((one.person_id, one.counted_as), 0) < one.most)
    ]


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
        if sending.occasion is None:
            return None
        if sending.office_id is None:
            return self._of_kabupaten(connection, sending, sending.occasion, now)
        desk = Desk(connection, sending.office_id, now, self._almanac, sending.person_id)
        message = unasked.compose(desk, sending.occasion)
        if message is None or sending.person_id is None or not desk.is_shared(sending.person_id):
            return message
        return named(message, office(desk.office.name))

    def _of_kabupaten(
        self, connection: Connection, sending: Sending, occasion: Mapping[str, Any], now: datetime
    ) -> Outgoing | None:
        """What is said to somebody who looks after a kabupaten; None where they do not any more."""
        overseer = kabupaten.of_conversation(connection, sending.conversation_id)
        if overseer is None or occasion["kind"] != KABUPATEN_WEEK:
            return None
        return compose_week(Hall(connection, overseer, now, self._almanac), occasion)
