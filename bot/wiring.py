"""Builds every object of a process once, and starts and stops them. No logic."""

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels.base import Channel
from bot.clock import Clocks, MachineClock, machine_now
from bot.enclosures import Enclosures
from bot.evidence_store import EvidenceStore
from bot.fetching import Fetcher
from bot.holiday_dates import NationalAlmanac
from bot.inbox import RECOVERY_SECONDS, Inbox, Taken, Turns
from bot.inspection.admission import Admission
from bot.inspection.inspector import Inspector
from bot.jobs import Jobs, Work
from bot.late import Late, part_of
from bot.outbox import SWEEP_SECONDS, Delivery
from bot.pace import Limits, Pace
from bot.parts import ALL, Part
from bot.writer import Writer
from storage import audit_chain, offices
from storage.calls import playing
from storage.engine import Engine

if TYPE_CHECKING:
    from bot.conversing import Conversing
    from bot.keeping import Keeper
    from bot.notices import Ticker
    from storage.desk import Almanac

LOAD_AFTER = 0.1
"""Seconds after the start at which the conversations are imported: the first messages are asked for before."""


@dataclass(frozen=True)
class Looks:
    """How often each worker looks whether there is something that it was not woken for, in seconds."""

    turns: float = RECOVERY_SECONDS
    files: float = RECOVERY_SECONDS
    jobs: float = RECOVERY_SECONDS
    outbox: float = SWEEP_SECONDS


LOOKS = Looks()


@dataclass(frozen=True)
class Program:
    """The parts of a running assistant, the same in production and in the simulator."""

    writer: Writer
    store: EvidenceStore
    enclosures: Enclosures
    inbox: Inbox
    turns: Turns
    fetcher: Fetcher
    admission: Admission
    inspector: Inspector
    jobs: Jobs
    delivery: Delivery
    ticker: "Ticker"
    keeper: "Keeper"
    clocks: Clocks
    almanac: "Almanac"
    conversing: "Late[Conversing]"
    """What knows the conversations, made when a message or the clock first asks for it."""
    parts: frozenset[Part] = ALL

    def workers(self) -> list[Coroutine[Any, Any, None]]:
        """What runs for as long as the process does."""
        workers: list[Coroutine[Any, Any, None]] = []
        if Part.TURNS in self.parts:
            workers += [self._loaded(self.turns.run), self.fetcher.run(), self._loaded(self.jobs.run)]
        if Part.DELIVERY in self.parts:
            workers.append(self._loaded(self.delivery.run))
        return workers

    async def load(self) -> None:
        """Have what knows the conversations, imported outside the event loop and after messages were asked for."""
        await asyncio.sleep(LOAD_AFTER)
        await asyncio.to_thread(self.conversing)

    async def _loaded(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        await self.load()
        await work()

    def calls(self) -> dict[str, Callable[[], None]]:
        """What to do where another process has work for a part of this one."""
        whole = {Part.TURNS: self.wake_turns, Part.DELIVERY: self.delivery.wake}
        return {part: wake for part, wake in whole.items() if part in self.parts}

    def wake_turns(self) -> None:
        """Something came in, or a turn has begun a job."""
        self.turns.wake()
        self.fetcher.wake()
        self.jobs.wake()

    async def tick(self) -> None:
        """Put what is due now on its way."""
        now = self.clocks.office()
        due, known = 0, await self.writer.do(offices.all_offices)
        for office_id in known:  # one by one: answers pass in between
            due += await self.writer.do(partial(self.ticker.tick_office, office_id=office_id, now=now))
        due += await self.writer.do(partial(self.ticker.tick_kabupatens, now=now))
        if due:
            self.delivery.wake()
        for office_id in known:
            await self.keeper.clear(office_id, now)
        await self.keeper.collect()
        for office_id in await self.writer.do(audit_chain.offices_to_seal):
            await self.writer.do(partial(audit_chain.seal, office_id=office_id, now=now))

    async def settle(self) -> None:
        """Work off everything that is under way: files, turns, slow work and messages."""
        while await self.fetcher.drain() + await self.turns.drain() + await self.jobs.drain():
            await self.delivery.drain()
        await self.delivery.drain()

    async def close(self) -> None:
        """Give back what is leased, finish what is being written and end the threads."""
        await self.delivery.stop()
        self.enclosures.close()
        self.inspector.close()
        self.jobs.close()
        await asyncio.to_thread(self.writer.close)


def build(
    engine: Engine,
    store: EvidenceStore,
    channels: Mapping[str, Channel],
    limits: Mapping[str, Limits],
    office_now: MachineClock,
    machine: MachineClock = machine_now,
    changed: Callable[[str, str], None] = lambda _channel, _address: None,
    *,
    parts: frozenset[Part] = ALL,
    looks: Looks = LOOKS,
    most_a_minute: int | None = None,
    keeps_secrets: bool = False,
) -> Program:
    """Wire a process. `channels` may be filled later, before the first message is sent.

    `parts` are what it plays. `most_a_minute` messages of a person are answered, None for all. `keeps_secrets` is for
    phones that are shown from the tables: else the code of an invitation is forgotten once it was sent.
    """
    holder = uuid.uuid4().hex
    clocks = Clocks(office_now, machine)
    almanac = NationalAlmanac()
    writer = Writer(playing(engine, parts))
    enclosures = Enclosures(engine, store)

    def converse() -> "Conversing":
        from bot.conversing import Means
        from bot.conversing import converse as made

        return made(Means(engine, store, writer, clocks, almanac, of_replies, lambda: jobs.wake(), most_a_minute))

    conversing = Late(converse)
    paces = {name: Pace(limit, time.monotonic) for name, limit in limits.items()}
    delivery = Delivery(
        writer,
        channels,
        paces,
        enclosures,
        part_of(conversing, lambda whole: whole.composer),
        machine,
        holder,
        changed,
        lambda connection, channel: conversing().stop_teller.tell(connection, channel),
        keeps_secrets=keeps_secrets,
        every=looks.outbox,
    )
    # Who does not deliver holds no reply: another process is called for it.
    of_replies, hand_over = (holder, delivery.hand_over) if Part.DELIVERY in parts else ("", _leave_to_others)
    turns = Turns(writer, part_of(conversing, lambda whole: whole.taker), hand_over, every=looks.turns)

    def kinds_of_work() -> Mapping[str, Work]:
        from bot.slow_work import kinds

        return kinds(engine, store, almanac)

    kinds = part_of(Late(kinds_of_work), lambda whole: whole)
    jobs = Jobs(writer, kinds, machine, holder, turns.wake, every=looks.jobs)
    inspector = Inspector()
    admission = Admission(store, inspector)
    fetcher = Fetcher(writer, store, admission, channels, machine, turns.wake, every=looks.files)

    inbox = Inbox(writer, clocks, turns.wake, fetcher.wake)
    return Program(
        writer=writer,
        store=store,
        enclosures=enclosures,
        inbox=inbox,
        turns=turns,
        fetcher=fetcher,
        admission=admission,
        inspector=inspector,
        jobs=jobs,
        delivery=delivery,
        ticker=part_of(conversing, lambda whole: whole.ticker),
        keeper=part_of(conversing, lambda whole: whole.keeper),
        clocks=clocks,
        almanac=almanac,
        conversing=conversing,
        parts=parts,
    )


def _leave_to_others(_taken: Taken) -> None:
    """Replies that another process sends."""
