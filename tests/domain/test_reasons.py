"""Which figures are to be explained, what answers, and what is offered to say."""

from datetime import date
from decimal import Decimal

import pytest

from domain.explaining import Asked, ExplainRule
from domain.modes import Mode, Rhythm
from domain.periods import Period
from domain.reasons import (
    Explained,
    asked_about,
    before,
    is_answered,
    is_quarter_end,
    newest_reported,
    split_answer,
    suggested,
    worst_first,
)
from tests.duties import duty, service

RULE = ExplainRule()
FEBRUARY, MARCH = Period.month(2022, 2), Period.month(2022, 3)
TENS = "10 10 10 10 10 10 10 10 10 10 10 10"


@pytest.mark.parametrize(
    ("value", "which", "asked"),
    [
        (Decimal("7.5"), FEBRUARY, Asked.OBSTACLE),
        (Decimal("7.6"), FEBRUARY, None),
        (Decimal("9.9"), MARCH, Asked.OBSTACLE),
        (Decimal(10), MARCH, None),
        (Decimal(12), MARCH, None),
        (Decimal("12.1"), MARCH, Asked.DRIVER),
    ],
)
def test_a_month_asks_below_76_a_quarter_below_100_and_both_above_120(
    value: Decimal, which: Period, asked: Asked | None
) -> None:
    level = duty("Buku", TENS, {which.code: str(value)}, mode=Mode.LEVEL)
    assert asked_about(level, which, RULE) is asked


def test_what_is_no_judged_figure_is_not_asked_about() -> None:
    low = duty("Buku", TENS, {"2022-02": 1})
    assert asked_about(low, MARCH, RULE) is None  # nothing was reported
    assert asked_about(duty("Buku", TENS, {"2022-02": 1}, samples=frozenset({FEBRUARY})), FEBRUARY, RULE) is None
    assert asked_about(service("Surat", {"2022-02": 0}), FEBRUARY, RULE) is None
    untargeted = duty("Buku", "- - 10 - - - - - - - - -", {"2022-02": 1})
    assert asked_about(untargeted, FEBRUARY, RULE) is None


def test_progress_towards_the_year_is_asked_about_at_its_end_only() -> None:
    progress = {"2022-TW1": 10, "2022-TW4": 50}
    yearly = duty("PBB", "- - - -", progress, mode=Mode.CUM, rhythm=Rhythm.QUARTERLY, annual=100)
    assert asked_about(yearly, Period.quarter(2022, 1), RULE) is None
    assert asked_about(yearly, Period.quarter(2022, 4), RULE) is Asked.OBSTACLE


@pytest.mark.parametrize(
    ("asked", "kind", "then", "now", "answered"),
    [
        (Asked.OBSTACLE, Asked.OBSTACLE, "50", "50", True),
        (Asked.OBSTACLE, Asked.OBSTACLE, "50", "60", True),
        (Asked.OBSTACLE, Asked.OBSTACLE, "50", "49.99", False),
        (Asked.OBSTACLE, Asked.DRIVER, "130", "50", False),
        (Asked.DRIVER, Asked.DRIVER, "130", "125", True),
        (Asked.OBSTACLE, Asked.OBSTACLE, None, "50", True),
    ],
)
def test_a_figure_is_asked_about_again_when_it_became_worse(
    asked: Asked, kind: Asked, then: str | None, now: str, answered: bool
) -> None:
    said = Explained(kind, "Menunggu desa", capaian=None if then is None else Decimal(then))
    assert is_answered(asked, Decimal(now), said) is answered
    assert not is_answered(asked, Decimal(now), None)


def test_the_lowest_comes_first() -> None:
    low, lower = duty("Buku", TENS, {"2022-01": 5}), duty("Perdes", TENS, {"2022-01": 1}, number=2)
    january = Period.month(2022, 1)
    assert [one.name for one, _which in worst_first([(low, january), (lower, january)])] == ["Perdes", "Buku"]


def test_periods_before_and_newest() -> None:
    assert before(MARCH) == FEBRUARY
    assert before(Period.month(2022, 1)) is None
    assert newest_reported(duty("Buku", TENS, {"2022-01": 5, "2022-03": 1})) == MARCH
    assert newest_reported(duty("Buku", TENS)) is None
    ends = [is_quarter_end(one) for one in (FEBRUARY, MARCH, Period.quarter(2022, 2), Period.whole_year(2022))]
    assert ends == [False, True, True, True]


@pytest.mark.parametrize(
    ("typed", "cause", "action"),
    [
        ("menunggu desa; surat ke desa minggu ini", "Menunggu desa", "Surat ke desa minggu ini"),
        ("Menunggu desa\nsurat ke desa", "Menunggu desa", "Surat ke desa"),
        ("menunggu desa, tindak lanjut: surat; rapat", "Menunggu desa", "Surat; rapat"),
        ("menunggu desa. Tindak lanjutnya: surat", "Menunggu desa", "Surat"),
        ("kendala: menunggu desa\nRTL: surat", "Menunggu desa", "Surat"),
        ("menunggu desa", "Menunggu desa", ""),
        ("menunggu desa;", "Menunggu desa", ""),
        ("; surat", "", "Surat"),
        ("", "", ""),
    ],
)
def test_one_answer_may_hold_cause_and_action(typed: str, cause: str, action: str) -> None:
    assert split_answer(typed) == (cause, action)


def test_what_was_said_of_the_same_then_most_often_then_newest_is_offered() -> None:
    earlier = [(2, "Hujan"), (2, "Banjir"), (3, "hujan"), (2, "Longsor"), (1, "Cuti"), (3, "")]
    assert suggested(earlier, 1, ("Banjir", "Jauh")) == ("Cuti", "hujan", "Longsor", "Banjir", "Jauh")
    assert suggested([], 1, ("Banjir", "Jauh")) == ("Banjir", "Jauh")


def test_an_action_is_open_until_it_is_done() -> None:
    said = Explained(Asked.OBSTACLE, "Menunggu desa", "Surat", until=date(2022, 4, 29))
    assert said.is_open
    assert not Explained(Asked.OBSTACLE, "Menunggu desa").is_open
    assert not Explained(Asked.OBSTACLE, "Menunggu desa", "Surat", done=True).is_open
