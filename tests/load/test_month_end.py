"""The end of a month in short, and whole with `-m soak`: all is done, each figure counts once; whole also soon.

RENAKSI_LOAD_MINUTES (30) is how long the whole half hour takes on the machine, RENAKSI_SOAK_MINUTES (120) how long
people go on in the soak; neither may let the program grow.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.load.conftest import MEASURED
from tests.load.month_end import Measured, report_for_hours, tell_month_end

SOON = 1.0
"""Seconds within which 99 of 100 answers are there."""
SHORT = timedelta(seconds=6)
GROWTH_MB, GROWTH_FILES, GROWTH_THREADS = 25.0, 16, 4
"""By how much a program may take more in the last quarter of the time than in the second."""


def minutes(name: str, usual: float) -> timedelta:
    """How long something lasts, by the environment."""
    return timedelta(minutes=float(os.environ.get(name, usual)))


def check_growth(measured: Measured) -> None:
    """It takes no more at the end than when it had met everybody."""
    assert measured.growth is not None
    before, after = measured.growth.early(), measured.growth.late()
    assert after.memory - before.memory <= GROWTH_MB, str(measured)
    assert after.files - before.files <= GROWTH_FILES, str(measured)
    assert after.threads - before.threads <= GROWTH_THREADS, str(measured)


@pytest.mark.sampled_on_postgresql
async def test_a_month_end_is_all_done_and_each_figure_counts_once(
    database_url: str, tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    measured = await tell_month_end(database_url, tmp_path, seed, offices=1, size=41, lasts=SHORT)
    record_property(MEASURED, f"40 people in {SHORT.total_seconds():.0f} s: {measured}")


@pytest.mark.soak
async def test_a_month_end_of_two_thousand_people_is_answered_soon(
    database_url: str, tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    lasts = minutes("RENAKSI_LOAD_MINUTES", 30)
    measured = await tell_month_end(database_url, tmp_path, seed, offices=40, lasts=lasts)
    record_property(MEASURED, f"2000 people in {lasts}: {measured}")
    assert measured.percentile(0.99) < SOON, str(measured)
    check_growth(measured)


@pytest.mark.soak
async def test_nothing_grows_while_an_office_reports_for_hours(
    sqlite_template: Path, tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    (tmp_path / "renaksi.db").write_bytes(sqlite_template.read_bytes())
    url, lasts = f"sqlite:///{tmp_path / 'renaksi.db'}", minutes("RENAKSI_SOAK_MINUTES", 120)
    measured = await report_for_hours(url, tmp_path, seed, offices=4, lasts=lasts)
    record_property(MEASURED, str(measured))
    assert measured.percentile(0.99) < SOON, str(measured)
    check_growth(measured)
