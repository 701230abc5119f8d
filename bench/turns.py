"""The report conversation, turn by turn: many people at once and one alone, beside the same one of a documented bot.

Nothing goes over a network on either side: ours are given arrivals, the bot updates, and both write every message for
Telegram with the same library, whose request does nothing.
"""

import asyncio
import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from bench import slow_disk
from bench.measure import MILLISECONDS, Row, collected, percentile
from bench.peers.conversation_bot import ConversationBot, quiet_bot
from bench.reporters import DIALOGUE, MONTH, NOW, PEOPLE, TARGETS, address_of, load
from bot.channels.base import Arrival, Attachment, FetchFailed, Media, Picture, Sent
from bot.channels.telegram.rendering import body, keyboard
from bot.evidence_store import EvidenceStore
from bot.pace import UNLIMITED
from bot.wiring import Program, build
from handlers.messages import Choose, Notice, Outgoing, Say, Text
from storage import migrate, schema
from storage.engine import Engine, open_engine, reading, writing

AT_ONCE = 64
ROUNDS = 2
ALONE = 40
"""People who write alone, one after the other, each a whole dialogue."""
_CHANNEL = "telegram"
_HELD_UP = "--held-up"


class Phones:
    """Telegram as our channel writes for it, without a network. Whoever waits for an answer is told when it is here."""

    name = _CHANNEL

    def __init__(self) -> None:
        self._bot, self._request = quiet_bot()
        self._awaited: dict[str, asyncio.Future[float]] = {}

    @property
    def messages(self) -> int:
        """How many were handed over."""
        return self._request.calls

    def answer_to(self, address: str) -> asyncio.Future[float]:
        """Done when the next message to an address is handed over: the instant, in seconds."""
        self._awaited[address] = asyncio.get_running_loop().create_future()
        return self._awaited[address]

    async def send(self, address: str, message: Outgoing, enclosure: Picture | Attachment | None) -> Sent:
        handed_over = time.perf_counter()
        if not isinstance(message, Say | Choose | Notice):
            raise TypeError(f"a {message.kind} in the report conversation")
        options = () if isinstance(message, Say) else message.options
        words = body(message.text, message.title, options)
        sent = await self._bot.send_message(address, words, parse_mode="HTML", reply_markup=keyboard(options))
        self._awaited.pop(address).set_result(handed_over)
        return Sent(str(sent.message_id))

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        raise FetchFailed("nothing was sent")
        yield b""


class Ours:
    """The assistant over a database of its own."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.phones = Phones()
        self.program: Program = build(
            engine, EvidenceStore(folder / "evidence"), {_CHANNEL: self.phones}, {_CHANNEL: UNLIMITED}, lambda: NOW
        )
        self._number = 0

    async def say(self, person: int, words: str) -> float:
        """Somebody writes, and reads the answer; seconds from the message to when the answer was handed over."""
        self._number += 1
        key, address = f"m{self._number}", address_of(person)
        answered = self.phones.answer_to(address)
        started = time.perf_counter()
        await self.program.inbox.store([Arrival(_CHANNEL, address, key, key, Text(body=words))])
        return await answered - started

    def saved(self, people: Sequence[int]) -> list[list[Decimal]]:
        """What each of them reported of the month, in the order of their indicators."""
        report, indicator, tenure, person = schema.report, schema.indicator, schema.tenure, schema.person
        values = (
            select(tenure.c.person_id, report.c.value)
            .join(indicator, indicator.c.id == report.c.indicator_id)
            .join(tenure, tenure.c.post_id == indicator.c.post_id)
            .join(person, person.c.id == tenure.c.person_id)
            .where(report.c.period == MONTH.code)
            .order_by(person.c.id, indicator.c.position)
        )
        found: dict[int, list[Decimal]] = {}
        with reading(self.engine) as connection:
            for row in connection.execute(values):
                found.setdefault(row.person_id - 1, []).append(row.value)
        return [found[at] for at in people]


def rows(*, long: bool = False) -> Iterator[Row]:
    """Many at once, one alone, and many at once on a slow disk."""
    found = _measure(ROUNDS * 3 if long else ROUNDS)
    beside = "the same dialogue, ConversationHandler with PicklePersistence"
    counted = "arrival to recorded answer, no HTTP; the bot keeps its people's indicators in user_data"
    what = f"a durable turn of a report, {AT_ONCE} people at once of {PEOPLE}"
    yield Row(what, beside, *found["turn"], "ms", 0.7, note=counted)
    yield Row("one person alone, message to answer, p99", beside, *found["alone"], "ms", 1.0, note=_alone_note(found))
    with TemporaryDirectory() as folder:
        around = slow_disk.slowed(Path(folder))
        if around is None:
            return
        command = [sys.executable, "-m", "bench.turns", _HELD_UP]
        told = subprocess.run(command, env=around, stdout=subprocess.PIPE, encoding="utf-8", check=True, timeout=300)
    held_up = json.loads(told.stdout.splitlines()[-1])["turn"]
    slow = f"{what}, fsync {slow_disk.SLOWER_MS} ms slower"
    yield Row(slow, beside, *held_up, "ms", 1.0, note=counted)


def _alone_note(found: dict[str, tuple[float, float]]) -> str:
    ours, peers = found["alone median"]
    return f"medians {ours:.2f} and {peers:.2f} ms; the bot's with its file written"


def _measure(rounds: int, *, alone: bool = True) -> dict[str, tuple[float, float]]:
    """Milliseconds of ours and of the bot."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_engine(f"sqlite:///{folder / 'bench.db'}")
        migrate.upgrade(engine)
        with writing(engine) as connection:
            load(connection)
        try:
            return asyncio.run(_compare(engine, folder, rounds, alone=alone))
        finally:
            engine.dispose()


async def _compare(engine: Engine, folder: Path, rounds: int, *, alone: bool) -> dict[str, tuple[float, float]]:
    crowds = [range(at * AT_ONCE, (at + 1) * AT_ONCE) for at in range(rounds + 1)]
    lonely = range(PEOPLE - ALONE, PEOPLE)
    ours = Ours(engine, folder)
    bot = ConversationBot(folder / "bot.pickle", [int(address_of(at)) for at in range(PEOPLE)])
    await bot.start()
    async with _working(ours.program):
        taken = [await _round(ours, bot, crowd) for crowd in crowds][1:]  # what is made once is made in the first
        found = {"turn": _middle([one[0] for one in taken], [one[1] for one in taken])}
        if alone:
            mine, theirs = await _alone(ours, bot, lonely)
            found["alone"] = percentile(mine, 0.99), percentile(theirs, 0.99)
            found["alone median"] = _middle(mine, theirs)
    await bot.stop()
    _check(ours, bot, [at for crowd in crowds for at in crowd] + (list(lonely) if alone else []))
    return found


def _middle(ours: list[float], peers: list[float]) -> tuple[float, float]:
    return statistics.median(ours), statistics.median(peers)


@asynccontextmanager
async def _working(program: Program) -> AsyncIterator[None]:
    """The workers of a process that runs, without its schedule."""
    workers = [asyncio.create_task(work) for work in program.workers()]
    try:
        yield
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await program.close()


async def _round(ours: Ours, bot: ConversationBot, crowd: range) -> tuple[float, float]:
    """Milliseconds of a turn, when all of a crowd report at once: ours, then the bot's."""

    async def report(person: int) -> None:
        for words in DIALOGUE:
            await ours.say(person, words)

    async def all_of_ours() -> None:
        await asyncio.gather(*(report(person) for person in crowd))
        await ours.program.settle()

    updates = [bot.update(int(address_of(person)), words) for words in DIALOGUE for person in crowd]

    async def all_of_the_bot() -> None:
        for update in updates:
            await bot.take(update)

    turns = len(updates)
    with collected():
        mine = await _seconds(all_of_ours)
    return mine * MILLISECONDS / turns, await _seconds(all_of_the_bot) * MILLISECONDS / turns


async def _seconds(work: Callable[[], Coroutine[Any, Any, None]]) -> float:
    gc.collect()
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started


async def _alone(ours: Ours, bot: ConversationBot, people: range) -> tuple[list[float], list[float]]:
    """Milliseconds of each turn of people who write while nobody else does; by turns with the bot."""
    mine: list[float] = []
    theirs: list[float] = []
    gc.collect()
    for person in people:
        for words in DIALOGUE:
            with collected():
                mine.append(await ours.say(person, words) * MILLISECONDS)
                await ours.program.settle()
            update = bot.update(int(address_of(person)), words)
            theirs.append(await _seconds_of(bot.take(update)) * MILLISECONDS)
    return mine, theirs


async def _seconds_of(work: Awaitable[None]) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


def _check(ours: Ours, bot: ConversationBot, people: Sequence[int]) -> None:
    """Show that both gave as many replies and kept the same values. Raises ValueError."""
    replies = len(people) * len(DIALOGUE)
    given = (ours.phones.messages, bot.request.calls)
    if given != (replies, replies):
        raise ValueError(f"{replies} messages were to be answered; product and peer answered {given}")
    saved = ours.saved(people)
    if saved != [bot.saved(int(address_of(at))) for at in people] or saved[0] != list(TARGETS):
        raise ValueError("product and peer kept different values")
    told = f"self-check: {replies} messages, as many replies of either, {len(people) * len(TARGETS)} values the same"
    print(told, datetime.now(UTC).isoformat(timespec="seconds"), file=sys.stderr)  # noqa: T201


if __name__ == "__main__" and _HELD_UP in sys.argv:
    with suppress(BrokenPipeError):
        print(json.dumps(_measure(ROUNDS, alone=False)))  # noqa: T201
