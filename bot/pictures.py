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
            case Chart(snapshot=number, page=page):
                png = await asyncio.get_running_loop().run_in_executor(self._pool, self.picture, number, page)
                return Picture(png, picture_name(number, page))
            case File(ref=ref, name=name):
                try:
                    return Attachment(await asyncio.to_thread(self._store.read, ref), name)
                except FileNotFoundError as missing:
                    raise Rejected(f"file {ref} is not in the store") from missing
            case _:
                return None

    def picture(self, number: int, page: int = 1) -> bytes:
        """Draw one page of the picture of a snapshot, in the caller's thread; of fewer pages the last one."""
        with reading(self._engine) as connection:
            snapshot = load(connection, number)
            zone = zone_of(connection, snapshot.office_id)
        pages = draw(snapshot, zone)
        return pages[min(page, len(pages)) - 1]

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def picture_name(number: int, page: int) -> str:
    """The file name of a page of a snapshot's picture."""
    return f"renaksi-{number}.png" if page == 1 else f"renaksi-{number}-{page}.png"


def draw(snapshot: StoredSnapshot, zone: str) -> tuple[bytes, ...]:
    """The pages of a snapshot's picture as PNG; `zone` is the office's, for the time in the footer."""
    from bot.charts.catalogue import of_snapshot
    from bot.charts.footer import Footer

    period, made = period_with_year(Period.parse(snapshot.period)), moment(local(snapshot.made_at, zone), zone)
    return of_snapshot(snapshot.kind).pages(snapshot.figures, Footer(period, made, snapshot.number))
