"""An invented kecamatan office, as the tests of its reminders use it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.holiday_dates import NationalAlmanac
from domain.absence import Holding
from domain.office import Office, Owed
from domain.office_rules import OfficeRules
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import Role
from domain.roles import OrgPost
from domain.working_calendar import WorkingCalendar
from domain.zones import Zone

CAMAT, SEKRETARIS, KASUBBAG, KASI, BENDAHARA = 1, 2, 3, 4, 5
WAYAN, DEWI, BUDI, SARI, RINA, PUTU = 11, 12, 13, 14, 15, 16

NAMES = {WAYAN: "Wayan", DEWI: "Dewi", BUDI: "Budi", SARI: "Sari", RINA: "Rina", PUTU: "Putu"}

POSTS = {
    post.id: post
    for post in (
        OrgPost(CAMAT, "Camat", Role.CAMAT, None),
        OrgPost(SEKRETARIS, "Sekretaris", Role.SEKRETARIS, CAMAT),
        OrgPost(KASUBBAG, "Kasubbag Keuangan", Role.KASUBBAG, SEKRETARIS),
        OrgPost(KASI, "Kasi Pemerintahan", Role.KASI, CAMAT),
        OrgPost(BENDAHARA, "Bendahara", Role.PELAKSANA, KASUBBAG),
    )
}
"""Bendahara below Kasubbag below Sekretaris below Camat; Kasi directly below Camat."""

LONG_AGO = date(2020, 1, 1)
HOLDINGS = tuple(
    Holding(post_id, person_id, LONG_AGO)
    for post_id, person_id in ((CAMAT, WAYAN), (SEKRETARIS, DEWI), (KASUBBAG, BUDI), (KASI, SARI), (BENDAHARA, RINA))
)

OFFICE = Office(
    Zone.WITA, OfficeRules(), WorkingCalendar(NationalAlmanac().free_days(range(2025, 2029))), POSTS, HOLDINGS
)
"""The office with every default, on the real calendar."""


def with_rules(rules: OfficeRules, office: Office = OFFICE) -> Office:
    """The same office under other rules, its calendar too."""
    return replace(office, rules=rules, calendar=rules.calendar(office.calendar.free))


def owed_in(year: int, post_ids: Sequence[int], *kinds: PeriodKind) -> tuple[Owed, ...]:
    """Every period of those lengths in a year, owed by each of the posts."""
    return tuple(Owed(post, period) for post in post_ids for kind in kinds for period in periods_of_year(year, kind))


MAY, JUNE, JULY = (Period.month(2026, number) for number in (5, 6, 7))
TW2 = Period.quarter(2026, 2)
