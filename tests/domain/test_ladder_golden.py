"""The year 2026 of two invented offices, message by message, as files a person can read.

Nobody reports. `pytest tests/domain/test_ladder_golden.py --update` writes the files anew, to be read before they are
committed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from domain.absence import Absence, Holding
from domain.day_spans import DaySpan
from domain.deadlines import CutOff, CutOffKind
from domain.extensions import ask, grant
from domain.gaps import stages_missed
from domain.ladder import Count
from domain.locks import Keeper, Turn
from domain.message_plan import Call, LadderMessage, count, plan_of_messages
from domain.office import Office, Owed
from domain.office_rules import OfficeRules
from domain.periods import Period, PeriodKind
from domain.working_hours import Hours, Weekday, WeekHours
from domain.zones import Zone, instant
from tests.domain.ladder_office import (
    BENDAHARA,
    BUDI,
    HOLDINGS,
    KASI,
    KASUBBAG,
    LONG_AGO,
    NAMES,
    OFFICE,
    POSTS,
    PUTU,
    RINA,
    SARI,
    SEKRETARIS,
    owed_in,
    with_rules,
)

GOLDEN = Path(__file__).parent / "golden"
WEEKDAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
RAMADAN_2026 = DaySpan(date(2026, 2, 19), date(2026, 3, 20))
OWED = (
    Owed(KASI, Period.month(2025, 12)),
    Owed(KASI, Period.quarter(2025, 4)),
    *owed_in(2026, [KASI], PeriodKind.MONTH, PeriodKind.QUARTER),
    *owed_in(2026, [BENDAHARA], PeriodKind.MONTH),
    *owed_in(2026, [SEKRETARIS], PeriodKind.QUARTER),
    Owed(KASUBBAG, Period.whole_year(2025)),
)


@dataclass(frozen=True)
class Outage:
    """The program is down from an evening after hours until a moment, both on the office's clock."""

    evening: date
    until: datetime


@dataclass(frozen=True)
class Year:
    """One golden file: an office, what happens in it, and when the program was down."""

    name: str
    heading: tuple[str, ...]
    office: Office
    outages: tuple[Outage, ...] = ()


def wita() -> Year:
    friday = Hours(closes=time(11, 30))
    fasting = WeekHours(
        Hours(time(8), time(15), time(8, 30)), ((Weekday.FRIDAY, Hours(time(8), time(11), time(8, 30))),)
    )
    office = with_rules(OfficeRules(weekday_hours=((Weekday.FRIDAY, friday),), ramadan=fasting))
    calendar = replace(office.calendar, free=office.calendar.free | {date(2026, 6, 17)})
    rules = office.rules
    asked = ask(BENDAHARA, Period.month(2026, 5), "Menunggu SPJ desa", date(2026, 6, 4))
    more = grant(asked, date(2026, 6, 16), date(2026, 6, 4), date(2026, 6, 5), rules.grant_rule, calendar)
    return Year(
        "ladder-2026-wita.txt",
        (
            "Kantor contoh, WITA, 5 hari kerja, batas internal tanggal 5, kabupaten tanggal 10 (maju bila libur).",
            "Jumat sampai 11.30; Ramadan 08.00-15.00, pengingat 08.30. Galungan 17 Juni hari libur kantor.",
            "Putu menggantikan Sari (Kasi Pemerintahan) sejak 1 Agustus.",
            "Rina cuti 1-12 Oktober, Plh Budi.",
            "Bendahara mendapat waktu laporan Mei sampai 16 Juni, diputuskan 4 Juni (16 Juni libur: maju).",
            "Laporan September dikunci dengan tangan sejak 5 Oktober.",
            "Gangguan: 4 Maret sore sampai 6 Maret 09.10; 4 November sore sampai 9 November 10.00.",
        ),
        replace(
            office,
            calendar=calendar,
            holdings=_mutation(date(2026, 8, 1)),
            absences=[Absence(RINA, DaySpan(date(2026, 10, 1), date(2026, 10, 12)), BUDI)],
            extensions=[more],
            turns=[Turn(Period.month(2026, 9), date(2026, 10, 5), True, Keeper.ADMIN)],
            ramadan_days=(RAMADAN_2026,),
        ),
        (_outage(date(2026, 3, 4), "2026-03-06T09:10"), _outage(date(2026, 11, 4), "2026-11-09T10:00")),
    )


def wib() -> Year:
    rules = OfficeRules(
        workdays=6,
        internal=CutOff(CutOffKind.WORKING_DAY, 3),
        kabupaten=CutOff(CutOffKind.WORKING_DAY, 5),
        lock_after=3,
    )
    return Year(
        "ladder-2026-wib.txt",
        (
            "Kantor contoh, WIB, 6 hari kerja, batas internal hari kerja ke-3, batas kabupaten hari kerja ke-5.",
            "Periode terkunci sejak hari kerja ke-3 sesudah batas kabupaten.",
        ),
        replace(with_rules(rules), zone=Zone.WIB),
    )


def _mutation(day: date) -> tuple[Holding, ...]:
    others = tuple(holding for holding in HOLDINGS if holding.post_id != KASI)
    return (*others, Holding(KASI, SARI, LONG_AGO, date.fromordinal(day.toordinal() - 1)), Holding(KASI, PUTU, day))


def _outage(evening: date, until: str) -> Outage:
    moment = datetime.fromisoformat(until)
    return Outage(evening, instant(moment.date(), moment.time(), OFFICE.zone))


def ledger(year: Year) -> Iterator[LadderMessage | str]:
    """What goes out in the year, with a line where the program was down and for what it slept through."""
    sent: dict[tuple[int, Count], int] = {}
    day = date(2026, 1, 1)
    for outage in year.outages:
        yield from _going_out(plan_of_messages(day, outage.evening, OWED, year.office, sent), sent)
        down = instant(outage.evening, time(17), year.office.zone)
        gap = stages_missed(down, outage.until, OWED, year.office, sent)
        yield from (f"  (gangguan, tidak terkirim) {line(message)}" for message in gap.missed)
        yield from _going_out(gap.right_now, sent)
        day = date.fromordinal(gap.right_now[0].at.toordinal() + 1)
    yield from _going_out(plan_of_messages(day, date(2026, 12, 31), OWED, year.office, sent), sent)


def _going_out(messages: Sequence[LadderMessage], sent: dict[tuple[int, Count], int]) -> Iterator[LadderMessage]:
    for message in messages:
        count(message, sent)
        yield message


def line(message: LadderMessage) -> str:
    """`Kam 04-06 08.00  Sari   H-1 internal, batas Jum 05-06: Kasi Pemerintahan 2026-05`."""
    calls = " + ".join(_told(call) for call in message.calls)
    return f"{_day(message.at.date())} {message.at:%H.%M}  {NAMES[message.person_id]:<6} {calls}"


def _told(call: Call) -> str:
    posts = ", ".join(POSTS[post_id].title for post_id in call.post_ids)
    periods = " ".join(period.code for period in call.stage.periods)
    return f"{call.stage.stage} {call.stage.deadline}, batas {_day(call.stage.due)}: {posts} {periods}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day:%d-%m}"


def written(year: Year) -> str:
    lines = [*year.heading, ""]
    lines += [entry if isinstance(entry, str) else line(entry) for entry in ledger(year)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("year", [wita(), wib()], ids=lambda year: year.name)
def test_the_year_is_as_it_was_read_and_agreed(year: Year, request: pytest.FixtureRequest) -> None:
    golden = GOLDEN / year.name
    if request.config.getoption("--update"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(written(year), encoding="utf-8")
    assert written(year) == golden.read_text(encoding="utf-8")
