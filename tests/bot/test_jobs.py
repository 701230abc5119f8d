"""Slow work beside the conversations: a file of realisasi keuangan from the chat and back, whoever dies meanwhile."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.jobs import Jobs, Work
from bot.writer import Writer
from handlers.money import READ_SPENDING
from handlers.texts import money as texts
from storage import jobs
from storage.engine import reading, writing
from storage.jobs import LEASE, TRIES
from storage.tables import BudgetReport, Job, table
from tests.bot.documents.workbooks import save
from tests.bot.edge import Edge, until
from tests.offices import make_office
from tests.transcripts.plans import SMALL_PLANS
from tests.transcripts.spending_sheets import SHEETS

JOKO, SARI = "1005", "1004"
READ = "2 baris terbaca, 2 perlu diperiksa."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_job, _report = table(Job), table(BudgetReport)


@pytest.fixture
async def edge(open_edge: Callable[..., Edge], engine: Engine) -> Edge:
    """A process in an office with a budget, whose reporter has joined."""
    with writing(engine) as connection:
        made = make_office(connection, plan=SMALL_PLANS["anggaran"])
    opened = open_edge(made=made)
    await opened.join("Joko Santosa", JOKO)
    return opened


async def sent(edge: Edge, folder: Path, address: str = JOKO, *, caption: str = "") -> None:
    """A file of February comes in, of which two rows can be taken."""
    sheet = SHEETS["rfk-ragu.xlsx"]["Maret"]
    rows = [[3_000_000 if cell == 54_400_000 else cell for cell in row] for row in sheet]
    path = save(folder / "rfk.xlsx", {"Februari": [row for row in rows if row[0] != "7.01.01.2.09.99"]})
    edge.phones.files["rfk"] = [path.read_bytes()]
    await edge.send_media(address, "rfk", is_photo=False, name="rfk.xlsx", mime=XLSX, caption=caption)


async def begun(edge: Edge, folder: Path) -> None:
    """A file came, and the turn that asks for it to be read is taken."""
    await sent(edge, folder)
    await edge.program.fetcher.drain()
    await edge.program.turns.drain()


def states(edge: Edge) -> list[tuple[str, int]]:
    """State and tries of every job."""
    with reading(edge.engine) as connection:
        return [tuple(row) for row in connection.execute(select(_job.c.state, _job.c.attempts).order_by(_job.c.id))]


async def test_a_file_is_read_and_nothing_is_saved_before_it_is_confirmed(edge: Edge, tmp_path: Path) -> None:
    await sent(edge, tmp_path)
    await edge.program.settle()
    assert edge.phones.heard(JOKO)[-2] == texts.READING
    assert READ in edge.phones.heard(JOKO)[-1]
    assert "Februari!D7" in edge.phones.heard(JOKO)[-1]
    assert edge.count(BudgetReport) == 0
    (farewell,) = await edge.say(JOKO, "kirim")
    assert "2 baris keuangan terkirim" in farewell
    with reading(edge.engine) as connection:
        spent = connection.execute(select(_report.c.spent).order_by(_report.c.id)).scalars()
        assert [int(one) for one in spent] == [217_500_000, 3_000_000]
    assert states(edge) == [("done", 1)]


async def test_a_process_that_ends_between_turn_and_result_is_followed_by_another(
    edge: Edge, open_edge: Callable[..., Edge], tmp_path: Path
) -> None:
    await begun(edge, tmp_path)
    with writing(edge.engine) as connection:  # the first process begins to read, and dies
        assert jobs.claim(connection, "first", edge.machine()) is not None
    second = open_edge(phones=edge.phones, made=edge.made)
    await second.program.settle()
    assert states(second) == [("due", 1)]
    second.machine.pass_by(LEASE + timedelta(seconds=1))
    await second.program.settle()
    await edge.program.settle()
    assert states(second) == [("done", 2)]
    assert sum(READ in said for said in second.phones.heard(JOKO)) == 1


async def test_a_result_is_answered_once_by_a_process_that_starts_after_it_was_stored(
    edge: Edge, open_edge: Callable[..., Edge], tmp_path: Path
) -> None:
    await begun(edge, tmp_path)
    await edge.program.jobs.drain()
    second = open_edge(phones=edge.phones, made=edge.made)
    await second.program.settle()
    await edge.program.settle()
    assert sum(READ in said for said in second.phones.heard(JOKO)) == 1


async def test_a_running_process_reads_without_being_asked(edge: Edge, tmp_path: Path) -> None:
    working = [asyncio.create_task(work) for work in edge.program.workers()]
    await sent(edge, tmp_path)
    await until(lambda: any(READ in said for said in edge.phones.heard(JOKO)))
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)


async def test_a_file_read_while_something_else_is_asked_waits_with_a_way_to_it(edge: Edge, tmp_path: Path) -> None:
    await begun(edge, tmp_path)
    asked = await edge.say(JOKO, "lapor")
    assert f"Berkas keuangan: {READ}" in asked[-1]
    assert "Pertanyaan tadi masih terbuka. Ketik lapor" in asked[-1]
    (answered,) = await edge.say(JOKO, "benar")
    assert "berapa" in answered
    (reviewed,) = await edge.say(JOKO, "keuangan")
    assert "Rp217.500.000" in reviewed


async def test_a_caption_makes_a_file_one_of_money_though_something_else_is_asked(edge: Edge, tmp_path: Path) -> None:
    await edge.say(JOKO, "lapor")
    await sent(edge, tmp_path, caption="keuangan februari")
    await edge.program.settle()
    assert edge.phones.heard(JOKO)[-2].startswith(texts.READING)
    assert f"Berkas keuangan: {READ}" in edge.phones.heard(JOKO)[-1]


async def test_a_file_of_somebody_who_does_not_report_money_is_taken_for_evidence(edge: Edge, tmp_path: Path) -> None:
    await edge.join("Sari Andini", SARI)
    await sent(edge, tmp_path, SARI, caption="keuangan")
    await edge.program.settle()
    assert "1 dokumen diterima. Untuk indikator mana?" in edge.phones.heard(SARI)[-1]
    assert states(edge) == []


# --- work that fails ----------------------------------------------------------------------------------------------


def worker(edge: Edge, writer: Writer, run: Callable[[dict[str, Any]], dict[str, Any]], longest: float = 20) -> Jobs:
    """One that does something else with a file."""
    kinds = {READ_SPENDING: Work(run, {"refused": "Berkas itu belum berhasil dibaca."})}
    return Jobs(writer, kinds, edge.machine, "test", lambda: None, longest=longest)


async def test_work_that_raises_is_told_in_a_sentence(edge: Edge, tmp_path: Path) -> None:
    await begun(edge, tmp_path)

    def fail(_details: dict[str, Any]) -> dict[str, Any]:
        raise ValueError("no reader survives this file")

    writer = Writer(edge.engine)
    work = worker(edge, writer, fail)
    assert await work.drain() == 1
    work.close()
    writer.close()
    await edge.program.settle()
    assert edge.phones.heard(JOKO)[-1].startswith("Berkas itu belum berhasil dibaca.")
    assert states(edge) == [("failed", 1)]


async def test_work_that_takes_too_long_is_given_up(edge: Edge, tmp_path: Path) -> None:
    await begun(edge, tmp_path)
    done = threading.Event()

    def hang(_details: dict[str, Any]) -> dict[str, Any]:
        done.wait(20)
        return {}

    writer = Writer(edge.engine)
    work = worker(edge, writer, hang, longest=0)
    await work.drain()
    done.set()
    work.close()
    writer.close()
    assert states(edge) == [("failed", 1)]


async def test_work_that_ends_its_process_again_and_again_is_not_begun_once_more(edge: Edge, tmp_path: Path) -> None:
    await begun(edge, tmp_path)
    for _try in range(TRIES):
        with writing(edge.engine) as connection:
            assert jobs.claim(connection, "dies", edge.machine()) is not None
        edge.machine.pass_by(LEASE + timedelta(seconds=1))
    await edge.program.settle()
    assert "belum berhasil dibaca" in edge.phones.heard(JOKO)[-1]
    assert states(edge) == [("failed", TRIES + 1)]
