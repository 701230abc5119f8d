"""What goes along with a message: a picture or a form drawn from its snapshot, or a file from the store.

Drawn outside the event loop and outside every transaction, in a process that may take only so long.
"""

import asyncio

import structlog

from bot import drawing
from bot.channels.base import Attachment, Picture, Rejected, TryLater
from bot.drawers import Drawers, NotDrawn
from bot.evidence_store import EvidenceStore
from bot.qr_picture import qr_picture
from bot.shelves import StoreAway
from handlers.messages import Chart, File, Form, Outgoing
from storage.engine import Engine, reading
from storage.offices import zone_of
from storage.snapshots import StoredSnapshot, load

Enclosure = Picture | Attachment
_log = structlog.get_logger(__name__)


class Enclosures:
    """Makes the enclosure of a message."""

    def __init__(self, engine: Engine, store: EvidenceStore) -> None:
        self._engine = engine
        self._store = store
        self._drawers = Drawers()

    async def complete(self, message: Outgoing) -> tuple[Outgoing, Enclosure | None]:
        """The message with what goes along; where that could not be drawn, other words instead. Raises Rejected where
        it cannot be had."""
        try:
            return message, await self.of(message)
        except NotDrawn as reason:
            _log.error("an enclosure could not be drawn", message=message.kind, reason=str(reason))
            from handlers.undrawn import instead_of

            return instead_of(message), None

    async def of(self, message: Outgoing) -> Enclosure | None:
        """The picture of a Chart, the file of a Form, the bytes of a File, None for words. Raises Rejected where it
        cannot be had, NotDrawn where drawing it comes to nothing."""
        match message:
            case Chart(snapshot=number, page=page):
                snapshot, zone = await asyncio.to_thread(self._loaded, number)
                return Picture(await self._drawers.draw(drawing.page, snapshot, zone, page), picture_name(number, page))
            case Form(snapshot=number, ending=ending, name=name):
                snapshot, zone = await asyncio.to_thread(self._loaded, number)
                return Attachment(await self._drawers.draw(drawing.form, snapshot, zone, ending), name)
            case File(scans=scans, name=name) if scans:
                return Attachment(await asyncio.to_thread(qr_picture, scans), name)
            case File(ref=ref, name=name):
                try:
                    return Attachment(await asyncio.to_thread(self._store.read, ref), name)
                except FileNotFoundError as missing:
                    raise Rejected(f"file {ref} is not in the store") from missing
                except StoreAway as away:
                    raise TryLater("the store for files is away") from away
            case _:
                return None

    def picture(self, number: int, page: int = 1) -> bytes:
        """One page of the picture of a snapshot, waited for in the caller's thread."""
        return self._drawers.drawn(drawing.page, *self._loaded(number), page)

    def form(self, number: int, ending: str) -> bytes:
        """The form of a snapshot as a file, waited for in the caller's thread."""
        return self._drawers.drawn(drawing.form, *self._loaded(number), ending)

    def close(self) -> None:
        """End what draws."""
        self._drawers.close()

    def _loaded(self, number: int) -> tuple[StoredSnapshot, str]:
        """A snapshot, and the zone of its office."""
        with reading(self._engine) as connection:
            snapshot = load(connection, number)
            return snapshot, zone_of(connection, snapshot.office_id)


def picture_name(number: int, page: int) -> str:
    """The file name of a page of a snapshot's picture."""
    return f"renaksi-{number}.png" if page == 1 else f"renaksi-{number}-{page}.png"
