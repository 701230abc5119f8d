"""What a post has to report on which day: Kasi Pemerintahan of Kubutambahan 2022, and the turn of the year.

Targets and calendar are those of conversations.md; what was reported is invented.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.holiday_dates import NationalAlmanac
from domain.deadlines import CutOff, CutOffKind
from domain.extensions import Decision, Extension
from domain.locks import Keeper, Turn
from domain.modes import Mode, Rhythm
from domain.office import Office
from domain.office_rules import OfficeRules
from domain.openings import Closing, Duty, Item, closings, is_provisional, main_closing, other_closing
from domain.periods import Period
from tests.duties import duty

RULES = OfficeRules()
CALENDAR = RULES.calendar(NationalAlmanac().free_days((2021, 2022, 2023)))
OFFICE = Office("Asia/Makassar", RULES, CALENDAR, {}, ())
NOTHING = "- - - - - - - - - - - -"

BUKU = "Buku wajib administrasi"
PERDES = "Peraturan desa"
ASET = "Pelaporan aset"
KEUANGAN = "Pelaporan keuangan desa"
APBDES = "APBDes dan LKPJ"


def kasi_pemerintahan(*, march: bool = False) -> tuple[Duty, ...]:
    """Bu Sari's indicators on 29 March: Februari lacks one figure, March all, or none with `march`."""
    third = {"2022-03": 1} if march else {}
    return (
        duty(BUKU, "1 1 1 1 1 1 1 - - - - -", {"2022-01": 1, "2022-02": 1, **third}, number=1, annual=13),
        duty(PERDES, "1 1 1 1 1 1 1 1 1 2 1 1", {"2022-01": 1, "2022-02": 0, **third}, number=2, annual=13),
        duty(ASET, "13 - - - - - - - - - - -", number=3, annual=13),
        duty(KEUANGAN, "- 1 1 2 1 1 1 1 1 1 1 1", third, number=4),
        duty(APBDES, "26 - - - - - - - - - - -", number=5),
    )


def open_on(today: date, duties: Sequence[Duty]) -> tuple[Closing, ...]:
    return closings(duties, today, OFFICE)


def lapor(today: date, duties: Sequence[Duty]) -> tuple[Closing | None, Closing | None]:
    """What "lapor" takes, and what the button beside it offers."""
    found = open_on(today, duties)
    main = main_closing(found, today)
    return main, other_closing(found, main, today)


def ends(*found: Closing | None) -> list[str]:
    return [closing.end.isoformat() if closing else "-" for closing in found]


def names(items: Sequence[Item]) -> list[str]:
    return [item.duty.name for item in items]


def test_in_late_march_lapor_takes_march_with_februari_on_the_button() -> None:
    march, february = lapor(date(2022, 3, 29), kasi_pemerintahan())
    assert march and february
    assert names(march.missing) == [BUKU, PERDES, KEUANGAN]
    assert names(march.late) == [ASET, APBDES]
    assert march.cut_off == date(2022, 4, 5)
    assert march.periods == (Period.parse("2022-03"),)
    assert ends(march, february) == ["2022-03-31", "2022-02-28"]
    assert names(february.missing) == [KEUANGAN]


def test_after_its_end_the_month_stays_first_until_its_cut_off_has_passed() -> None:
    duties = kasi_pemerintahan()
    assert ends(*lapor(date(2022, 3, 31), duties)) == ["2022-03-31", "2022-02-28"]
    assert ends(*lapor(date(2022, 4, 1), duties)) == ["2022-03-31", "2022-04-30"]
    assert ends(*lapor(date(2022, 4, 5), duties)) == ["2022-03-31", "2022-04-30"]
    assert ends(*lapor(date(2022, 4, 6), duties)) == ["2022-04-30", "2022-03-31"]


def test_a_complete_month_gives_way_at_once() -> None:
    assert ends(*lapor(date(2022, 4, 1), kasi_pemerintahan(march=True))) == ["2022-04-30", "2022-02-28"]


def test_with_nothing_missing_there_is_no_button() -> None:
    done = [duty(BUKU, "1 1 1 1 1 1 1 - - - - -", {"2022-01": 1, "2022-02": 1})]
    assert ends(*lapor(date(2022, 3, 29), done)) == ["2022-03-31", "-"]


def test_december_stays_open_in_the_new_year_until_the_cut_off() -> None:
    duties = kasi_pemerintahan(march=True)
    main, _other = lapor(date(2023, 1, 2), duties)
    assert main and main.end == date(2022, 12, 31)
    assert main.cut_off == date(2023, 1, 5)
    assert ends(*lapor(date(2023, 1, 6), duties)) == ["-", "2022-12-31"]


def test_last_years_plan_stays_reportable_beside_the_new_one_until_the_office_has_accounted_for_it() -> None:
    new = duty(BUKU, "1 1 1 1 1 1 1 1 1 1 1 1", number=9, year=2023)
    both = (*kasi_pemerintahan(), new)
    closes = date(2023, 2, 28)
    assert ends(*lapor(date(2023, 1, 5), both)) == ["2022-12-31", "2023-01-31"]
    assert ends(*lapor(date(2023, 1, 6), both)) == ["2023-01-31", "2022-12-31"]
    assert {closing.end.year for closing in open_on(closes, both)} == {2022, 2023}
    assert {closing.end.year for closing in open_on(closes + timedelta(days=1), both)} == {2023}


def test_a_plan_that_has_not_begun_asks_nothing() -> None:
    assert open_on(date(2022, 12, 31), [duty(BUKU, "1 1 1 1 1 1 1 1 1 1 1 1", year=2023)]) == ()


def test_a_month_that_ends_a_quarter_is_one_closing() -> None:
    duties = (
        duty(BUKU, "1 1 1 1 1 1 1 - - - - -", {"2022-01": 1, "2022-02": 1}, number=1),
        duty("PBB", "25 50 75 100", number=2, mode=Mode.CUM),
    )
    found = open_on(date(2022, 3, 31), duties)
    assert ends(*found) == ["2022-01-31", "2022-02-28", "2022-03-31"]
    assert found[-1].periods == (Period.parse("2022-03"), Period.parse("2022-TW1"))
    assert [item.period.code for item in found[-1].items] == ["2022-03", "2022-TW1"]


def test_a_quarterly_plan_in_february_runs_its_first_quarter() -> None:
    main, other = lapor(date(2022, 2, 10), [duty("PBB", "25 50 75 100", mode=Mode.CUM)])
    assert main and other is None
    assert main.end == date(2022, 3, 31)
    assert [item.period.code for item in main.items] == ["2022-TW1"]


def test_a_running_quarter_does_not_pull_in_a_month_that_has_not_begun() -> None:
    duties = (
        duty(BUKU, "1 1 1 1 1 1 1 - - - - -", number=1),
        duty("PBB", "25 50 75 100", number=2, mode=Mode.CUM),
    )
    of_march = open_on(date(2022, 2, 10), duties)[-1]
    assert of_march.end == date(2022, 3, 31)
    assert names(of_march.items) == ["PBB"]


def test_an_annual_target_is_reported_at_the_rhythm_of_the_office() -> None:
    empty = duty("Desa tertib", "- - - -", rhythm=Rhythm.QUARTERLY, mode=Mode.CUM, annual=20)
    assert ends(*open_on(date(2022, 5, 2), [empty])) == ["2022-03-31", "2022-06-30"]


def test_late_fulfilment_is_offered_but_never_missing() -> None:
    found = open_on(date(2022, 2, 15), [duty(ASET, "13 - - - - - - - - - - -")])
    january, february = found
    assert (names(january.missing), names(january.late)) == ([ASET], [])
    assert (names(february.missing), names(february.late)) == ([], [ASET])
    assert february.periods == (Period.parse("2022-02"),)


@pytest.mark.parametrize(("delivered", "offered_in_march"), [(12, [ASET]), (13, []), (14, [])])
def test_late_fulfilment_is_offered_until_the_target_is_reached(delivered: int, offered_in_march: list[str]) -> None:
    aset = duty(ASET, "13 - - - - - - - - - - -", {"2022-02": delivered})
    ending = {closing.end: closing for closing in open_on(date(2022, 3, 29), [aset, kasi_pemerintahan()[0]])}
    assert names(ending[date(2022, 3, 31)].late) == offered_in_march


def test_a_late_value_stays_in_its_closing_so_that_it_can_be_seen_again() -> None:
    aset = duty(ASET, "13 - - - - - - - - - - -", {"2022-03": 13})
    march = open_on(date(2022, 3, 29), [aset])[-1]
    assert [(item.duty.name, item.reported) for item in march.late] == [(ASET, True)]


def test_what_was_typed_once_and_early_is_not_asked_again() -> None:
    early = duty("IKM", "- - - 84", {"2022-TW2": 81}, mode=Mode.SINGLE)
    last = open_on(date(2022, 12, 1), [early])[-1]
    assert last.end == date(2022, 12, 31)
    assert names(last.items) == ["IKM"]
    assert last.missing == ()


def test_without_targets_nothing_is_open() -> None:
    assert open_on(date(2022, 3, 29), [duty("Konteks", NOTHING)]) == ()
    assert lapor(date(2022, 3, 29), []) == (None, None)


def test_a_value_is_provisional_through_the_last_day_of_its_period() -> None:
    march = Period.parse("2022-03")
    assert is_provisional(march, date(2022, 3, 1))
    assert is_provisional(march, date(2022, 3, 31))
    assert not is_provisional(march, date(2022, 4, 1))


def _of_two_posts(office: Office, today: date) -> Closing:
    """The closing of March of two posts, of which each misses one indicator."""
    duties = (
        duty(BUKU, "1 1 1 - - - - - - - - -", number=1, post=1),
        duty(ASET, "1 1 1 - - - - - - - - -", number=2, post=2),
    )
    return next(found for found in closings(duties, today, office) if found.end == date(2022, 3, 31))


def _granted(until: date) -> Extension:
    """More time for March, granted to the first post on 4 April."""
    on = date(2022, 4, 4)
    return Extension(1, Period.month(2022, 3), "Menunggu desa", on, Decision.GRANTED, on, until)


def test_a_closing_of_which_one_post_has_more_time_ends_then() -> None:
    office = Office("Asia/Makassar", RULES, CALENDAR, {}, (), extensions=(_granted(date(2022, 4, 8)),))
    before, after = _of_two_posts(office, date(2022, 4, 1)), _of_two_posts(office, date(2022, 4, 4))
    assert (before.cut_off, before.extended) == (date(2022, 4, 5), False)
    assert (after.cut_off, after.extended) == (date(2022, 4, 8), True)
    assert [item.extended for item in after.items] == [True, False]


def test_a_lock_leaves_what_has_more_time_and_locks_the_rest() -> None:
    rules = OfficeRules(lock_after=1)
    office = Office("Asia/Makassar", rules, CALENDAR, {}, (), extensions=(_granted(date(2022, 4, 14)),))
    part, whole = _of_two_posts(office, date(2022, 4, 13)), _of_two_posts(office, date(2022, 4, 18))
    assert [item.duty.name for item in part.missing] == [BUKU]
    assert [item.duty.name for item in part.locked] == [ASET]
    assert part.lock is None
    assert whole.missing == ()
    assert len(whole.locked) == 2
    assert whole.lock is not None


def test_no_rule_locks_before_the_office_itself_stops_waiting() -> None:
    kabupaten_first = OfficeRules(kabupaten=CutOff(CutOffKind.DAY, 1), lock_after=1)
    office = Office("Asia/Makassar", kabupaten_first, CALENDAR, {}, ())
    assert _of_two_posts(office, date(2022, 4, 5)).lock is None
    assert office.period_lock(Period.month(2022, 3), date(2022, 4, 5)) is None
    locked = _of_two_posts(office, date(2022, 4, 6)).lock
    assert locked is not None
    assert locked.since == date(2022, 4, 6)


def test_a_closing_locked_by_hand_misses_nothing_that_can_be_reported() -> None:
    turn = Turn(Period.quarter(2022, 1), date(2022, 4, 4), True, Keeper.CAMAT)
    office = Office("Asia/Makassar", RULES, CALENDAR, {}, (), turns=(turn,))
    assert _of_two_posts(office, date(2022, 4, 1)).lock is None
    locked = _of_two_posts(office, date(2022, 4, 4))
    assert locked.lock is not None
    assert (locked.lock.may_open, locked.missing) == ({Keeper.CAMAT}, ())
