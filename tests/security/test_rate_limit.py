"""Somebody who sends very much is told so once and answered again after a minute; nobody else notices."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from handlers.messages import FromGroup, Incoming, Photo, Text, Worked
from handlers.texts.general import STRANGER, TOO_MANY_MESSAGES
from handlers.too_many import MESSAGES, MINUTE
from storage import inbox
from storage.engine import writing
from storage.tables import Report
from tests.bot.edge import Clock, Edge, Phones

SARI, JOKO, TAMU, GROUP = "1001", "1004", "1009", "-4001"
Begin = Callable[..., Edge]
pytestmark = pytest.mark.sampled_on_postgresql


@pytest.fixture
async def begin(engine: Engine, tmp_path: Path) -> AsyncIterator[Begin]:
    """Starts a process; several of them share the database, the clock and the phones."""
    started: list[Edge] = []
    phones, clock = Phones(), Clock()

    def one(most: int | None = MESSAGES) -> Edge:
        made = started[0].made if started else None
        edge = Edge(engine, tmp_path, phones=phones, machine=clock, made=made, most_a_minute=most)
        started.append(edge)
        return edge

    yield one
    for edge in started:
        await edge.program.close()


async def send(edge: Edge, address: str, *said: Incoming) -> list[str]:
    """What somebody hears to messages that come at once."""
    before = len(edge.phones.heard(address))
    await edge.receive(address, *said)
    await edge.program.settle()
    return edge.phones.heard(address)[before:]


def texts(many: int, body: str = "halo") -> list[Incoming]:
    return [Text(body=body) for _ in range(many)]


async def test_thirty_messages_are_answered_then_one_sentence_then_nothing(begin: Begin) -> None:
    edge = begin()
    assert await send(edge, TAMU, *texts(40)) == [STRANGER] * MESSAGES + [TOO_MANY_MESSAGES]
    assert {row.state for row in edge.inbox_rows()} == {"done"}
    assert [row.said["body"] for row in edge.inbox_rows()] == ["halo"] * 40


async def test_after_a_minute_it_goes_on_where_it_was(begin: Begin) -> None:
    edge = begin()
    await edge.join("Sari Andini", SARI)
    edge.machine.pass_by(MINUTE)
    await edge.say(SARI, "lapor", "1", "0", "25")
    await send(edge, SARI, *texts(60, "?"))
    assert await edge.say(SARI, "kirim 3 laporan") == []
    assert edge.count(Report) == 0
    edge.machine.pass_by(MINUTE)
    assert "terkirim" in (await edge.say(SARI, "kirim 3 laporan"))[-1]
    assert edge.count(Report) == 3


async def test_each_person_has_their_own_minute(begin: Begin) -> None:
    edge = begin()
    await send(edge, TAMU, *texts(40))
    assert await send(edge, JOKO, *texts(3)) == [STRANGER] * 3


async def test_the_minute_is_that_of_storing_and_not_of_answering(begin: Begin) -> None:
    """What waited while the program was away came in its time."""
    edge = begin()
    for _minute in range(3):
        await edge.receive(TAMU, *texts(20))
        edge.machine.pass_by(MINUTE)
    await edge.program.settle()
    assert edge.phones.heard(TAMU) == [STRANGER] * 60


async def test_every_process_counts_the_same_messages(begin: Begin) -> None:
    first, second = begin(), begin()
    for _round in range(10):
        await send(first, TAMU, *texts(2))
        await send(second, TAMU, *texts(2))
    await first.program.settle()
    assert first.phones.heard(TAMU) == [STRANGER] * MESSAGES + [TOO_MANY_MESSAGES]


async def test_a_clock_that_is_put_back_locks_nobody_out(begin: Begin) -> None:
    edge = begin()
    await send(edge, TAMU, *texts(40))
    edge.machine.pass_by(-timedelta(hours=5))
    assert await send(edge, TAMU, *texts(1)) == [STRANGER]


async def test_an_album_counts_once(begin: Begin) -> None:
    edge = begin()
    await edge.join("Sari Andini", SARI)
    edge.machine.pass_by(MINUTE)
    photos = [
        Photo(ref=f"{at:064x}", size=9, shown=f"{at:064x}", fingerprint=f"{at:064x}", album=f"a{at // 10}")
        for at in range(60)
    ]
    assert TOO_MANY_MESSAGES not in await send(edge, SARI, *photos)
    assert TOO_MANY_MESSAGES not in await edge.say(SARI, "batal", "lapor")


async def test_nothing_is_said_in_a_group(begin: Begin) -> None:
    edge = begin()
    asked: list[Incoming] = [FromGroup(news="command", by=SARI, title="Kantor") for _ in range(40)]
    assert TOO_MANY_MESSAGES not in await send(edge, GROUP, *asked)


async def test_results_of_slow_work_do_not_count(begin: Begin) -> None:
    """They are the program's own messages, and whoever waits for one gets it."""
    edge = begin(most=0)
    assert await send(edge, TAMU, Text(body="halo")) == [TOO_MANY_MESSAGES]
    with writing(edge.engine) as connection:
        worked = Worked(job="salinan", result={}).model_dump(mode="json")
        inbox.store_internal(connection, edge.inbox_rows()[0].conversation_id, "job:1", worked, edge.machine.now)
    await edge.program.settle()
    assert edge.phones.heard(TAMU) == [TOO_MANY_MESSAGES, STRANGER]


async def test_the_sentence_of_a_minute_comes_once_whatever_its_turns(begin: Begin) -> None:
    edge = begin()
    heard = [line for _ in range(5) for line in await send(edge, TAMU, *texts(15))]
    assert heard.count(TOO_MANY_MESSAGES) == 1
