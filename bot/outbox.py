"""Messages out: claimed, sent at the channel's pace, their outcome recorded; retry is data.

Within a chat the messages of a lane go one after the other. One that must be tried again gives back those behind it.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.bell import PAUSE_AFTER_FAILURE, Bell, work_on
from bot.channels.base import (
    AddressMoved,
    Channel,
    ChannelStopped,
    RecipientGone,
    SendError,
    Sent,
    TryLater,
    WindowClosed,
)
from bot.clock import MachineClock
from bot.enclosures import Enclosures
from bot.inbox import Taken
from bot.lapse import NEVER, Lapse
from bot.pace import UNLIMITED, Pace
from bot.tally import DELIVERIES
from bot.together import Together
from bot.writer import Broken, Writer, attempt
from handlers.messages import outgoing_json, without_secret
from storage import conversations, groups, outbox, speaking, undelivered
from storage.engine import Connection, DatabaseError
from storage.outbox import ANSWER, LEASE, NOTICE, Sending, Settled

if TYPE_CHECKING:  # what it knows is imported once messages were asked for
    from bot.notices import Composer

CLAIM_AT_ONCE = 64
"""Answers claimed together."""
NOTICES_AT_ONCE = 4
"""Unasked messages claimed together: they are put into words meanwhile, and a person's turn must not wait for many."""
NOTICES_HELD = 32
"""Unasked messages that a process holds: what a quick channel takes in a second, so that each is as new as can be."""
SWEEP_SECONDS = 2.0
"""How often to look for messages that are due again, or that a dead process left behind."""
SETTLED_AFTER = timedelta(seconds=4)
"""After which every reply that was committed has been handed over."""
RENEW_AFTER = LEASE / 3
"""How often this process confirms that what it holds is still being sent."""
STOPPED_FOR = timedelta(minutes=5)
"""How long nothing is sent on a channel that has stopped; then it is tried again."""
LAST_SENDS = 1.0
"""Seconds that a process which ends gives to what is being sent at that moment."""

_log = structlog.get_logger(__name__)
_UNPACED = Pace(UNLIMITED, time.monotonic)
_Lane = tuple[str, str, str]
"""Channel, address and lane."""


class Delivery:
    """Sends what the outbox holds. `holder` names this process."""

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        paces: Mapping[str, Pace],
        enclosures: Enclosures,
        composer: "Composer",
        machine_now: MachineClock,
        holder: str,
        delivered: Callable[[str, str], None] = lambda _channel, _address: None,
        stopped: Callable[[Connection, str], None] = lambda _connection, _channel: None,
        *,
        keeps_secrets: bool = False,
        every: float = SWEEP_SECONDS,
    ) -> None:
        """`delivered` is called with channel and address after the outcome of a message is committed; `stopped` with a
        channel that has stopped, in the transaction that notes it. Only where phones are shown from the tables are
        secrets kept. `every` is how often to look unasked, in seconds."""
        self._writer = writer
        self._channels = channels
        self._paces = paces
        self._enclosures = enclosures
        self._composer = composer
        self._now = machine_now
        self._holder = holder
        self._delivered = delivered
        self._tell_of_stop = stopped
        self._keeps_secrets = keeps_secrets
        self._every = every
        self._stopped_until: dict[str, datetime] = {}
        self._lines: dict[_Lane, deque[Sending]] = {}
        """What this process holds; the first of a line is being sent."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._settled = Together(self._write_down)
        self._bell = Bell()
        self._sweeping = asyncio.Lock()
        self._renewed_at: datetime | None = None
        self._speaks_since: datetime | None = None
        """When this process last confirmed that it sends what comes unasked; None where another one does."""
        self._lapse = Lapse(machine_now)
        self._is_in_doubt, self._doubted_at = False, 0.0
        self._put_back: list[int] = []
        """Replies that wait until what may have gone astray before them is found."""

    def wake(self) -> None:
        """There may be something to send."""
        self._bell.ring()

    def hand_over(self, taken: Taken) -> None:
        """Send the replies that this process has just committed and holds; the others wait in the table for whoever
        claims them."""
        if taken.is_doubtful:
            self._doubt()
        if self._is_in_doubt:
            self._put_back.extend(sending.id for sending in taken.held)
        else:
            for sending in taken.held:
                self._line_up(sending)
        if taken.others_wait or self._put_back:
            self.wake()

    async def run(self) -> None:
        """Send until cancelled."""
        await work_on(self.sweep, self._bell, self._every, "the outbox could not be read")

    async def sweep(self) -> int:
        """Claim what is due, answers first; return how many messages were claimed."""
        total = 0
        async with self._sweeping:  # who drains the outbox must not overlook what another sweep has just claimed
            await self._renew()
            await self._resolve_doubt()
            for lane, most in ((ANSWER, CLAIM_AT_ONCE), (NOTICE, self._room_for_notices())):
                if not most:
                    continue
                claimed, ready = await self._claimed(lane, most)
                for sending in ready:
                    self._line_up(sending, from_table=True)
                total += claimed
            if claimed and self._room_for_notices():
                self.wake()
        return total

    def _room_for_notices(self) -> int:
        """How many unasked messages may be claimed now: those of chats that rest keep nobody else's back."""
        held = sum(lane == NOTICE and not self._pace(to).is_resting(address) for to, address, lane in self._lines)
        return NOTICES_AT_ONCE if held <= NOTICES_HELD - NOTICES_AT_ONCE else 0

    def _pace(self, channel: str) -> Pace:
        return self._paces.get(channel, _UNPACED)

    def _lined_up(self) -> list[int]:
        return [sending.id for line in self._lines.values() for sending in line]

    def _doubt(self) -> None:
        """Some of what is leased to this process may not have been handed over: a sweep looks for it in a while. Until
        then the replies that follow go by the table, where they keep their order."""
        _log.warning("replies may have gone astray")
        self._is_in_doubt, self._doubted_at = True, time.monotonic()

    async def _resolve_doubt(self) -> None:
        """Give back what went astray. What was committed a moment ago is only about to be handed over."""
        if self._put_back:
            following = list(self._put_back)
            await self._writer.do(lambda connection: outbox.release(connection, following, self._holder))
            del self._put_back[: len(following)]
        is_settled = time.monotonic() - self._doubted_at >= SETTLED_AFTER.total_seconds()
        if not self._is_in_doubt or self._put_back or not is_settled or self._lapse.before() == NEVER:
            return
        known, leased_until = self._lined_up(), self._now() + LEASE - SETTLED_AFTER
        await self._writer.do(lambda connection: outbox.release_astray(connection, self._holder, known, leased_until))
        self._is_in_doubt = False

    async def _renew(self) -> None:
        now, ids = self._now(), self._lined_up()
        if self._renewed_at is not None and timedelta(0) <= now - self._renewed_at < RENEW_AFTER:
            return
        if ids:
            await self._writer.do(partial(self._keep, ids=ids, now=now))
        self._renewed_at = now

    def _keep(self, connection: Connection, ids: list[int], now: datetime) -> None:
        outbox.renew(connection, ids, self._holder, now)
        if self._speaks_since is not None:
            speaking.keep(connection, self._holder, now)

    async def _claimed(self, lane: str, most: int) -> tuple[int, list[Sending]]:
        """What is claimed now. A claim of which nobody knows whether its commit came to pass, since the connection was
        lost meanwhile, leaves messages leased to this process that are not lined up."""
        unknown: list[int] = []

        def claim(connection: Connection) -> tuple[int, list[Sending]]:
            number, ready = self._claim(connection, lane, most)
            unknown.append(number)
            return number, ready

        try:
            claimed = await self._writer.do(claim)
            unknown.pop()
            return claimed
        finally:
            if any(unknown):
                self._doubt()

    def _claim(self, connection: Connection, lane: str, most: int) -> tuple[int, list[Sending]]:
        """Claim due messages and write those whose text is made only now."""
        if lane == NOTICE and not self._speaks(connection):
            return 0, []
        lapsed = self._lapse.before()
        due = outbox.claim_due(connection, lane, self._holder, self._now(), most, lapsed)
        ready = (self._written(connection, sending) for sending in due)
        return len(due), [sending for sending in ready if sending is not None]

    def _speaks(self, connection: Connection) -> bool:
        """Whether this process is the one that sends what comes unasked; it becomes it where there is none."""
        now = self._now()
        if self._speaks_since is None or not timedelta(0) <= now - self._speaks_since < RENEW_AFTER:
            self._speaks_since = now if speaking.begin(connection, self._holder, now) else None
        return self._speaks_since is not None

    def _written(self, connection: Connection, sending: Sending) -> Sending | None:
        """A claimed message with its text; None where there is nothing to say, or it cannot be said now."""
        if sending.occasion is None:
            return sending
        message = attempt(connection, lambda connection: self._composer.write(connection, sending))
        if isinstance(message, Broken):
            _log.error("a notice could not be written", outbox=sending.id, exc_info=message.error)
            outbox.try_again(connection, sending, type(message.error).__name__, None, self._now())
            return None
        return None if message is None else replace(sending, message=message)

    async def drain(self) -> None:
        """Send everything that is due now, and return when it has gone."""
        while True:
            claimed = await self.sweep()
            if not claimed and not self._tasks:
                return
            if self._tasks:
                await asyncio.wait(set(self._tasks))

    async def stop(self) -> None:
        """Let what is being sent finish, and give back the rest. Nothing is lined up any more."""
        for line in self._lines.values():
            while len(line) > 1:
                line.pop()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=LAST_SENDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(TimeoutError):  # the database is away: what was sent goes once more, later
            async with asyncio.timeout(LAST_SENDS):
                await self._settled.finish()
        await self._writer.do(self._give_back)

    def _give_back(self, connection: Connection) -> None:
        outbox.release_all_of(connection, self._holder)
        speaking.end(connection, self._holder)

    def _line_up(self, sending: Sending, *, from_table: bool = False) -> None:
        lane = (sending.channel, sending.address, sending.lane)
        if lane in self._lines:
            self._lines[lane].append(sending)
            return
        self._lines[lane] = deque([sending])
        task = asyncio.create_task(self._work_off(lane, from_table=from_table))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: _Lane, *, from_table: bool) -> None:
        line = self._lines[lane]
        try:
            while line:
                await self._send(line[0])
                line.popleft()
        finally:
            if line:
                self._doubt()
            del self._lines[lane]
            self._delivered(*lane[:2])
            if from_table:
                self.wake()  # what it held back can be claimed

    async def _send(self, sending: Sending) -> None:
        """Send one message and record what became of it."""
        began, outcome = self._now(), "failed"
        try:
            sent = await self._transmit(sending)
        except TryLater as busy:
            outcome = "later"
            await self._try_again(sending, str(busy), busy.after)
        except ChannelStopped as stopped:
            outcome = "stopped"
            await self._stop(sending, str(stopped))
        except AddressMoved as moved:
            outcome = "moved"
            await self._move(sending, moved.address)
        except (RecipientGone, WindowClosed) as refused:
            outcome = "elsewhere"
            await self._send_elsewhere(sending, refused, began)
        except SendError as refused:
            await self._give_up(sending, refused)
        except Exception as fault:
            _log.exception("a message could not be made", outbox=sending.id)
            await self._try_again(sending, type(fault).__name__, None)
        else:
            outcome = "sent"
            await self._settle(sending, "sent", sent)
        DELIVERIES.add(sending.lane, outcome)
        self._delivered(sending.channel, sending.address)

    async def _transmit(self, sending: Sending) -> Sent:
        channel = self._channels.get(sending.channel)
        if channel is None:
            raise TryLater(f"channel {sending.channel} is not set up")
        if self._is_stopped(sending.channel):
            raise ChannelStopped("still stopped")
        message, enclosure = await self._enclosures.complete(outgoing_json.validate_python(sending.message))
        pace = self._pace(sending.channel)
        trip = await pace.wait(sending.address, unasked=sending.lane == NOTICE)
        try:
            return await channel.send(sending.address, message, enclosure)
        except TryLater as busy:
            if busy.after is not None:
                pace.refused(busy.after, trip)
            raise
        finally:
            pace.over(trip)

    async def _try_again(self, sending: Sending, reason: str, after: timedelta | None) -> None:
        """Put a message back for later, and with it everything that waits for the same chat."""
        now = self._now()
        await self._record(lambda connection: outbox.try_again(connection, sending, reason, after, now))
        # Only now: a reply that was committed meanwhile may just have been lined up behind.
        waiting = self._take_back(sending)
        await self._record(lambda connection: outbox.release(connection, waiting, self._holder))

    async def _give_up(self, sending: Sending, refusal: SendError) -> None:
        """The channel will never take this message."""
        reason = str(refusal)
        _log.error("a message was refused", outbox=sending.id, reason=reason)
        await self._settle(sending, "failed", error=reason)

    async def _settle(self, sending: Sending, state: str, sent: Sent | None = None, error: str = "") -> None:
        """Record how a message ended; a secret in it is forgotten with that."""
        went = sent or Sent("")
        kept = None if self._keeps_secrets else without_secret(sending.message or {})
        outcome = Settled(sending.id, state, self._now(), went.provider_id, went.template, error, kept)
        await self._settled.add(outcome)

    async def _write_down(self, outcomes: list[Settled]) -> None:
        await self._record(lambda connection: outbox.settle_all(connection, outcomes))

    async def _send_elsewhere(self, sending: Sending, refusal: RecipientGone | WindowClosed, began: datetime) -> None:
        """Nobody reads here, or no free text goes here since the send `began`: the person's other address is next."""
        now = self._now()

        def move(connection: Connection) -> None:
            if isinstance(refusal, RecipientGone):
                conversations.mark_unreachable(connection, sending.channel, sending.address)
                groups.note_lost(connection, sending.channel, sending.address, now)
            else:
                conversations.close_window(connection, sending.channel, sending.address, began)
            undelivered.send_elsewhere(connection, sending.id, sending.channel, str(refusal), now)

        await self._record(move)
        self.wake()

    def _is_stopped(self, channel: str) -> bool:
        return channel in self._stopped_until and self._now() < self._stopped_until[channel]

    async def _stop(self, sending: Sending, reason: str) -> None:
        """Nothing goes on this channel for a while; no message loses a try by it."""
        channel, is_news = sending.channel, not self._is_stopped(sending.channel)
        if is_news:
            _log.error("a channel has stopped", channel=channel, reason=reason)
            self._stopped_until[channel] = self._now() + STOPPED_FOR
        until, held = self._stopped_until[channel], [sending.id, *self._take_back_all_of(channel)]

        def put_off(connection: Connection) -> None:
            outbox.put_off_channel(connection, channel, held, until)
            told = attempt(connection, lambda connection: self._tell_of_stop(connection, channel)) if is_news else None
            if isinstance(told, Broken):
                _log.error("nobody could be told of a channel that has stopped", exc_info=told.error)

        await self._record(put_off)
        self.wake()

    async def _move(self, sending: Sending, address: str) -> None:
        """A chat lives on elsewhere: send this and what follows there."""
        self._take_back(sending)

        def move(connection: Connection) -> None:
            conversations.move_address(connection, sending.channel, sending.address, address)
            outbox.readdress(connection, sending.channel, sending.address, address)

        await self._record(move)

    def _take_back(self, sending: Sending) -> list[int]:
        """Empty the lines of a chat except for what is being sent; return the ids of what was in them."""
        taken: list[int] = []
        for (channel, address, _lane), line in self._lines.items():
            if (channel, address) == (sending.channel, sending.address):
                while len(line) > 1:
                    taken.append(line.pop().id)
        return taken

    def _take_back_all_of(self, channel: str) -> list[int]:
        """The same for every chat of a channel."""
        lines = (line for lane, line in self._lines.items() if lane[0] == channel)
        return [line.pop().id for line in lines for _behind_the_first in range(len(line) - 1)]

    async def _record(self, outcome: Callable[[Connection], None]) -> None:
        """Write down what became of a message, however long the database is away: it must not be sent twice.

        It is written also when this process ends meanwhile, before it gives back what it holds.
        """
        while True:
            try:
                await asyncio.shield(self._writer.do(outcome))
                return
            except DatabaseError:
                _log.exception("an outcome could not be recorded yet")
                await asyncio.sleep(PAUSE_AFTER_FAILURE)
