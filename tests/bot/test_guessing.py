"""Somebody guesses invitation codes: the admins are told, once an hour at most and in their hours, and nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.lobby import WRONG_CODES
from tests.bot.edge import Edge, tick, wita

pytestmark = pytest.mark.sampled_on_postgresql
FRIDAY, MONDAY = 1, 4
"""Days of April 2022."""
ADMIN, OFFICER = "7", "1"
ABOUT = "kode undangan yang salah"


@pytest.fixture
async def edge(engine: Engine, tmp_path: Path) -> AsyncIterator[Edge]:
    """The admin and an officer have joined."""
    edge = Edge(engine, tmp_path)
    edge.office_now.now = edge.machine.now = wita(FRIDAY, 9)
    await edge.join("Dewi Lestari", ADMIN)
    await edge.join("Sari Andini", OFFICER)
    yield edge
    await edge.program.close()


async def guess(edge: Edge, address: str, times: int = WRONG_CODES) -> None:
    for number in range(times):
        await edge.say(address, "ABCDEFGH2" + "23456789"[number])


async def told(edge: Edge, day: int, hour: int, minute: int, address: str = ADMIN) -> list[str]:
    """What somebody has been told of it by a moment."""
    edge.machine.now = wita(day, hour, minute)
    await tick(edge, edge.machine.now)
    return [one for one in edge.phones.heard(address) if ABOUT in one]


async def test_an_admin_is_told_once_an_hour_what_to_do(edge: Edge) -> None:
    await guess(edge, "666")
    [sentence] = await told(edge, FRIDAY, 9, 5)
    assert sentence.startswith("Bu Dewi Lestari, ") and "ketik undang" in sentence
    await guess(edge, "667")
    assert len(await told(edge, FRIDAY, 9, 50)) == 1
    await guess(edge, "668")
    assert len(await told(edge, FRIDAY, 10, 1)) == 1
    await guess(edge, "669")
    assert len(await told(edge, FRIDAY, 10, 2)) == 2
    assert await told(edge, FRIDAY, 10, 2, OFFICER) == []


async def test_a_few_wrong_codes_are_no_guessing(edge: Edge) -> None:
    await guess(edge, "666", WRONG_CODES - 1)
    assert await told(edge, FRIDAY, 9, 5) == []


async def test_what_was_tried_at_the_weekend_is_told_on_monday(edge: Edge) -> None:
    edge.office_now.now = edge.machine.now = wita(FRIDAY, 22)
    await guess(edge, "666")
    assert await told(edge, FRIDAY, 22, 1) == []
    assert len(await told(edge, MONDAY, 9, 0)) == 1


async def test_what_is_long_past_is_told_to_nobody(edge: Edge) -> None:
    await guess(edge, "666")
    assert await told(edge, MONDAY + 4, 9, 5) == []
