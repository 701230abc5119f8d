"""Reminders and reports follow whoever acts for a post: a stand-in while its holder is away, a successor after that."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.channels.base import TryLater
from domain.plan import PersonRow
from handlers.messages import Text
from storage.engine import reading, writing
from storage.outbox import RETRY_DELAYS
from storage.people import new_invite
from storage.plans import apply_plan
from storage.tables import Report, table
from tests.bot.edge import Edge, tick, wita
from tests.offices import BUKU, KASI, PLAN

pytestmark = pytest.mark.sampled_on_postgresql

SARI, AGUS, PUTU = "1001", "1002", "1007"
SARI_NAME, AGUS_NAME, PUTU_NAME = "Sari Andini", "Agus Prasetya", "Putu Wirawan"
_report = table(Report)


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """Kasi and Sekretaris have joined, on Friday 1 April before anything of March falls due."""
    edge.office_now.now = wita(1, 9)
    await edge.join(SARI_NAME, SARI)
    await edge.join(AGUS_NAME, AGUS)
    edge.phones.sent.clear()
    return edge


async def leave(edge: Edge, moment: datetime, *answers: str) -> None:
    """Sari enters her leave."""
    edge.office_now.now = moment
    assert "tercatat" in (await edge.say(SARI, "cuti", *answers, "simpan"))[-1]


def reminded(edge: Edge) -> list[tuple[str, str]]:
    """Who was sent a reminder, with the opening of its stage."""
    return [
        (row.address, row.occasion["calls"][0]["stage"])
        for row in edge.outbox_rows()
        if row.lane == "notice"
        and row.state == "sent"
        and row.occasion["kind"] == "reminder"
        and row.occasion["calls"][0]["posts"] == [edge.made.posts[KASI]]
    ]


def reports(edge: Edge) -> list[Row[Any]]:
    """Every report in the table, oldest first."""
    with reading(edge.engine) as connection:
        return list(connection.execute(select(_report).order_by(_report.c.id)))


# --- leave ----------------------------------------------------------------------------------------------------------


async def test_the_stand_in_is_reminded_and_not_who_is_away(office: Edge) -> None:
    await leave(office, wita(1, 9, 30), "4 april", "5 april", "agus")
    for day in (4, 5, 6):
        await tick(office, wita(day, 8))
    assert reminded(office) == [(AGUS, "H-1"), (AGUS, "H"), (SARI, "H+1")]


async def test_the_reminder_says_as_whom(office: Edge) -> None:
    await leave(office, wita(1, 9, 30), "4 april", "5 april", "agus")
    await tick(office, wita(4, 8))
    reminder = office.phones.heard(AGUS)[-1]
    assert reminder.startswith("Pak Agus Prasetya, sebagai Plh Kasi Pemerintahan: batas laporan Maret")


async def test_a_leave_holds_from_the_day_on_which_it_is_entered(office: Edge) -> None:
    await tick(office, wita(4, 8))
    await leave(office, wita(4, 9), "hari ini", "8 april", "agus")
    for moment in (wita(4, 9, 1), wita(5, 8)):
        await tick(office, moment)
    assert reminded(office) == [(SARI, "H-1"), (AGUS, "H-1"), (AGUS, "H")]


async def test_a_reminder_that_is_still_under_way_does_not_reach_who_went_on_leave(office: Edge) -> None:
    office.phones.refusals[SARI].append(TryLater("down"))
    await tick(office, wita(4, 8))
    for body in ("cuti", "hari ini", "8 april", "agus", "simpan"):
        await office.receive(SARI, Text(body=body))
        await office.program.turns.drain()
    office.machine.pass_by(RETRY_DELAYS[0])
    await office.program.settle()
    assert [row.state for row in office.outbox_rows() if row.lane == "notice"] == ["not_needed"]


async def test_where_nobody_stands_in_the_holder_is_reminded(office: Edge) -> None:
    await leave(office, wita(1, 9, 30), "hari ini", "8 april", "tidak ada")
    await tick(office, wita(4, 8))
    assert reminded(office) == [(SARI, "H-1")]


async def test_who_comes_back_early_is_reminded_again(office: Edge) -> None:
    await leave(office, wita(1, 9, 30), "hari ini", "8 april", "agus")
    await tick(office, wita(4, 8))
    office.office_now.now = wita(4, 9)
    await office.say(SARI, "cuti", "sudah kembali")
    await tick(office, wita(5, 8))
    assert reminded(office) == [(AGUS, "H-1"), (SARI, "H")]


async def test_what_the_stand_in_reports_names_post_person_and_capacity(office: Edge) -> None:
    await leave(office, wita(4, 9), "hari ini", "8 april", "agus")
    assert "terkirim" in (await office.say(AGUS, "lapor", "1", "nihil", "25", "kirim"))[-1]
    await tick(office, wita(5, 8))
    assert {(row.post_id, row.person_id, row.capacity) for row in reports(office)} == {
        (office.made.posts[KASI], office.made.people[AGUS_NAME], "Plh")
    }
    assert reminded(office) == []


async def test_the_stand_in_is_told_once_and_within_the_hours(office: Edge) -> None:
    await leave(office, wita(1, 19), "4 april", "8 april", "agus")
    assert office.phones.heard(AGUS) == []
    await tick(office, wita(4, 7, 30))
    assert len([text for text in office.phones.heard(AGUS) if "Plh Kasi Pemerintahan" in text]) == 1


# --- mutasi ---------------------------------------------------------------------------------------------------------


async def succeed(edge: Edge, moment: datetime, since: date) -> None:
    """The workbook names a successor of Sari, who joins with an invitation of her own."""
    edge.office_now.now = moment
    others = tuple(person for person in PLAN.people if person.post != KASI)
    successor = PersonRow(PUTU_NAME, KASI, "Pak", "+6281200000007", since=since)
    with writing(edge.engine) as connection:
        apply_plan(connection, replace(PLAN, people=(*others, successor)), moment)


async def join_successor(edge: Edge) -> None:
    now = edge.office_now()
    with writing(edge.engine) as connection:
        code = new_invite(connection, edge.made.id, edge.made.posts[KASI], now, now + timedelta(days=7))
    await edge.say(PUTU, f"/start {code}", "ya, saya")


async def test_a_successor_is_reminded_from_the_first_day_on(office: Edge) -> None:
    await succeed(office, wita(1, 10), date(2022, 4, 5))
    await tick(office, wita(4, 8))
    office.office_now.now = wita(5, 7, 45)
    await join_successor(office)
    await tick(office, wita(5, 8))
    assert reminded(office) == [(SARI, "H-1"), (PUTU, "H")]


async def test_history_stays_with_who_reported_and_the_successor_goes_on_from_it(office: Edge) -> None:
    await office.say(SARI, "lapor", "1", "belum", "belum", "kirim")
    await succeed(office, wita(1, 10), date(2022, 4, 4))
    office.office_now.now = wita(4, 9)
    await join_successor(office)
    assert "tidak memegang jabatan" in (await office.say(SARI, "lapor"))[-1]
    assert "Peraturan desa" in (await office.say(PUTU, "lapor"))[-1]
    await office.say(PUTU, "1", "25", "kirim")
    by_person = {row.person_id: set[int]() for row in reports(office)}
    for row in reports(office):
        by_person[row.person_id].add(row.indicator_id)
    assert by_person[office.made.people[SARI_NAME]] == {office.made.indicators[BUKU]}
    assert len(by_person) == 2
    assert {row.capacity for row in reports(office)} == {"definitif"}


async def test_who_handed_over_is_told_so_in_an_open_report(office: Edge) -> None:
    await office.say(SARI, "lapor", "1")
    await succeed(office, wita(1, 10), date(2022, 4, 4))
    office.office_now.now = wita(4, 9)
    heard = await office.say(SARI, "1")
    assert heard[-1].startswith("Tugas Anda untuk jabatan itu sudah berakhir")
    assert reports(office) == []
