"""The end of a month: everybody reports all their figures within half an hour, while reminders go out.

People begin when they like within the first part of it, think between two messages, and wait for each answer. The
offices' clock runs as much quicker than the machine's as the half hour is told in less; one real program serves them.
"""

import asyncio
import random
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.schedule import TICK_SECONDS
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.faults.office import BEFORE_REMINDERS
from tests.faults.promise import Kept
from tests.faults.town import PATIENCE, Resident, Town
from tests.kill.processes import Nursery
from tests.load.growth import Growth

EACH = 8
"""Figures that everybody owes."""
OFFICE = 51
"""People of an office, the camat included, who owes none."""
HALF_HOUR = timedelta(minutes=30)
BEGIN_WITHIN = 0.6
"""The part of the time within which everybody begins."""
THINKS = (5.0, 30.0)
"""Seconds of the office between an answer and the next message."""
QUICKEST_TICK = 0.25
"""Seconds between two looks what is due, at least; otherwise as many of the office as in life."""
LEASE_SECONDS = 30.0
"""How long the role of receiving is lent, as for an office."""
PACED_UP_TO = 10.0
"""How much quicker than life people may be told where Telegram lets a chat have one message a second."""
LOOK_EVERY = 2.0
"""Seconds between two looks at the program."""
LISTENS_EVERY = 0.005
"""Seconds by which an answer may be measured as too late."""
CLOCK_EVERY = 0.25
"""Seconds after which the offices' clock is set on."""


@dataclass
class Measured:
    """How long each answer took, in seconds from the message to the phone, and what the program took meanwhile."""

    answers: list[float] = field(default_factory=list)
    growth: Growth | None = None
    kept: Kept | None = None

    def percentile(self, part: float) -> float:
        """The time within which that part of the answers came."""
        ordered = sorted(self.answers)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    def __str__(self) -> str:
        times = ", ".join(f"{name} {self.percentile(part) * 1000:.0f} ms" for name, part in PARTS.items())
        return (
            f"{len(self.answers)} turns, {times}, longest {max(self.answers) * 1000:.0f} ms; {self.growth}; {self.kept}"
        )


PARTS = {"median": 0.5, "p95": 0.95, "p99": 0.99}


async def tell_month_end(
    url: str, folder: Path, seed: int, *, offices: int, lasts: timedelta, size: int = OFFICE
) -> Measured:
    """Half an hour of so many offices in `lasts` on the machine; everybody reports all their figures."""
    async with _town(url, folder, offices=offices, size=size, each=EACH) as town:
        return await _tell(town, random.Random(seed), lasts)


async def report_for_hours(url: str, folder: Path, seed: int, *, offices: int, lasts: timedelta) -> Measured:
    """Everybody of so many offices reports one figure again and again for so long."""
    until = time.monotonic() + lasts.total_seconds()
    async with _town(url, folder, offices=offices, size=OFFICE) as town:
        return await _report_until(town, random.Random(seed), until)


@asynccontextmanager
async def _town(url: str, folder: Path, *, offices: int, size: int, each: int = 1) -> AsyncGenerator[Town]:
    """On a migrated database, for as long as the block lasts."""
    async with Nursery() as nursery, BotApiServer(burst=1000) as api:
        town = Town(nursery, api, url, folder, offices=offices, size=size, each=each)
        try:
            yield town
        finally:
            await town.close()


async def _tell(town: Town, choose: random.Random, lasts: timedelta) -> Measured:
    speed = HALF_HOUR / lasts
    measured = Measured()
    program = await town.start(
        counted=False,
        is_paced=speed <= PACED_UP_TO,
        tick_seconds=max(QUICKEST_TICK, TICK_SECONDS / speed),
        lease_seconds=LEASE_SECONDS,
    )
    await town.is_served()
    measured.growth = Growth(program.process.pid)
    async with _going_on(town, measured.growth, speed), asyncio.TaskGroup() as group:
        for resident in town.residents:
            begins = choose.uniform(0, BEGIN_WITHIN * lasts.total_seconds())
            thoughts = [choose.uniform(*THINKS) / speed for _line in range(EACH + 2)]
            group.create_task(_sit(resident, begins, thoughts, measured))
    await town.comes_to_rest()
    measured.kept = town.check()
    return measured


async def _sit(resident: Resident, begins: float, thoughts: list[float], measured: Measured) -> None:
    """One person reports all their figures."""
    await asyncio.sleep(begins)
    values = [10 + at % 3 for at in range(EACH)]
    expected = ["1 dari", *(f"{at + 1} dari" for at in range(1, EACH)), "Periksa", "terkirim"]
    lines = ["lapor", *map(str, values), f"kirim {EACH} laporan"]
    for line, words, thought in zip(lines, expected, thoughts, strict=True):
        await asyncio.sleep(thought)
        measured.answers.append(await _answered(resident, line, words))
    resident.values.extend(values)


async def _answered(resident: Resident, line: str, words: str) -> float:
    """Seconds from a message to its answer."""
    written, before = time.perf_counter(), len(resident.phone.messages)
    resident.types(line)
    async with asyncio.timeout(PATIENCE):
        while not resident.has_heard(words, before):
            await asyncio.sleep(LISTENS_EVERY)
    return time.perf_counter() - written


async def _report_until(town: Town, choose: random.Random, end: float) -> Measured:
    measured = Measured()
    program = await town.start(counted=False, is_paced=True, tick_seconds=20.0, lease_seconds=LEASE_SECONDS)
    await town.is_served()
    measured.growth = Growth(program.process.pid)

    async def report_again(resident: Resident) -> None:
        while time.monotonic() < end:
            for line, words in resident.next_report():
                await asyncio.sleep(choose.uniform(*THINKS))
                measured.answers.append(await _answered(resident, line, words))

    async with _going_on(town, measured.growth, 0.0), asyncio.TaskGroup() as group:
        for resident in town.residents:
            group.create_task(report_again(resident))
    await town.comes_to_rest()
    measured.kept = town.check()
    return measured


@asynccontextmanager
async def _going_on(town: Town, growth: Growth, speed: float) -> AsyncGenerator[None]:
    """The offices' clock runs and the program is looked at, as long as the block lasts."""
    began = time.monotonic()

    async def run_clock() -> None:
        while True:
            town.set_clock(BEFORE_REMINDERS + timedelta(seconds=(time.monotonic() - began) * speed))
            await asyncio.sleep(CLOCK_EVERY)

    async def look() -> None:
        while True:
            growth.look()
            await asyncio.sleep(LOOK_EVERY)

    tasks = [asyncio.create_task(run_clock()), asyncio.create_task(look())]
    yield
    growth.look()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
