"""PostgreSQL is stopped and started again while everybody writes: orderly, and as in a crash."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from tests.bot.telegram.bot_api_server import BotApiServer
from tests.faults.conftest import FAULTS
from tests.faults.everyday import everyday, reminded, silent
from tests.faults.office import REMINDERS
from tests.faults.own_postgres import Mode, OwnPostgres
from tests.faults.town import Town
from tests.kill.processes import Nursery

PROGRAMS = 2
AWAY, BACK = (0.1, 1.5), (0.3, 1.5)
"""Seconds between which the database is away, and back before it goes again."""
MODES: tuple[Mode, ...] = ("fast", "immediate")
TELLINGS, OUTAGES = 5, 12
"""How often the soak tells it, with how many outages."""


@pytest.fixture
async def restarted(tmp_path: Path) -> AsyncIterator[tuple[Town, OwnPostgres]]:
    """A town on a database that may go away."""
    with OwnPostgres.run(tmp_path) as postgres:
        async with Nursery() as nursery, BotApiServer(burst=1000) as api:
            town = Town(nursery, api, postgres.url, tmp_path)
            yield town, postgres
            await town.close()


async def restart_through_a_morning(
    town: Town, postgres: OwnPostgres, choose: random.Random, modes: Sequence[Mode]
) -> str:
    """People write on while the database goes and comes; in the middle of it reminders go out. What came of it."""
    for _program in range(PROGRAMS):
        await town.start()
    await town.is_served()
    async with everyday(town, choose):
        for place, mode in enumerate(modes):
            await asyncio.sleep(choose.uniform(*BACK))
            if place == len(modes) // 2:
                town.set_clock(REMINDERS)
            await postgres.stop(mode)
            await asyncio.sleep(choose.uniform(*AWAY))
            await postgres.start()
    await reminded(town)
    kept = town.check()
    assert [one.reminders() for one in silent(town)] == [1, 1]
    return f"{PROGRAMS} programs, {len(modes)} outages; {kept}"


async def test_a_database_that_goes_and_comes_back_loses_and_repeats_nothing(
    restarted: tuple[Town, OwnPostgres], seed: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(seed)
    record_property(FAULTS, f"by seed {seed}: {await restart_through_a_morning(*restarted, choose, [*MODES])}")


@pytest.mark.soak
@pytest.mark.parametrize("telling", range(TELLINGS))
async def test_a_database_that_goes_and_comes_back_again_and_again_loses_and_repeats_nothing(
    restarted: tuple[Town, OwnPostgres], seed: int, telling: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(f"{seed} {telling}")
    modes = choose.choices(MODES, k=OUTAGES)
    record_property(FAULTS, f"by seed {seed}, {telling}: {await restart_through_a_morning(*restarted, choose, modes)}")
