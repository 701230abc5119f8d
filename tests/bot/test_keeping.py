"""The running program clears away what is kept no longer, and files of the store that nobody needs."""

import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from bot import keeping
from bot.evidence_store import EvidenceStore
from bot.shelves import UNFINISHED
from storage.engine import writing
from storage.evidence import NewEvidence
from storage.keeping import Cleared
from storage.tables import Audit, Evidence, Office, table
from tests.bot.edge import Clock, Edge, tick, wita
from tests.offices import BUKU, desk_of
from tests.storage.test_keeping import MARCH, SARI

_evidence = table(Evidence)


async def kept(store: EvidenceStore, content: bytes) -> str:
    async def pieces() -> AsyncIterator[bytes]:
        yield content

    return (await store.put(pieces())).ref


def age(folder: Path, ref: str, at: datetime) -> None:
    """As if a file had been written at an instant of the machine's clock."""
    os.utime(folder / "evidence" / ref[:2] / ref, (at.timestamp(), at.timestamp()))


def is_there(edge: Edge, ref: str) -> bool:
    try:
        return bool(edge.program.store.read(ref))
    except FileNotFoundError:
        return False


async def test_a_tick_clears_away_what_is_old_and_seals_what_it_says(edge: Edge) -> None:
    await edge.join(SARI, "1001")
    assert all(row.said for row in edge.inbox_rows())
    await tick(edge, wita(1, 0, 10) + timedelta(days=800))
    assert not any(row.said for row in edge.inbox_rows())
    assert not any(row.message for row in edge.outbox_rows())
    with writing(edge.engine) as connection:
        recorded = select(table(Audit).c.new).where(table(Audit).c.action == "old data cleared")
        assert connection.execute(recorded).scalar_one() == f"messages {len(edge.inbox_rows()) * 2}, evidence 0"


async def test_a_file_goes_when_no_row_has_named_it_for_a_week(edge: Edge, tmp_path: Path) -> None:
    store, now = edge.program.store, edge.machine()
    named, taken_back, young = [await kept(store, content) for content in (b"named", b"taken back", b"young")]
    for ref in (named, taken_back):
        age(tmp_path, ref, now - timedelta(days=8))
    made = edge.made
    with writing(edge.engine) as connection:
        desk = desk_of(connection, made, SARI)
        pieces = [NewEvidence(made.indicators[BUKU], MARCH, ref, "photo", 9) for ref in (named, taken_back)]
        desk.add_evidence(pieces)
        connection.execute(update(_evidence).where(_evidence.c.hash == taken_back).values(removed_at=now))
    assert await edge.program.keeper.collect() == 0, "it was named a moment ago"
    edge.machine.pass_by(timedelta(days=8))
    age(tmp_path, young, edge.machine() - timedelta(days=6))
    assert await edge.program.keeper.collect() == 1
    assert [is_there(edge, ref) for ref in (named, taken_back, young)] == [True, False, True]


async def test_it_is_looked_at_once_a_day(edge: Edge, tmp_path: Path) -> None:
    ref = await kept(edge.program.store, b"unnamed")
    assert await edge.program.keeper.collect() == 0
    age(tmp_path, ref, edge.machine() - timedelta(days=8))
    assert await edge.program.keeper.collect() == 0
    edge.machine.pass_by(timedelta(days=1))
    assert await edge.program.keeper.collect() == 1
    assert not is_there(edge, ref)


async def test_a_file_that_came_again_meanwhile_stays(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence")
    ref = await kept(store, b"once more")
    since = Clock().now
    assert store.untouched_since(since) == []
    age(tmp_path, ref, since - timedelta(days=1))
    assert store.untouched_since(since) == [ref]
    await kept(store, b"once more")
    assert not store.discard(ref, since)
    assert store.read(ref) == b"once more"


async def test_what_a_dead_process_left_behind_goes(edge: Edge, tmp_path: Path) -> None:
    await kept(edge.program.store, b"x")
    left, new = (tmp_path / "evidence" / name for name in (f"{UNFINISHED}{word}" for word in ("abc", "def")))
    for path in (left, new):
        path.write_bytes(b"half")
    then = (edge.machine() - keeping.UNNAMED - timedelta(days=1)).timestamp()
    os.utime(left, (then, then))
    await edge.program.keeper.collect()
    assert (left.exists(), new.exists()) == (False, True)


async def test_the_trouble_of_one_office_is_not_the_program_s(edge: Edge) -> None:
    await edge.join(SARI, "1001")
    with writing(edge.engine) as connection:
        connection.execute(update(table(Office)).values(rules={"keeping": 5}))
    late = wita(1, 0, 10) + timedelta(days=800)
    assert await edge.program.keeper.clear(edge.made.id, late) == Cleared()
    assert all(row.said for row in edge.inbox_rows())
