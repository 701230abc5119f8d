"""An emulated Graph API on a clock of its own, and a channel on it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.channels.whatsapp.channel import WhatsAppChannel
from tests.bot.whatsapp.graph_server import WINDOW, GraphServer
from tests.bot.whatsapp.people import Person


@dataclass
class Clock:
    """Seconds that pass only when told."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_a_day(self) -> None:
        """More than the 24 hours of the window."""
        self.now += WINDOW + 1


@dataclass
class Memory:
    """What is known of windows and templates, in memory."""

    closed: set[str] = field(default_factory=set)
    statuses: dict[str, str] = field(default_factory=dict)

    async def is_open(self, address: str) -> bool:
        return address not in self.closed

    async def may_send(self, template: str) -> bool:
        return self.statuses.get(template, "approved") == "approved"

    async def note(self, template: str, status: str) -> None:
        self.statuses[template] = status


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
async def graph(clock: Clock) -> AsyncIterator[GraphServer]:
    async with GraphServer(clock=clock) as server:
        yield server


@pytest.fixture
async def channel(graph: GraphServer, memory: Memory) -> AsyncIterator[WhatsAppChannel]:
    whatsapp = WhatsAppChannel(graph.token, graph.phone_id, memory.is_open, memory, graph.url)
    yield whatsapp
    await whatsapp.close()


@pytest.fixture
def sari(graph: GraphServer) -> Person:
    """Somebody who has written."""
    person = graph.person("Sari")
    person.types("halo")
    return person
