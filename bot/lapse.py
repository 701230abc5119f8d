"""When a lease that has lapsed means that its holder died.

A lease is a time on the machine's clock. Where that jumps, where the database was away or the whole machine stood
still, leases lapse although their holders live: these get time to renew them before anybody takes what they hold.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.clock import MachineClock

LONGEST_LOOK_AWAY = timedelta(seconds=15)
"""Between two looks in time; after more than that nobody knows who lives. Well below every lease."""
GRACE = 6.0
"""Seconds in which whoever lives renews: twice what passes between two looks, and a failed one in between."""
NEVER = datetime.min.replace(tzinfo=UTC)


class Lapse:
    """Of one process that looks every few seconds what others have left behind."""

    def __init__(self, machine_now: MachineClock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = machine_now
        self._monotonic = monotonic
        self._looked_at: datetime | None = None
        self._trusts_from = 0.0

    def before(self) -> datetime:
        """The instant before which a lease must have ended so that its holder counts as dead; asked with every look."""
        now = self._now()
        if self._looked_at is not None and not timedelta(0) <= now - self._looked_at <= LONGEST_LOOK_AWAY:
            self._trusts_from = self._monotonic() + GRACE
        self._looked_at = now
        return now if self._monotonic() >= self._trusts_from else NEVER
