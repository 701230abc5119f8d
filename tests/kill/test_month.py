"""Killed again and again through a month: every reminder comes once, and none is missing."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.engine import open_engine
from storage.migrate import upgrade
from tests.kill.conftest import KILLS
from tests.kill.month import Deaths, Month, Prepared, Told, prepare
from tests.kill.processes import Nursery


class Calendar:
    """Tells the month of an office on copies of one prepared database."""

    def __init__(self, nursery: Nursery, folder: Path, size: int, *, camat_joins: bool) -> None:
        self._nursery = nursery
        self._folder = folder
        self._template = folder / "template.db"
        url = f"sqlite:///{self._template}"
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        self.prepared: Prepared = prepare(url, size, camat_joins=camat_joins)

    async def tell(self, called: str, deaths: Deaths | None = None) -> Told:
        folder = self._folder / called
        folder.mkdir()
        shutil.copy(self._template, folder / "renaksi.db")
        month = Month(self._nursery, f"sqlite:///{folder / 'renaksi.db'}", self.prepared, folder)
        if deaths is not None:
            month.deaths = deaths
        return await month.tell()


def check_unkilled(told: Told) -> None:
    """Who never reports is told four times; who reports, no more from then on; leave and more time are heeded."""
    all_four = [(3, 29), (4, 4), (4, 5), (4, 6)]
    assert told.days(10) == all_four
    assert [told.days(number) for number in (11, 13, 14, 15)] == [
        all_four[:1],
        all_four[:1],
        all_four[:2],
        all_four[:3],
    ]
    assert told.repeated == Counter()
    assert set(told.notices.values()) == {"sent"}


def check(told: Told, expected: Told, seed: int) -> None:
    """A month with kills is the one without, but for messages whose acceptance went unrecorded: these come again."""
    assert told.heard - expected.heard == Counter(), f"repeated or new by seed {seed}"
    assert expected.heard - told.heard == Counter(), f"lost by seed {seed}"
    assert told.repeated.keys() <= told.heard.keys(), f"other words the second time by seed {seed}"
    assert (told.notices, told.reports) == (expected.notices, expected.reports), f"by seed {seed}"


async def kill_through_a_month(folder: Path, size: int, kills: int, seed: int, *, camat_joins: bool) -> str:
    """Kill the program so often through the month of so many people; where the kills fell."""
    async with Nursery() as nursery:
        calendar = Calendar(nursery, folder, size, camat_joins=camat_joins)
        expected = await calendar.tell("unkilled")
        check_unkilled(expected)
        span = 2 * len(expected.passed[0]) // kills
        told = await calendar.tell("killed", Deaths(random.Random(seed), kills, span))
    check(told, expected, seed)
    assert len(told.kills) == kills
    inside = sum(point.inside for point in told.kills)
    assert inside > 0
    again = sum(told.repeated.values())
    return (
        f"by seed {seed} through the month of {size} people: {kills} kills, {inside} inside a transaction; "
        f"{sum(told.heard.values())} messages, {again} came twice because their acceptance went unrecorded"
    )


async def test_a_program_killed_now_and_then_through_a_month_leaves_out_and_repeats_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    seed = int(request.config.getoption("randomly_seed", 0) or 0)
    record_property(KILLS, await kill_through_a_month(tmp_path, 24, 12, seed, camat_joins=False))


@pytest.mark.soak
async def test_a_program_killed_a_hundred_times_through_a_month_of_two_hundred_people(
    tmp_path: Path, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    seed = int(request.config.getoption("randomly_seed", 0) or 0)
    record_property(KILLS, await kill_through_a_month(tmp_path, 200, 100, seed, camat_joins=True))
