"""`renaksi demo`: a real plan in a fresh database, three phones and a clock, no token and no set-up."""

import asyncio
import errno
import secrets
import shutil
import signal
import socket
import tempfile
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import date, time
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from bot.channels.base import Channel
from bot.channels.simulator.channel import SimulatorChannel
from bot.channels.simulator.site import simulator_routes
from bot.clock import OfficeClock, machine_now
from bot.evidence_store import EvidenceStore
from bot.loading import apply, read_plan
from bot.pace import UNLIMITED
from bot.refused import Refused
from bot.sample_plans import SAMPLES, sample_path
from bot.schedule import start_schedule
from bot.simulation import CHANNEL, Simulation
from bot.wiring import Program, build
from domain.zones import instant
from storage import migrate
from storage.engine import Engine, open_engine, reading
from storage.offices import zone_of

HOST = "127.0.0.1"
"""The simulator is for the person at this machine: it never listens elsewhere."""
START_DAY = (3, 25)
"""Late in March of the plan's year: TW I and March are about to close."""
LAST_PORT = 65535
ENDING = (signal.SIGINT, signal.SIGTERM)
"""Ctrl-C, and what a service manager sends."""


class PortTaken(Refused):
    """The port cannot be listened on; the message says what to do."""


class Demo:
    """One running demo: its page, its workers and its clock, which runs, or `stands` except where it is moved."""

    def __init__(self, plan: str, folder: Path, *, stands: bool = False) -> None:
        self._stands = stands
        begun = machine_now()
        self._channel = SimulatorChannel()
        self._engine = open_engine(f"sqlite:///{folder / 'demo.sqlite3'}")
        migrate.upgrade(self._engine)
        office_id, zone, year = _load(self._engine, plan)
        self.clock = OfficeClock(
            (lambda: begun) if stands else machine_now, instant(date(year, *START_DAY), time(9), zone)
        )
        channels: dict[str, Channel] = {CHANNEL: self._channel}
        self.program: Program = build(
            self._engine,
            EvidenceStore(folder / "evidence"),
            channels,
            {CHANNEL: UNLIMITED},
            self.clock,
            changed=self._changed,
            keeps_secrets=True,
        )
        self.simulation = Simulation(self._engine, self.program, self._channel, self.clock, office_id, plan, SAMPLES)

    def _changed(self, channel: str, address: str) -> None:
        if channel == CHANNEL:
            self._channel.changed(address)

    def site(self) -> Starlette:
        """The page with everything behind it, started and stopped with the server."""
        return Starlette(routes=simulator_routes(self.simulation, self._channel), lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncGenerator[None]:
        await self.simulation.open_phones()
        workers = [asyncio.create_task(work) for work in self.program.workers()]
        scheduler = None if self._stands else start_schedule(self.program.tick)
        try:
            yield
        finally:
            if scheduler is not None:
                scheduler.shutdown(wait=False)
            self._channel.close()
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            await self.program.close()
            self._engine.dispose()


def _load(engine: Engine, plan: str) -> tuple[int, str, int]:
    """Apply the sample; the beginning of its year is when it was loaded."""
    office_plan = read_plan(sample_path(plan))
    loaded = apply(engine, office_plan, instant(date(office_plan.year, 1, 3), time(8), office_plan.zone))
    with reading(engine) as connection:
        return loaded.office_id, zone_of(connection, loaded.office_id), office_plan.year


def free_port(wanted: int) -> socket.socket:
    """A listening socket on the loopback interface. Raises PortTaken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else asyncio leaves Nagle on
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, wanted))
    except OSError as refused:
        listener.close()
        raise PortTaken(_why_not(wanted, refused)) from refused
    listener.listen(128)
    return listener


def _why_not(wanted: int, refused: OSError) -> str:
    other = wanted + 1 if wanted < LAST_PORT else 0
    if refused.errno != errno.EADDRINUSE:
        return f"Port {wanted} tidak boleh dipakai. Jalankan renaksi demo tanpa --port, atau dengan --port 0."
    return (
        f"Port {wanted} sedang dipakai, mungkin oleh demo yang lain: buka http://{HOST}:{wanted} "
        f"atau jalankan renaksi demo --port {other}."
    )


class AskedToEnd(KeyboardInterrupt):
    """Raised by a signal. A type of its own: Python remembers a plain KeyboardInterrupt that passed through `exec`, as
    when a module with a dataclass is imported, and ends the process by the signal although it was caught."""


class Asked:
    """A signal that asks us to end while we load. Its exception alone may come to nothing: raised while rubbish is
    collected, it is dropped."""

    def __init__(self) -> None:
        self._is_asked = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Handle the signal. Raises AskedToEnd."""
        self._is_asked = True
        self.heed()

    def heed(self) -> None:
        """Raises AskedToEnd once we were asked."""
        if self._is_asked:
            raise AskedToEnd


def run_demo(plan: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; the database goes with the program. Raises PortTaken."""
    asked = Asked()
    for number in ENDING:
        signal.signal(number, asked)
    with suppress(AskedToEnd), free_port(port) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}"
        # Named before it is made: a signal at any moment finds it and takes it away.
        folder = Path(tempfile.gettempdir()) / f"renaksi-demo-{secrets.token_hex(8)}"
        try:
            folder.mkdir(mode=0o700)
            demo = Demo(plan, folder)
            asked.heed()
            config = uvicorn.Config(demo.site(), log_level="warning", timeout_graceful_shutdown=2)
            _Server(config, lambda: announce(address)).run(sockets=[listener])
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class _Server(uvicorn.Server):
    """Says where it listens once the phones are open, and ends tidily on a signal."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop on a signal and leave it at that: raised once more, as uvicorn does, it would end us in mid-tidying."""
        before = {number: signal.signal(number, self.handle_exit) for number in ENDING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
