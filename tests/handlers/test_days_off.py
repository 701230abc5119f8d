"""Days off are typed as a name and a date in either order, and every deadline that moves is told."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.holiday_dates import NationalAlmanac
from handlers.days_off import DayOff, Draft, Step, ask, read_day_off
from handlers.messages import Choose
from storage.desk import Desk
from storage.engine import writing
from tests.offices import make_office

TODAY = date(2022, 3, 29)
NOW = datetime(2022, 3, 29, 1, tzinfo=UTC)
GALUNGAN = date(2022, 6, 8)


@pytest.mark.parametrize(
    ("line", "day", "note"),
    [
        ("Galungan 8 Juni", GALUNGAN, "Galungan"),
        ("Galungan 8 Juni 2022", GALUNGAN, "Galungan"),
        ("8 juni 2022: Galungan", GALUNGAN, "Galungan"),
        ("Galungan, Rabu 8 Juni 2022", GALUNGAN, "Galungan"),
        ("Hari Raya Galungan - 8/6", GALUNGAN, "Hari Raya Galungan"),
        ("8 Juni Galungan ke 2", GALUNGAN, "Galungan ke 2"),
        ("08-06-2022", GALUNGAN, "Libur kantor"),
        ("HUT kabupaten besok", date(2022, 3, 30), "HUT kabupaten"),
    ],
)
def test_a_name_and_a_date_in_either_order(line: str, day: date, note: str) -> None:
    assert read_day_off(line, TODAY) == DayOff(day=day, note=note)


@pytest.mark.parametrize(
    "line", ["Galungan", "8 Juni =SUM(A1)", "8 Juni <b>x</b>", "Galungan Selasa 8 Juni 2022", "31/2"]
)
def test_what_is_no_name_with_a_date_is_not_guessed(line: str) -> None:
    assert read_day_off(line, TODAY) is None


def asked(engine: Engine, added: Sequence[date], removed: Sequence[date] = (), own: Sequence[date] = ()) -> str:
    """What the confirmation says, in an office with these days off of its own."""
    with writing(engine) as connection:
        made = make_office(connection)
        desk = Desk(connection, made.id, NOW, NationalAlmanac(), made.people["Dewi Lestari"])
        for day in own:
            desk.settings.add_day_off(day, "Libur")
        draft = Draft(added=tuple(DayOff(day=day, note="Libur") for day in added), removed=tuple(removed))
        question = ask(Step.CONFIRM, draft, desk)
        assert isinstance(question, Choose)
        return question.text


def test_every_deadline_that_moves_is_told(engine: Engine) -> None:
    text = asked(engine, [date(2022, 7, 5), date(2022, 10, 10)])
    assert "• Juni 2022: Senin 4 Juli, kini Selasa 5 Juli" in text
    assert "• September 2022 (kabupaten): Jumat 7 Oktober, kini Senin 10 Oktober" in text
    assert text.count("kini") == 2


def test_a_day_that_is_removed_is_worked_again_unless_the_country_is_free(engine: Engine) -> None:
    text = asked(engine, [], [date(2022, 7, 5), date(2022, 8, 17)], own=[date(2022, 7, 5), date(2022, 8, 17)])
    assert text.endswith("Batas yang bergeser:\n• Juni 2022: Selasa 5 Juli, kini Senin 4 Juli")


def test_a_day_that_moves_nothing_says_so(engine: Engine) -> None:
    assert asked(engine, [GALUNGAN]).endswith("Tidak ada batas yang bergeser.")


def test_a_year_full_of_days_off_fits_into_a_message(engine: Engine) -> None:
    days = [date(2022, 4, 1) + timedelta(days=number) for number in range(200)]
    assert "lainnya" in asked(engine, days[::2], days[1::2], own=days[1::2])
    with writing(engine) as connection:
        made = make_office(connection, name="Sukapenuh")
        desk = Desk(connection, made.id, NOW, NationalAlmanac(), made.people["Dewi Lestari"])
        for day in days:
            desk.settings.add_day_off(day, "Libur yang panjang sekali namanya " * 2)
        assert isinstance(ask(Step.LIST, Draft(), desk), Choose)
