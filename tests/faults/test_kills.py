"""Kill -9 at random points of several programs on one database, while people write and reminders go out."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.faults.conftest import FAULTS
from tests.faults.everyday import everyday, reminded, silent
from tests.faults.office import REMINDERS
from tests.faults.town import Program, Town
from tests.kill.points import ANY

PROGRAMS = {"sqlite": 2, "postgresql": 3}
"""How many run at once on each database."""
SPAN = 1500
"""Points of its life within which a program dies."""
TELLINGS, KILLS = 10, 20
"""How often the soak tells it, with how many kills."""


@dataclass
class Reaper:
    """Kills programs, each after between 1 and `SPAN` points of its life; how many, and how many in a transaction."""

    town: Town
    choose: random.Random
    inside: int = 0
    died: int = 0

    async def reap(self, programs: int, kills: int) -> None:
        """Keep so many running until so many have died."""
        until_then = self.died + kills
        serving = self.town.living
        serving += [await self._start() for _program in range(programs - len(serving))]
        while self.died < until_then:
            await self.town.until(lambda: any(program.process.ended.done() for program in serving), "the next death")
            for place, program in enumerate(serving):
                if program.process.ended.done():
                    await self._bury(program)
                    serving[place] = await self._start()

    async def _start(self) -> Program:
        return await self.town.start(fatal=(ANY, self.choose.randint(1, SPAN)))

    async def _bury(self, program: Program) -> None:
        assert program.process.ended.result() == -9, program.log()[-3000:]
        await self.town.bury()
        self.died += 1
        self.inside += program.points()[-1].inside


async def kill_through_a_morning(town: Town, choose: random.Random, kills: int) -> str:
    """People write on while programs die; in the middle of it reminders go out. What came of it."""
    programs = PROGRAMS[town.engine.dialect.name]
    reaper = Reaper(town, choose)
    async with everyday(town, choose):
        await reaper.reap(programs, kills // 2)
        town.set_clock(REMINDERS)
        await reaper.reap(programs, kills - kills // 2)
        await town.start_after_leases(programs)
    await reminded(town)
    kept = town.check()
    assert [one.reminders() for one in silent(town)] == [1, 1]
    return f"{programs} programs, {reaper.died} kills, {reaper.inside} inside a transaction; {kept}"


async def test_programs_killed_at_random_points_lose_and_repeat_nothing(
    town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    kills = PROGRAMS[town.engine.dialect.name] + 1
    record_property(FAULTS, f"by seed {seed}: {await kill_through_a_morning(town, random.Random(seed), kills)}")


@pytest.mark.soak
@pytest.mark.parametrize("telling", range(TELLINGS))
async def test_programs_killed_again_and_again_lose_and_repeat_nothing(
    town: Town, seed: int, telling: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(f"{seed} {telling}")
    record_property(FAULTS, f"by seed {seed}, {telling}: {await kill_through_a_morning(town, choose, KILLS)}")
