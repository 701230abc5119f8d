"""The story that is killed at every point: join, three values, a photo, Kirim, a reminder to somebody else.

The Telegram server lives in the test and outlives every kill, as Telegram does.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from storage import inbox, outbox, people
from storage.engine import open_engine, reading, writing
from storage.tables import Achievement, Audit, Evidence, Inbox, Indicator, Outbox, Report, table
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.telegram.people import PATIENCE, Person
from tests.joined import join
from tests.kill.processes import Nursery, Process
from tests.kill.zygote import Run
from tests.offices import KASI, PELAKSANA, make_office
from tests.photos import photo

MORNING = datetime(2022, 3, 27, 23, 45, tzinfo=UTC)
"""Monday 28 March 2022, 7.45 WITA: before anything is said unasked."""
DAY_BEFORE = datetime(2022, 4, 4, 0, 5, tzinfo=UTC)
"""Monday 4 April 2022, 8.05 WITA: the day before March closes."""
LEASES_LAPSED = 600.0
"""Seconds later on the machine's clock that a crashed program is started again."""
SARI, JOKO = 1_200_000_001, 1_200_000_002
"""Their chats."""
PHOTO = photo()


def prepare(url: str) -> str:
    """An office whose Pengelola Gaji has joined; returns the code that invites its Kasi Pemerintahan."""
    engine = open_engine(url)
    with writing(engine) as connection:
        made = make_office(connection, MORNING)
        join(connection, made.id, made.people["Joko Santosa"], str(JOKO), MORNING)
        expires = MORNING.replace(year=2023)
        code = people.new_invite(connection, made.id, made.posts[KASI], MORNING, expires)
        assert made.posts[PELAKSANA]
    engine.dispose()
    return code


Fatal = tuple[str, int]
"""Kind and number of the point that kills."""


@dataclass(frozen=True)
class Heard:
    """One message as a phone got it."""

    chat: int
    text: str
    labels: tuple[str, ...]


@dataclass
class Ledger:
    """Everything that must be the same, however often the program was killed."""

    tables: dict[str, list[tuple[Any, ...]]]
    heard: Counter[Heard]


@dataclass
class Outcome:
    """What a run led to. `unrecorded` is what Telegram had accepted but the killed program had not yet written down."""

    ledger: Ledger
    status: int = 0
    unrecorded: Counter[Heard] = field(default_factory=Counter)


class Story:
    """One telling of the story, with at most one kill."""

    def __init__(self, nursery: Nursery, url: str, code: str, folder: Path, fatal: Fatal | None) -> None:
        self._nursery = nursery
        self._url = url
        self._code = code
        self._folder = folder
        self._clock = folder / "clock"
        self._fatal = fatal
        self._engine: Engine = open_engine(url)
        self._process: Process | None = None
        self._outcome = Outcome(Ledger({}, Counter()))

    async def tell(self) -> Outcome:
        """From the first message to the reminder; the program ends in order at last."""
        self._set_clock(MORNING)
        async with BotApiServer(burst=1000) as api:
            self._api = api
            self._sari, self._joko = api.person("Sari", SARI), api.person("Joko", JOKO)
            self._joko.is_known = True
            await self._start(self._fatal)
            try:
                await self._report()
                await self._be_reminded()
                await self._settled()
            finally:
                await self._stop()
            self._outcome.ledger = Ledger(self._tables(), _heard(api))
        self._engine.dispose()
        return self._outcome

    async def _report(self) -> None:
        sari = self._sari
        sari.starts(self._code)
        await self._hears(sari, "Benar untuk Anda?")
        sari.taps("Ya, saya")
        await self._hears(sari, "Terima kasih")
        sari.types("lapor")
        await self._hears(sari, "1 dari 3")
        sari.uploads_photo(PHOTO)
        await self._hears(sari, "1 bukti")
        sari.types("1")
        await self._hears(sari, "2 dari 3")
        sari.types("1")
        await self._hears(sari, "3 dari 3")
        sari.types("25")
        await self._hears(sari, "Periksa sebelum dikirim")
        sari.taps("Kirim 3 laporan")
        await self._hears(sari, "terkirim")

    async def _be_reminded(self) -> None:
        self._set_clock(DAY_BEFORE)
        await self._hears(self._joko, "batas laporan Maret")

    async def _settled(self) -> None:
        """Wait until nothing is left to answer, to send or to write down."""
        await self._until(self._is_idle, "everything done")

    def _is_idle(self) -> bool:
        with reading(self._engine) as connection:
            return inbox.open_count(connection) == 0 and outbox.due_count(connection) == 0

    async def _hears(self, person: Person, words: str) -> None:
        await self._until(lambda: any(words in message.text for message in person.messages), words)

    async def _until(self, is_so: Any, what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not is_so():
                    await self._bring_back()
                    await asyncio.sleep(0.005)
        except TimeoutError:
            told = [message.text for message in (*self._sari.messages, *self._joko.messages)]
            log = (self._folder / "log").read_text()[-3000:]
            raise AssertionError(f"killed at {self._fatal}: {what!r} never came; heard {told}; {log}") from None

    async def _bring_back(self) -> None:
        """Start the program again once it was killed."""
        assert self._process is not None
        if not self._process.ended.done():
            return
        self._outcome.status = self._process.ended.result()
        assert self._outcome.status == -9, (self._folder / "log").read_text()[-3000:]
        await asyncio.sleep(0.02)  # what the dead program had put on the line arrives
        self._outcome.unrecorded = _heard(self._api) - self._recorded()
        await self._start(None, LEASES_LAPSED)

    async def _start(self, fatal: Fatal | None, ahead: float = 0) -> None:
        settings = {
            "database_url": self._url,
            "evidence_url": str(self._folder / "evidence"),
            "telegram_token": self._api.token,
            "telegram_api_url": self._api.url,
        }
        run = Run("", settings, str(self._clock), str(self._folder), ahead, fatal)
        self._process = await self._nursery.start(run)

    async def _stop(self) -> None:
        assert self._process is not None
        await self._process.stop()

    def _set_clock(self, moment: datetime) -> None:
        written = self._clock.with_suffix(".new")
        written.write_text(moment.isoformat())
        written.replace(self._clock)

    # --- what happened ------------------------------------------------------------------------------------------

    def _recorded(self) -> Counter[Heard]:
        """What the outbox calls sent, as phones show it."""
        of = table(Outbox)
        with reading(self._engine) as connection:
            rows = connection.execute(select(of.c.address, of.c.message).where(of.c.state == "sent")).all()
        return Counter(Heard(int(row.address), *_shown(row.message)) for row in rows)

    def _tables(self) -> dict[str, list[tuple[Any, ...]]]:
        with reading(self._engine) as connection:
            return {name: _rows(connection, name) for name in _COLUMNS}


def _heard(api: BotApiServer) -> Counter[Heard]:
    return Counter(
        Heard(person.chat_id, message.text, message.labels)
        for person in api.people.values()
        for message in person.messages
    )


def _shown(message: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    text = "\n".join(part for part in (message.get("title"), message["text"]) if part)
    hints = [f"{option['label']}: {option['hint']}" for option in message.get("options", ()) if option["hint"]]
    return "\n".join([text, *(["", *hints] if hints else [])]), tuple(o["label"] for o in message.get("options", ()))


_COLUMNS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "report": (
        Report,
        ("code", "period", "revision", "value", "note", "reason", "provisional", "post_id", "person_id", "capacity",
         "channel", "source", "reported_at"),
    ),
    "achievement": (
        Achievement,
        ("code", "period", "target", "realisation", "target_to_date", "realisation_to_date", "capaian",
         "capaian_to_date", "missing_before", "due", "reported"),
    ),
    "evidence": (Evidence, ("code", "period", "hash", "kind", "size", "name", "caption", "person_id")),
    "audit": (Audit, ("person_id", "post_id", "capacity", "action", "subject", "old", "new", "reason", "channel")),
    "inbox": (Inbox, ("address", "state", "said")),
    "outbox": (Outbox, ("address", "lane", "state", "message", "occasion", "said_at")),
}  # fmt: skip


def _rows(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    """A table without ids and times of the machine; an indicator by its code; tokens of buttons left out."""
    model, columns = _COLUMNS[name]
    of, indicator = table(model), table(Indicator)
    wanted = [indicator.c.code if column == "code" else of.c[column] for column in columns]
    query = select(*wanted)
    if "code" in columns:
        query = query.join(indicator, indicator.c.id == of.c.indicator_id)
    return sorted(tuple(map(repr, map(_plain, row))) for row in connection.execute(query))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key != "token"}
    return [_plain(one) for one in value] if isinstance(value, list) else value
