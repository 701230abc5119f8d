"""The two clocks (design.md 3): the office's for rules, dates and texts, the machine's for leases and retries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MachineClock = Callable[[], datetime]


def machine_now() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clocks:
    """The office's time and the machine's."""

    office: MachineClock
    machine: MachineClock


class OfficeClock:
    """The office's time, in UTC. It runs with the machine's clock; the simulator moves it, forward only."""

    def __init__(self, machine: MachineClock = machine_now, start: datetime | None = None) -> None:
        self._machine = machine
        self._ahead = timedelta(0) if start is None else start - machine()

    def __call__(self) -> datetime:
        return self._machine() + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Put the clock to a later time; one that has passed meanwhile changes nothing."""
        self._ahead = max(self._ahead, moment - self._machine())
