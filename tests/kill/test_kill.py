"""Kill -9 anywhere, then restart: nothing a person sent is lost, no report counts twice, none is half saved."""

import asyncio
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from storage.engine import open_engine
from storage.migrate import upgrade
from tests.kill.conftest import KILLS
from tests.kill.points import Point
from tests.kill.processes import Nursery
from tests.kill.story import Fatal, Outcome, Story, prepare

AT_ONCE = 4
"""Stories told at the same time."""
INSIDE, OUTSIDE = 8, 1
"""Kills of the default suite within a transaction, and at each kind of point elsewhere."""


class Stage:
    """Tells the story on copies of one prepared database."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self._nursery = nursery
        self._folder = folder
        self._template = folder / "template.db"
        engine = open_engine(f"sqlite:///{self._template}")
        upgrade(engine)
        engine.dispose()
        self._code = prepare(f"sqlite:///{self._template}")
        self._free = asyncio.Semaphore(AT_ONCE)

    async def tell(self, fatal: Fatal | None = None) -> tuple[Outcome, list[Point]]:
        """One story, and the points that its programs passed."""
        async with self._free:
            folder = self._folder / ("unkilled" if fatal is None else f"{fatal[0]} {fatal[1]}")
            folder.mkdir()
            shutil.copy(self._template, folder / "renaksi.db")
            story = Story(self._nursery, f"sqlite:///{folder / 'renaksi.db'}", self._code, folder, fatal)
            return await story.tell(), _points(folder / "points")


def _points(record: Path) -> list[Point]:
    return [Point(**json.loads(line)) for line in record.read_text().splitlines()]


def check(fatal: Fatal, outcome: Outcome, expected: Outcome) -> None:
    """A killed run leaves the ledger of an unkilled one, but for the one message whose acceptance went unrecorded."""
    for name, rows in expected.ledger.tables.items():
        assert outcome.ledger.tables[name] == rows, f"{name} after a kill at {fatal}"
    assert expected.ledger.heard - outcome.ledger.heard == Counter(), f"lost after a kill at {fatal}"
    assert outcome.ledger.heard - expected.ledger.heard == outcome.unrecorded, f"repeated after a kill at {fatal}"
    assert sum(outcome.unrecorded.values()) <= 1


async def kill_at(stage: Stage, chosen: Sequence[Fatal], expected: Outcome) -> list[Point]:
    """Tell the story once for each of these points; return those at which it was really killed."""

    async def one(fatal: Fatal) -> Point | None:
        outcome, points = await stage.tell(fatal)
        check(fatal, outcome, expected)
        return _reached(points, fatal) if outcome.status else None

    async with asyncio.TaskGroup() as group:
        told = [group.create_task(one(fatal)) for fatal in chosen]
    return [point for task in told if (point := task.result()) is not None]


def _reached(points: Sequence[Point], fatal: Fatal) -> Point:
    kind, number = fatal
    return [point for point in points if point.kind == kind][number - 1]


def every(points: Sequence[Point]) -> list[tuple[Fatal, Point]]:
    """Each point by kind and number."""
    counts: Counter[str] = Counter()
    numbered: list[tuple[Fatal, Point]] = []
    for point in points:
        counts[point.kind] += 1
        numbered.append(((point.kind, counts[point.kind]), point))
    return numbered


async def kill_inside(stage: Stage, choose: random.Random, points: Sequence[Point], expected: Outcome) -> list[Point]:
    """Kills until enough fell inside transactions: a point late in the story is not always come to."""
    drawn = [fatal for fatal, point in every(points) if point.inside]
    choose.shuffle(drawn)
    kills: list[Point] = []
    while (missing := INSIDE - _inside(kills)) > 0:
        assert drawn, f"only {_inside(kills)} of all points were come to"
        chosen, drawn = drawn[:missing], drawn[missing:]
        kills += await kill_at(stage, chosen, expected)
    return kills


def outside(choose: random.Random, points: Sequence[Point]) -> list[Fatal]:
    """Some points of every kind outside transactions."""
    all_of_them = [fatal for fatal, point in every(points) if not point.inside]
    of_kind = [[one for one in all_of_them if one[0] == kind] for kind in sorted({kind for kind, _ in all_of_them})]
    return [fatal for fatals in of_kind for fatal in choose.sample(fatals, min(OUTSIDE, len(fatals)))]


def _inside(kills: Sequence[Point]) -> int:
    return sum(point.inside for point in kills)


def summed_up(kills: Sequence[Point]) -> str:
    """Where the kills fell."""
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(Counter(point.kind for point in kills).items()))
    return f"{len(kills)} kills, {_inside(kills)} inside a transaction: {kinds}"


async def test_a_program_killed_at_sampled_points_loses_and_repeats_nothing(
    tmp_path: Path, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    seed = int(request.config.getoption("randomly_seed", 0) or 0)
    async with Nursery() as nursery:
        stage = Stage(nursery, tmp_path)
        expected, points = await stage.tell()
        choose = random.Random(seed)
        kills = await kill_inside(stage, choose, points, expected)
        kills += await kill_at(stage, outside(choose, points), expected)
        record_property(KILLS, f"by seed {seed}: {summed_up(kills)}")


@pytest.mark.soak
async def test_a_program_killed_at_every_point_loses_and_repeats_nothing(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with Nursery() as nursery:
        stage = Stage(nursery, tmp_path)
        expected, points = await stage.tell()
        kills = await kill_at(stage, [fatal for fatal, _point in every(points)], expected)
        assert _inside(kills) >= INSIDE
        record_property(KILLS, f"at every point: {summed_up(kills)}")
