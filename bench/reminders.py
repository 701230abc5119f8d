"""What goes out unasked, against a server that keeps its limits: how much of the limit is used, and how long a person
waits for an answer meanwhile.
"""

import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from bench.bot_api import BotApi, Seen, bot_api
from bench.bot_api_server import Behaviour
from bench.crowd import CHANNEL, NOW, Crowd, enter
from bench.measure import Reach, Row, percentile
from bench.product import database_of, product, run_in
from bot.clock import machine_now
from handlers.messages import Notice
from storage import outbox, schema
from storage.engine import open_engine, writing

EVE = NOW + timedelta(days=1)
"""The day before the cut-off: everybody of the crowd is reminded, once."""
QUIET = EVE - timedelta(days=1)
"""A day on which nothing falls due."""
PEOPLE, PEOPLE_LONG = 1_600, 10_000
SEVERAL, SEVERAL_LONG = 1_200, 10_000
"""Messages, of which each chat gets several."""
BETWEEN_TWO = 600
"""Messages that wait for two processes."""
OF_AN_OFFICE = 40
MESSAGES_OF_A_CHAT = 4
OVERALL, PER_CHAT = 30, 1
"""What Telegram's FAQ names, messages a second."""
LESS = 20
"""A limit that is lower than thought."""
ROUND_TRIP = 0.060
REFUSALS = 2 / 1000
"""Of all messages, so many may be refused at most."""
ASKED = 150
"""Questions of people while reminders go out."""
EVERY = 0.2
"""Seconds between two of them."""
SAID = "terima kasih"
ANSWER = "Sama-sama"
WITHIN = 900.0


def rows(*, long: bool = False) -> Iterator[Row]:
    """One message for each chat, then four, by one process and by two, then less than thought, then the answers."""
    number, several = (PEOPLE_LONG, SEVERAL_LONG) if long else (PEOPLE, SEVERAL)
    with TemporaryDirectory() as name:
        folder = Path(name)
        chats = enter(database_of(folder), Crowd(number // OF_AN_OFFICE, OF_AN_OFFICE, indicators=1))
        yield _row(_reminded(folder, chats, OVERALL), OVERALL, f"reminders to {number} people", 0.97)
        what = f"{several} messages, {MESSAGES_OF_A_CHAT} for each chat"
        yield _row(_written_to(folder, chats[: several // MESSAGES_OF_A_CHAT]), OVERALL, what, 0.97)
        what = f"{BETWEEN_TWO} messages, {MESSAGES_OF_A_CHAT} for each chat, two processes"
        yield _row(_written_to(folder, chats[: BETWEEN_TWO // MESSAGES_OF_A_CHAT], 2), OVERALL, what, 0.90)
        what = f"reminders where the limit is {LESS} a second, not {OVERALL}"
        yield _row(_reminded(folder, chats, LESS), LESS, what, 0.90)
        yield _answered(folder, chats)


def _reminded(folder: Path, chats: Sequence[int], limit: int) -> Seen:
    """What the server saw of the reminders of one day."""
    fresh = _fresh(folder)
    with _server(limit) as api, product(run_in(fresh, api.url, EVE)) as process:
        api.wait(len(chats), WITHIN, process)
        seen = _all_of(api)
    _check(seen, Counter(chats))
    return seen


def _written_to(folder: Path, chats: Sequence[int], processes: int = 1) -> Seen:
    """What it saw of several messages that waited for each of some people."""
    fresh = _fresh(folder)
    _put(database_of(fresh), chats)
    with _server(OVERALL) as api, ExitStack() as running:
        first, *_others = [
            running.enter_context(product(run_in(fresh, api.url, QUIET))) for _process in range(processes)
        ]
        api.wait(len(chats) * MESSAGES_OF_A_CHAT, WITHIN, first)
        seen = _all_of(api)
    _check(seen, Counter(list(chats) * MESSAGES_OF_A_CHAT))
    return seen


def _answered(folder: Path, chats: Sequence[int]) -> Row:
    """People who write while the others are reminded; they were reminded first."""
    with _server(OVERALL) as api, product(run_in(_fresh(folder), api.url, EVE)) as process:
        api.wait(ASKED, WITHIN, process)
        for chat in chats[:ASKED]:
            api.write([(chat, SAID)])
            time.sleep(EVERY)
        time.sleep(1)
        seen = api.seen()
    waited = _waits(seen)
    refused = seen.refused
    _say(f"{len(waited)} answers, {len(seen.taken) - len(waited)} reminders meanwhile, {refused} refused")
    ours = percentile(waited, 0.99) * 1000 if len(waited) == ASKED else float("inf")
    note = f"median {percentile(waited, 0.5) * 1000:.0f} ms; {refused} refused"
    return Row("an answer while reminders go out, p99", "a round trip", ours, ROUND_TRIP * 1000, "ms", 2.0, note=note)


def _waits(seen: Seen) -> list[float]:
    """Seconds from a message of a person until the answer was taken."""
    answered = {message.chat: message.at for message in seen.taken if message.text.startswith(ANSWER)}
    return [answered[chat] - at for chat, at in seen.written if chat in answered]


def _row(seen: Seen, limit: int, what: str, reach: float) -> Row:
    """`reach` is the part of the limit to be used at least; more refusals than may be miss it in any case."""
    times = [message.at for message in seen.taken]
    rate = (len(times) - 1) / (max(times) - min(times))
    note = f"{seen.refused} of {len(seen.messages)} refused, none lost, none twice"
    met = seen.refused <= REFUSALS * len(seen.messages)
    return Row(what, "the server's limit", rate, limit, "/s", Reach(reach if met else float("inf"), ">="), note=note)


def _check(seen: Seen, wanted: Counter[int]) -> None:
    """Everybody got every message, and none of them twice."""
    got = Counter(message.chat for message in seen.taken)
    assert got == wanted, f"{sum(wanted.values())} messages, {sum(got.values())} taken"
    told = {(message.chat, message.text) for message in seen.taken}
    assert len(told) == len(seen.taken), "a message came twice"
    _say(f"{len(seen.taken)} messages, each once, {seen.refused} refused; the last {seen.taken[-1].text[:60]!r}")


def _all_of(api: BotApi) -> Seen:
    """What the server saw, a moment after the last message: one that came twice would have come by then."""
    time.sleep(1)
    return api.seen()


def _server(limit: int) -> AbstractContextManager[BotApi]:
    return bot_api(Behaviour(ROUND_TRIP, limit, PER_CHAT))


def _fresh(folder: Path) -> Path:
    """A copy of the database in which nobody has been written to yet."""
    copy = folder / f"copy {time.monotonic_ns()}"
    copy.mkdir()
    shutil.copy(folder / "bench.db", copy)
    return copy


def _put(url: str, chats: Sequence[int]) -> None:
    """Notices that wait to be sent, each person's one after the other."""
    engine, conversation = open_engine(url), schema.conversation
    with writing(engine) as connection:
        keys = list(connection.execute(select(conversation.c.id, conversation.c.office_id).order_by(conversation.c.id)))
        for number in range(MESSAGES_OF_A_CHAT):
            for chat, (conversation_id, office_id) in zip(chats, keys, strict=False):
                outbox.enqueue(connection, _notice(chat, conversation_id, office_id, number))
    engine.dispose()


def _notice(chat: int, conversation_id: int, office_id: int, number: int) -> outbox.NewSending:
    notice = Notice(name="reminder", params=("Pegawai", "1", "Kamis"), text=f"Pemberitahuan ke-{number + 1}")
    return outbox.NewSending(
        office_id=office_id,
        conversation_id=conversation_id,
        person_id=None,
        channel=CHANNEL,
        address=str(chat),
        lane=outbox.NOTICE,
        dedup_key=f"bench:{chat}:{number}",
        message=notice.model_dump(mode="json"),
        due_at=machine_now(),
        said_at=QUIET,
    )


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
