"""Whether the installation is alive, judged from its tables, for `/healthz` and whoever restarts what hangs."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.clock import MachineClock
from bot.writer import Writer
from storage import vitals
from storage.vitals import Queue, Vitals

WITHIN = 3.0
"""Seconds in which the database must answer."""
GOOD_FOR = timedelta(seconds=1)
"""How long an answer is given again, so that asking often costs nothing."""
LONGEST: Mapping[str, timedelta] = {
    "scheduler": timedelta(minutes=5),
    "turns": timedelta(minutes=3),
    "delivery": timedelta(minutes=3),
    "reminders": timedelta(hours=1),
}
"""How long ago what is due may last have been looked after, and how long a message, an answer and a reminder may wait
that somebody could take up. A file is waited for about a minute; ten thousand reminders take six minutes."""


@dataclass(frozen=True)
class Health:
    """What was found at `at`: `unwell` names what is not as it must be; `vitals` is None where there was no answer."""

    at: datetime
    vitals: Vitals | None
    unwell: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Nothing of any person: ages in seconds, null for what does not wait."""
        found: dict[str, object] = {"status": "unwell" if self.unwell else "ok", "unwell": list(self.unwell)}
        if self.vitals is not None:
            found["last_tick_seconds"] = _seconds(_age(self.vitals.ticked_at, self.at))
            found["oldest_message_seconds"] = _seconds(_age(self.vitals.turns.oldest, self.at))
            found["oldest_answer_seconds"] = _seconds(_age(self.vitals.answers.oldest, self.at))
            found["oldest_reminder_seconds"] = _seconds(_age(self.vitals.notices.oldest, self.at))
        return found


def judged(found: Vitals, began: datetime, now: datetime) -> Health:
    """What is wrong with what the tables say at `now`, to a process that has looked since it `began`."""
    never_ticked = began if found.offices else None
    ages = {
        "scheduler": _age(found.ticked_at or never_ticked, now),
        "turns": _age(found.turns.oldest, now),
        "delivery": _age(found.answers.oldest, now),
        "reminders": _age(found.notices.oldest, now),
    }
    return Health(now, found, tuple(name for name, age in ages.items() if age is not None and age > LONGEST[name]))


class Pulse:
    """Feels it, at most once at a time and once a second; through the writer, whose thread must live for that too."""

    def __init__(self, writer: Writer, machine_now: MachineClock, within: float = WITHIN) -> None:
        self._writer = writer
        self._now = machine_now
        self._began = machine_now()
        self._within = within
        self._last: Health | None = None
        self._feeling = asyncio.Lock()

    async def felt(self) -> Health:
        """How it stands now."""
        async with self._feeling:
            if self._last is None or not timedelta(0) <= self._now() - self._last.at < GOOD_FOR:
                self._last = await self._feel()
            return self._last

    async def _feel(self) -> Health:
        now = self._now()
        try:
            async with asyncio.timeout(self._within):
                return judged(await self._writer.do(partial(vitals.read, now=now)), self._began, now)
        except Exception:  # whatever keeps the database from answering, that is the answer
            return Health(now, None, ("database",))


def _age(since: datetime | None, now: datetime) -> timedelta | None:
    return None if since is None else now - since


def _seconds(age: timedelta | None) -> float | None:
    return None if age is None else round(age.total_seconds(), 1)


def ages(queues: Mapping[str, Queue], now: datetime) -> dict[str, float]:
    """Seconds for which the oldest of each queue has waited; 0 where nothing does."""
    return {name: max(0.0, _seconds(_age(queue.oldest, now)) or 0.0) for name, queue in queues.items()}
