"""All that knows the conversations: what answers, reminds and clears away.

Importing it takes as long as the rest of a start, so that a process does so once it has asked for messages.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clocks
from bot.evidence_store import EvidenceStore
from bot.keeping import Keeper
from bot.notices import Composer, Ticker
from bot.stopped_channel import StopTeller
from bot.turns import TurnTaker
from bot.writer import Writer
from storage.desk import Almanac
from storage.engine import Engine


@dataclass(frozen=True)
class Conversing:
    """Each of them, for one process."""

    taker: TurnTaker
    composer: Composer
    ticker: Ticker
    keeper: Keeper
    stop_teller: StopTeller


@dataclass(frozen=True)
class Means:
    """What they are made of. `holder` names the process in the leases of its replies."""

    engine: Engine
    store: EvidenceStore
    writer: Writer
    clocks: Clocks
    almanac: Almanac
    holder: str
    wake_jobs: Callable[[], None]
    most_a_minute: int | None


def converse(of: Means) -> Conversing:
    """Make all of them."""
    return Conversing(
        TurnTaker(of.clocks, of.almanac, of.holder, of.wake_jobs, of.most_a_minute),
        Composer(of.almanac, of.clocks.office, of.clocks.machine),
        Ticker(of.almanac, of.clocks.machine),
        Keeper(of.writer, of.engine, of.store, of.almanac, of.clocks.machine),
        StopTeller(of.almanac, of.clocks.office, of.clocks.machine),
    )
