"""A report that was returned, through the schedule: its owner is told, reminded at the next stage of just that, and no
more once it is mended."""

import pytest

from handlers.messages import Notice
from storage.desk import Desk
from storage.engine import reading
from tests.bot.edge import Edge, tick, wita
from tests.offices import KASI, NO_HOLIDAYS, PELAKSANA

pytestmark = pytest.mark.sampled_on_postgresql

SARI, DEWI, CAMAT = "1001", "1003", "1006"
WHY = "Mohon lampirkan foto bukunya."
BOOKS = "Desa yang memiliki buku wajib administrasi"


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """Kasi, admin and camat have joined; the Kasi has reported all of March on Friday 1 April."""
    edge.office_now.now = wita(1, 9)
    for name, address in (("Sari Andini", SARI), ("Dewi Lestari", DEWI), ("Ratna Dewanti", CAMAT)):
        await edge.join(name, address)
    assert "lengkap" in (await edge.say(SARI, "lapor", "1", "1", "25", "kirim"))[-1]
    edge.phones.sent.clear()
    return edge


async def give_back(edge: Edge) -> None:
    """The admin returns the first figure of the Kasi."""
    heard = await edge.say(DEWI, "kembalikan maret", "1", WHY, "ya, kembalikan")
    assert heard[-1].startswith("Dikembalikan: ")


async def mend(edge: Edge) -> None:
    """The Kasi sends the same figure again."""
    assert "lengkap" in (await edge.say(SARI, "lapor maret", "tetap 1 desa", "kirim"))[-1]
    edge.phones.sent.clear()


def notices(edge: Edge, name: str) -> list[str]:
    """The words of the notices of a kind to the Kasi."""
    return [
        message.text
        for to, message in edge.phones.sent
        if to == SARI and isinstance(message, Notice) and message.name == name
    ]


async def test_the_owner_is_told_at_once_and_once(office: Edge) -> None:
    office.office_now.now = wita(1, 10)
    await give_back(office)
    for minute in range(1, 4):
        await tick(office, wita(1, 10, minute))
    assert notices(office, "returned") == [
        f"{BOOKS}, Maret: 1 desa.\n"
        f'Dikembalikan Bu Dewi Lestari (Kasubbag Perencanaan): "{WHY}"\n'
        "Perbaikan ditunggu sampai Selasa 5 April."
    ]


async def test_out_of_hours_the_owner_is_told_when_the_office_opens(office: Edge) -> None:
    office.office_now.now = wita(1, 19)
    await give_back(office)
    await tick(office, wita(2, 10))
    assert notices(office, "returned") == []
    await tick(office, wita(4, 7, 30))
    assert len(notices(office, "returned")) == 1


async def test_just_what_was_returned_is_reminded_at_the_next_stages_until_it_is_mended(office: Edge) -> None:
    office.office_now.now = wita(1, 10)
    await give_back(office)
    for day in (4, 5):
        await tick(office, wita(day, 8))
    before, due = notices(office, "reminder")
    assert before == (
        "Bu Sari Andini, batas laporan Maret besok, Selasa 5 April.\n"
        f"Masih kurang 1 dari 3:\n• {BOOKS}, target 1 desa, dikembalikan"
    )
    assert "hari ini batas laporan Maret" in due
    assert due.count("•") == 1
    await mend(office)
    for day in (6, 8, 12):
        await tick(office, wita(day, 8))
    assert notices(office, "reminder") == []


async def test_who_reported_everything_and_got_nothing_back_is_not_reminded(office: Edge) -> None:
    for day in (4, 5, 6):
        await tick(office, wita(day, 8))
    assert notices(office, "reminder") == []


async def test_a_stage_that_has_passed_brings_nothing_extra(office: Edge) -> None:
    """Returned at nine on the cut-off day: the reminder of eight o'clock does not come after it, that of the next day
    does."""
    await tick(office, wita(5, 8))
    office.office_now.now = wita(5, 9)
    await give_back(office)
    for hour in (9, 12, 16):
        await tick(office, wita(5, hour, 5))
    assert notices(office, "reminder") == []
    await tick(office, wita(6, 8))
    assert len(notices(office, "reminder")) == 1


async def test_after_a_restart_a_stage_that_has_passed_brings_nothing_extra_either(office: Edge) -> None:
    """The program was away from Friday on, and the return is among the first messages that it takes."""
    await tick(office, wita(1, 12))
    office.office_now.now = wita(5, 9)
    await give_back(office)
    await tick(office, wita(5, 9, 1))
    assert (len(notices(office, "returned")), notices(office, "reminder")) == (1, [])


async def test_returned_before_the_reminders_of_the_day_it_is_among_them(office: Edge) -> None:
    office.office_now.now = wita(4, 7, 45)
    await give_back(office)
    await tick(office, wita(4, 8))
    assert len(notices(office, "reminder")) == 1


async def test_what_was_mended_before_the_next_stage_is_not_reminded(office: Edge) -> None:
    office.office_now.now = wita(1, 10)
    await give_back(office)
    await mend(office)
    await tick(office, wita(4, 8))
    assert notices(office, "reminder") == []


async def test_the_superior_is_told_of_it_as_of_any_missing_one(office: Edge) -> None:
    office.office_now.now = wita(1, 10)
    await give_back(office)
    office.phones.sent.clear()
    await tick(office, wita(8, 8))
    told = [text for text in office.phones.heard(CAMAT) if "Yang belum lapor:" in text]
    assert [line for line in told[0].splitlines() if "Kasi Pemerintahan" in line] == [
        "• Kasi Pemerintahan (Bu Sari Andini): 1 indikator"
    ]


async def test_the_summary_counts_it_as_missing(office: Edge) -> None:
    def missing_posts() -> tuple[str, ...]:
        with reading(office.engine) as connection:
            summary = Desk(connection, office.made.id, wita(4, 8), NO_HOLIDAYS).summary()
        assert summary is not None
        return summary.missing_posts

    assert missing_posts() == (PELAKSANA,)
    office.office_now.now = wita(1, 10)
    await give_back(office)
    assert missing_posts() == (KASI, PELAKSANA)
    await mend(office)
    assert missing_posts() == (PELAKSANA,)
