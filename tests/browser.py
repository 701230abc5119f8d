"""The real browser of the tests: the system's Chromium, driven by Playwright with its path."""

import os
import shutil

import pytest

REQUIRED = "RENAKSI_BROWSER"
"""`RENAKSI_BROWSER=required` makes "no Chromium" a failure: CI installs one, so there nothing may be skipped."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The path of the browser. Without one the test is skipped: the only skip that the suite may have."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(f"{REQUIRED}=required, but there is no Chromium; install Debian's package chromium")
    pytest.skip("no Chromium")
