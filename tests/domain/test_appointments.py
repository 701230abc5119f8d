"""Who may hold a post when, and what posts are called."""

from datetime import date

import pytest

from domain.absence import Holding
from domain.appointments import AppointmentRefused, Refusal, acting_until, check, definitif_holder, has_holder
from domain.plan import Capacity
from domain.titles import by_title, full_title, renamed

POST, SARI, JOKO = 4, 14, 15
PLT, PLH = Capacity.PLT, Capacity.PLH
JAN, APRIL, JUNE = date(2022, 1, 1), date(2022, 4, 1), date(2022, 6, 30)
SARI_HOLDS = Holding(POST, SARI, JAN)
SARI_LEFT = Holding(POST, SARI, JAN, date(2022, 3, 31))


@pytest.mark.parametrize(
    ("new", "beside", "why"),
    [
        (Holding(POST, JOKO, APRIL), [SARI_LEFT], None),
        (Holding(POST, JOKO, date(2022, 3, 31)), [SARI_LEFT], Refusal.HELD),
        (Holding(POST, JOKO, APRIL), [SARI_HOLDS], Refusal.HELD),
        (Holding(POST, JOKO, date(2021, 1, 1), date(2021, 12, 31)), [SARI_HOLDS], None),
        (Holding(POST, SARI, APRIL), [SARI_HOLDS], Refusal.TWICE),
        (Holding(5, SARI, APRIL), [SARI_HOLDS], None),
        (Holding(POST, JOKO, APRIL, JAN), [], Refusal.BACKWARDS),
        (Holding(POST, JOKO, APRIL, JUNE, PLT), [SARI_LEFT], None),
        (Holding(POST, JOKO, APRIL, JUNE, PLT), [SARI_HOLDS], Refusal.NOT_VACANT),
        (Holding(POST, JOKO, APRIL, None, PLT), [SARI_LEFT], Refusal.TOO_LONG),
        (Holding(POST, JOKO, APRIL, date(2022, 9, 30), PLT), [], None),
        (Holding(POST, JOKO, APRIL, date(2022, 10, 1), PLT), [], Refusal.TOO_LONG),
        (Holding(POST, JOKO, APRIL, JUNE, PLH), [SARI_HOLDS], None),
        (Holding(POST, JOKO, APRIL, JUNE, PLH), [SARI_LEFT], Refusal.VACANT),
        (Holding(POST, JOKO, APRIL, JUNE, PLH), [Holding(POST, SARI, JAN, JUNE, PLT)], None),
    ],
)
def test_what_can_stand_beside_what(new: Holding, beside: list[Holding], why: Refusal | None) -> None:
    if why is None:
        check(new, beside)
        return
    with pytest.raises(AppointmentRefused) as refused:
        check(new, beside)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("starts", "months", "last"),
    [
        (APRIL, 3, JUNE),
        (APRIL, 6, date(2022, 9, 30)),
        (date(2022, 3, 29), 3, date(2022, 6, 28)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2022, 10, 15), 6, date(2023, 4, 14)),
    ],
)
def test_how_long_a_plt_acts(starts: date, months: int, last: date) -> None:
    assert acting_until(starts, months) == last


def test_who_holds_a_post_in_their_own_right() -> None:
    plt = Holding(POST, JOKO, APRIL, JUNE, PLT)
    assert definitif_holder(POST, date(2022, 3, 31), [SARI_LEFT, plt]) == SARI
    assert definitif_holder(POST, APRIL, [SARI_LEFT, plt]) is None
    assert has_holder({POST}, APRIL, [SARI_LEFT, plt])
    assert not has_holder({POST}, date(2022, 7, 1), [SARI_LEFT, plt])


def test_a_post_of_a_kelurahan_is_called_with_its_name() -> None:
    assert full_title("Kasi Pemerintahan", "Kelurahan Bulak") == "Kasi Pemerintahan Kelurahan Bulak"
    assert full_title("Lurah Bulak", "Kelurahan Bulak") == "Lurah Bulak"
    assert full_title("Kasi Pemerintahan", "") == "Kasi Pemerintahan"


def test_a_present_title_goes_before_a_former_one() -> None:
    assert renamed(("Kasi A",), "Kasi B", "Kasi C") == ("Kasi A", "Kasi B")
    assert renamed(("Kasi A",), "Kasi B", "Kasi A") == ("Kasi B",)
    assert by_title({1: "Kasi C", 2: "Kasi A"}, {1: ["Kasi A", "Kasi B"]}) == {"Kasi A": 2, "Kasi B": 1, "Kasi C": 1}
