"""Measuring two ways of doing the same, turn about, and what a row of the table says of it."""

import gc
import resource
import statistics
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Literal

from bot.collecting import collect_seldom

MILLISECONDS = 1000


@dataclass(frozen=True)
class Reach:
    """What is asked for of a ratio of ours to the peer's: at most, or at least, so much."""

    ratio: float
    kind: Literal["<=", ">="] = "<="

    def met(self, ratio: float) -> bool:
        return ratio <= self.ratio if self.kind == "<=" else ratio >= self.ratio

    def __str__(self) -> str:
        return f"{self.kind} {self.ratio:g}"


@dataclass(frozen=True)
class Row:
    """One line of the table: `ours` and `peer` in `unit`, medians of the same run.

    `reach` is what is asked for, None where the row only informs; a bare number is the greatest ratio. `floor` is the
    least that anything could need on this machine, measured in the same run, None where nothing is that. `note` says
    what else was seen, in a few words.
    """

    what: str
    beside: str
    ours: float
    peer: float
    unit: str
    reach: Reach | float | None = None
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def wanted(self) -> Reach | None:
        """What is asked for."""
        return Reach(self.reach) if isinstance(self.reach, int | float) else self.reach

    @property
    def missed(self) -> bool:
        return self.wanted is not None and not self.wanted.met(self.ratio)


@contextmanager
def collected(as_in_product: Callable[[], None] = collect_seldom) -> Generator[None]:
    """Circles of objects are looked for as the product does, then again as Python does by itself, for the peer."""
    usual = gc.get_threshold()
    as_in_product()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.enable()


def medians(
    ours: Callable[[int], object],
    peer: Callable[[int], object],
    rounds: int,
    around_ours: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> tuple[float, float]:
    """Milliseconds of either, by turns so that a machine that slows down slows both; each gets the round's number.

    One round before is not counted: what is made once is made in it. Going over to our own way of looking for circles
    of objects (`around_ours`), and back, is not counted either: the product does so once.
    """
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number in range(-1, rounds):
        for is_ours in (True, False) if number % 2 else (False, True):
            with around_ours() if is_ours else nullcontext():
                started = time.perf_counter()
                (ours if is_ours else peer)(number)
                seconds = time.perf_counter() - started
            if number >= 0:
                taken[is_ours].append(seconds * MILLISECONDS)
    return statistics.median(taken[True]), statistics.median(taken[False])


def once(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * MILLISECONDS


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of them (0 to 1) do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def peak_memory() -> int:
    """The most memory that this process or one of its children has used, in MiB."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in whose) // 1024
