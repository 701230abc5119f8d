"""`renaksi demo` as people start it: a process of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from tests.house.repository import ROOT

LONGEST = 300
"""Seconds after which a demo that hangs is killed, so that its test fails instead of hanging too."""
LOOK_EVERY = 0.01
"""Seconds between two looks for its folder: it shall work meanwhile."""


@dataclass
class DemoProcess:
    """A demo that was started with its own temporary folder."""

    process: subprocess.Popen[str]
    temporary: Path
    address: str = ""

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def folders(self) -> list[Path]:
        """What the demo keeps in the temporary folder."""
        return list(self.temporary.iterdir())

    def wait_until_ready(self) -> None:
        """Read what it says until it names its page."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(r"siap di (http://\S+)", line):
                self.address = found[1]
                return
        raise AssertionError(f"the demo ended: {self.ended()}")

    def wait_until_loading(self) -> None:
        """Until it has made its folder, and is busy with the plan."""
        while not any(self.temporary.glob("renaksi-demo-*")):  # Python tries the folder by a file of its own before
            assert self.process.poll() is None
            time.sleep(LOOK_EVERY)

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        """Send a signal; return exit code and what it said since on both streams."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate()
        return self.process.returncode, out, err


@contextmanager
def starting_demo(temporary: Path, *options: str) -> Iterator[DemoProcess]:
    """Start a demo and make sure that it does not outlive the test."""
    command = [sys.executable, "-m", "bot", "demo", *options]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        watchdog = Timer(LONGEST, process.kill)
        watchdog.start()
        try:
            yield DemoProcess(process, temporary)
        finally:
            watchdog.cancel()
            process.kill()
