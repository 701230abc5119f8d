"""From the bytes of a file to what the conversation is told: a photo or document in our own store, or why not."""

from collections.abc import AsyncIterator

from bot.channels.base import Media
from bot.evidence_store import EvidenceStore, Held
from bot.inspection.inspector import Finding, Inspector
from handlers.messages import Document, FailReason, Incoming, MediaFailed, Photo


class Admission:
    """Lets into the store what is of a kind that is taken. Until then a file has a temporary name that no row knows."""

    def __init__(self, store: EvidenceStore, inspector: Inspector) -> None:
        self._store = store
        self._inspector = inspector

    async def admit(self, held: Held, media: Media) -> Incoming:
        """Look at a file, and keep it with its copy, or drop it."""
        with held:
            found = await self._inspector.look(held.path, media.name)
            if found.refusal is not None:
                return failed(media, found.refusal)
            shown = await self._kept_copy(found)
            await held.keep()
        return _message(media, held, found, shown)

    async def _kept_copy(self, found: Finding) -> str:
        """The hash of the copy that is shown, empty for none."""
        if not found.copy:
            return ""
        return (await self._store.put(_whole(found.copy))).ref


def failed(media: Media, reason: FailReason) -> MediaFailed:
    """A file that could not be taken, as the conversation is told."""
    return MediaFailed(reason=reason, name=media.name, album=media.album)


async def _whole(data: bytes) -> AsyncIterator[bytes]:
    yield data


def _message(media: Media, held: Held, found: Finding, shown: str) -> Incoming:
    if media.is_photo and shown:
        return Photo(
            ref=held.ref,
            size=held.size,
            shown=shown,
            fingerprint=found.fingerprint,
            caption=media.caption,
            album=media.album,
        )
    return Document(
        ref=held.ref,
        size=held.size,
        shown=shown,
        fingerprint=found.fingerprint,
        name=media.name,
        mime=found.mime,
        caption=media.caption,
        album=media.album,
    )
