"""The weekly summary of an invented office, worked out by hand, and the rules for what is not reported.

Monday 4 April 2022: March and TW I have ended and wait for their cut-off. What is s/d March, in percent:

    Sekretariat          Laporan keuangan   4 of 3   133,33 -> 100 (cap)
                         Penyerapan         20 of 25  80              mean 90           complete: Tinggi
    Seksi Pemerintahan   Buku wajib         3 of 3   100
                         Peraturan desa     1 of 3    33,33
                         Keuangan desa      March is missing          mean 66,67        incomplete: no predikat
    Seksi Kesra          Lomba desa         target only in June       no mean           nothing due

The office: (100 + 80 + 100 + 33,33) / 4 = 78,33 of what was reported; one of five is missing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.achievement import Cap, rounded
from domain.deadlines import CutOff, CutOffKind
from domain.modes import Mode, Polarity, Rhythm
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Role
from domain.roles import OrgPost
from domain.standing import Standing
from domain.summary import Coverage, OfficeSummary, Overdue
from domain.working_calendar import WorkingCalendar
from tests.duties import duty
from tests.summaries import summarise

MONDAY = date(2022, 4, 4)
CALENDAR = WorkingCalendar(frozenset())
POSTS = (
    OrgPost(1, "Camat", Role.CAMAT, None),
    OrgPost(2, "Sekretaris Kecamatan", Role.SEKRETARIS, 1, "Sekretariat"),
    OrgPost(3, "Bendahara", Role.PELAKSANA, 2),
    OrgPost(4, "Kasi Pemerintahan", Role.KASI, 1, "Seksi Pemerintahan"),
    OrgPost(5, "Kasi Kesra", Role.KASI, 1, "Seksi Kesra"),
)
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
FULL = {"2022-01": 1, "2022-02": 1, "2022-03": 1}

BUKU = duty("Buku wajib", MONTHLY, FULL, number=1, post=4)
PERDES = duty("Peraturan desa", MONTHLY, {"2022-01": 1, "2022-02": 0, "2022-03": 0}, number=2, post=4)
KEUANGAN_DESA = duty("Keuangan desa", "- 1 1 2 1 1 1 1 1 1 1 1", {"2022-02": 1}, number=3, post=4)
LAPORAN = duty("Laporan keuangan", MONTHLY, {**FULL, "2022-03": 2}, number=4, post=3)
PENYERAPAN = duty("Penyerapan", "25 50 75 100", {"2022-TW1": 20}, number=5, post=2, mode=Mode.CUM)
LOMBA = duty("Lomba desa", "- - - - - 1 - - - - - -", number=6, post=5)
DUTIES = (BUKU, PERDES, KEUANGAN_DESA, LAPORAN, PENYERAPAN, LOMBA)


def on(
    today: date,
    duties: Sequence[Duty] = DUTIES,
    before: OfficeSummary | None = None,
    rules: OfficeRules | None = None,
) -> OfficeSummary | None:
    chosen = rules or OfficeRules()
    office = Office("Asia/Jakarta", chosen, CALENDAR, {post.id: post for post in POSTS}, ())
    return summarise("Kecamatan Sukamaju", duties, today, office, before)


def summary(
    today: date = MONDAY,
    duties: Sequence[Duty] = DUTIES,
    before: OfficeSummary | None = None,
    rules: OfficeRules | None = None,
) -> OfficeSummary:
    made = on(today, duties, before, rules)
    assert made is not None
    return made


def percent(value: Decimal | None) -> str | None:
    return None if value is None else str(rounded(value))


def test_the_office_as_worked_out_by_hand() -> None:
    made = summary()
    assert (made.office, made.period, made.closed_period) == ("Kecamatan Sukamaju", "2022-03", "2022-03")
    assert (made.posts_due, made.posts_reported, made.missing_posts) == (3, 2, ("Kasi Pemerintahan",))
    assert made.coverage == Coverage(due=5, reported=4, computable=4, without_target=1, verified=0)
    assert percent(made.mean) == "78.33"
    assert made.predicate is None
    assert made.provisional
    assert not made.sample


def test_the_sections_as_worked_out_by_hand() -> None:
    lines = [
        (line.name, line.coverage.reported, line.coverage.due, percent(line.mean), line.predicate)
        for line in summary().sections
    ]
    assert lines == [
        ("Sekretariat", 2, 2, "90.00", "Tinggi"),
        ("Seksi Pemerintahan", 2, 3, "66.67", None),
        ("Seksi Kesra", 0, 0, None, None),
    ]


def test_the_furthest_behind_come_first_and_a_missing_figure_is_not_among_them() -> None:
    behind = [(one.name, one.target, one.realisation, percent(one.capaian), one.section) for one in summary().behind]
    assert behind == [
        ("Peraturan desa", 3, 1, "33.33", "Seksi Pemerintahan"),
        ("Penyerapan", 25, 20, "80.00", "Sekretariat"),
    ]


def test_no_more_than_three_are_named_and_equals_stand_in_the_order_of_the_plan() -> None:
    values = ({"2022-01": 1, "2022-02": 1, "2022-03": 0}, {"2022-01": 1, "2022-02": 0, "2022-03": 0})
    duties = [duty(f"Indikator {n}", MONTHLY, values[n % 2], number=n, post=4) for n in range(5)]
    assert [one.name for one in summary(duties=duties).behind] == ["Indikator 1", "Indikator 3", "Indikator 0"]


def test_a_complete_office_carries_its_predikat() -> None:
    made = summary(duties=(BUKU, PERDES, LAPORAN, PENYERAPAN, LOMBA))
    assert (percent(made.mean), made.predicate) == ("78.33", "Tinggi")


def test_the_cap_is_the_offices_choice() -> None:
    sekretariat = (LAPORAN, PENYERAPAN)
    assert percent(summary(duties=sekretariat, rules=OfficeRules(cap=Cap.AT_120)).mean) == "100.00"
    assert percent(summary(duties=sekretariat, rules=OfficeRules(cap=Cap.NONE)).mean) == "106.67"


def test_a_capaian_below_zero_counts_as_zero() -> None:
    worse = duty("Pelanggaran", MONTHLY, {**FULL, "2022-03": 9}, number=8, post=4, polarity=Polarity.NEGATIVE)
    made = summary(duties=(BUKU, worse))
    assert percent(made.mean) == "50.00"
    assert percent(made.behind[0].capaian) == "-166.67"


def test_what_was_reported_without_a_capaian_is_neither_missing_nor_counted() -> None:
    zero = duty("Pelanggaran", "0 0 0 0 0 0 0 0 0 0 0 0", FULL, number=8, post=4, polarity=Polarity.NEGATIVE)
    made = summary(duties=(BUKU, zero))
    assert made.coverage == Coverage(due=2, reported=2, computable=1, verified=0)
    assert (percent(made.mean), made.predicate) == ("100.00", "Sangat Tinggi")


def test_late_fulfilment_is_not_missing() -> None:
    aset = duty("Pelaporan aset", "13 - - - - - - - - - - -", {"2022-01": 0}, number=8, post=5)
    made = summary(duties=(BUKU, aset))
    assert made.missing_posts == ()
    assert percent(made.mean) == "50.00"


def test_nothing_reported_is_missing_and_never_zero() -> None:
    made = summary(duties=[duty("Buku wajib", MONTHLY, number=1, post=4)])
    assert made.coverage == Coverage(due=1, reported=0, computable=0, verified=0)
    assert (made.mean, made.predicate, made.behind) == (None, None, ())
    assert (made.posts_reported, made.missing_posts) == (0, ("Kasi Pemerintahan",))


def test_before_the_first_period_ends_there_is_coverage_of_posts_but_no_capaian() -> None:
    early = duty("Buku wajib", MONTHLY, {"2022-01": 1}, number=1, post=4)
    made = summary(date(2022, 1, 17), (early, LOMBA))
    assert (made.period, made.closed_period) == ("2022-01", "")
    assert (made.posts_due, made.posts_reported) == (1, 1)
    assert (made.mean, made.predicate, made.change) == (None, None, None)
    assert made.coverage == Coverage(0, 0, 0, verified=0)


def test_a_period_that_still_runs_is_never_judged() -> None:
    made = summary(date(2022, 3, 28))
    assert (made.period, made.closed_period) == ("2022-03", "2022-02")
    assert [one.name for one in made.behind] == ["Peraturan desa"]
    assert percent(made.behind[0].capaian) == "50.00"


def test_without_anything_to_report_there_is_no_summary() -> None:
    assert on(MONDAY, ()) is None
    assert on(date(2021, 12, 31)) is None
    assert on(date(2023, 6, 1)) is None


def test_a_complete_month_is_shown_until_its_cut_off() -> None:
    complete = summary(duties=(BUKU,))
    assert (complete.period, complete.posts_reported, complete.posts_due) == ("2022-03", 1, 1)
    assert complete.missing_posts == ()


def test_after_the_cut_off_the_next_month_runs() -> None:
    made = summary(date(2022, 4, 6))
    assert (made.period, made.closed_period) == ("2022-04", "2022-03")
    assert made.posts_reported == 0


def test_in_the_gap_before_a_new_plan_the_last_closing_is_shown() -> None:
    rules = OfficeRules(internal=CutOff(CutOffKind.DAY, 2), kabupaten=CutOff(CutOffKind.DAY, 20))
    made = summary(date(2023, 1, 16), rules=rules)
    assert (made.period, made.closed_period) == ("2022-12", "2022-12")


def test_in_the_new_year_the_old_plan_is_judged_until_a_period_of_the_new_one_has_ended() -> None:
    new = duty("Buku wajib", MONTHLY, {"2023-01": 1}, number=9, post=4, year=2023)
    january, february = summary(date(2023, 1, 16), (*DUTIES, new)), summary(date(2023, 2, 6), (*DUTIES, new))
    assert (january.period, january.closed_period) == ("2023-01", "2022-12")
    assert january.coverage.due == 6
    assert (february.closed_period, february.coverage) == ("2023-01", Coverage(1, 1, 1, verified=0))


def test_the_change_since_last_week() -> None:
    week_ago = summary(date(2022, 4, 1), duties=(*DUTIES[:3], duty("Laporan keuangan", MONTHLY, number=4, post=3)))
    assert percent(week_ago.mean) == "66.67"
    made = summary(before=week_ago)
    assert made.posts_reported_before == 0
    assert percent(made.change) == "11.67"
    changes = {line.name: percent(line.change) for line in made.sections}
    assert changes == {"Sekretariat": None, "Seksi Pemerintahan": "0.00", "Seksi Kesra": None}


def test_means_to_the_end_of_different_periods_are_not_compared() -> None:
    in_march = summary(date(2022, 3, 28))
    made = summary(before=in_march)
    assert in_march.period == made.period
    assert made.change is None
    assert [line.change for line in made.sections] == [None, None, None]
    assert made.posts_reported_before == in_march.posts_reported


def test_the_first_summary_has_no_change() -> None:
    made = summary()
    assert (made.change, made.posts_reported_before) == (None, None)


def test_the_indicators_of_the_camat_have_a_line_of_their_own() -> None:
    made = summary(duties=(replace(BUKU, post_id=1), PENYERAPAN))
    assert [line.name for line in made.sections] == ["Camat", "Sekretariat"]


def test_an_invented_figure_marks_the_whole_summary() -> None:
    march = frozenset({Period.parse("2022-03")})
    assert summary(duties=(replace(BUKU, samples=march), PENYERAPAN)).sample
    later = frozenset({Period.parse("2022-05")})
    assert not summary(duties=(replace(BUKU, samples=later), PENYERAPAN)).sample


def test_an_annual_target_alone_is_judged_as_progress() -> None:
    quarterly = duty(
        "Desa tertib", "- - - -", {"2022-TW1": 5}, number=8, post=4, mode=Mode.CUM, rhythm=Rhythm.QUARTERLY, annual=20
    )
    made = summary(duties=(quarterly,))
    assert made.closed_period == "2022-TW1"
    assert percent(made.mean) == "25.00"
    assert made.predicate is None and made.sections[0].predicate is None


def test_a_period_that_is_asked_for_heads_its_summary() -> None:
    office = Office("Asia/Jakarta", OfficeRules(), CALENDAR, {post.id: post for post in POSTS}, ())
    quarter = Period.quarter(2022, 1)
    made = summarise("Kecamatan Sukamaju", DUTIES, MONDAY, office, of=quarter)
    assert made is not None
    assert made.period == "2022-TW1"


def test_what_is_long_overdue_stands_in_the_camats_list() -> None:
    late = (BUKU, PERDES, KEUANGAN_DESA)
    assert summary(date(2022, 4, 11), late).overdue == ()  # H+4
    assert summary(date(2022, 4, 12), late).overdue == (Overdue("Kasi Pemerintahan", "2022-03"),)


# --- what is verified -------------------------------------------------------------------------------------------------


def verified(one: Duty, standing: Standing = Standing.VERIFIED) -> Duty:
    return replace(one, standings=dict.fromkeys(one.values, standing))


def test_the_reports_of_the_period_are_counted_by_how_far_they_have_come() -> None:
    """Of five that are due for March or TW I four are in."""
    made = summary(duties=(verified(BUKU), verified(LAPORAN, Standing.APPROVED), PERDES, KEUANGAN_DESA, PENYERAPAN))
    assert (made.reports, made.verified_reports, made.approved_reports) == (4, 2, 1)
    assert made.provisional


def test_every_section_counts_what_is_verified_of_it() -> None:
    made = summary(duties=(verified(BUKU), PERDES, KEUANGAN_DESA, verified(LAPORAN), verified(PENYERAPAN), LOMBA))
    assert [(line.name, line.coverage.verified) for line in made.sections] == [
        ("Sekretariat", 2),
        ("Seksi Pemerintahan", 1),
        ("Seksi Kesra", 0),
    ]
    assert made.coverage.verified == 3


def test_an_office_is_not_provisional_once_everything_is_in_and_verified() -> None:
    assert not summary(duties=(verified(BUKU), verified(LAPORAN), LOMBA)).provisional
    assert summary(duties=(verified(BUKU), LAPORAN)).provisional
    assert summary(duties=(verified(BUKU), verified(KEUANGAN_DESA))).provisional
