"""What goes along with a message: a picture drawn from its snapshot, or a file from the store.

Drawn outside the event loop and outside every transaction; matplotlib is imported with the first picture.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bot.channels.base import Attachment, Picture, Rejected
from bot.evidence_store import EvidenceStore
from domain.periods import Period
from domain.zones import local
from handlers.messages import Chart, File, Outgoing
from handlers.texts.formats import moment, period_with_year
from storage.engine import Engine, reading
from storage.offices import zone_of
from storage.snapshots import StoredSnapshot, load
from storage.summary_json import summary_from_json

DRAWERS = 2
"""Pictures drawn at once: more threads than cores only wait for each other."""


class Enclosures:
    """Makes the enclosure of a message."""

    def __init__(self, engine: Engine, store: EvidenceStore) -> None:
        self._engine = engine
        self._store = store
        self._pool = ThreadPoolExecutor(DRAWERS, thread_name_prefix="drawer")

    async def of(self, message: Outgoing) -> Picture | Attachment | None:
        """The picture of a Chart, the bytes of a File, None for words. Raises Rejected where it cannot be had."""
        match message:
            case Chart(snapshot=number):
                png = await asyncio.get_running_loop().run_in_executor(self._pool, self.picture, number)
                return Picture(png, f"renaksi-{number}.png")
            case File(ref=ref, name=name):
                try:
                    return Attachment(await asyncio.to_thread(self._store.read, ref), name)
                except FileNotFoundError as missing:
                    raise Rejected(f"file {ref} is not in the store") from missing
            case _:
                return None

    def picture(self, number: int) -> bytes:
        """Draw the picture of a snapshot, in the caller's thread."""
        with reading(self._engine) as connection:
            snapshot = load(connection, number)
            zone = zone_of(connection, snapshot.office_id)
        return draw_summary(snapshot, zone)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def draw_summary(snapshot: StoredSnapshot, zone: str) -> bytes:
    """The overview of a summary's snapshot as PNG; `zone` is the office's, for the time in the footer."""
    from bot.charts.footer import Footer
    from bot.charts.overview import draw_overview

    footer = Footer(
        period_with_year(Period.parse(snapshot.period)), moment(local(snapshot.made_at, zone), zone), snapshot.number
    )
    return draw_overview(summary_from_json(snapshot.figures), footer)
