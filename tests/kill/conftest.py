"""What was killed is told at the end of the run."""

import pytest

KILLS = "kills"
"""The property under which a test says where its kills fell."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print where the kills fell, also of tests that ran in another process."""
    reports = (report for report in terminalreporter.getreports("passed") if isinstance(report, pytest.TestReport))
    for report in reports:
        for name, value in report.user_properties:
            if name == KILLS and report.when == "call":
                terminalreporter.write_line(f"kills {value}")
