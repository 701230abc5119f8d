"""The morning report: at 06.00 of the office, wrong things first, at most eight lines."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.preview_command import preview
from domain.morning import MorningReport
from handlers.morning import MORNING
from storage import upkeep
from storage.engine import writing
from tests.bot.edge import Edge, tick, wita

pytestmark = pytest.mark.sampled_on_postgresql
DEWI = "Dewi Lestari"
GB = 1024**3
LINES = 8
SATURDAY, SUNDAY, MONDAY, TUESDAY = 2, 3, 4, 5
"""Days of April 2022."""


@pytest.fixture
async def edge(engine: Engine, tmp_path: Path) -> AsyncIterator[Edge]:
    """The admin and an officer have joined, and a program looks after disk and backup."""
    edge = Edge(engine, tmp_path)
    edge.office_now.now = edge.machine.now = wita(1, 9)
    await edge.join(DEWI, "7")
    await edge.join("Sari Andini", "1")
    looked_after(edge, wita(1, 9))
    yield edge
    await edge.program.close()


def looked_after(
    edge: Edge, at: datetime, *, free: int = 41 * GB, backed_up_at: datetime | None = None, trouble: str = ""
) -> None:
    """A program looked at disk and backups at a moment."""
    with writing(edge.engine) as connection:
        upkeep.note_disk(connection, "server", free, at)
        if backed_up_at is not None:
            upkeep.note_backup(connection, 12 * 1024**2, backed_up_at)
        if trouble:
            upkeep.note_failed_backup(connection, trouble, at)


async def heard_at(edge: Edge, moment: datetime, address: str = "7") -> list[str]:
    """What the report says when the clock stands there."""
    before = len(edge.phones.shown(address))
    edge.machine.now = moment
    await tick(edge, moment)
    return [one for one in edge.phones.shown(address)[before:] if one.startswith("Laporan pagi")]


async def test_it_comes_at_six_before_the_office_opens_and_once(edge: Edge) -> None:
    looked_after(edge, wita(MONDAY, 5), backed_up_at=wita(MONDAY, 2))
    assert await heard_at(edge, wita(MONDAY, 5, 59)) == []
    (report,) = await heard_at(edge, wita(MONDAY, 6))
    assert report.splitlines() == [
        "Laporan pagi Renaksi",
        "24 jam terakhir: 0 pesan diterima, 0 terkirim, 0 gagal.",
        "Disk: sisa 41 GB.",
        "Cadangan terakhir: hari ini 02.00 WITA, 12 MB.",
    ]
    assert await heard_at(edge, wita(MONDAY, 6, 1)) == []
    assert len(await heard_at(edge, wita(TUESDAY, 6))) == 1


async def test_only_admins_get_it(edge: Edge) -> None:
    assert await heard_at(edge, wita(MONDAY, 6), address="1") == []


async def test_it_counts_what_the_office_heard_and_said(edge: Edge) -> None:
    edge.office_now.now = edge.machine.now = wita(SUNDAY, 10)
    await edge.say("1", "status", "bantuan")
    edge.machine.now = wita(MONDAY, 6)
    (report,) = await heard_at(edge, wita(MONDAY, 6))
    assert "2 pesan diterima, 2 terkirim, 0 gagal" in report


async def test_what_is_wrong_stands_first_and_all_of_it_fits_one_look(edge: Edge) -> None:
    looked_after(edge, wita(MONDAY, 5), free=GB // 2, backed_up_at=wita(1, 2), trouble="ruang penyimpanan penuh.")
    (report,) = await heard_at(edge, wita(MONDAY, 6))
    first, second = report.splitlines()[1:3]
    assert first == "! Ruang disk tinggal 0,5 GB. Minta pemasang mengosongkannya hari ini."
    assert second.startswith(
        "! Cadangan terakhir: 3 hari lalu, Jumat 1 April 02.00 WITA, 12 MB (ruang penyimpanan penuh)"
    )
    assert len(report.splitlines()) <= LINES


async def test_a_backup_that_never_worked_is_told(edge: Edge) -> None:
    looked_after(edge, wita(MONDAY, 5), trouble="tidak ada hak akses")
    (report,) = await heard_at(edge, wita(MONDAY, 6))
    assert "! Belum ada cadangan (tidak ada hak akses). Minta pemasang memeriksanya." in report


async def test_on_a_free_day_only_what_is_newly_wrong_is_told(edge: Edge) -> None:
    looked_after(edge, wita(SATURDAY, 5), backed_up_at=wita(SATURDAY, 2))
    assert await heard_at(edge, wita(SATURDAY, 6)) == []
    looked_after(edge, wita(SATURDAY, 7), free=GB // 2)
    assert len(await heard_at(edge, wita(SATURDAY, 7))) == 1
    looked_after(edge, wita(SUNDAY, 5), free=GB // 2)
    assert await heard_at(edge, wita(SUNDAY, 6)) == [], "said yesterday"
    looked_after(edge, wita(SUNDAY, 7), free=GB // 2, trouble="penuh")
    looked_after(edge, wita(SUNDAY, 7) + timedelta(days=2))
    (report,) = await heard_at(edge, wita(SUNDAY, 7))
    assert "Cadangan terakhir" in report, "late by now"


async def chosen(edge: Edge, wanted: MorningReport) -> None:
    words = {MorningReport.TROUBLE: "bila ada masalah", MorningReport.NEVER: "tidak"}[wanted]
    edge.office_now.now = edge.machine.now = wita(1, 10)
    heard = await edge.say("7", "atur tenggat", "laporan pagi", words, "simpan")
    assert "Tersimpan" in heard[-1], heard


async def test_an_office_that_wants_only_trouble_hears_of_trouble_alone(edge: Edge) -> None:
    await chosen(edge, MorningReport.TROUBLE)
    assert await heard_at(edge, wita(MONDAY, 6)) == []
    looked_after(edge, wita(TUESDAY, 5), free=GB // 2)
    assert len(await heard_at(edge, wita(TUESDAY, 6))) == 1


async def test_an_office_that_wants_none_hears_nothing(edge: Edge) -> None:
    await chosen(edge, MorningReport.NEVER)
    looked_after(edge, wita(MONDAY, 5), free=GB // 2)
    assert await heard_at(edge, wita(MONDAY, 6)) == []


async def test_a_demo_that_nobody_looks_after_is_not_reported_on(engine: Engine, tmp_path: Path) -> None:
    edge = Edge(engine, tmp_path)
    await edge.join(DEWI, "7")
    assert await heard_at(edge, wita(MONDAY, 6)) == []
    await edge.program.close()


async def test_after_noon_it_is_of_no_use_any_more(edge: Edge) -> None:
    assert await heard_at(edge, wita(MONDAY, 12)) == []
    assert len(await heard_at(edge, wita(TUESDAY, 11, 59))) == 1


async def test_the_preview_shows_it(edge: Edge) -> None:
    found = [one for one in preview(edge.engine, "2022-04-02", "2022-04-05", None) if one.kind == MORNING]
    assert [(one.at.day, one.at.hour, one.person) for one in found] == [(MONDAY, 6, DEWI), (TUESDAY, 6, DEWI)]
