"""APScheduler only asks, every so often, what is due now; what that is stands in our tables, never in its jobs."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 20
"""How late a reminder may be at most."""


def start_schedule(tick: Callable[[], Awaitable[None]], every: float = TICK_SECONDS) -> AsyncIOScheduler:
    """Call `tick` every so many seconds, never twice at once; a missed call costs nothing."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=every, id="tick", coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    return scheduler
