"""The real browser of the tests: the system's Chromium, driven by Playwright with its path."""

import os
import shutil

import pytest
from playwright import async_api, sync_api

REQUIRED = "RENAKSI_BROWSER"
"""`RENAKSI_BROWSER=required` makes "no Chromium" a failure: CI installs one, so there nothing may be skipped."""
# Few processes: each that begins takes as long as a page.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--renderer-process-limit=1",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000.0
"""Milliseconds that anything of a page is waited for; a bound for broken runs, never measured."""

for _expect in (async_api.expect, sync_api.expect):
    _expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str:
    """The path of the browser. Without one the test is skipped: the only skip that the suite may have."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(f"{REQUIRED}=required, but there is no Chromium; install Debian's package chromium")
    pytest.skip("no Chromium")
