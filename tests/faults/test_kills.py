"""Kill -9 at random points of several programs on one database, while people write and reminders go out."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.faults.conftest import FAULTS
from tests.faults.office import REMINDERS
from tests.faults.promise import Kept
from tests.faults.town import Program, Town, until
from tests.kill.points import ANY

SPAN = 700
"""Points of its life within which a program dies."""


@dataclass
class Reaper:
    """Keeps so many programs running, of which `kills` die, each after between 1 and `SPAN` points of its life."""

    town: Town
    choose: random.Random
    kills: int
    inside: int = 0
    died: int = 0

    async def reap(self, programs: int) -> None:
        """Return when as many have died as shall."""
        serving = [await self._start() for _program in range(programs)]
        while self.died < self.kills:
            for place, program in enumerate(serving):
                if program.process.ended.done():
                    await self._bury(program)
                    serving[place] = await self._start()
            await asyncio.sleep(0.02)

    async def _start(self) -> Program:
        return await self.town.start(fatal=(ANY, self.choose.randint(1, SPAN)))

    async def _bury(self, program: Program) -> None:
        assert program.process.ended.result() == -9, program.log()[-3000:]
        await self.town.bury()
        self.died += 1
        self.inside += program.points()[-1].inside


async def live_through(town: Town, choose: random.Random, *, programs: int, kills: int) -> str:
    """People write without end while programs die; half wait for each answer, half for none."""
    reaper = Reaper(town, choose, kills)
    is_over = asyncio.Event()
    impatient, patient = town.residents[::2], town.residents[1::2]

    async def write_on(place: int) -> None:
        resident = patient[place]
        while not is_over.is_set():
            await resident.report()

    async def write_at_once() -> None:
        while not is_over.is_set():
            for resident in impatient[2:]:  # two never report, and are reminded
                resident.report_at_once()
            await asyncio.sleep(choose.uniform(0.2, 1.5))

    async with asyncio.TaskGroup() as group:
        writing = [group.create_task(write_on(place)) for place in range(len(patient))]
        writing.append(group.create_task(write_at_once()))
        reaping = group.create_task(reaper.reap(programs))
        await until(lambda: reaper.died >= kills // 3, "the first deaths", town.log)
        town.set_clock(REMINDERS)
        await reaping
        is_over.set()
        await town.start_after_leases(programs)
    await town.comes_to_rest()
    kept = town.check()
    assert [one.reminders() for one in impatient[:2]] == [1, 1]
    assert reaper.inside > 0
    return told(reaper, kept)


def told(reaper: Reaper, kept: Kept) -> str:
    """What was done and what came of it."""
    return f"{reaper.died} kills, {reaper.inside} inside a transaction; {kept}"


PROGRAMS = {"sqlite": 2, "postgresql": 3}


async def test_programs_killed_at_random_points_lose_and_repeat_nothing(
    town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    programs = PROGRAMS[town.engine.dialect.name]
    outcome = await live_through(town, random.Random(seed), programs=programs, kills=2 * programs)
    record_property(FAULTS, f"by seed {seed}, {programs} programs: {outcome}")


@pytest.mark.soak
@pytest.mark.parametrize("telling", range(10))
async def test_programs_killed_again_and_again_lose_and_repeat_nothing(
    town: Town, seed: int, telling: int, record_property: Callable[[str, object], None]
) -> None:
    programs = PROGRAMS[town.engine.dialect.name]
    outcome = await live_through(town, random.Random(seed + telling), programs=programs, kills=20)
    record_property(FAULTS, f"by seed {seed} + {telling}, {programs} programs: {outcome}")
