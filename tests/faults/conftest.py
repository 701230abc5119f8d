"""Towns on both databases; and what became of them is told at the end of the run."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.telegram.bot_api_server import BotApiServer
from tests.faults.town import Town
from tests.kill.processes import Nursery

FAULTS = "faults"
"""The property under which a test says what it did and what came of it."""


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The printed seed of the run."""
    return int(request.config.getoption("randomly_seed", 0) or 0)


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """One office in its own database, on either engine."""
    async with Nursery() as nursery, BotApiServer(burst=1000) as api:
        town = Town(nursery, api, database_url, tmp_path)
        yield town
        await town.close()


@pytest.fixture
async def small_town(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """On SQLite alone, for what no engine decides."""
    (tmp_path / "renaksi.db").write_bytes(sqlite_template.read_bytes())
    async with Nursery() as nursery, BotApiServer(burst=1000) as api:
        town = Town(nursery, api, f"sqlite:///{tmp_path / 'renaksi.db'}", tmp_path)
        yield town
        await town.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what became of the towns, also of tests that ran in another process."""
    reports = (report for report in terminalreporter.getreports("passed") if isinstance(report, pytest.TestReport))
    for report in reports:
        for name, value in report.user_properties:
            if name == FAULTS and report.when == "call":
                terminalreporter.write_line(f"faults {report.nodeid.rpartition('::')[2]}: {value}")
