"""Somebody asks for a copy of their data in the chat and gets it as a file, which our store keeps for a week."""

import os
from datetime import timedelta
from pathlib import Path

from handlers.messages import File
from handlers.texts.personal_data import HEADINGS, LABELS, TECHNICAL
from storage.engine import reading
from storage.personal_data import held_of, tables_of_people
from storage.tables import METADATA
from tests.bot.edge import Edge
from tests.storage.test_erasure import SARI


async def test_the_copy_comes_as_a_file(edge: Edge) -> None:
    await edge.join(SARI, "1001")
    await edge.say("1001", "lapor", "1", "data salinan")
    sent = [message for address, message in edge.phones.sent if address == "1001" and isinstance(message, File)]
    (file,) = sent
    told = edge.program.store.read(file.ref).decode("utf-8-sig")
    assert file.name == "data-saya.txt"
    assert f"Atas nama: {SARI}" in told
    assert "alamat: 1001" in told
    assert "isi: lapor" in told
    assert "bergabung: 29 Maret 2022 10.30" in told
    assert "tindakan: Bergabung" in told
    assert "PESAN DARI ANDA (" in told


async def test_the_copy_goes_from_the_store_after_a_week(edge: Edge, tmp_path: Path) -> None:
    await edge.join(SARI, "1001")
    await edge.say("1001", "data salinan")
    (ref,) = [message.ref for _address, message in edge.phones.sent if isinstance(message, File)]
    path, then = tmp_path / "evidence" / ref[:2] / ref, edge.machine().timestamp()
    os.utime(path, (then, then))
    for days, is_left in ((6, True), (2, False)):
        edge.machine.pass_by(timedelta(days=days))
        await edge.program.keeper.collect()
        assert path.exists() == is_left


async def test_what_somebody_else_asked_for_is_not_theirs(edge: Edge) -> None:
    """A copy has the words of one chat only."""
    await edge.join(SARI, "1001")
    await edge.join("Joko Santosa", "1002")
    await edge.say("1002", "rahasia Joko")
    await edge.say("1001", "data salinan")
    with reading(edge.engine) as connection:
        held = held_of(connection, edge.made.id, edge.made.people[SARI], edge.office_now())
    assert "rahasia Joko" not in held.as_json()


def test_every_table_and_column_of_a_copy_has_words() -> None:
    assert set(HEADINGS) == set(tables_of_people())
    unheard = {"office_id", "lease_until", "holder", "attempts", "code_hash", "wrong_codes", "locked_until", "reading"}
    named = {"indicator_id": "indicator", "post_id": "post", "line_id": "line"}
    columns = {
        named.get(column.name, column.name)
        for name in HEADINGS
        for column in METADATA.tables[name].columns
        if column.name not in unheard
    }
    assert columns - set(LABELS) - TECHNICAL == set()
    assert set(LABELS) & TECHNICAL == set()
