"""What a successor takes over, on the examples of domain.md 2.3 (B: Kubutambahan, G: Gumelar, S: Sidayu)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.handover import begins_in_the_middle, hand_over
from domain.modes import Mode
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Capacity
from domain.reviews import Returned
from tests.duties import duty, service

FIRST_OF_APRIL, FIRST_OF_AUGUST = date(2022, 4, 1), date(2022, 8, 1)
PERMITS = duty("B Ijin diterbitkan", "6 6 6 6 6 6 6 6 6 6 6 6", {"2022-01": 6, "2022-02": 5, "2022-03": 6}, annual=72)
COPIES = duty("S Penggandaan", "4144 7592 8195 5371", {"2022-TW1": 4000}, annual=25302)
GUARDS = duty("B Linmas dibina", "- - - - 489 - - - - - 489 -", {"2022-05": 480}, annual=489, mode=Mode.LEVEL)
TAX = duty("G Realisasi PBB", "25 50 75 100", {"2022-TW1": 24}, mode=Mode.CUM)
SATISFACTION = duty("G IKM", "- - - 84", mode=Mode.SINGLE)
MEETING = duty("G Peserta musrenbang", "250 - - -", {"2022-TW1": 245}, mode=Mode.SINGLE)
EXCEEDED = duty("S Rapat", "3 3 3 3", {"2022-TW1": 7, "2022-TW2": 6}, annual=12)


@pytest.mark.parametrize(
    ("row", "today", "reached", "left", "last", "missing", "following"),
    [
        (PERMITS, FIRST_OF_APRIL, 17, 55, "2022-03", [], "2022-04"),
        (COPIES, FIRST_OF_APRIL, 4000, 21302, "2022-TW1", [], "2022-TW2"),
        (GUARDS, FIRST_OF_AUGUST, 480, None, "2022-05", [], "2022-11"),
        (TAX, FIRST_OF_AUGUST, 24, None, "2022-TW1", ["2022-TW2"], "2022-TW3"),
        (SATISFACTION, FIRST_OF_APRIL, None, None, None, [], "2022-TW4"),
        (MEETING, FIRST_OF_APRIL, 245, None, "2022-TW1", [], None),
        (EXCEEDED, FIRST_OF_AUGUST, 13, 0, "2022-TW2", [], "2022-TW3"),
    ],
    ids=lambda value: value.name if isinstance(value, Duty) else None,
)
def test_what_remains_and_the_last_position(
    row: Duty,
    today: date,
    reached: int | None,
    left: int | None,
    last: str | None,
    missing: list[str],
    following: str | None,
) -> None:
    (found,) = hand_over([row], today)
    assert found.reached == (None if reached is None else Decimal(reached))
    assert found.left == (None if left is None else Decimal(left))
    assert (found.last and found.last.code, [one.code for one in found.missing]) == (last, missing)
    assert (found.following and found.following.code) == following


def test_nothing_reported_leaves_the_whole_year() -> None:
    (found,) = hand_over([duty("Surat", "10 10 10 10", annual=40)], FIRST_OF_APRIL)
    assert (found.reached, found.left, found.last) == (None, Decimal(40), None)
    assert [period.code for period in found.missing] == ["2022-TW1"]


def test_what_was_returned_is_no_missing_period_and_comes_first() -> None:
    march = Period.month(2022, 3)
    at = datetime(2022, 3, 30, tzinfo=UTC)
    returned = Returned(Decimal(6), None, None, "Lampirkan bukti", 1, 1, Capacity.DEFINITIF, at)
    waits = replace(
        duty("Ijin", "6 6 6 6 6 6 6 6 6 6 6 6", {"2022-01": 6, "2022-02": 6}, annual=72), returned={march: returned}
    )
    found = hand_over([PERMITS, waits], FIRST_OF_APRIL)
    assert [one.duty.name for one in found] == ["Ijin", "B Ijin diterbitkan"]
    assert (found[0].returned, found[0].missing) == ((march,), ())


def test_a_service_has_no_target_and_adds_up() -> None:
    (found,) = hand_over([service("Kartu Keluarga", {"2022-01": 100, "2022-02": 39})], FIRST_OF_APRIL)
    assert (found.reached, found.target, found.left) == (Decimal(139), None, None)
    assert [period.code for period in found.missing] == ["2022-03"]


def test_the_plan_that_runs_is_handed_over() -> None:
    old, new = duty("Lama", "1 1 1 1", year=2021), duty("Baru", "1 1 1 1", year=2022)
    ahead = duty("Nanti", "1 1 1 1", year=2023)
    assert [one.duty.name for one in hand_over([old, new, ahead], FIRST_OF_APRIL)] == ["Baru"]
    assert [one.duty.name for one in hand_over([old], FIRST_OF_APRIL)] == ["Lama"]
    assert hand_over([ahead], FIRST_OF_APRIL) == ()


def test_whoever_begins_with_the_year_follows_upon_nothing() -> None:
    assert not begins_in_the_middle([PERMITS], date(2022, 1, 1))
    assert begins_in_the_middle([PERMITS], date(2022, 1, 2))
    assert not begins_in_the_middle([], FIRST_OF_APRIL)
