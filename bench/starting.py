"""How long the command and the program take to begin, and what the program takes while nobody writes."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bot_api import TOKEN, BotApi, bot_api
from bench.bot_api_server import Behaviour
from bench.measure import MILLISECONDS, Row, medians
from bench.parts import ROOT
from bench.product import stop
from storage import migrate
from storage.engine import open_engine

ROUNDS = 7
STARTS = 5
SETTLED = 6.0
"""Seconds after the first poll until a program has done what it does at its start."""
WITHIN = 60.0
"""Seconds until a program must have asked for updates; a bound for broken runs."""
_LOOK = 0.005
"""Seconds between two looks whether it has."""
_MIB = 1024
_MIGRATED = "migrated.sqlite3"
_PEER = "python-telegram-bot's idle echo"
_IMPORT = "import telegram.ext"


def rows(*, long: bool = False) -> Iterator[Row]:
    """The command's help, the start of the program, and its memory at rest."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_engine(f"sqlite:///{folder / _MIGRATED}")
        migrate.upgrade(engine)
        engine.dispose()
        begin = _Beginning(folder)

        def imported(_round: int) -> None:
            begin.finish("-c", _IMPORT)

        def helped(_round: int) -> None:
            begin.finish("-m", "bot", "--help")

        _check(begin)
        yield Row("renaksi --help", f'python -c "{_IMPORT}"', *medians(helped, imported, ROUNDS), "ms", 1.2)
        yield _first_poll(begin)
        yield _idle_memory(begin)


class _Beginning:
    """Programs begun as people begin them, away from any settings of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{folder / 'fresh.sqlite3'}",
            "EVIDENCE_URL": str(folder / "evidence"),
            "TELEGRAM_TOKEN": TOKEN,
        }

    def finish(self, *command: str) -> str:
        """What a Python command prints, which must succeed."""
        done = subprocess.run(
            [sys.executable, *command], cwd=self._folder, env=self._settings, capture_output=True, text=True, check=True
        )
        return done.stdout

    @contextmanager
    def product(self, api: BotApi) -> Generator[subprocess.Popen[bytes]]:
        """`renaksi run` on the server, stopped at the end; no server before it has handed it updates."""
        shutil.copy(self._folder / _MIGRATED, self._folder / "fresh.sqlite3")
        told = {"TELEGRAM_API_URL": api.url, "HTTP_PORT": str(_free_port())}
        with self._running(told, "-m", "bot", "run") as process:
            yield process

    @contextmanager
    def peer(self, api: BotApi) -> Generator[subprocess.Popen[bytes]]:
        """The echo bot on the server, stopped at the end."""
        with self._running({}, "-m", "bench.peers.echobot", api.url, TOKEN) as process:
            yield process

    @contextmanager
    def _running(self, told: dict[str, str], *command: str) -> Generator[subprocess.Popen[bytes]]:
        silent = subprocess.DEVNULL
        with subprocess.Popen(
            [sys.executable, *command], cwd=self._folder, env=self._settings | told, stdout=silent, stderr=silent
        ) as process:
            try:
                yield process
                stop(process)  # a killed one would keep its roles for a while
            finally:
                process.kill()


def _check(begin: _Beginning) -> None:
    """Show that the help is there. Raises ValueError."""
    if "run" not in begin.finish("-m", "bot", "--help"):
        raise ValueError("the help names no commands")
    print("starting: the help was printed, the programs are timed by their own first getUpdates", file=sys.stderr)  # noqa: T201


def _first_poll(begin: _Beginning) -> Row:
    """From the command to the first getUpdates that the server answers; the peer alone takes its import."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(STARTS):
        started = time.perf_counter()
        begin.finish("-c", _IMPORT)
        taken[1].append((time.perf_counter() - started) * MILLISECONDS)
        with bot_api(Behaviour()) as api:
            api.write([(1, "halo")])
            started = time.monotonic()
            with begin.product(api):
                taken[0].append((_polled(api) - started) * MILLISECONDS)
    ours, peer = map(statistics.median, taken)
    return Row("renaksi run to its first poll", f'python -c "{_IMPORT}"', ours, peer, "ms", 3.0)


def _polled(api: BotApi) -> float:
    """When the first update was handed out, on the machine's monotonic clock."""
    limit = time.monotonic() + WITHIN
    while time.monotonic() < limit:
        if (at := api.seen().first_given) is not None:
            return at
        time.sleep(_LOOK)
    raise TimeoutError("nobody asked for updates")


def _idle_memory(begin: _Beginning) -> Row:
    """Proportional set size (PSS) of a program and its children, which counts shared pages once."""
    ours, peer = _at_rest(begin.product), _at_rest(begin.peer)
    return Row("idle memory with children (PSS)", _PEER, ours, peer, "MiB", 1.8)


def _at_rest(program: Callable[[BotApi], AbstractContextManager[subprocess.Popen[bytes]]]) -> float:
    with bot_api(Behaviour()) as api:
        api.write([(1, "halo")])
        with program(api) as process:
            _polled(api)
            time.sleep(SETTLED)
            return sum(map(_proportional, _family(process.pid))) / _MIB


def _family(pid: int) -> Iterator[int]:
    """A process and everything that it has begun."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _proportional(pid: int) -> int:
    """KiB of a process, pages that it shares counted by their share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]
