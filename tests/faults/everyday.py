"""What goes on in a town while something breaks: people write without end, and some do not wait for the answers."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.faults.town import Resident, Town

SILENT = 2
"""How many never report, and are reminded."""
MOST_WAITING = 60
"""Messages that may wait for their turn when more are written at once: a slow machine would never be done with them."""


def silent(town: Town) -> list[Resident]:
    """Those who never report."""
    return town.residents[:SILENT]


async def reminded(town: Town) -> None:
    """Wait until whoever never reports was reminded, and nothing is left to send."""
    await town.until(lambda: all(one.reminders() for one in silent(town)), "the reminders")
    await town.comes_to_rest()


@asynccontextmanager
async def everyday(town: Town, choose: random.Random) -> AsyncGenerator[None]:
    """People write for as long as the block lasts, and finish the report that they are at; the silent are greeted."""
    is_over = asyncio.Event()
    writing = town.residents[SILENT:]
    patient, impatient = writing[::2], writing[1::2]

    async def write_on(resident: Resident) -> None:
        while not is_over.is_set():
            await resident.report()

    async def write_at_once() -> None:
        while not is_over.is_set():
            if town.waiting() < MOST_WAITING:
                for resident in impatient:
                    resident.report_at_once()
            await asyncio.sleep(choose.uniform(0.5, 1.5))

    async with asyncio.TaskGroup() as group:
        for resident in patient:
            group.create_task(write_on(resident))
        group.create_task(write_at_once())
        yield
        is_over.set()
