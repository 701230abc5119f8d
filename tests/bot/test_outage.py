"""What is said once the program is back: what was last received from whom, and what was skipped."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage.engine import reading, writing
from storage.tables import Account, Outbox, table
from tests.bot.edge import Edge, tick, wita

pytestmark = pytest.mark.sampled_on_postgresql

SARI, JOKO, DEWI = "1001", "1005", "1003"
SARI_NAME, JOKO_NAME, DEWI_NAME = "Sari Andini", "Joko Santosa", "Dewi Lestari"


async def run_at(edge: Edge, moment: datetime) -> None:
    """The program runs at a moment of both clocks: how long it was down is the machine's to tell."""
    edge.machine.now = moment
    await tick(edge, moment)


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """On Friday 1 April Sari reports one of three figures of March; Joko reports nothing; Dewi is the admin."""
    edge.office_now.now = wita(1, 9)
    for name, address in ((SARI_NAME, SARI), (JOKO_NAME, JOKO), (DEWI_NAME, DEWI)):
        await edge.join(name, address)
    await run_at(edge, wita(1, 9, 5))
    await edge.say(SARI, "lapor", "1", "lewati", "lewati", "kirim 1 laporan")
    assert "1 laporan terkirim" in edge.phones.heard(SARI)[-1]
    edge.phones.sent.clear()
    return edge


def told_of_outage(edge: Edge, address: str) -> list[str]:
    return [text for text in edge.phones.heard(address) if "tidak berjalan" in text]


async def test_after_more_than_a_day_everybody_awaited_learns_what_was_last_received(office: Edge) -> None:
    await run_at(office, wita(5, 9, 30))
    down = "Renaksi tidak berjalan dari 1 April 2022 09.05 WITA sampai 5 April 2022 09.30 WITA"
    assert told_of_outage(office, SARI) == [
        f"Bu Sari Andini, {down}; kiriman Anda di waktu itu mungkin tidak sampai.\n"
        "Terakhir kami terima: Desa yang memiliki buku wajib administrasi, 1 April 2022 09.05 WITA.\n"
        "Maret dan TW I 2022 masih kurang 2 dari 3, batas Selasa 5 April."
    ]
    (joko,) = told_of_outage(office, JOKO)
    assert "Belum ada laporan dari Anda yang kami terima.\nMaret 2022 masih kurang 2 dari 2" in joko


async def test_the_admin_is_told_whose_reminders_were_skipped_and_the_missed_ones_do_not_follow(office: Edge) -> None:
    await run_at(office, wita(5, 9, 30))
    (skipped,) = [text for text in told_of_outage(office, DEWI) if "terlewat" in text]
    assert "2 pengingat terlewat, untuk:\n• Sari Andini\n• Joko Santosa\n" in skipped
    reminders = [text for text in office.phones.heard(SARI) if "batas laporan" in text]
    assert len(reminders) == 1
    assert "hari ini batas laporan Maret dan TW I" in reminders[0]


async def test_a_gap_of_less_than_a_day_is_not_told_to_people(office: Edge) -> None:
    await run_at(office, wita(4, 8))
    office.phones.sent.clear()
    await run_at(office, wita(5, 7, 55))
    assert told_of_outage(office, SARI) == []


@pytest.mark.parametrize(("down", "is_told"), [(timedelta(days=4), False), (timedelta(days=8), True)])
async def test_who_has_whatsapp_alone_is_told_only_after_the_week_for_which_meta_posts_again(
    office: Edge, down: timedelta, is_told: bool
) -> None:
    account = table(Account)
    with writing(office.engine) as connection:
        connection.execute(account.update().where(account.c.address == JOKO).values(channel="whatsapp"))
    await run_at(office, wita(1, 9, 5) + down)
    with reading(office.engine) as connection:
        found = connection.execute(select(table(Outbox).c.dedup_key)).scalars()
        keys = [key for key in found if key.startswith("outage:")]
    told = {int(key.rpartition(":")[2]) for key in keys}
    joko, sari = (office.made.people[name] for name in (JOKO_NAME, SARI_NAME))
    assert sari in told
    assert (joko in told) is is_told
