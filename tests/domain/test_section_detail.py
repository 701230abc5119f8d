"""One section with its indicators, on Monday 4 April 2022, worked out by hand.

    indicator        targets                    reported            s/d March                  reads
    Buku wajib       1 a month                  1, 1, 1             3 of 3      100            Sangat Tinggi
    Peraturan desa   1 a month                  1, 0, 0             1 of 3      33,33          Sangat Rendah
    Keuangan desa    - 1 1                      -, 1, missing       1 of 2      50             sementara
    Lomba desa       only in June               nothing             no target                  belum jatuh tempo
    Arsip            4 a quarter, by months     1, 1, 1             3 of 4      75             Sedang (75,00 < 76)

The mean of what is complete: (100 + 33,33 + 75) / 3 = 69,44; one of four is missing, so there is no predikat.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.achievement import Cap, rounded
from domain.modes import Mode, Polarity, Rhythm
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Role
from domain.roles import OrgPost
from domain.scales import ScaleKey
from domain.section_detail import section_detail
from domain.standing import Standing
from domain.summary import Coverage, IndicatorFigures, SectionDetail
from domain.working_calendar import WorkingCalendar
from tests.duties import duty
from tests.summaries import summarise

MONDAY = date(2022, 4, 4)
POSTS = (
    OrgPost(1, "Camat", Role.CAMAT, None),
    OrgPost(4, "Kasi Pemerintahan", Role.KASI, 1, "Seksi Pemerintahan"),
    OrgPost(5, "Pengadministrasi", Role.PELAKSANA, 4),
    OrgPost(6, "Kasi Kesra", Role.KASI, 1, "Seksi Kesra"),
)
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
FULL = {"2022-01": 1, "2022-02": 1, "2022-03": 1}
BUKU = duty("Buku wajib", MONTHLY, FULL, number=1, post=4)
PERDES = duty("Peraturan desa", MONTHLY, {"2022-01": 1, "2022-02": 0, "2022-03": 0}, number=2, post=4)
KEUANGAN = duty("Keuangan desa", "- 1 1 2 1 1 1 1 1 1 1 1", {"2022-02": 1}, number=3, post=5)
LOMBA = duty("Lomba desa", "- - - - - 1 - - - - - -", number=4, post=4)
ARSIP = duty("Arsip", "4 4 4 4", FULL, number=5, post=5, rhythm=Rhythm.MONTHLY)
KESRA = duty("Bantuan", MONTHLY, FULL, number=6, post=6)
DUTIES = (BUKU, PERDES, KEUANGAN, LOMBA, ARSIP, KESRA)


def office(cap: Cap = Cap.AT_100) -> Office:
    calendar = WorkingCalendar(frozenset())
    return Office("Asia/Jakarta", OfficeRules(cap=cap), calendar, {post.id: post for post in POSTS}, ())


def detail(
    duties: Sequence[Duty] = DUTIES, today: date = MONDAY, section: str = "Seksi Pemerintahan", cap: Cap = Cap.AT_100
) -> SectionDetail:
    made = section_detail("Kecamatan Sukamaju", section, duties, today, office(cap))
    assert made is not None
    return made


def shown(figures: IndicatorFigures) -> tuple[str, str | None, str | None, str | None, str | None, str]:
    capaian = None if figures.capaian is None else str(rounded(figures.capaian))
    numbers = [None if value is None else str(value) for value in (figures.target, figures.realisation)]
    return (figures.name, *numbers, capaian, figures.predicate, figures.no_capaian)  # pyright: ignore[reportReturnType]  # two numbers


def test_the_section_as_worked_out_by_hand() -> None:
    made = detail()
    assert (made.office, made.section, made.period) == ("Kecamatan Sukamaju", "Seksi Pemerintahan", "2022-03")
    assert [shown(row) for row in made.indicators] == [
        ("Buku wajib", "3", "3", "100.00", "Sangat Tinggi", ""),
        ("Peraturan desa", "3", "1", "33.33", "Sangat Rendah", ""),
        ("Keuangan desa", "2", "1", "50.00", None, ""),
        ("Lomba desa", None, None, None, None, "belum jatuh tempo"),
        ("Arsip", "4", "3", "75.00", "Sedang", ""),
    ]
    assert [(row.reported, row.due) for row in made.indicators] == [(3, 3), (3, 3), (1, 2), (0, 0), (3, 3)]
    assert made.coverage == Coverage(due=4, reported=3, computable=3, without_target=1, verified=0)
    assert made.mean is not None and str(rounded(made.mean)) == "69.44"
    assert made.predicate is None and made.provisional and not made.sample


def test_the_numbers_are_those_of_the_summary() -> None:
    for cap in Cap:
        whole = summarise("Kecamatan Sukamaju", DUTIES, MONDAY, office(cap))
        assert whole is not None
        for line in whole.sections:
            made = detail(section=line.name, cap=cap)
            assert (made.predicate, made.coverage) == (line.predicate, line.coverage)
            assert made.mean is not None and line.mean is not None
            assert rounded(made.mean) == rounded(line.mean)  # a summary adds up what is kept, with six decimals


def test_a_complete_section_carries_its_predikat() -> None:
    made = detail((BUKU, PERDES, ARSIP, LOMBA))
    assert (made.coverage.complete, made.predicate) == (True, "Sedang")


def test_what_is_planned_by_quarters_is_judged_at_the_last_quarters_end() -> None:
    """Reported by months: in May TW I is still what is known of it, though April is in."""
    april = duty("Arsip", "4 4 4 4", {**FULL, "2022-04": 1}, number=5, post=5, rhythm=Rhythm.MONTHLY)
    (row,) = detail((april,), date(2022, 5, 9)).indicators
    assert shown(row) == ("Arsip", "4", "3", "75.00", "Sedang", "")


def test_before_the_first_period_ends_there_is_nothing_to_show() -> None:
    assert section_detail("Kecamatan Sukamaju", "Seksi Pemerintahan", DUTIES, date(2022, 1, 31), office()) is None
    assert section_detail("Kecamatan Sukamaju", "Seksi Hantu", DUTIES, MONDAY, office()) is None


def test_a_quarter_that_still_runs_is_not_due_beside_months_that_ended() -> None:
    quarterly = duty("PBB", "25 50 75 100", number=7, post=4, mode=Mode.CUM)
    made = detail((BUKU, quarterly), date(2022, 3, 28))
    assert [shown(row)[-1] for row in made.indicators] == ["", "belum jatuh tempo"]
    assert made.coverage == Coverage(1, 1, 1, verified=0)


@pytest.mark.parametrize(("values", "reported"), [({"2022-TW2": 40}, (2, 2)), ({"2022-TW1": 25}, (1, 2)), ({}, (0, 2))])
def test_a_position_that_came_later_stands_for_an_earlier_one(
    values: dict[str, int], reported: tuple[int, int]
) -> None:
    quarterly = duty("PBB", "25 50 75 100", values, number=7, post=4, mode=Mode.CUM)
    (row,) = detail((quarterly,), date(2022, 7, 4)).indicators
    assert (row.reported, row.due) == reported
    assert (row.predicate is not None) == row.complete == (reported[0] == reported[1])


def test_nothing_reported_is_missing_and_never_zero() -> None:
    (row,) = detail((duty("Buku wajib", MONTHLY, number=1, post=4),)).indicators
    assert shown(row) == ("Buku wajib", "3", None, None, None, "belum lapor")


def test_a_zero_target_that_was_missed_and_no_target_at_all() -> None:
    broken = duty("Pelanggaran", " ".join("0" * 12), {**FULL}, number=8, post=4, polarity=Polarity.NEGATIVE)
    without = duty("Tanpa", "- - - - - - - - - - - -", number=9, post=4)
    made = detail((broken, without))
    assert [shown(row)[-1] for row in made.indicators] == ["tidak tercapai (target 0)", "tanpa target"]


def test_progress_towards_the_year_has_no_predikat() -> None:
    yearly = duty("Desa tertib", "- - - -", {"2022-TW1": 5}, number=8, post=4, mode=Mode.CUM, annual=20)
    (row,) = detail((yearly,)).indicators
    assert shown(row) == ("Desa tertib", "20", "5", "25.00", None, "")
    assert row.complete


def test_an_invented_figure_of_the_section_marks_it_and_no_other() -> None:
    invented = replace(BUKU, samples=frozenset({Period.parse("2022-03")}))
    assert detail((invented, KESRA)).sample
    assert not detail((invented, KESRA), section="Seksi Kesra").sample


def test_in_the_new_year_the_old_plan_is_shown_until_a_period_of_the_new_one_has_ended() -> None:
    new = duty("Buku wajib", MONTHLY, {"2023-01": 1}, number=9, post=4, year=2023)
    assert len(detail((*DUTIES, new), date(2023, 1, 16)).indicators) == 5
    (row,) = detail((*DUTIES, new), date(2023, 2, 6)).indicators
    assert (row.target, row.realisation) == (Decimal(1), Decimal(1))


def test_the_office_chooses_by_which_scale_it_is_rated() -> None:
    """75 % is Sedang by Scale A, and Berhasil of the four levels."""
    four = replace(office(), rules=OfficeRules(scale=ScaleKey.FOUR))
    assert [one.predicate for one in detail((ARSIP,)).indicators] == ["Sedang"]
    made = section_detail("Kecamatan Sukamaju", "Seksi Pemerintahan", (ARSIP,), MONDAY, four)
    assert made is not None
    assert (made.scale, made.predicate, made.indicators[0].predicate) == (ScaleKey.FOUR, "Berhasil", "Berhasil")


def test_a_gap_of_the_printed_table_is_closed_as_the_office_chooses() -> None:
    """181 of 200 is 90.5 %, which is 91 only when it is rounded first."""
    made = duty("Arsip", "200 - - -", {"2022-TW1": 181}, post=4)
    assert [one.predicate for one in detail((made,)).indicators] == ["Tinggi"]
    whole_percents = replace(office(), rules=OfficeRules(rounded=True))
    summary = summarise("Kecamatan Sukamaju", (made,), MONDAY, whole_percents)
    assert summary is not None and summary.predicate == "Sangat Tinggi"


def test_a_section_and_its_indicators_say_how_far_they_have_come() -> None:
    def verified(one: Duty) -> Duty:
        return replace(one, standings=dict.fromkeys(one.values, Standing.VERIFIED))

    made = detail((verified(BUKU), PERDES, verified(KEUANGAN), LOMBA, ARSIP))
    assert [row.checked for row in made.indicators] == [
        Standing.VERIFIED,
        Standing.REPORTED,
        Standing.MISSING,
        None,
        Standing.REPORTED,
    ]
    assert (made.coverage.verified, made.provisional) == (1, True)
    assert not detail((verified(BUKU), verified(PERDES), LOMBA)).provisional
