"""Forks the real program, quickly: everything is imported once, and every run is a process of its own.

Reads one JSON request a line (`Run`), answers `{"run": id, "pid": ...}` when the process has begun and
`{"run": id, "ended": status}` when it is over; a negative status is the signal that ended it.
"""

import asyncio
import gc
import json
import os
import select
import signal
import sys
import traceback
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import holidays

from bot.clock import machine_now
from bot.logs import set_up_logs
from bot.pace import TELEGRAM, UNLIMITED, WHATSAPP
from bot.parts import read_parts
from bot.run import Circumstances, serve
from bot.settings import Settings
from bot.wiring import LOOKS, Looks
from tests.kill.looks import note_looks
from tests.kill.points import Points, install

LATE = (
    "apscheduler.executors.asyncio",
    "apscheduler.triggers.interval",
    "bot.channels.telegram.uploads",
    "bot.channels.telegram.webhook",
    "bot.conversing",
    "bot.keeping",
    "bot.notices",
    "bot.slow_work",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
)
"""What the program imports at its first use; here once for all, else most of a short life is spent on that."""
TICK_SECONDS = 0.5
POLL_SECONDS = 0.01


@dataclass(frozen=True)
class Run:
    """What to run. `clock` is a file with the office's time in ISO form, read whenever it is asked for.

    `ahead` are seconds by which the machine's clock is ahead: a program that is started again after a crash comes when
    the leases of the dead one have lapsed. `fatal` is the kind and number of the point that kills, None for none.
    One that `is_paced` writes no quicker than the real Telegram lets it. `machine_clock` is a file with further seconds
    by which the machine's clock is ahead, read whenever it is asked for; empty for none. Where no points are `counted`,
    the program runs as quickly as it does for an office.
    """

    run: str
    settings: dict[str, Any]
    clock: str
    folder: str
    ahead: float = 0
    fatal: tuple[str, int] | None = None
    lease_seconds: float = 30
    tick_seconds: float = TICK_SECONDS
    is_paced: bool = False
    machine_clock: str = ""
    counted: bool = True
    most_a_minute: int | None = None
    """Messages of a person that are answered in a minute; None for all, since the people of tests are quick."""
    only: str = ""
    """As `renaksi run --only` takes it."""
    look_seconds: float | None = None
    """How often workers look for what they were not woken for; None for what is usual."""

    def machine(self) -> datetime:
        moved = float(Path(self.machine_clock).read_text()) if self.machine_clock else 0.0
        return machine_now() + timedelta(seconds=self.ahead + moved)

    def office(self) -> datetime:
        return datetime.fromisoformat(Path(self.clock).read_text()).astimezone(UTC)


def carry_out(run: Run) -> None:
    """Serve as `renaksi run` does, with these clocks, until a signal or the fatal point."""
    os.chdir(run.folder)  # no .env of the checkout is read
    points = Points(Path(run.folder) / "points", None if run.fatal is None else (run.fatal[0], run.fatal[1]))
    if run.counted:
        install(points)
    if run.machine_clock:
        note_looks(Path(run.folder))
    set_up_logs("INFO")
    around = Circumstances(
        office=run.office,
        machine=run.machine,
        limits={"telegram": TELEGRAM, "whatsapp": WHATSAPP} if run.is_paced else {"telegram": UNLIMITED},
        tick_seconds=run.tick_seconds,
        role_lease=timedelta(seconds=run.lease_seconds),
        looks=LOOKS if run.look_seconds is None else Looks(*[run.look_seconds] * len(fields(Looks))),
        most_a_minute=run.most_a_minute,
    )
    parts = read_parts([run.only] if run.only else [])
    asyncio.run(serve(Settings(**run.settings), circumstances=around, parts=parts))
    points.finish()


def main() -> None:
    """Serve requests until the standard input ends."""
    for name in LATE:
        import_module(name)
    list(holidays.country_holidays("ID", years=2022))  # reads its tables
    gc.collect()
    gc.freeze()  # the collectors of the forked programs shall not copy what they share
    running: dict[int, str] = {}
    waiting = ""
    while True:
        ready, _, _ = select.select([sys.stdin.fileno()], [], [], POLL_SECONDS if running else None)
        if ready:
            read = os.read(sys.stdin.fileno(), 1 << 16).decode()
            if not read:
                for pid in running:
                    os.kill(pid, signal.SIGKILL)
                return
            *lines, waiting = (waiting + read).split("\n")
            for line in lines:
                run = Run(**json.loads(line))
                pid = _fork(run)
                running[pid] = run.run
                _say({"run": run.run, "pid": pid})
        _report_ended(running)


def _fork(run: Run) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        log = os.open(Path(run.folder) / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        carry_out(run)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _report_ended(running: dict[int, str]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        _say({"run": running.pop(pid), "ended": os.waitstatus_to_exitcode(status)})


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
