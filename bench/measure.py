"""Measuring two ways of doing the same, turn about, and what a row of the table says of it."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MILLISECONDS = 1000


@dataclass(frozen=True)
class Row:
    """One line of the table: `ours` and `peer` in `unit`, medians of the same run.

    `reach` is the greatest ratio that is asked for, None where the row only informs.
    """

    what: str
    beside: str
    ours: float
    peer: float
    unit: str
    reach: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def missed(self) -> bool:
        return self.reach is not None and self.ratio > self.reach


def medians(ours: Callable[[int], object], peer: Callable[[int], object], rounds: int) -> tuple[float, float]:
    """Milliseconds of either, by turns so that a machine that slows down slows both; each gets the round's number.

    One round before is not counted: what is made once is made in it.
    """
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number in range(-1, rounds):
        for is_ours in (True, False) if number % 2 else (False, True):
            started = time.perf_counter()
            (ours if is_ours else peer)(number)
            if number >= 0:
                taken[is_ours].append((time.perf_counter() - started) * MILLISECONDS)
    return statistics.median(taken[True]), statistics.median(taken[False])


def once(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * MILLISECONDS


def peak_memory() -> int:
    """The most memory that this process has used, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
