"""The end of a month told as it comes: everybody reports while the others are reminded, with a program that is held to
Telegram's pace. `--long` tells it whole, and lets people go on for two hours.

The town and its phones are those of the fault tests, which hold what happened against the promise: a part in which a
figure is lost or counts twice fails.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.measure import MILLISECONDS, Row
from storage import migrate
from storage.engine import open_engine
from tests.load.month_end import EACH, OFFICE, Measured, report_for_hours, tell_month_end

SEED = 20_261_130
OFFICES, LASTS = 8, timedelta(minutes=6)
"""Told five times as fast as life, which makes as many messages a second as the whole one at life's pace."""
OFFICES_LONG, LASTS_LONG = 40, timedelta(minutes=30)
OFFICES_FOR_HOURS, HOURS = 4, timedelta(hours=2)
_SOON = 1000.0
"""Milliseconds within which 99 of 100 answers are to be there."""
_GROWN = 1.2
"""How many times the memory of the second quarter the last may take; less is noise of an interpreter."""


def rows(*, long: bool = False) -> Iterator[Row]:
    """How soon answers come, and whether the program grows."""
    offices, lasts = (OFFICES_LONG, LASTS_LONG) if long else (OFFICES, LASTS)
    what = f"month end of {_people(offices)} people x {EACH} indicators in {_minutes(lasts)}"
    measured = _measured(partial(tell_month_end, seed=SEED, offices=offices, lasts=lasts))
    yield from _rows(what, measured, _GROWN if long else None)  # in a few minutes it is still getting to know everybody
    if long:
        what = f"{_people(OFFICES_FOR_HOURS)} people who report for {_minutes(HOURS)}"
        measured = _measured(partial(report_for_hours, seed=SEED, offices=OFFICES_FOR_HOURS, lasts=HOURS))
        yield from _rows(what, measured, _GROWN)


def _measured(tell: Callable[[str, Path], Coroutine[Any, Any, Measured]]) -> Measured:
    """What came of it on a fresh database, told on the screen, too."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        engine = open_engine(url)
        migrate.upgrade(engine)
        engine.dispose()
        measured = asyncio.run(tell(url, Path(folder)))
    print(f"month_end: {measured}", file=sys.stderr)  # noqa: T201
    return measured


def _rows(what: str, measured: Measured, grown: float | None) -> Iterator[Row]:
    assert measured.growth is not None  # measured while it ran
    soon = measured.percentile(0.99) * MILLISECONDS
    median = measured.percentile(0.5) * MILLISECONDS
    done = f"all {len(measured.answers)} turns done, each figure once, median {median:.0f} ms"
    yield Row(f"{what}: message to phone, p99", "a second", soon, _SOON, "ms", 1.0, note=done)
    before, after = measured.growth.early(), measured.growth.late()
    taken = f"files {before.files} to {after.files}, threads {before.threads} to {after.threads}"
    memory = (after.memory, before.memory, "MB", grown)
    yield Row(f"{what}: its memory at the end", "in the second quarter", *memory, note=taken)


def _people(offices: int) -> int:
    return offices * (OFFICE - 1)  # the camat owes nothing


def _minutes(lasts: timedelta) -> str:
    return f"{lasts.total_seconds() / 60:.0f} minutes"
