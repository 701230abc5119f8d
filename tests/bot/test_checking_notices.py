"""What is said unasked about checking: what is new in a queue, once a working day, and that a quarter is whole."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.holiday_dates import NationalAlmanac
from bot.preview_command import preview
from domain.periods import Period
from storage import offices, people
from storage.desk import Desk
from storage.engine import writing
from storage.reports import NewReport
from tests.bot.edge import Edge, tick, wita
from tests.offices import ARSIP, BUKU, GAJI, PBB, PERDES

pytestmark = pytest.mark.sampled_on_postgresql

RATNA, AGUS, DEWI, SARI, JOKO = "Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa"
ADDRESSES = {RATNA: "1001", AGUS: "1002", DEWI: "1003", SARI: "1004", JOKO: "1005"}
FEBRUARY, MARCH, QUARTER = Period.month(2022, 2), Period.month(2022, 3), Period.quarter(2022, 1)


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """Everybody has joined, on the last day of March."""
    edge.office_now.now = wita(31, 9, month=3)
    for name, address in ADDRESSES.items():
        await edge.join(name, address)
    return edge


def at_desk(edge: Edge, name: str, act: Callable[[Desk], object]) -> None:
    """Let somebody do something at the moment of the office's clock."""
    with writing(edge.engine) as connection:
        office_id = offices.all_offices(connection)[0]
        person = next(one.id for one in people.people(connection, office_id) if one.name == name)
        act(Desk(connection, office_id, edge.office_now(), NationalAlmanac(), person))


def report(edge: Edge, name: str, code: str, value: int, *periods: Period) -> None:
    new = [NewReport(edge.made.indicators[code], period, Decimal(value)) for period in periods]
    at_desk(edge, name, lambda desk: desk.submit(new))


def told(edge: Edge, name: str, words: str) -> list[str]:
    """The first lines of what somebody was told that has these words."""
    return [text.split("\n")[0] for text in edge.phones.heard(ADDRESSES[name]) if words in text]


async def test_what_is_new_in_a_queue_is_told_once_a_working_day_when_reminders_go_out(office: Edge) -> None:
    report(office, SARI, BUKU, 1, MARCH)
    report(office, SARI, PERDES, 1, MARCH)
    await tick(office, wita(31, 15, month=3))
    assert told(office, DEWI, "angka baru") == []  # it came after the hour
    await tick(office, wita(1, 7))
    assert told(office, DEWI, "angka baru") == []
    await tick(office, wita(1, 8))
    report(office, JOKO, ARSIP, 233, MARCH)
    await tick(office, wita(1, 9))
    await tick(office, wita(2, 9))  # a Saturday
    first = "Bu Dewi Lestari, 2 angka baru menunggu verifikasi Anda. 2 di antaranya perlu dilihat."
    assert told(office, DEWI, "angka baru") == [first]
    await tick(office, wita(4, 8))
    await tick(office, wita(5, 8))  # nothing is new, though three wait
    second = "Bu Dewi Lestari, 1 angka baru menunggu verifikasi Anda. 1 di antaranya perlu dilihat."
    assert told(office, DEWI, "angka baru") == [first, second]
    assert [name for name in (RATNA, AGUS, SARI, JOKO) if told(office, name, "angka baru")] == []


async def test_what_was_verified_before_the_message_is_put_into_words_is_not_counted(office: Edge) -> None:
    report(office, SARI, BUKU, 1, MARCH)
    at_desk(office, DEWI, lambda desk: desk.checking.verify([one.given.report_id for one in desk.checking.queue()]))
    await tick(office, wita(1, 8))
    assert told(office, DEWI, "angka baru") == []


async def test_the_camat_is_told_once_that_a_quarter_is_wholly_verified(office: Edge) -> None:
    months = Period.quarter(2022, 1).split(MARCH.kind)
    report(office, SARI, BUKU, 1, *months)
    report(office, SARI, PERDES, 1, FEBRUARY, MARCH)
    report(office, SARI, PBB, 25, QUARTER)
    report(office, JOKO, GAJI, 10, *months)
    report(office, JOKO, ARSIP, 233, *months)
    await tick(office, wita(1, 8))
    assert told(office, RATNA, "sudah terverifikasi") == []
    at_desk(office, DEWI, lambda desk: desk.checking.verify([one.given.report_id for one in desk.checking.queue()]))
    for day in (1, 4, 5):
        await tick(office, wita(day, 9))
    whole = "Bu Ratna Dewanti, semua angka TW I 2022 sudah terverifikasi; 12 menunggu pengesahan Anda."
    assert told(office, RATNA, "sudah terverifikasi") == [whole]
    await office.say(ADDRESSES[RATNA], "sahkan tw i")
    await office.say(ADDRESSES[RATNA], "sahkan")
    assert "disahkan seluruhnya" in office.phones.heard(ADDRESSES[RATNA])[-1]


async def test_what_is_previewed_is_said_once_as_long_as_nobody_does_anything(office: Edge) -> None:
    report(office, SARI, BUKU, 1, MARCH)
    planned = preview(office.engine, "2022-04-01", "2022-04-08", None)
    assert [(one.person, f"{one.at:%d %H}") for one in planned if one.kind == "to_check"] == [("Dewi Lestari", "01 08")]
