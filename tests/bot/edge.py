"""The whole edge in one process, on an invented office: a channel in memory, clocks that stand still until moved."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, func, select

from bot.channels.base import Arrival, Attachment, FetchFailed, Media, Picture, Sent
from bot.evidence_store import EvidenceStore
from bot.pace import UNLIMITED, Limits
from bot.wiring import Program, build
from handlers.messages import Chart, Incoming, Outgoing, Text
from storage.engine import reading, writing
from storage.people import new_invite
from storage.tables import Inbox, Outbox, table
from tests.offices import NOW, PEOPLE, MadeOffice, make_office

CHANNEL = "telegram"
PATIENCE = 120.0
"""Seconds that anything is waited for; a bound for broken runs, never measured."""
LOOK_EVERY = 0.005
"""Seconds between two looks, which read tables: others shall work meanwhile."""
_inbox, _outbox = table(Inbox), table(Outbox)
_numbers = count(1)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


@dataclass
class Phones:
    """A channel in memory. What goes wrong is told beforehand, by address or file."""

    name: str = CHANNEL
    sent: list[tuple[str, Outgoing]] = field(default_factory=list)
    refusals: dict[str, deque[Exception]] = field(default_factory=lambda: defaultdict(deque))
    hanging: dict[str, asyncio.Event] = field(default_factory=dict)
    """Addresses and files that get no answer until their event is set."""
    asked: list[str] = field(default_factory=list[str])
    """Addresses to which a message was on its way, whatever became of it."""
    refused_after: dict[str, Exception] = field(default_factory=dict)
    """Addresses that refuse what they got no answer for, once their event is set."""
    templates: dict[str, str] = field(default_factory=dict)
    """Addresses that take only templates, and which one they get."""
    files: dict[str, list[bytes | Exception]] = field(default_factory=dict)
    """Pieces of a file by its id; an exception among them is raised, once."""

    async def send(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> Sent:
        self.asked.append(address)
        if self.refusals[address]:
            raise self.refusals[address].popleft()
        if address in self.hanging:
            await self.hanging[address].wait()
        if address in self.refused_after:
            raise self.refused_after.pop(address)
        self.sent.append((address, message))
        return Sent(str(len(self.sent)), template=self.templates.get(address, ""))

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        if media.file_id in self.hanging:
            await self.hanging[media.file_id].wait()
        pieces = self.files.get(media.file_id)
        if pieces is None:
            raise FetchFailed("gone")
        for position, piece in enumerate(pieces):
            if isinstance(piece, Exception):
                del pieces[position]
                raise piece
            yield piece

    def heard(self, address: str) -> list[str]:
        """The words that an address got, in order, without their titles."""
        return [words(message) for to, message in self.sent if to == address]

    def sent_charts(self) -> list[Chart]:
        """The pictures that were sent, to whomever."""
        return [message for _to, message in self.sent if isinstance(message, Chart)]

    def shown(self, address: str) -> list[str]:
        """What an address got, in order, titles included."""
        got = [message for to, message in self.sent if to == address]
        return [f"{getattr(message, 'title', '')}\n{words(message)}" for message in got]


def words(message: Outgoing) -> str:
    """What a message says."""
    return getattr(message, "text", "") or getattr(message, "caption", "")


class Edge:
    """One process over a database: its program, its channel and its clocks."""

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        *,
        phones: Phones | None = None,
        others: Sequence[Phones] = (),
        office_now: Clock | None = None,
        machine: Clock | None = None,
        limits: Mapping[str, Limits] | None = None,
        made: MadeOffice | None = None,
        most_a_minute: int | None = None,
    ) -> None:
        self.engine = engine
        self.phones = phones or Phones()
        self.office_now = office_now or Clock()
        self.machine = machine or Clock()
        store = EvidenceStore(folder / "evidence")
        channels = {one.name: one for one in (self.phones, *others)}
        self.program: Program = build(
            engine,
            store,
            channels,
            limits or {CHANNEL: UNLIMITED},
            self.office_now,
            self.machine,
            most_a_minute=most_a_minute,
        )
        self._made = made

    @property
    def made(self) -> MadeOffice:
        """The office; made with its first use."""
        if self._made is None:
            with writing(self.engine) as connection:
                self._made = make_office(connection, self.office_now())
        return self._made

    async def join(self, name: str, address: str) -> None:
        """Somebody of the office opens their invitation and says that it is theirs."""
        post = next(person.post for person in PEOPLE if person.name == name)
        now, made = self.office_now(), self.made
        with writing(self.engine) as connection:
            code = new_invite(connection, made.id, made.posts[post], now, now + timedelta(days=400))
        await self.say(address, f"/start {code}", "ya, saya")

    async def receive(self, address: str, *said: Incoming, channel: str = CHANNEL) -> None:
        """Messages come in, in one batch, and wait for their turn."""
        await self.program.inbox.store([arrival(address, one, channel) for one in said])

    async def say(self, address: str, *bodies: str) -> list[str]:
        """Somebody writes, one message after the other; returns what they heard meanwhile."""
        before = len(self.phones.heard(address))
        for body in bodies:
            await self.receive(address, Text(body=body))
            await self.program.settle()
        return self.phones.heard(address)[before:]

    async def send_media(
        self,
        address: str,
        file_id: str,
        *,
        is_photo: bool = True,
        name: str = "",
        mime: str = "",
        caption: str = "",
        album: str | None = None,
    ) -> None:
        """A picture or file comes in that still lies with the provider."""
        media = Media(file_id, is_photo, None, name, mime, caption, album)
        number = f"u{next(_numbers)}"
        await self.program.inbox.store([Arrival(CHANNEL, address, number, number, media=media)])

    def inbox_rows(self) -> list[Row[Any]]:
        with reading(self.engine) as connection:
            return list(connection.execute(select(_inbox).order_by(_inbox.c.id)))

    def outbox_rows(self) -> list[Row[Any]]:
        with reading(self.engine) as connection:
            return list(connection.execute(select(_outbox).order_by(_outbox.c.id)))

    def states(self) -> list[str]:
        """The states of the outbox, in order."""
        return [row.state for row in self.outbox_rows()]

    def count(self, model: Any) -> int:
        """Rows of a table."""
        with reading(self.engine) as connection:
            return connection.execute(select(func.count()).select_from(table(model))).scalar_one()


async def tick(edge: Edge, moment: datetime) -> None:
    """The schedule asks what is due, and it is delivered."""
    edge.office_now.now = moment
    await edge.program.tick()
    await edge.program.settle()


def wita(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    """A moment of 2022 on the office's clock."""
    return datetime(2022, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def arrival(address: str, said: Incoming, channel: str = CHANNEL) -> Arrival:
    """A message as the channel brings it."""
    number = f"u{next(_numbers)}"
    return Arrival(channel, address, number, number, said)


async def until(is_so: Callable[[], bool]) -> None:
    """Let other tasks and processes work until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await asyncio.sleep(LOOK_EVERY)
