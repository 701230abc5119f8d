"""The machine's clock jumps, and the offices' with it, while several programs send: a day ahead, an hour back."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.faults.conftest import FAULTS
from tests.faults.everyday import everyday, silent
from tests.faults.office import REMINDERS
from tests.faults.town import Town

PROGRAMS = 2
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LOOK_SECONDS = 0.5
"""How often each program looks what is left to send, so that even a slow machine gives it many looks of grace."""
PAUSE = (0.2, 0.6)
"""Seconds between which another jump follows."""


async def jump_through_a_morning(town: Town, choose: random.Random, jumps: list[timedelta]) -> str:
    """People write on and reminders go out while the clocks jump. What came of it."""
    moment = REMINDERS
    for _program in range(PROGRAMS):
        await town.start(lease_seconds=30, look_seconds=LOOK_SECONDS)
    await town.is_served()
    async with everyday(town, choose):
        town.set_clock(moment)
        for jump in jumps:
            await town.is_looked_after()  # a program that has not looked cannot know of a jump
            await asyncio.sleep(choose.uniform(*PAUSE))
            moment += jump
            town.move_machine(jump.total_seconds())
            town.set_clock(moment)
    await town.comes_to_rest()
    kept = town.check()
    assert all(one.reminders() <= len(jumps) + 1 for one in silent(town))
    return f"{PROGRAMS} programs, {len(jumps)} jumps; {kept}"


@pytest.mark.sampled_on_postgresql
@pytest.mark.parametrize("jumps", [[DAY], [-HOUR, HOUR, HOUR]], ids=["a day ahead", "an hour back"])
async def test_nothing_is_lost_or_said_twice_when_the_clock_jumps(
    town: Town, seed: int, jumps: list[timedelta], record_property: Callable[[str, object], None]
) -> None:
    record_property(FAULTS, f"by seed {seed}: {await jump_through_a_morning(town, random.Random(seed), jumps)}")
