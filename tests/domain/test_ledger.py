"""The year of an indicator, worked out by hand on real rows of domain.md 2.3, and what holds for every year.

The plans' targets are real; what was reported is invented. A table line reads: period, target, realisation, target
s/d, realisation s/d, capaian, capaian s/d, missing before, and whether a due report came ("lapor" or "belum").
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import AchievementRule, Formula, Standing, mean, rounded
from domain.ledger import (
    Figure,
    Measure,
    in_period,
    to_date,
    year_ledger,
)
from domain.modes import Mode, Rhythm, YearRule
from domain.periods import Period, PeriodKind, periods_of_year

YEAR = 2022
WHOLE_YEAR = Period.whole_year(YEAR)
LESS_IS_BETTER = AchievementRule(Formula.NEGATIVE)
LENGTHS = {4: PeriodKind.QUARTER, 12: PeriodKind.MONTH}


def series(printed: str) -> dict[Period, Decimal]:
    """Numbers of the 4 quarters or 12 months, `-` for none."""
    cells = printed.split()
    periods = periods_of_year(YEAR, LENGTHS[len(cells)])
    return {period: Decimal(cell) for period, cell in zip(periods, cells, strict=True) if cell != "-"}


def measure(
    mode: Mode,
    targets: str,
    annual: str | None = None,
    *,
    rhythm: Rhythm = Rhythm.QUARTERLY,
    year_rule: YearRule = YearRule.LAST,
    rule: AchievementRule | None = None,
) -> Measure:
    a = None if annual is None else Decimal(annual)
    return Measure(YEAR, mode, year_rule, rhythm, rule or AchievementRule(), series(targets), a)


def cell(number: Decimal | None) -> str:
    return "-" if number is None else f"{number}"


def percent(capaian: Decimal | None) -> str:
    return "-" if capaian is None else f"{rounded(capaian)}"


def line(figure: Figure) -> str:
    cells = [
        figure.period.code.removeprefix(f"{YEAR}-"),
        *map(cell, (figure.target, figure.realisation, figure.target_to_date, figure.realisation_to_date)),
        percent(figure.capaian),
        percent(figure.capaian_to_date),
        str(figure.missing_before),
        ("lapor" if figure.reported else "belum") if figure.due else "-",
    ]
    return " ".join(cells)


def check(ledger: Mapping[Period, Figure], table: str) -> None:
    """Compare the lines of the periods that the table names."""
    expected = [" ".join(row.split()) for row in table.strip().splitlines()]
    lines = {line(figure).split()[0]: line(figure) for figure in ledger.values()}
    assert [lines[row.split()[0]] for row in expected] == expected


def test_cum_gumelar_pbb() -> None:
    """The last known position counts; TW IV has no report yet."""
    ledger = year_ledger(measure(Mode.CUM, "25 50 75 100"), series("20 50 80 -"))
    assert [period.code for period in ledger] == ["2022-TW1", "2022-TW2", "2022-TW3", "2022-TW4", "2022"]
    check(
        ledger,
        """
        TW1    25  20   25  20   80.00   80.00  0  lapor
        TW2    50  50   50  50  100.00  100.00  0  lapor
        TW3    75  80   75  80  106.67  106.67  0  lapor
        TW4   100   -  100  80       -   80.00  0  belum
        2022  100  80  100  80   80.00   80.00  0  belum
        """,
    )


def test_cum_sidayu_kapasitas_begins_with_no_target_yet() -> None:
    """TW I is printed 0; the missing TW III is overtaken by the position of TW IV."""
    ledger = year_ledger(measure(Mode.CUM, "0 25 75 100", "100"), series("0 25 - 90"))
    check(
        ledger,
        """
        TW1     -   0    -   0       -       -  0  -
        TW2    25  25   25  25  100.00  100.00  0  lapor
        TW3    75   -   75  25       -   33.33  0  belum
        TW4   100  90  100  90   90.00   90.00  0  lapor
        2022  100  90  100  90   90.00   90.00  0  lapor
        """,
    )


def test_sum_kubutambahan_ijin_by_months() -> None:
    """A nihil in March is a report of 0; April is missing and is no 0; quarters add their months."""
    ijin = measure(Mode.SUM, "6 6 6 6 6 6 6 6 6 6 6 6", "72", rhythm=Rhythm.MONTHLY)
    ledger = year_ledger(ijin, series("6 5 0 - 13 - - - - - - -"))
    assert len(ledger) == 17
    assert list(ledger) == sorted(ledger)
    check(
        ledger,
        """
        01      6   6   6   6  100.00  100.00  0  lapor
        02      6   5  12  11   83.33   91.67  0  lapor
        03      6   0  18  11    0.00   61.11  0  lapor
        TW1    18  11  18  11   61.11   61.11  0  lapor
        04      6   -  24  11       -   45.83  0  belum
        05      6  13  30  24  216.67   80.00  1  lapor
        06      6   -  36  24       -   66.67  1  belum
        TW2    18  13  36  24   72.22   66.67  1  belum
        TW3    18   -  54  24       -   44.44  4  belum
        2022   72  24  72  24   33.33   33.33  7  belum
        """,
    )


def test_sum_kemangkon_rekomendasi_with_a_missing_quarter() -> None:
    ledger = year_ledger(measure(Mode.SUM, "1 2 1 2"), series("1 - 2 2"))
    check(
        ledger,
        """
        TW1   1  1  1  1  100.00  100.00  0  lapor
        TW2   2  -  3  1       -   33.33  0  belum
        TW3   1  2  4  3  200.00   75.00  1  lapor
        TW4   2  2  6  5  100.00   83.33  1  lapor
        2022  6  5  6  5   83.33   83.33  1  belum
        """,
    )
    assert [figure.provisional for figure in ledger.values()] == [False, True, True, True, True]


def test_level_kubutambahan_linmas_in_may_and_november() -> None:
    """Between its targets the last one stands; what is reported in August anyway lifts the figures s/d."""
    linmas = measure(Mode.LEVEL, "- - - - 489 - - - - - 489 -", "489", rhythm=Rhythm.MONTHLY)
    ledger = year_ledger(linmas, series("- - - - 450 - - 480 - - 489 -"))
    check(
        ledger,
        """
        04      -    -    -    -       -       -  0  -
        05    489  450  489  450   92.02   92.02  0  lapor
        06      -    -  489  450       -   92.02  0  -
        TW2   489  450  489  450   92.02   92.02  0  lapor
        08      -  480  489  480       -   98.16  0  -
        TW3     -  480  489  480       -   98.16  0  -
        11    489  489  489  489  100.00  100.00  0  lapor
        12      -    -  489  489       -  100.00  0  -
        2022  489  489  489  489  100.00  100.00  0  lapor
        """,
    )
    assert [period.code for period in linmas.due_periods] == ["2022-05", "2022-11"]
    offered = [figure.period.code for figure in ledger.values() if figure.susulan]
    assert offered == ["2022-06", "2022-07", "2022-08", "2022-09", "2022-TW3", "2022-10"]
    assert [figure.period.code for figure in ledger.values() if figure.untargeted] == ["2022-08", "2022-TW3"]


def test_level_year_is_the_last_value_or_the_mean_of_the_reported() -> None:
    reported = series("100 80 - 96")
    last = measure(Mode.LEVEL, "100 100 100 100")
    check(
        year_ledger(last, reported),
        """
        TW2   100   80  100   80   80.00   80.00  0  lapor
        TW3   100    -  100   80       -   80.00  0  belum
        TW4   100   96  100   96   96.00   96.00  0  lapor
        2022  100   96  100   96   96.00   96.00  0  lapor
        """,
    )
    check(
        year_ledger(replace(last, year_rule=YearRule.AVERAGE), reported),
        """
        TW4   100   96  100   96   96.00   96.00  0  lapor
        2022  100   92  100   92   92.00   92.00  1  belum
        """,
    )


def test_level_kemangkon_gaji_closes_on_its_last_target() -> None:
    ledger = year_ledger(measure(Mode.LEVEL, "10 8 8 8"), series("10 8 8 8"))
    check(ledger, "2022  8  8  8  8  100.00  100.00  0  lapor")


def test_single_sidayu_skm_typed_early_and_late() -> None:
    """Typed once: an early value answers TW III, a late one leaves TW III missing but fills the year."""
    skm = measure(Mode.SINGLE, "- - 90 -", "90")
    check(
        year_ledger(skm, series("- 88 - -")),
        """
        TW1    -   -   -   -       -       -  0  -
        TW2    -  88   -  88       -       -  0  -
        TW3   90  88  90  88   97.78   97.78  0  lapor
        TW4    -   -  90  88       -   97.78  0  -
        2022  90  88  90  88   97.78   97.78  0  lapor
        """,
    )
    check(
        year_ledger(skm, series("- - - 92")),
        """
        TW3   90   -  90   -       -       -  0  belum
        TW4    -  92  90  92       -  102.22  0  -
        2022  90  92  90  92  102.22  102.22  0  lapor
        """,
    )


def test_single_gumelar_musrenbang_without_an_annual_target() -> None:
    ledger = year_ledger(measure(Mode.SINGLE, "250 - - -"), series("240 - - -"))
    check(
        ledger,
        """
        TW1   250  240  250  240  96.00  96.00  0  lapor
        TW2     -    -  250  240      -  96.00  0  -
        2022  250  240  250  240  96.00  96.00  0  lapor
        """,
    )


def test_a_quarterly_sum_reported_monthly_is_judged_at_the_quarters_end() -> None:
    """Sidayu, penggandaan."""
    copies = measure(Mode.SUM, "4144 7592 8195 5371", "25302", rhythm=Rhythm.MONTHLY)
    ledger = year_ledger(copies, series("1000 2000 1144 7000 - - - - - - - -"))
    check(
        ledger,
        """
        01        -  1000      -   1000       -       -  0  lapor
        02        -  2000      -   3000       -       -  0  lapor
        03        -  1144   4144   4144       -  100.00  0  lapor
        TW1    4144  4144   4144   4144  100.00  100.00  0  lapor
        04        -  7000      -  11144       -       -  0  lapor
        05        -     -      -  11144       -       -  0  belum
        06        -     -  11736  11144       -   94.96  1  belum
        TW2    7592  7000  11736  11144   92.20   94.96  1  belum
        2022  25302 11144  25302  11144   44.04   44.04  7  belum
        """,
    )


def test_a_quarterly_cum_reported_monthly_takes_the_last_position_of_the_quarter() -> None:
    ledger = year_ledger(measure(Mode.CUM, "25 50 75 100", rhythm=Rhythm.MONTHLY), series("10 - 25 30 - - - - - - - -"))
    check(
        ledger,
        """
        02    -   -   -  10       -       -  0  belum
        03    -  25  25  25       -  100.00  0  lapor
        TW1  25  25  25  25  100.00  100.00  0  lapor
        04    -  30   -  30       -       -  0  lapor
        TW2  50  30  50  30   60.00   60.00  1  belum
        """,
    )


def test_only_sum_and_cum_are_reported_more_often_than_planned() -> None:
    kinds = {mode: measure(mode, "5 5 5 5", rhythm=Rhythm.MONTHLY).reporting_kind for mode in Mode}
    month, quarter = PeriodKind.MONTH, PeriodKind.QUARTER
    assert kinds == {Mode.SUM: month, Mode.CUM: month, Mode.LEVEL: quarter, Mode.SINGLE: quarter}


def test_quarters_of_a_monthly_plan_take_the_last_month_that_has_a_target() -> None:
    reports = series("- - - 3 4 - - - - - - -")
    level = measure(Mode.LEVEL, "- - - 5 8 - - - - - - -", rhythm=Rhythm.MONTHLY)
    check(year_ledger(level, reports), "TW2  8  4  8  4  50.00  50.00  0  lapor")
    check(year_ledger(replace(level, mode=Mode.CUM), reports), "TW2  8  4  8  4  50.00  50.00  0  lapor")
    check(year_ledger(replace(level, mode=Mode.SUM), reports), "TW2  13  7  13  7  53.85  53.85  0  lapor")


def test_an_annual_target_alone_is_progress_s_d() -> None:
    """Randuagung: 12 laporan a year, no targets of periods."""
    annual_only = measure(Mode.SUM, "- - - -", "12")
    check(
        year_ledger(annual_only, series("3 - 4 -")),
        """
        TW1    -  3  12  3       -   25.00  0  lapor
        TW2    -  -  12  3       -   25.00  0  belum
        TW3    -  4  12  7       -   58.33  1  lapor
        TW4    -  -  12  7       -   58.33  1  belum
        2022  12  7  12  7   58.33   58.33  1  belum
        """,
    )
    figures = [figure for reported in (series("3 - 4 -"), {}) for figure in year_ledger(annual_only, reported).values()]
    assert not any(figure.susulan or figure.untargeted for figure in figures)
    assert len(replace(annual_only, rhythm=Rhythm.MONTHLY).due_periods) == 12
    assert [period.code for period in replace(annual_only, mode=Mode.SINGLE).due_periods] == ["2022-TW4"]


def test_what_is_typed_once_a_year_is_neither_judged_nor_late_before_it_is_due() -> None:
    once = measure(Mode.SINGLE, "- - - -", "84")
    figures = {period.code: figure for period, figure in year_ledger(once, {}).items()}
    assert [figures[f"2022-TW{number}"].target_to_date for number in (1, 2, 3, 4)] == [None, None, None, 84]
    assert not any(figures[f"2022-TW{number}"].susulan for number in (1, 2, 3))
    assert not to_date(figures["2022-TW1"]).has_target
    assert not to_date(figures["2022-TW4"]).complete


def test_an_annual_target_printed_as_the_years_is_the_same() -> None:
    printed = Measure(YEAR, Mode.CUM, YearRule.LAST, Rhythm.YEARLY, AchievementRule(), {WHOLE_YEAR: Decimal(80)})
    check(year_ledger(printed, {WHOLE_YEAR: Decimal(60)}), "2022  80  60  80  60  75.00  75.00  0  lapor")
    assert printed.due_periods == (WHOLE_YEAR,)


def test_susulan_lifts_the_figures_s_d() -> None:
    """26 APBDes due in January, half of them delivered in March."""
    apbdes = measure(Mode.SUM, "26 - - - - - - - - - - -", "26", rhythm=Rhythm.MONTHLY)
    ledger = year_ledger(apbdes, series("13 - 13 - - - - - - - - -"))
    check(
        ledger,
        """
        01    26  13  26  13   50.00   50.00  0  lapor
        02     -   -  26  13       -   50.00  0  -
        03     -  13  26  26       -  100.00  0  -
        TW1   26  26  26  26  100.00  100.00  0  lapor
        """,
    )
    february, march = ledger[Period.month(YEAR, 2)], ledger[Period.month(YEAR, 3)]
    assert february.susulan and not february.untargeted
    assert march.untargeted and not march.susulan


def test_what_was_never_reported_is_offered_as_susulan_and_stays_sementara() -> None:
    apbdes = measure(Mode.SUM, "26 - - - - - - - - - - -", rhythm=Rhythm.MONTHLY)
    march = year_ledger(apbdes, {})[Period.month(YEAR, 3)]
    assert march.susulan and march.provisional
    assert march.missing_before == 1
    assert march.capaian_to_date is None


def test_a_printed_zero_is_a_dash_unless_less_is_better() -> None:
    """Gumelar, unsur yang bersinergi: 0,6,0,6."""
    bersinergi = measure(Mode.LEVEL, "0 6 0 6")
    assert bersinergi.effective_targets == series("- 6 - 6")
    check(
        year_ledger(bersinergi, series("2 6 - -")),
        """
        TW1  -  2  -  2       -       -  0  -
        TW2  6  6  6  6  100.00  100.00  0  lapor
        TW3  -  -  6  6       -  100.00  0  -
        """,
    )
    complaints = measure(Mode.SUM, "0 0 0 0", rule=LESS_IS_BETTER)
    check(
        year_ledger(complaints, series("0 2 - -")),
        """
        TW1  0  0  0  0  100.00  100.00  0  lapor
        TW2  0  2  0  2       -       -  0  lapor
        TW3  0  -  0  2       -       -  0  belum
        """,
    )


def test_a_plan_that_does_not_close_has_both_figures() -> None:
    """Sidayu, rapat koordinasi: 22+29+28+22 is 101, printed annual 100."""
    rapat = measure(Mode.SUM, "22 29 28 22", "100")
    ledger = year_ledger(rapat, series("22 29 28 22"))
    check(ledger, "2022  100  101  101  101  101.00  100.00  0  lapor")


def test_a_single_target_is_judged_against_the_annual_one() -> None:
    ledger = year_ledger(measure(Mode.SINGLE, "- 80 - -", "90"), series("- 72 - -"))
    check(
        ledger,
        """
        TW1    -   -   -   -      -      -  0  -
        TW2   90  72  90  72  80.00  80.00  0  lapor
        2022  90  72  90  72  80.00  80.00  0  lapor
        """,
    )


def test_an_annual_target_of_zero_is_none_unless_less_is_better() -> None:
    nothing = measure(Mode.SUM, "- - - -", "0")
    assert nothing.due_periods == ()
    check(year_ledger(nothing, series("2 - - -")), "2022  -  2  -  2  -  -  0  -")
    complaints = replace(nothing, rule=LESS_IS_BETTER)
    check(year_ledger(complaints, series("0 0 0 0")), "2022  0  0  0  0  100.00  100.00  0  lapor")


def test_an_indicator_without_any_target_only_counts() -> None:
    ledger = year_ledger(measure(Mode.SUM, "- - - -"), series("5 - 7 -"))
    check(ledger, "2022  -  12  -  12  -  -  0  -")
    assert ledger[Period.quarter(YEAR, 1)].untargeted
    assert to_date(ledger[WHOLE_YEAR]) == Standing(has_target=False, complete=True, capaian=None)


def test_a_report_of_a_quarter_stands_for_its_months() -> None:
    """The office changed from quarters to months in April; a stray January does not count twice."""
    sums = measure(Mode.SUM, "6 6 6 6", rhythm=Rhythm.MONTHLY)
    reports = series("6 - - -") | series("2 - - 2 - - - - - - - -")
    check(
        year_ledger(sums, reports),
        """
        03    -  -   6  6       -  100.00  0  lapor
        TW1   6  6   6  6  100.00  100.00  0  lapor
        04    -  2   -  8       -       -  0  lapor
        TW2   6  2  12  8   33.33   66.67  1  belum
        """,
    )


def test_months_planned_but_reported_by_quarter() -> None:
    """A month is not asked for, and a quarter that is open makes its last month "sementara" too."""
    sums = measure(Mode.SUM, "1 1 1 1 1 1 1 1 1 1 1 1")
    check(
        year_ledger(sums, series("- 3 - -")),
        """
        01   1  -  1  -       -       -  0  -
        03   1  -  3  -       -       -  1  -
        TW1  3  -  3  -       -       -  0  belum
        TW2  3  3  6  3  100.00   50.00  1  lapor
        """,
    )
    assert not in_period(year_ledger(sums, {})[Period.month(YEAR, 1)]).has_target


def test_a_quarter_of_which_only_a_month_was_given_is_not_reported() -> None:
    """The office changed from months to quarters in the middle of TW I."""
    ledger = year_ledger(measure(Mode.SUM, "6 6 6 6"), series("2 - - - - - - - - - - -"))
    assert len(ledger) == 5
    check(ledger, "TW1  6  2  6  2  33.33  33.33  0  belum")


def test_ledgers_enter_averages_by_period_and_s_d() -> None:
    complete = year_ledger(measure(Mode.SUM, "1 2 1 2"), series("1 1 - -"))
    lacking = year_ledger(measure(Mode.SUM, "1 2 1 2"), series("- 2 - -"))
    without = year_ledger(measure(Mode.LEVEL, "6 - 6 -"), series("6 - - -"))
    second = [ledger[Period.quarter(YEAR, 2)] for ledger in (complete, lacking, without)]

    alone = mean(map(in_period, second))
    assert (alone.counted, alone.missing, alone.without_target, alone.value) == (2, 0, 1, 75)

    so_far = mean(map(to_date, second))
    assert (so_far.counted, so_far.missing, so_far.without_target) == (2, 1, 0)
    assert so_far.value is not None and rounded(so_far.value) == Decimal("83.33")
    assert not so_far.complete


def test_sums_are_exact() -> None:
    large = Decimal("9223372036854.775807")
    ledger = year_ledger(measure(Mode.SUM, "1 1 1 1"), dict.fromkeys(series("1 1 1 1"), large))
    assert ledger[WHOLE_YEAR].realisation == Decimal("36893488147419.103228")


def test_periods_of_another_year_and_mixed_targets_are_refused() -> None:
    sums = measure(Mode.SUM, "1 2 1 2")
    stray = {Period.quarter(2021, 4): Decimal(1)}
    with pytest.raises(ValueError, match="2021-TW4 does not lie in 2022"):
        year_ledger(sums, stray)
    with pytest.raises(ValueError, match="2021-TW4 does not lie in 2022"):
        replace(sums, targets=stray)
    with pytest.raises(ValueError, match="months and of quarters"):
        replace(sums, targets=series("1 - - -") | series("- - - - 1 - - - - - - -"))


# --- what holds for every year ------------------------------------------------------------------------------------

numbers = st.decimals(min_value=0, max_value=10**12, places=6) | st.just(Decimal(0))
rules = st.sampled_from(
    [AchievementRule(Formula(name)) for name in ("F1", "F2", "F3", "F4", "F8")]
    + [AchievementRule(Formula.NEGATIVE, Decimal(3))]
)


def some(kind: PeriodKind) -> st.SearchStrategy[dict[Period, Decimal]]:
    return st.dictionaries(st.sampled_from(periods_of_year(YEAR, kind)), numbers)


@st.composite
def measures(draw: st.DrawFn, modes: tuple[Mode, ...] = tuple(Mode)) -> Measure:
    return Measure(
        YEAR,
        draw(st.sampled_from(modes)),
        draw(st.sampled_from(YearRule)),
        draw(st.sampled_from(Rhythm)),
        draw(rules),
        draw(st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER]).flatmap(some)),
        draw(st.none() | numbers),
    )


@st.composite
def years(draw: st.DrawFn, modes: tuple[Mode, ...] = tuple(Mode)) -> tuple[Measure, dict[Period, Decimal]]:
    drawn = draw(measures(modes))
    return drawn, draw(some(drawn.reporting_kind))


@given(years(), some(PeriodKind.MONTH))
def test_no_plan_and_no_report_ever_raises(
    year: tuple[Measure, dict[Period, Decimal]], stray: dict[Period, Decimal]
) -> None:
    drawn, values = year
    for figure in year_ledger(drawn, values | stray).values():
        assert 0 <= figure.missing_before <= len(drawn.due_periods)


@given(years((Mode.SUM,)))
def test_the_sum_of_the_year_is_the_sum_of_what_was_reported(year: tuple[Measure, dict[Period, Decimal]]) -> None:
    drawn, values = year
    closing = year_ledger(drawn, values)[WHOLE_YEAR]
    assert closing.realisation == closing.realisation_to_date == (sum(values.values()) if values else None)


@given(years(), st.randoms(use_true_random=False))
def test_the_order_of_reporting_never_matters(year: tuple[Measure, dict[Period, Decimal]], chance: Random) -> None:
    drawn, values = year
    shuffled = list(values.items())
    chance.shuffle(shuffled)
    assert year_ledger(drawn, dict(shuffled)) == year_ledger(drawn, values)


@given(years((Mode.CUM,)), numbers)
def test_a_cum_position_never_depends_on_earlier_ones(
    year: tuple[Measure, dict[Period, Decimal]], other: Decimal
) -> None:
    drawn, values = year
    ledger = year_ledger(drawn, values)
    for last in values:
        changed = {period: value if period >= last else other for period, value in values.items()}
        without = {period: value for period, value in values.items() if period >= last}
        for period, figure in ledger.items():
            if period >= last:
                for earlier in (changed, without):
                    again = year_ledger(drawn, earlier)[period]
                    assert again.realisation_to_date == figure.realisation_to_date
                    assert again.capaian_to_date == figure.capaian_to_date


@given(measures(), numbers)
def test_nothing_is_provisional_when_everything_due_was_reported(drawn: Measure, value: Decimal) -> None:
    ledger = year_ledger(drawn, dict.fromkeys(drawn.due_periods, value))
    assert not any(figure.provisional for figure in ledger.values())


@given(measures())
def test_everything_due_is_missing_when_nothing_was_reported(drawn: Measure) -> None:
    ledger = year_ledger(drawn, {})
    assert all(figure.due and not figure.reported for period, figure in ledger.items() if period in drawn.due_periods)
    assert all(figure.realisation_to_date is None and figure.capaian_to_date is None for figure in ledger.values())
