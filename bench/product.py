"""`renaksi run` in a process of its own, on a Bot API server of the bench: as it is, but for its office's clock.

What a run is given stands in one JSON argument (`Run`).
"""

import asyncio
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.bot_api import TOKEN

WITHIN = 60.0
"""Seconds until a program that is asked to stop must have ended; a bound for broken runs."""
_TOLD = 4000
"""Characters of a failed program's log."""


@dataclass(frozen=True)
class Run:
    """Where a program finds its database and its Telegram; `office` is the time there at its start, in ISO form.

    `ahead` are seconds by which its machine's clock is ahead: after a crash it begins when the leases have lapsed.
    """

    database: str
    api: str
    evidence: str
    office: str
    ahead: float = 0


@contextmanager
def running(*command: str) -> Generator[subprocess.Popen[bytes]]:
    """A Python module with its arguments as a process, killed at the end if it still runs; why it failed is told."""
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen([sys.executable, "-m", *command], stdout=log, stderr=log) as process,
    ):
        try:
            yield process
        finally:
            if (process.poll() or 0) > 0:
                log.seek(0)
                sys.stderr.write(log.read().decode()[-_TOLD:])
            process.kill()


@contextmanager
def product(run: Run) -> Generator[subprocess.Popen[bytes]]:
    """The program, for as long as the block lasts."""
    with running("bench.product", json.dumps(asdict(run))) as process:
        yield process


def stop(process: subprocess.Popen[bytes]) -> int:
    """Ask a program to stop, as systemd does, and wait for it; return its exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(WITHIN)


def run_in(folder: Path, api: str, office: datetime, *, ahead: float = 0) -> Run:
    """A run on the SQLite database of a folder."""
    return Run(database_of(folder), api, str(folder / "evidence"), office.isoformat(), ahead)


def database_of(folder: Path) -> str:
    """The address of the SQLite database in a folder."""
    return f"sqlite:///{folder / 'bench.db'}"


def _carry_out(run: Run) -> None:
    from bot.clock import OfficeClock, machine_now
    from bot.logs import set_up_logs
    from bot.run import Circumstances, serve
    from bot.settings import Settings

    def machine() -> datetime:
        return machine_now() + timedelta(seconds=run.ahead)

    set_up_logs("INFO")
    office = OfficeClock(machine, datetime.fromisoformat(run.office))
    settings = {
        "database_url": run.database,
        "evidence_url": run.evidence,
        "telegram_token": TOKEN,
        "telegram_api_url": run.api,
    }
    asyncio.run(serve(Settings.model_validate(settings), circumstances=Circumstances(office=office, machine=machine)))


if __name__ == "__main__":
    _carry_out(Run(**json.loads(sys.argv[1])))
