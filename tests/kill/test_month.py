"""Killed again and again through a month: every reminder comes once, and none is missing."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.engine import open_engine
from storage.migrate import upgrade
from tests.kill.conftest import KILLS
from tests.kill.month import Deaths, Month, Told, no_deaths, prepare
from tests.kill.processes import Nursery


@dataclass(frozen=True)
class Scale:
    """How many people there are, how often the program is killed, within how many points of its life, how often it
    looks what is due, and whether it is held to the pace of the real Telegram."""

    people: int
    kills: int
    span: int
    tick_seconds: float
    is_paced: bool


SAMPLE = Scale(people=24, kills=8, span=1500, tick_seconds=0.2, is_paced=False)
ALL = Scale(people=200, kills=100, span=1500, tick_seconds=0.5, is_paced=True)


class Calendar:
    """Tells the month of an office on copies of one prepared database."""

    def __init__(self, nursery: Nursery, folder: Path, scale: Scale) -> None:
        self._nursery = nursery
        self._folder = folder
        self._scale = scale
        self._template = folder / "template.db"
        url = f"sqlite:///{self._template}"
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        self._prepared = prepare(url, scale.people)

    async def tell(self, called: str, deaths: Deaths | None = None) -> Told:
        folder = self._folder / called
        folder.mkdir()
        shutil.copy(self._template, folder / "renaksi.db")
        url, ticks = f"sqlite:///{folder / 'renaksi.db'}", (self._scale.tick_seconds,)
        paced = self._scale.is_paced
        return await Month(self._nursery, url, self._prepared, folder, deaths or no_deaths(), ticks, paced).tell()


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


def drawn(expected: Told, scale: Scale, seed: int) -> Deaths:
    """Most kills on the days on which most is said."""
    choose, said = random.Random(seed), Counter(one.day for one in expected.heard.elements())
    days = choose.choices(sorted(said), [said[day] for day in sorted(said)], k=scale.kills)
    return Deaths(choose, Counter(days), scale.span)


async def kill_through_a_month(folder: Path, scale: Scale, seed: int) -> str:
    """Kill the program again and again through the month; where the kills fell."""
    async with Nursery() as nursery:
        calendar = Calendar(nursery, folder, scale)
        expected = await calendar.tell("unkilled")
        check_unkilled(expected)
        told = await calendar.tell("killed", drawn(expected, scale, seed))
    check(told, expected, seed)
    assert len(told.kills) == scale.kills
    inside = sum(point.inside for point in told.kills)
    assert inside >= scale.kills // 2
    return (
        f"by seed {seed} through a month of {scale.people} people: {scale.kills} kills, {inside} inside a transaction; "
        f"{told.heard.total()} messages, {told.repeated.total()} came twice as their acceptance went unrecorded"
    )


@pytest.mark.sampled(share=1 / 3)
async def test_a_program_killed_now_and_then_through_a_month_leaves_out_and_repeats_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    seed = int(request.config.getoption("randomly_seed", 0) or 0)
    record_property(KILLS, await kill_through_a_month(tmp_path, SAMPLE, seed))


@pytest.mark.soak
async def test_a_program_killed_a_hundred_times_through_a_month_of_two_hundred_people(
    tmp_path: Path, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    seed = int(request.config.getoption("randomly_seed", 0) or 0)
    record_property(KILLS, await kill_through_a_month(tmp_path, ALL, seed))
