"""Exhaustive runs are asked for with `-m soak`; what was killed is told at the end of the run."""

import pytest

KILLS = "kills"
"""The property under which a test says where its kills fell."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave exhaustive runs out unless some are chosen by mark."""
    if config.getoption("-m"):
        return
    soak = [item for item in items if item.get_closest_marker("soak")]
    if soak:
        config.hook.pytest_deselected(items=soak)
        items[:] = [item for item in items if item not in soak]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print where the kills fell, also of tests that ran in another process."""
    reports = (report for report in terminalreporter.getreports("passed") if isinstance(report, pytest.TestReport))
    for report in reports:
        for name, value in report.user_properties:
            if name == KILLS and report.when == "call":
                terminalreporter.write_line(f"kills {value}")
