"""A small town: its offices, its people with their phones, and the programs that serve them, which may die.

Telegram lives in the test and outlives every fault, as Telegram does. The offices' clock and the machine's are files
that every program reads.
"""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.clock import machine_now
from storage import inbox, outbox
from storage.engine import DatabaseError, open_engine, reading
from storage.tables import Outbox, table
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.telegram.people import Person
from tests.faults.office import BEFORE_REMINDERS, Seat, address, settle_offices
from tests.faults.promise import REMINDED, Heard, Kept, Story, check
from tests.kill.looks import looked_at
from tests.kill.points import Point
from tests.kill.processes import Nursery, Process
from tests.kill.zygote import TICK_SECONDS, Run

PATIENCE = 300.0
"""Seconds that anything is waited for; a bound for broken runs, never measured."""
SAME_CLOCK = timedelta(seconds=PATIENCE)
"""Between two readings of one clock; it jumps further than that."""
STARTED = '"event": "started"'
"""What a program says once everything in it is under way."""
LEASES_LAPSED = 100.0
"""Seconds after which nothing is held any more by a program that died."""
STILL_STARTING = -15
"""How a program ends that is asked to stop before it listens to that."""
ARRIVES_WITHIN = 0.1
"""Seconds in which what a dead program had put on the line arrives."""
SMALL = 10
"""People of an office that is big enough: all heads and some below them."""
VALUES = (12, 11, 10)
"""What people report, one after the other: never less than the target, which would be asked about."""


@dataclass
class Resident:
    """Somebody with a figure to report: what they typed, and which values that makes."""

    seat: Seat
    phone: Person
    said: list[str] = field(default_factory=list)
    values: list[int] = field(default_factory=list)

    async def report(self) -> None:
        """Report the next value, each line when the one before is answered."""
        for line, expected in self.next_report():
            before = len(self.phone.messages)
            self.types(line)
            await until(
                lambda before=before, words=expected: self.has_heard(words, before),
                f"{expected!r} after {line!r}",
                lambda: f"heard {[message.text for message in self.phone.messages[-3:]]}",
            )

    def report_at_once(self) -> None:
        """Type the same without waiting for any answer."""
        for line, _expected in self.next_report():
            self.types(line)

    def greet(self) -> None:
        """Say something that is answered and changes nothing."""
        self.types("bantuan")

    def types(self, line: str) -> None:
        """Type any words."""
        self.said.append(line)
        self.phone.types(line)

    def has_heard(self, words: str, since: int = 0) -> bool:
        """Whether somebody was told so, from their message number `since` on."""
        return any(words in message.text for message in self.phone.messages[since:])

    def reminders(self) -> int:
        """How many different reminders there are on the phone; one that came again counts once."""
        return len({message.text for message in self.phone.messages if REMINDED in message.text})

    def next_report(self) -> Sequence[tuple[str, str]]:
        """The lines that report the next value, and the words with which each is answered."""
        value = VALUES[len(self.values) % len(VALUES)]
        is_first = not self.values
        self.values.append(value)
        opening = [("lapor", "berapa")] if is_first else [("lapor maret", "Ketik nomor"), ("1", "tercatat")]
        return [*opening, (str(value), "Periksa"), ("kirim 1 laporan", "terkirim")]


@dataclass
class Program:
    """One program and the folder of its points and its log."""

    process: Process
    folder: Path
    is_mortal: bool = False
    """Whether it kills itself some time."""

    def points(self) -> list[Point]:
        """The points that were passed, in order."""
        return [Point(**json.loads(line)) for line in (self.folder / "points").read_text().splitlines()]

    def suspend(self) -> None:
        """It stands still, as on a machine that has too much to do."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """It goes on where it stood."""
        os.kill(self.process.pid, signal.SIGCONT)

    def has_failed(self) -> bool:
        """Whether it ended otherwise than it was told to."""
        ended = self.process.ended
        return ended.done() and ended.result() not in (0, STILL_STARTING, -9)

    def log(self) -> str:
        """What it said."""
        log = self.folder / "log"
        return log.read_text() if log.exists() else ""


class Town:
    """One office unless told otherwise, on a migrated database, and nobody serves it yet."""

    def __init__(
        self,
        nursery: Nursery,
        api: BotApiServer,
        url: str,
        folder: Path,
        *,
        offices: int = 1,
        size: int = SMALL,
        each: int = 1,
    ) -> None:
        """So many `offices` of `size` people, each of whom owes `each` figures."""
        self.api = api
        self.url = url
        self.folder = folder
        self.engine = open_engine(url)
        self.programs: list[Program] = []
        self.excused: set[str] = set()
        self.moments = 0
        self._nursery = nursery
        self._clock, self._machine = folder / "clock", folder / "machine"
        self._ahead = 0.0
        self.set_clock(BEFORE_REMINDERS)
        self.move_machine(0)
        self.residents = [Resident(seat, _phone(api, seat)) for seat in settle_offices(url, offices, size, each)]

    # --- its clocks -------------------------------------------------------------------------------------------------

    def set_clock(self, moment: datetime) -> None:
        """Set the offices' clock."""
        _write(self._clock, moment.isoformat())

    def move_machine(self, seconds: float) -> None:
        """Move the machine's clock, also back."""
        self._ahead += seconds
        _write(self._machine, str(self._ahead))

    # --- its programs -----------------------------------------------------------------------------------------------

    async def start(
        self,
        *,
        fatal: tuple[str, int] | None = None,
        lease_seconds: float = 1,
        tick_seconds: float = TICK_SECONDS,
        look_seconds: float | None = None,
        counted: bool = True,
        is_paced: bool = False,
        **settings: Any,
    ) -> Program:
        """Start a program, which kills itself at the point `fatal`; its role outlives it by `lease_seconds`, every
        `tick_seconds` it looks what is due, and every `look_seconds`, None for what is usual, what is left to send. Its
        points are `counted` unless it shall run as quickly as for an office; one that `is_paced` writes no quicker than
        Telegram lets it."""
        folder = self.folder / f"program {len(self.programs) + 1}"
        folder.mkdir()
        given = {
            "database_url": self.url,
            "evidence_url": str(self.folder / "evidence"),
            "telegram_token": self.api.token,
            "telegram_api_url": self.api.url,
            **settings,
        }
        run = Run(
            "", given, str(self._clock), str(folder), 0, fatal,
            lease_seconds=lease_seconds, tick_seconds=tick_seconds, machine_clock=str(self._machine),
            look_seconds=look_seconds, counted=counted, is_paced=is_paced,
        )  # fmt: skip
        self.programs.append(Program(await self._nursery.start(run), folder, is_mortal=fatal is not None))
        return self.programs[-1]

    @property
    def living(self) -> list[Program]:
        """The programs that have not ended."""
        return [program for program in self.programs if not program.process.ended.done()]

    async def stop(self) -> None:
        """Stop every program in order; each ends well, unless it kills itself at that."""
        for program in self.living:
            status = await program.process.stop()
            assert status in (0, STILL_STARTING) or (status == -9 and program.is_mortal), program.log()[-3000:]
            if status == -9:
                await self.bury()

    async def close(self) -> None:
        """Stop whatever still runs."""
        for program in self.living:
            await program.process.stop()
        self.engine.dispose()

    async def start_after_leases(self, programs: int = 1) -> None:
        """Start anew when nothing is held any more by programs that died."""
        await self.stop()
        self.move_machine(LEASES_LAPSED)
        for _program in range(programs):
            await self.start()

    def log(self) -> str:
        """What all programs said, the end of each."""
        return "\n".join(program.log()[-3000:] for program in self.programs)

    # --- what happened ----------------------------------------------------------------------------------------------

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so; a program that ends by itself meanwhile has failed."""

        def is_so_or_failed() -> bool:
            return is_so() or any(program.has_failed() for program in self.programs)

        await until(is_so_or_failed, what, self.log)
        for program in self.programs:
            assert not program.has_failed(), program.log()[-3000:]

    async def is_served(self) -> None:
        """Wait until every program is under way: one that cannot begin ends, and who looks after it starts it again."""
        await self.until(lambda: all(STARTED in program.log() for program in self.programs), "the programs")

    async def is_looked_after(self) -> None:
        """Wait until every program has looked what is left to send since the machine's clock was moved: from then on it
        knows of the next jump."""

        def have_looked() -> bool:
            now = machine_now() + timedelta(seconds=self._ahead)
            looks = [looked_at(program.folder) for program in self.living]
            return all(at is not None and abs(now - at) < SAME_CLOCK for at in looks)

        await self.until(have_looked, "a look of every program")

    async def comes_to_rest(self) -> None:
        """Wait until everything that was said is stored and answered, and nothing is left to send."""
        await self.until(self._is_at_rest, "rest")

    def waiting(self) -> int:
        """How many stored messages wait for their turn; 0 while the database is away."""
        try:
            with reading(self.engine) as connection:
                return inbox.open_count(connection)
        except DatabaseError:
            return 0

    def _is_at_rest(self) -> bool:
        if self.api.pending:
            return False
        with reading(self.engine) as connection:
            return inbox.open_count(connection) == 0 and outbox.due_count(connection) == 0

    async def bury(self) -> None:
        """A program has died: what it had put on the line arrives, and may come again."""
        await asyncio.sleep(ARRIVES_WITHIN)
        self.excuse()

    def excuse(self) -> None:
        """Whatever has reached a phone and is not recorded as sent at this moment may come again."""
        self.moments += 1
        self.excused |= self._reached() - self._recorded()

    def excuse_unanswered(self) -> None:
        """Whatever Telegram took without our learning it may have come again."""
        self.moments += len(self.api.unanswered)
        self.excused |= set(map(str, self.api.unanswered))

    def _reached(self) -> set[str]:
        return {str(message.message_id) for person in self.api.people.values() for message in person.messages}

    def _recorded(self) -> set[str]:
        of = table(Outbox)
        with reading(self.engine) as connection:
            return set(connection.execute(select(of.c.provider_id).where(of.c.state == "sent")).scalars())

    def check(self, *, set_aside: frozenset[str] = frozenset()) -> Kept:
        """Hold what happened against the promise."""
        return check(self.story(set_aside))

    def story(self, set_aside: frozenset[str] = frozenset()) -> Story:
        """What people did and heard."""
        heard = {
            str(person.chat_id): [Heard(str(message.message_id), message.text) for message in person.messages]
            for person in self.api.people.values()
        }
        said = {address(one.seat, "telegram"): one.said for one in self.residents}
        values = {one.seat.person_id: one.values for one in self.residents}
        return Story(self.engine, said, heard, values, frozenset(self.excused), self.moments, set_aside)


def _phone(api: BotApiServer, seat: Seat) -> Person:
    phone = api.person(f"Pegawai {seat.chat}", seat.chat)
    phone.is_known = True
    return phone


def _write(file: Path, words: str) -> None:
    """At once, as nobody may read half of it."""
    written = file.with_suffix(".new")
    written.write_text(words)
    written.replace(file)


async def until(is_so: Callable[[], bool], what: str, log: Callable[[], str] = str) -> None:
    """Let others work until something is so."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"{what} never came; {log()}") from None
