"""Messages out: claimed, sent at the channel's pace, their outcome recorded; retry is data.

Within a chat messages go one after the other. A message that must be tried again gives back those behind it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from bot.channels.base import (
    AddressMoved,
    Attachment,
    Channel,
    Picture,
    RecipientGone,
    SendError,
    TryLater,
)
from bot.clock import MachineClock
from bot.notices import Composer
from bot.pace import Pace
from bot.pictures import Enclosures
from bot.writer import Writer
from handlers.messages import outgoing_json
from storage import conversations, outbox
from storage.engine import Connection
from storage.outbox import ANSWER, NOTICE, Sending

CLAIM_AT_ONCE = 64
"""Messages claimed together; a lease outlives the time that so many take at the slowest pace."""
SWEEP_SECONDS = 2.0
"""How often to look for messages that are due again, or that a dead process left behind."""

_log = structlog.get_logger(__name__)
_Chat = tuple[str, str]


class Delivery:
    """Sends what the outbox holds. `holder` names this process."""

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        paces: Mapping[str, Pace],
        enclosures: Enclosures,
        composer: Composer,
        machine_now: MachineClock,
        holder: str,
        delivered: Callable[[str, str], None] = lambda _channel, _address: None,
    ) -> None:
        """`delivered` is called with channel and address after the outcome of a message is committed."""
        self._writer = writer
        self._channels = channels
        self._paces = paces
        self._enclosures = enclosures
        self._composer = composer
        self._now = machine_now
        self._holder = holder
        self._delivered = delivered
        self._lines: dict[_Chat, deque[Sending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wanted = asyncio.Event()
        self._sweeping = asyncio.Lock()

    def wake(self) -> None:
        """There may be something to send."""
        self._wanted.set()

    async def hand_over(self, ids: list[int]) -> None:
        """Send the replies that this process has just committed and holds."""
        for sending in await self._writer.do(lambda connection: outbox.held(connection, ids)):
            self._line_up(sending)

    async def run(self) -> None:
        """Send until cancelled; then give back what was not sent."""
        try:
            while True:
                try:
                    await self.sweep()
                    async with asyncio.timeout(SWEEP_SECONDS):
                        await self._wanted.wait()
                    self._wanted.clear()
                except TimeoutError:
                    pass
                except Exception:
                    _log.exception("the outbox could not be read")
                    await asyncio.sleep(1)
        finally:
            await self.stop()

    async def sweep(self) -> int:
        """Claim what is due, answers first; return how many messages were claimed."""
        total = 0
        async with self._sweeping:  # who drains the outbox must not overlook what another sweep has just claimed
            for lane in (ANSWER, NOTICE):
                claimed, ready = await self._writer.do(lambda connection, lane=lane: self._claim(connection, lane))
                for sending in ready:
                    self._line_up(sending)
                total += claimed
        return total

    def _claim(self, connection: Connection, lane: str) -> tuple[int, list[Sending]]:
        """Claim due messages and write those whose text is made only now."""
        due = outbox.claim_due(connection, lane, self._holder, self._now(), CLAIM_AT_ONCE)
        ready: list[Sending] = []
        for sending in due:
            message = sending.message
            if message is None:
                message = self._composer.write(connection, sending)
            if message is not None:
                ready.append(replace(sending, message=message))
        return len(due), ready

    async def drain(self) -> None:
        """Send everything that is due now, and return when it has gone."""
        while True:
            claimed = await self.sweep()
            if not claimed and not self._tasks:
                return
            if self._tasks:
                await asyncio.wait(set(self._tasks))

    async def stop(self) -> None:
        """Let what is being sent finish, and give back the rest."""
        for line in self._lines.values():
            line.clear()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=1)
        await self._writer.do(lambda connection: outbox.release_all_of(connection, self._holder))

    def _line_up(self, sending: Sending) -> None:
        chat = (sending.channel, sending.address)
        if chat in self._lines:
            self._lines[chat].append(sending)
            return
        self._lines[chat] = deque([sending])
        task = asyncio.create_task(self._work_off(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, chat: _Chat) -> None:
        line = self._lines[chat]
        try:
            while line:
                if not await self._send(line.popleft()):
                    waiting = [sending.id for sending in line]
                    line.clear()
                    await self._writer.do(lambda connection, ids=waiting: outbox.release(connection, ids))
        except Exception:
            _log.exception("a chat's messages could not be settled")
        finally:
            del self._lines[chat]
            self._delivered(*chat)

    async def _send(self, sending: Sending) -> bool:
        """Send one message and record what became of it; False when those behind it must wait."""
        try:
            provider_id = await self._transmit(sending)
        except TryLater as busy:
            await self._wait_and_retry(sending, busy)
            return False
        except SendError as refused:
            await self._refused(sending, refused)
            return True
        await self._settle(sending, "sent", provider_id=provider_id)
        return True

    async def _settle(self, sending: Sending, state: str, *, provider_id: str = "", error: str = "") -> None:
        now = self._now()
        await self._writer.do(
            lambda connection: outbox.settle(connection, sending.id, state, now, provider_id=provider_id, error=error)
        )
        self._delivered(sending.channel, sending.address)

    async def _wait_and_retry(self, sending: Sending, busy: TryLater) -> None:
        if busy.after is not None and sending.channel in self._paces:
            self._paces[sending.channel].refused(busy.after)
        now, reason, after = self._now(), str(busy), busy.after
        await self._writer.do(lambda connection: outbox.try_again(connection, sending, reason, after, now))

    async def _refused(self, sending: Sending, refusal: SendError) -> None:
        channel, address = sending.channel, sending.address
        match refusal:
            case AddressMoved(address=moved_to):
                await self._writer.do(lambda connection: _move(connection, sending, moved_to))
                return
            case RecipientGone():
                await self._writer.do(lambda connection: conversations.mark_unreachable(connection, channel, address))
            case _:
                _log.error("a message was refused", outbox=sending.id, reason=str(refusal))
        await self._settle(sending, "failed", error=str(refusal))

    async def _transmit(self, sending: Sending) -> str:
        channel = self._channels.get(sending.channel)
        if channel is None:
            raise TryLater(f"channel {sending.channel} is not set up")
        message = outgoing_json.validate_python(sending.message)
        enclosure: Picture | Attachment | None = await self._enclosures.of(message)
        if sending.channel in self._paces:
            await self._paces[sending.channel].wait(sending.address, unasked=sending.lane == NOTICE)
        return await channel.send(sending.address, message, enclosure)


def _move(connection: Connection, sending: Sending, moved_to: str) -> None:
    """A chat lives on elsewhere: send this and what follows there."""
    conversations.move_address(connection, sending.channel, sending.address, moved_to)
    outbox.readdress(connection, sending.channel, sending.address, moved_to)
    outbox.release(connection, [sending.id])
