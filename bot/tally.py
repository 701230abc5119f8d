"""What this process has done since it began: counted where it happens, told at /metrics (`bot.metrics`).

Plain numbers of the whole process, without the library that prints them, so that a start need not wait for it. Each is
counted in one thread only. Labels are few and fixed: never a person, an office or an address.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Counted:
    """How often something happened, by its labels."""

    name: str
    told: str
    labels: tuple[str, ...] = ()
    values: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, *labels: str, times: int = 1) -> None:
        """It happened; a label for each of `labels`."""
        self.values[labels] += times


@dataclass
class Measured:
    """How large something was, counted in classes; `bounds` are their upper ends, ascending."""

    name: str
    told: str
    bounds: tuple[float, ...]
    total: float = 0
    numbers: list[int] = field(init=False)
    """How often it fell into each class; the last is for what is above all bounds."""

    def __post_init__(self) -> None:
        self.numbers = [0] * (len(self.bounds) + 1)

    def add(self, value: float, times: int = 1) -> None:
        """It was as large as that, so many times."""
        self.numbers[bisect_left(self.bounds, value)] += times
        self.total += value * times


RECEIVED = Counted("renaksi_messages_received", "Messages that a channel brought, repeated ones too", ("channel",))
TURNS = Measured(
    "renaksi_turn_seconds",
    "Seconds from taking up a message to the commit of its answer",
    (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
DELIVERIES = Counted("renaksi_deliveries", "Tries to send a message, by what became of them", ("lane", "outcome"))
SET_ASIDE = Counted("renaksi_messages_set_aside", "Messages that could not be handled after every try")
FETCHES = Counted("renaksi_fetches", "Files that people sent, by what became of them", ("outcome",))
JOBS = Counted("renaksi_jobs", "Slow work, by kind and what became of it", ("kind", "outcome"))
GROUPS = Measured("renaksi_commit_group_size", "Pieces of work in one commit", (1, 2, 4, 8, 16, 32, 64))

COUNTED = (RECEIVED, SET_ASIDE, DELIVERIES, FETCHES, JOBS)
MEASURED = (TURNS, GROUPS)
