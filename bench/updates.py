"""Updates that come over HTTP, stored and answered, beside python-telegram-bot's echo, which stores nothing; and what
becomes of those that wait when the program is killed or asked to stop.
"""

import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bench.bot_api import TOKEN, BotApi, Seen, bot_api
from bench.bot_api_server import Behaviour
from bench.crowd import NOW, Crowd, enter
from bench.measure import Reach, Row
from bench.product import database_of, product, run_in, running, stop
from storage import schema
from storage.engine import open_engine, reading

CROWD = Crowd(offices=40, people=30, indicators=4)
"""So many that the first look what is due, which comes with the start, weighs little."""
THANKS = ("terima kasih",) * 4
"""What each of them writes to be answered with a word, as the echo answers: no more than a chat takes at once."""
FIGURES = ("lapor", "5", "5", "5")
"""The month is begun, and three figures of it are given: what a turn itself costs is a row of its own."""
ROUND_TRIP = 0.060
"""Seconds that the real Bot API takes from Indonesia, about."""
ROUNDS = 3
STRANGER = 1_100_000_001
"""Somebody whom no office knows."""
WITHIN = 240.0
"""Seconds until everything must be answered; a bound for broken runs."""
LEASES = 60.0
"""Seconds after a crash until everything that the dead program held is free."""
KILLED_AFTER = 200
"""Answers of 1,000 that were given when the program is killed, or asked to stop."""
STOP_WITHIN = 2.0
"""Seconds in which a program that is asked to stop should have ended."""
STOP_ROUND_TRIP = 0.030
"""Seconds of a round trip while it is asked to stop: the peer's 800 answers take 26 s then."""
SMALL = Crowd(offices=25, people=10, indicators=2)
MONTH = ("lapor", "5", "5", "kirim 2 laporan")
"""What each of the small crowd writes: 1,000 messages, with 500 figures in them."""

Program = Callable[[BotApi], AbstractContextManager[subprocess.Popen[bytes]]]


def rows(*, long: bool = False) -> Iterator[Row]:
    """How many a second; then what is lost, and how long an end takes."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        chats = enter(database_of(folder), CROWD)
        yield _quick(folder, chats, THANKS, "updates a second over HTTP, stored and answered", Reach(1.5, ">="))
        yield _from_afar(folder, chats)
        yield _quick(folder, chats, FIGURES, "the same, each a step of a report", None)
    with TemporaryDirectory() as name:
        folder = Path(name)
        chats = enter(database_of(folder), SMALL)
        yield _killed(folder, chats)
        yield _stopped(folder, chats)


# --- updates a second ---------------------------------------------------------------------------------------------


def _quick(folder: Path, chats: Sequence[int], said: Sequence[str], what: str, reach: Reach | None) -> Row:
    texts = _in_rounds(chats, said)
    rates: tuple[list[float], list[float]] = ([], [])
    for _round in range(ROUNDS):
        rates[0].append(_rate(texts, 0, _ours(_fresh(folder))))
        rates[1].append(_rate(texts, 0, _echo))
    ours, peer = map(statistics.median, rates)
    return Row(what, "python-telegram-bot's echo, nothing stored", ours, peer, "/s", reach)


def _from_afar(folder: Path, chats: Sequence[int]) -> Row:
    """One message of each: the peer's rate is the same for any number, and it takes long."""
    texts = _in_rounds(chats, THANKS[:1])
    ours = statistics.median(_rate(texts, ROUND_TRIP, _ours(_fresh(folder))) for _round in range(ROUNDS))
    what = f"the same, the API answers after {ROUND_TRIP * 1000:.0f} ms"
    return Row(what, "the same", ours, _rate(texts, ROUND_TRIP, _echo), "/s", Reach(20, ">="))


def _in_rounds(chats: Sequence[int], said: Sequence[str]) -> list[tuple[int, str]]:
    """Everybody's first message, then everybody's second ..."""
    return [(chat, text) for text in said for chat in chats]


def _rate(texts: Sequence[tuple[int, str]], round_trip: float, program: Program) -> float:
    """Updates a second, from the first that is handed out to the last answer. A stranger's before wakes the program."""
    with bot_api(Behaviour(round_trip)) as api, program(api) as process:
        api.write([(STRANGER, "halo")])
        api.wait(1, WITHIN, process)
        api.write(texts)
        api.wait(1 + len(texts), WITHIN, process)
        seen = api.seen()
    _check(texts, seen)
    return len(texts) / seen.seconds


def _check(texts: Sequence[tuple[int, str]], seen: Seen) -> None:
    """Everybody was answered as often as they wrote."""
    wrote, got = Counter(chat for chat, _text in texts), Counter(message.chat for message in seen.taken)
    del got[STRANGER]
    assert got == wrote, f"{sum(wrote.values())} updates, {sum(got.values())} answers"
    _say(f"{len(texts)} updates, each answered once, the last with {seen.taken[-1].text[:60]!r}")


# --- what waits when the program ends -----------------------------------------------------------------------------


def _killed(folder: Path, chats: Sequence[int]) -> Row:
    texts = _in_rounds(chats, MONTH)
    fresh = _fresh(folder)
    with bot_api(Behaviour(ROUND_TRIP / 10)) as api:
        with _ours(fresh)(api) as process:
            _wait_with_backlog(api, texts, process)
            process.kill()
        with _ours(fresh, ahead=LEASES)(api) as process:
            _wait_until_answered(api, texts, process)
            ours = _unanswered(texts, api.seen())
    wrong = _wrong_figures(fresh, len(chats) * 2)
    with bot_api(Behaviour(ROUND_TRIP / 10)) as api:
        with _echo(api) as process:
            _wait_with_backlog(api, texts, process)
            process.kill()
        with _echo(api):
            _wait_until_quiet(api)
            peer = _unanswered(texts, api.seen())
    _say(f"killed: {ours} unanswered, {wrong} figures lost or entered twice; the peer left {peer} unanswered")
    note = f"{ours} unanswered, {wrong} effects lost or applied twice"
    return Row("kill -9 in a backlog of 1,000: lost", "the echo", ours + wrong, peer, "messages", 0.0, note=note)


def _stopped(folder: Path, chats: Sequence[int]) -> Row:
    texts = _in_rounds(chats, MONTH)
    fresh = _fresh(folder)
    with bot_api(Behaviour(STOP_ROUND_TRIP)) as api:
        with _ours(fresh)(api) as process:
            _wait_with_backlog(api, texts, process)
            ours = _seconds_to_end(process)
        left = len(texts) - len(api.seen().taken)
        with _ours(fresh)(api) as process:
            _wait_until_answered(api, texts, process)
            lost = _unanswered(texts, api.seen())
    lost += _wrong_figures(fresh, len(chats) * 2)
    with bot_api(Behaviour(STOP_ROUND_TRIP)) as api, _echo(api) as process:
        _wait_with_backlog(api, texts, process)
        peer = _seconds_to_end(process)
    note = f"at most {STOP_WITHIN:g} s; {left} answered after the next start, {lost} lost"
    reach = STOP_WITHIN / peer if not lost else 0.0
    return Row("SIGTERM to exit with 800 waiting", "the echo", ours, peer, "s", reach, note=note)


def _wait_with_backlog(api: BotApi, texts: Sequence[tuple[int, str]], process: subprocess.Popen[bytes]) -> None:
    """Everybody has written, and some have been answered."""
    api.write(texts)
    api.wait(KILLED_AFTER, WITHIN, process)


def _wait_until_answered(api: BotApi, texts: Sequence[tuple[int, str]], process: subprocess.Popen[bytes]) -> None:
    api.wait(len(texts), WITHIN, process)
    _wait_until_quiet(api)


def _wait_until_quiet(api: BotApi) -> None:
    """Nothing has been written for two seconds: what would come has come."""
    before = -1
    while (now := len(api.seen().taken)) != before:
        before = now
        time.sleep(2)


def _unanswered(texts: Sequence[tuple[int, str]], seen: Seen) -> int:
    """Messages of people to whom nothing was said; an answer that came twice counts once."""
    wrote = Counter(chat for chat, _text in texts)
    got = Counter(chat for chat, _text in {(message.chat, message.text) for message in seen.taken})
    return sum((wrote - got).values())


def _wrong_figures(folder: Path, wanted: int) -> int:
    """How many of the figures that people sent are not there exactly once."""
    engine, report = open_engine(database_of(folder)), schema.report
    with reading(engine) as connection:
        of_each = select(func.count()).select_from(report).group_by(report.c.indicator_id, report.c.period)
        counts = list(connection.execute(of_each).scalars())
    engine.dispose()
    return abs(wanted - len(counts)) + sum(count - 1 for count in counts)


def _seconds_to_end(process: subprocess.Popen[bytes]) -> float:
    started = time.monotonic()
    stop(process)
    return time.monotonic() - started


# --- the programs -------------------------------------------------------------------------------------------------


def _ours(folder: Path, *, ahead: float = 0) -> Program:
    return lambda api: product(run_in(folder, api.url, NOW, ahead=ahead))


def _echo(api: BotApi) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return running("bench.peers.echobot", api.url, TOKEN)


def _fresh(folder: Path) -> Path:
    """A copy of the database in which nobody has written yet."""
    copy = folder / f"copy {time.monotonic_ns()}"
    copy.mkdir()
    shutil.copy(folder / "bench.db", copy)
    return copy


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
