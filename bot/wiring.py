"""Builds every object of a process once, and starts and stops them. No logic."""

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.channels.base import Channel
from bot.clock import MachineClock, machine_now
from bot.enclosures import Enclosures
from bot.evidence_store import EvidenceStore
from bot.fetching import Fetcher
from bot.holiday_dates import NationalAlmanac
from bot.inbox import RECOVERY_SECONDS, Inbox, Turns
from bot.inspection.admission import Admission
from bot.inspection.inspector import Inspector
from bot.jobs import Jobs
from bot.kabupaten_work import kabupaten_standings, office_workbooks
from bot.keeping import Keeper
from bot.notices import Composer, Ticker
from bot.outbox import SWEEP_SECONDS, Delivery
from bot.pace import Limits, Pace
from bot.parts import ALL, Part
from bot.personal_copy import personal_copies
from bot.plan_files import marked_plans, plan_files
from bot.spending_files import spending_files
from bot.stopped_channel import StopTeller
from bot.turns import Clocks, TurnTaker
from bot.writer import Writer
from handlers.kabupaten import READ_OFFICE, STANDINGS
from handlers.money import READ_SPENDING
from handlers.my_data import COPY
from handlers.plan_file import MARK_PLAN, READ_PLAN
from storage import audit_chain, offices
from storage.calls import playing
from storage.desk import Almanac
from storage.engine import Engine


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
    ticker: Ticker
    keeper: Keeper
    clocks: Clocks
    almanac: Almanac
    parts: frozenset[Part] = ALL

    def workers(self) -> list[Coroutine[Any, Any, None]]:
        """What runs for as long as the process does."""
        workers: list[Coroutine[Any, Any, None]] = []
        if Part.TURNS in self.parts:
            workers += [self.turns.run(), self.fetcher.run(), self.jobs.run()]
        if Part.DELIVERY in self.parts:
            workers.append(self.delivery.run())
        return workers

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
    composer = Composer(almanac, office_now, machine)
    paces = {name: Pace(limit, time.monotonic) for name, limit in limits.items()}
    stop_teller = StopTeller(almanac, office_now, machine)
    delivery = Delivery(
        writer,
        channels,
        paces,
        enclosures,
        composer,
        machine,
        holder,
        changed,
        stop_teller.tell,
        keeps_secrets=keeps_secrets,
        every=looks.outbox,
    )
    # Who does not deliver holds no reply: another process is called for it.
    of_replies, hand_over = (holder, delivery.hand_over) if Part.DELIVERY in parts else ("", _leave_to_others)
    taker = TurnTaker(clocks, almanac, of_replies, lambda: jobs.wake(), most_a_minute)
    turns = Turns(writer, taker, hand_over, every=looks.turns)
    kinds = {
        READ_SPENDING: spending_files(store),
        COPY: personal_copies(engine, store),
        READ_PLAN: plan_files(store),
        MARK_PLAN: marked_plans(store),
        STANDINGS: kabupaten_standings(engine, almanac),
        READ_OFFICE: office_workbooks(store),
    }
    jobs = Jobs(writer, kinds, machine, holder, turns.wake, every=looks.jobs)
    inspector = Inspector()
    admission = Admission(store, inspector)
    fetcher = Fetcher(writer, store, admission, channels, machine, turns.wake, every=looks.files)

    def wake() -> None:
        turns.wake()
        fetcher.wake()

    inbox = Inbox(writer, clocks, wake)
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
        ticker=Ticker(almanac, machine),
        keeper=Keeper(writer, engine, store, almanac, machine),
        clocks=clocks,
        almanac=almanac,
        parts=parts,
    )


async def _leave_to_others(_replies: list[int]) -> None:
    """Replies that another process sends."""
