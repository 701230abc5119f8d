"""March of a whole office, told through the real program: it may be killed again and again, or run twice at once.

The office's clock is a file that steps through every instant at which something falls due, from the week of the first
notice until nobody is reminded any more. The Telegram server lives in the test and outlives every kill, as Telegram
does.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from bot.holiday_dates import NationalAlmanac
from bot.notices import Ticker
from domain.day_spans import DaySpan
from domain.modes import Mode, Rhythm
from domain.periods import Period
from domain.plan import IndicatorRow, OfficePlan, PersonRow, PostRow, Role
from domain.zones import local
from storage import inbox, offices, outbox
from storage.absences import AbsenceKind
from storage.desk import Desk
from storage.engine import open_engine, reading, writing
from storage.tables import Inbox, Outbox, Report, table
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.telegram.people import Person, SentMessage
from tests.joined import join
from tests.kill.points import ANY, Point
from tests.kill.processes import Nursery, Process
from tests.kill.zygote import Run
from tests.offices import YEAR, indicator, make_office, monthly

ZONE = "Asia/Makassar"
MARCH = Period.month(YEAR, 3)
SECTIONS = ("Pemerintahan", "Pembangunan", "Kesejahteraan", "Ketenteraman")
HEADS = 3 + len(SECTIONS)
"""Camat, Sekretaris, Kasubbag and a Kasi for each section; everybody else is below a Kasi."""
FIRST_CHAT = 1_200_000_000
PATIENCE = 300.0
"""Seconds that one step of the clock may take; a bound for broken runs, never measured."""
IDLE_SPAN = 300
"""Points within which a program dies that has nothing to do."""
LEASES_LAPSED = 100.0
"""Seconds later on the machine's clock that a crashed program is started again."""
SITTING = ("lapor", "1", "kirim 1 laporan")


def wita(day: int, hour: int, month: int = 4) -> datetime:
    """A moment of 2022 on the office's clock."""
    return datetime(YEAR, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


EVE = wita(25, 17, month=3)
"""Friday evening before the week of the notice."""
END = wita(12, 17)
"""After the fifth working day past the cut-off of March."""
REPORTED_ON = {
    date(YEAR, 3, 30): (11, 12),
    date(YEAR, 4, 1): (13,),
    date(YEAR, 4, 4): (14,),
    date(YEAR, 4, 5): (15,),
}
"""Which people report their March on which day, after the reminders of the day; everybody else never does."""
ON_LEAVE = {16: 17, 18: 19, 20: 8}
"""Who is away from 31 March until 5 April, and who stands in."""
EXTENDED = 21
"""Who was given more time, until 11 April."""


# --- the office -----------------------------------------------------------------------------------------------------


def plan(size: int) -> OfficePlan:
    """An office of so many people, each with a post and one monthly indicator that is first due in March."""
    posts = [_post(number) for number in range(1, size + 1)]
    people = tuple(PersonRow(name(number), post.title, "Bu") for number, post in enumerate(posts, 1))
    rows = tuple(_indicator(number, post) for number, post in enumerate(posts, 1))
    return OfficePlan("Sukaramai", "Wanasari", YEAR, ZONE, tuple(posts), people, rows, document="Nomor 2 Tahun 2022")


def name(number: int) -> str:
    """The invented person with that number, from 1."""
    return f"Pegawai {number:03}"


def _post(number: int) -> PostRow:
    match number:
        case 1:
            return PostRow("Camat", Role.CAMAT, None)
        case 2:
            return PostRow("Sekretaris", Role.SEKRETARIS, "Camat", section="Sekretariat")
        case 3:
            return PostRow("Kasubbag Perencanaan", Role.KASUBBAG, "Sekretaris", is_admin=True)
        case _ if number <= HEADS:
            section = SECTIONS[number - 4]
            return PostRow(f"Kasi {section}", Role.KASI, "Camat", section=f"Seksi {section}")
        case _:
            return PostRow(f"Pengelola {number:03}", Role.PELAKSANA, f"Kasi {SECTIONS[number % len(SECTIONS)]}")


def _indicator(number: int, post: PostRow) -> IndicatorRow:
    targets = monthly(None, None, *[1] * 10)
    return indicator(
        f"dokumen-{number}", f"Dokumen {number:03}", "dokumen", post.title, Rhythm.MONTHLY, targets, Mode.SUM, 10
    )


@dataclass(frozen=True)
class Prepared:
    """An office in a database, in which all but the camat have joined; `chats` are by number."""

    office_id: int
    chats: Mapping[int, int]
    people: Mapping[str, int]
    moments: tuple[datetime, ...]
    """Every instant at which something falls due."""


def prepare(url: str, size: int) -> Prepared:
    """Load the office, let everybody join, enter three leaves and grant more time once.

    Only the camat has not joined: a program that dies every few seconds would draw the weekly picture for ever.
    """
    engine = open_engine(url)
    with writing(engine) as connection:
        made = make_office(connection, EVE, name="Sukaramai", plan=plan(size))
        chats = {number: FIRST_CHAT + number for number in range(2, size + 1)}
        for number, chat in chats.items():
            join(connection, made.id, made.people[name(number)], str(chat), EVE)
        desk = Desk(connection, made.id, EVE, NationalAlmanac(), made.people[name(1)], "telegram")
        away = DaySpan(date(YEAR, 3, 31), date(YEAR, 4, 5))
        for absent, stand_in in ON_LEAVE.items():
            desk.absences.enter(made.people[name(absent)], AbsenceKind.LEAVE, away, made.people[name(stand_in)])
        asked = desk.extensions.ask(
            made.people[name(EXTENDED)],
            made.posts[_post(EXTENDED).title],
            MARCH,
            date(YEAR, 4, 11),
            "Menunggu data desa",
        )
        desk.extensions.grant(asked, date(YEAR, 4, 11))
    with reading(engine) as connection:
        moments = _moments(connection)
    engine.dispose()
    return Prepared(made.id, chats, made.people, moments)


def _moments(connection: Any) -> tuple[datetime, ...]:
    ticker, found = Ticker(NationalAlmanac(), lambda: EVE), [EVE]
    while (following := ticker.next_instant(connection, found[-1])) is not None and following < END:
        found.append(following)
    return tuple(found[1:])


# --- what is told of it ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heard:
    """One message as a phone got it, with the local day."""

    chat: int
    day: date
    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What a month led to.

    `heard` is what phones got and the outbox calls sent. `repeated` is what Telegram had accepted from a program that
    was killed before it had written that down; `kills` are the points at which it was. `notices` are the states of the
    unasked messages by their key, `reports` who reported which value. `passed` are the points that were passed.
    """

    heard: Counter[Heard]
    repeated: Counter[Heard]
    notices: Mapping[str, str]
    reports: Counter[tuple[int, str, str]]
    kills: tuple[Point, ...]
    passed: tuple[Sequence[Point], ...]

    def days(self, number: int) -> list[tuple[int, int]]:
        """Month and day of what a person was told unasked, that is under buttons that last."""
        chat = FIRST_CHAT + number
        return sorted((one.day.month, one.day.day) for one in self.heard if one.chat == chat and _is_unasked(one))


def _is_unasked(one: Heard) -> bool:
    return bool({"Lapor sekarang", "Ingatkan mereka"} & set(one.labels))


@dataclass
class Deaths:
    """How often programs are killed on each day, each after between 1 and `span` points of its life, by `choose`."""

    choose: random.Random
    by_day: Mapping[date, int]
    span: int
    left: int = 0

    def allow(self, day: date) -> None:
        """A day has come that brings its share."""
        self.left += self.by_day.get(day, 0)

    def draw(self) -> tuple[str, int] | None:
        """The point that kills the program which starts now; None when it may live."""
        return (ANY, self.choose.randint(1, self.span)) if self.left else None


def no_deaths() -> Deaths:
    """Nobody is killed."""
    return Deaths(random.Random(0), {}, 1)


@dataclass
class _Program:
    """One program with a folder of its own, the last of its processes, how often it was begun and whether it will be
    killed."""

    folder: Path
    tick_seconds: float
    process: Process | None = None
    begun: int = 0
    is_mortal: bool = False

    def points(self) -> list[Point]:
        return [Point(**json.loads(line)) for line in (self.folder / "points").read_text().splitlines()]


@dataclass
class Month:
    """One telling of the month by programs that tick every so many seconds, one for each number.

    Those that are paced write no quicker than the real Telegram lets them.
    """

    nursery: Nursery
    url: str
    prepared: Prepared
    folder: Path
    deaths: Deaths = field(default_factory=no_deaths)
    ticks: Sequence[float] = (0.1,)
    is_paced: bool = False

    def __post_init__(self) -> None:
        self._engine: Engine = open_engine(self.url)
        self._clock = self.folder / "clock"
        self._programs = [_Program(self.folder / f"program {number}", each) for number, each in enumerate(self.ticks)]
        self._days: dict[int, date] = {}
        self._unrecorded: set[int] = set()
        self._kills: list[Point] = []
        self._said = 0

    async def tell(self) -> Told:
        """From the eve to the end; the programs end in order at last."""
        self._set_clock(EVE)
        async with BotApiServer(burst=1000) as api:
            self._api = api
            self._phones = {number: self._phone(number, chat) for number, chat in self.prepared.chats.items()}
            try:
                await self._start_all()
                for moment in self.prepared.moments:
                    await self._pass(moment)
                await self._die_in_peace()
            finally:
                for process in (program.process for program in self._programs if program.process is not None):
                    await process.stop()
            told = self._told()
        self._engine.dispose()
        return told

    async def _start_all(self) -> None:
        """One after the other, so that the first is the one that polls."""
        for number, program in enumerate(self._programs, 1):
            program.folder.mkdir()
            await self._start(program)
            await self._until(lambda number=number: len(self._api.called("setMyCommands")) >= number, "the start")

    def _phone(self, number: int, chat: int) -> Person:
        person = self._api.person(name(number), chat)
        person.is_known = True
        return person

    async def _pass(self, moment: datetime) -> None:
        """One instant: what is due is said, then some report."""
        day = local(moment, ZONE).date()
        self.deaths.allow(day)
        await self._start_mortal()
        self._set_clock(moment)
        await self._until(lambda: self._is_done(moment), f"everything due at {moment}")
        for number in REPORTED_ON.get(day, ()):
            for line in SITTING:
                self._phones[number].types(line)
                self._said += 1
                await self._until(lambda: self._is_done(moment), f"the answer to {line!r} of {name(number)}")
        self._note_day(day)

    def _set_clock(self, moment: datetime) -> None:
        written = self._clock.with_suffix(".new")
        written.write_text(moment.isoformat())
        written.replace(self._clock)

    def _is_done(self, moment: datetime) -> bool:
        """Whether the reminders of the instant were looked after, and nothing is left to answer or to send."""
        with reading(self._engine) as connection:
            return (
                offices.served_at(connection, self.prepared.office_id) == moment
                and connection.execute(select(func.count()).select_from(table(Inbox))).scalar_one()
                == len(self._phones) + self._said
                and inbox.open_count(connection) == 0
                and outbox.due_count(connection) == 0
            )

    async def _until(self, is_so: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not is_so():
                    for program in self._programs:
                        await self._bring_back(program)
                    await asyncio.sleep(0.02)
        except TimeoutError:
            logs = [(program.folder / "log").read_text()[-3000:] for program in self._programs]
            raise AssertionError(f"after {len(self._kills)} kills {what} never came; {logs}") from None

    # --- dying and coming back --------------------------------------------------------------------------------------

    async def _start_mortal(self) -> None:
        """Replace programs that would live on by some that will die, where there are kills left."""
        for program in self._programs:
            if self.deaths.left and program.process is not None and not program.is_mortal:
                await program.process.stop()
                await self._start(program)

    async def _die_in_peace(self) -> None:
        """The kills that are left come when there is nothing to do any more."""
        self.deaths.span = min(self.deaths.span, IDLE_SPAN)
        await self._until(lambda: not self.deaths.left, "every kill")
        await self._until(lambda: self._is_done(self.prepared.moments[-1]), "the end")

    async def _bring_back(self, program: _Program) -> None:
        """Start a program again once it was killed."""
        if program.process is None or not program.process.ended.done():
            return
        assert program.process.ended.result() == -9, (program.folder / "log").read_text()[-3000:]
        self._kills.append(program.points()[-1])
        self.deaths.left -= 1
        await asyncio.sleep(0.05)  # what the dead program had put on the line arrives
        self._unrecorded |= {message.message_id for message in self._messages()} - self._recorded()
        await self._start(program)

    async def _start(self, program: _Program) -> None:
        settings = {
            "database_url": self.url,
            "evidence_url": str(self.folder / "evidence"),
            "telegram_token": self._api.token,
            "telegram_api_url": self._api.url,
        }
        ahead, program.begun = LEASES_LAPSED * program.begun, program.begun + 1
        fatal = self.deaths.draw()
        program.is_mortal = fatal is not None
        program.process = await self.nursery.start(
            Run(
                "", settings, str(self._clock), str(program.folder), ahead, fatal,
                tick_seconds=program.tick_seconds, is_paced=self.is_paced,
            )
        )  # fmt: skip

    # --- what happened ----------------------------------------------------------------------------------------------

    def _messages(self) -> list[SentMessage]:
        return [message for person in self._phones.values() for message in person.messages]

    def _recorded(self) -> set[int]:
        """The messages that the outbox calls sent."""
        of = table(Outbox)
        with reading(self._engine) as connection:
            sent = connection.execute(select(of.c.provider_id).where(of.c.state == "sent")).scalars()
            return {int(provider_id) for provider_id in sent}

    def _note_day(self, day: date) -> None:
        for message in self._messages():
            self._days.setdefault(message.message_id, day)

    def _told(self) -> Told:
        recorded = self._recorded()
        unrecorded = [message for message in self._messages() if message.message_id not in recorded]
        assert {message.message_id for message in unrecorded} == self._unrecorded, "sent twice without a kill"
        of, report = table(Outbox), table(Report)
        with reading(self._engine) as connection:
            notices = connection.execute(select(of.c.dedup_key, of.c.state).where(of.c.lane == outbox.NOTICE)).all()
            reports = connection.execute(select(report.c.person_id, report.c.period, report.c.value)).all()
        return Told(
            Counter(self._heard(message) for message in self._messages() if message.message_id in recorded),
            Counter(self._heard(message) for message in unrecorded),
            {row.dedup_key: row.state for row in notices},
            Counter((row.person_id, row.period, str(row.value)) for row in reports),
            tuple(self._kills),
            tuple(program.points() for program in self._programs),
        )

    def _heard(self, message: SentMessage) -> Heard:
        return Heard(message.chat_id, self._days[message.message_id], message.text, message.labels)
