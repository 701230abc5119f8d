"""What was measured is told at the end of the run."""

import pytest

MEASURED = "measured"
"""The property under which a test says what it measured."""


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The printed seed of the run."""
    return int(request.config.getoption("randomly_seed", 0) or 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print it, also of tests that ran in another process."""
    reports = (report for report in terminalreporter.getreports("passed") if isinstance(report, pytest.TestReport))
    for report in reports:
        for name, value in report.user_properties:
            if name == MEASURED and report.when == "call":
                terminalreporter.write_line(f"measured {report.nodeid.rpartition('::')[2]}: {value}")
