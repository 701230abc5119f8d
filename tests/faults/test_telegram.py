"""Telegram fails in every way that it has, again and again, while everybody writes and reminders go out."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from tests.bot.telegram.bot_api_server import Failure
from tests.faults.conftest import FAULTS
from tests.faults.everyday import everyday, reminded, silent
from tests.faults.office import REMINDERS
from tests.faults.town import Town

AT_ONCE = (
    Failure.SERVER_ERROR,
    Failure.BAD_GATEWAY,
    Failure.DROP,
    Failure.DROP_AFTER,
    Failure.FLOOD,
    Failure.FLOOD_UNTOLD,
    Failure.GARBAGE,
)
"""What is told at once; whoever hangs is waited for, for 20 seconds."""
METHODS = ("sendMessage", "sendMessage", "sendMessage", "getUpdates", None)
PAUSE = 0.15
"""Seconds between one failure and the next."""
HASTE = 4.0
"""Seconds that the machine's clock gains with each of them, so that what is to be tried again comes soon."""
FAILURES, MANY, HANGS = 10, 200, 6


@asynccontextmanager
async def in_haste(town: Town) -> AsyncGenerator[None]:
    """The machine's clock runs ahead as long as the block lasts."""

    async def hurry() -> None:
        while True:
            await asyncio.sleep(PAUSE)
            town.move_machine(HASTE)

    hurrying = asyncio.create_task(hurry())
    yield
    hurrying.cancel()
    await asyncio.gather(hurrying, return_exceptions=True)


async def fail_through_a_morning(town: Town, choose: random.Random, failures: Sequence[Failure]) -> str:
    """People write on while Telegram fails; in the middle of it reminders go out. What came of it."""
    await town.start()
    town.api.shuffle = choose.shuffle
    async with in_haste(town):
        async with everyday(town, choose):
            for place, failure in enumerate(failures):
                if place == len(failures) // 2:
                    town.set_clock(REMINDERS)
                    town.api.redeliver()
                town.api.fail(failure, method=choose.choice(METHODS), retry_after=1)
                await asyncio.sleep(PAUSE)
            town.api.recover()
        await reminded(town)
    town.excuse_unanswered()
    kept = town.check()
    assert [one.reminders() for one in silent(town)] == [1, 1]
    return f"{len(failures)} failures; {kept}"


async def test_whatever_telegram_answers_nothing_is_lost_and_nothing_that_it_denied_comes_twice(
    small_town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(seed)
    failures = choose.sample(AT_ONCE * 2, FAILURES)
    record_property(FAULTS, f"by seed {seed}: {await fail_through_a_morning(small_town, choose, failures)}")


@pytest.mark.soak
async def test_telegram_fails_again_and_again(
    small_town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(seed)
    failures = choose.choices(AT_ONCE, k=MANY)
    record_property(FAULTS, f"by seed {seed}: {await fail_through_a_morning(small_town, choose, failures)}")


@pytest.mark.soak
async def test_telegram_takes_calls_and_never_answers(
    small_town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(seed)
    failures = choose.choices((Failure.HANG, Failure.HANG_AFTER), k=HANGS)
    record_property(FAULTS, f"by seed {seed}: {await fail_through_a_morning(small_town, choose, failures)}")
