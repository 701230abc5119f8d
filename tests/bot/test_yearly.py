"""In November the admin learns that next year's cuti bersama is unknown: once a year, on a working day, in hours."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.edge import Edge, tick

pytestmark = pytest.mark.sampled_on_postgresql

DEWI, SARI = "1003", "1001"


def wita(year: int, month: int, day: int, hour: int) -> datetime:
    """A moment on the office's clock."""
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """The admin and a Kasi have joined."""
    edge.office_now.now = wita(2022, 3, 28, 7)
    await edge.join("Dewi Lestari", DEWI)
    await edge.join("Sari Andini", SARI)
    edge.phones.sent.clear()
    return edge


async def through_november(edge: Edge, year: int) -> list[str]:
    """The warnings of a November, looked for every six hours."""
    moment = wita(year, 10, 31, 9)
    while moment < wita(year, 12, 2, 0):
        await tick(edge, moment)
        moment += timedelta(hours=6)
    return warnings(edge, DEWI)


def warnings(edge: Edge, address: str) -> list[str]:
    return [text for text in edge.phones.heard(address) if "Cuti bersama" in text]


async def test_a_year_whose_decree_is_known_brings_no_warning(office: Edge) -> None:
    assert await through_november(office, 2025) == []


async def test_a_year_whose_decree_is_unknown_is_told_to_the_admin_once(office: Edge) -> None:
    assert len(await through_november(office, 2027)) == 1
    assert "Cuti bersama 2028 belum dikenal" in warnings(office, DEWI)[0]
    assert warnings(office, SARI) == []
    await through_november(office, 2028)
    assert len(warnings(office, DEWI)) == 2


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (wita(2027, 10, 29, 9), 0),
        (wita(2026, 11, 2, 9), 0),
        (wita(2027, 11, 1, 7), 0),
        (wita(2027, 11, 1, 17), 0),
        (wita(2028, 11, 4, 9), 0),
        (wita(2028, 11, 5, 9), 0),
        (wita(2027, 11, 1, 9), 1),
        (wita(2028, 11, 6, 9), 1),
        (wita(2027, 12, 1, 9), 0),
    ],
    ids=[
        "October",
        "known",
        "before hours",
        "after hours",
        "Saturday",
        "Sunday",
        "Monday",
        "after the weekend",
        "late",
    ],
)
async def test_the_warning_comes_in_november_in_hours_on_a_working_day(
    office: Edge, moment: datetime, told: int
) -> None:
    await tick(office, moment)
    assert len(warnings(office, DEWI)) == told
