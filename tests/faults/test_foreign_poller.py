"""Another program polls with our token: the admin is told once, and we go on trying, without an end."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress

import aiohttp

from handlers.texts.operations import FOREIGN_POLLER
from tests.faults.conftest import FAULTS
from tests.faults.everyday import everyday
from tests.faults.town import LEASES_LAPSED, Resident, Town

LEASE_SECONDS = 30.0
"""How long a role is lent, as in life: a program that a slow machine lets wait for less keeps it."""
FOREIGN, STEALS = 2, 6
"""How often the other program asks until it is known for a foreign one, and after that; each time it ends our poll."""


async def steal(town: Town) -> None:
    """Ask once as another program does, which takes nothing: it names no offset, and waits for nothing."""
    with suppress(aiohttp.ClientError):
        await town.api.call("getUpdates", limit=1)


def told(resident: Resident) -> int:
    """How often somebody was told of it."""
    return [message.text for message in resident.phone.messages].count(FOREIGN_POLLER)


async def test_a_foreign_program_with_our_token_is_told_to_the_admin_and_nobody_loses_a_word(
    small_town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    town = small_town
    await town.start()
    for _time in range(FOREIGN):
        await town.api.polled()
        await steal(town)
    await town.until(lambda: sum(map(told, town.residents)) > 0, "word of it")
    choose = random.Random(seed)
    for resident in town.residents[2:]:
        resident.report_at_once()
    for _again in range(STEALS):
        await asyncio.sleep(choose.uniform(0.0, 0.1))
        await steal(town)
    await town.comes_to_rest()
    assert [told(resident) for resident in town.residents] == [0, 1, *[0] * (len(town.residents) - 2)]
    record_property(FAULTS, str(town.check()))


async def test_a_second_program_of_ours_that_takes_over_is_no_foreign_one(
    town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    """One hangs for longer than its role is lent, another takes over, and the first wakes up."""
    first = await town.start(lease_seconds=LEASE_SECONDS)
    await town.api.polled()
    first.suspend()
    town.move_machine(LEASES_LAPSED)
    await town.start(lease_seconds=LEASE_SECONDS)
    async with everyday(town, random.Random(seed)):
        await town.until(lambda: all(one.values for one in town.residents[2:]), "reports to the second")
        first.resume()
    await town.is_looked_after()  # else there is rest before the first has woken up, and what it had in hand comes then
    await town.comes_to_rest()
    assert sum(map(told, town.residents)) == 0
    record_property(FAULTS, str(town.check()))
