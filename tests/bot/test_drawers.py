"""Slow work in processes of its own: what goes wrong there ends there."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.drawers import Drawers, NotDrawn
from tests.bot import works
from tests.bot.edge import until

AT_ONCE = 0.01
"""Seconds after which an endless work is given up."""


@pytest.fixture
def drawers() -> Iterator[Drawers]:
    made = Drawers(most=1)
    yield made
    made.close()


async def test_work_is_done_in_another_process_which_stays(drawers: Drawers) -> None:
    first, second = [await drawers.draw(works.name_of_process) for _ in range(2)]
    assert first == second != str(os.getpid()).encode()


async def test_drawers_without_work_end_and_the_next_work_begins_others() -> None:
    drawers = Drawers(most=1, rest=AT_ONCE)
    first = await drawers.draw(works.name_of_process)
    await until(lambda: not is_there(int(first)))
    second = await drawers.draw(works.name_of_process)
    drawers.close()
    assert second != first


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_endless_work_is_given_up_and_the_next_is_done(drawers: Drawers) -> None:
    with pytest.raises(NotDrawn, match=r"not done after 0\.01 seconds"):
        await drawers.draw(works.endless, limit=AT_ONCE)
    assert await drawers.draw(works.echoed, "halo") == b"halo"


async def test_a_drawer_that_dies_is_replaced(drawers: Drawers) -> None:
    with pytest.raises(NotDrawn, match="ended"):
        await drawers.draw(works.dying)
    assert await drawers.draw(works.echoed, "halo") == b"halo"


async def test_what_fails_says_why(drawers: Drawers) -> None:
    with pytest.raises(NotDrawn, match="LookupError: kertasnya habis"):
        await drawers.draw(works.failing)


async def test_closing_ends_what_is_under_way(tmp_path: Path) -> None:
    drawers, begun = Drawers(most=1), tmp_path / "begun"
    endless = asyncio.create_task(drawers.draw(works.endless_from, str(begun)))
    await until(begun.exists)
    drawers.close()
    with pytest.raises(NotDrawn):
        await endless
