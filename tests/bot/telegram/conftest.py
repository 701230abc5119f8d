"""A server, a channel on it, and a receiver that remembers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.channels.base import Arrival
from bot.channels.telegram import TelegramChannel
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.telegram.people import Person


@dataclass
class Clock:
    """Seconds that pass only when told."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Inbox:
    """A receiver in memory that drops duplicates as the real one does."""

    arrivals: list[Arrival] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    asked_since: list[datetime] = field(default_factory=list)
    last: int | None = None
    failures: int = 0
    """How many of the next calls of `store` fail."""

    async def store(self, arrivals: list[Arrival]) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        known = {arrival.external_id for arrival in self.arrivals}
        self.arrivals += [arrival for arrival in arrivals if arrival.external_id not in known]

    async def last_sequence(self, channel: str, since: datetime) -> int | None:
        self.asked_since.append(since)
        return self.last

    async def mark_unreachable(self, channel: str, address: str) -> None:
        self.unreachable.append(address)

    @property
    def said(self) -> list[object]:
        return [arrival.said for arrival in self.arrivals]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def api(clock: Clock) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(clock=clock) as server:
        yield server


@pytest.fixture
async def channel(api: BotApiServer) -> AsyncIterator[TelegramChannel]:
    telegram = TelegramChannel(api.token, api.url)
    yield telegram
    await telegram.close()


@pytest.fixture
def sari(api: BotApiServer) -> Person:
    """Somebody who has started the bot."""
    person = api.person("Sari")
    person.starts()
    return person
