"""The job that makes the copy of everything that is held of a person, as a file of our own store."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from typing import Any

from bot.evidence_store import EvidenceStore
from bot.jobs import Work
from domain.zones import Zone
from handlers.texts.personal_data import as_text
from storage.engine import Engine, reading
from storage.offices import zone_of
from storage.personal_data import held_of

BOM = "\ufeff"
"""Without it a phone may take UTF-8 for something else."""


def personal_copies(engine: Engine, store: EvidenceStore) -> Work:
    """Makes the copy for the person that a job's details name."""
    return Work(partial(_make, engine, store), {"ref": ""})


def _make(engine: Engine, store: EvidenceStore, details: dict[str, Any]) -> dict[str, Any]:
    """`details` are the ids of `office` and `person`, and `at`, the office's time at which it was asked for."""
    with reading(engine) as connection:
        data = held_of(connection, details["office"], details["person"], datetime.fromisoformat(details["at"]))
        zone = Zone.of(zone_of(connection, details["office"])).name
    stored = asyncio.run(store.put(_pieces(BOM + as_text(data, zone))))
    return {"ref": stored.ref}


async def _pieces(text: str) -> AsyncIterator[bytes]:
    yield text.encode()
