"""Zones and provinces of domain.md 5."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.periods import Period, PeriodKind
from domain.zones import PROVINCES, Zone, instant, local, zone_of_province


def test_a_report_at_ten_past_midnight_wita_is_the_new_month() -> None:
    now = datetime(2022, 3, 31, 16, 10, tzinfo=UTC)
    assert Period.of_day(now.date(), PeriodKind.MONTH) == Period.month(2022, 3)
    assert local(now, Zone.WITA).replace(tzinfo=None) == datetime(2022, 4, 1, 0, 10)  # noqa: DTZ001 what a clock shows
    assert Period.of_day(local(now, Zone.WITA).date(), PeriodKind.MONTH) == Period.month(2022, 4)
    assert Period.of_day(local(now, Zone.WIB).date(), PeriodKind.MONTH) == Period.month(2022, 3)


@pytest.mark.parametrize(("zone", "hours"), [(Zone.WIB, 7), (Zone.WITA, 8), (Zone.WIT, 9)])
@pytest.mark.parametrize("month", [1, 7])
def test_zones_keep_their_offset_all_year(zone: Zone, hours: int, month: int) -> None:
    moment = local(datetime(2026, month, 15, tzinfo=UTC), zone)
    assert moment.utcoffset() == timedelta(hours=hours)
    assert moment.tzname() == zone.name


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("WIB", Zone.WIB),
        ("wita", Zone.WITA),
        (" WIT ", Zone.WIT),
        ("Asia/Jakarta", Zone.WIB),
        ("Asia/Pontianak", Zone.WIB),
        ("Asia/Makassar", Zone.WITA),
        ("Asia/Jayapura", Zone.WIT),
    ],
)
def test_a_zone_is_read_by_either_name(name: str, zone: Zone) -> None:
    assert Zone.of(name) is zone


@pytest.mark.parametrize("name", ["", "WIBB", "Asia/Singapore", "UTC"])
def test_an_unknown_zone_is_refused_with_what_is_allowed(name: str) -> None:
    with pytest.raises(ValueError, match=r"WIB \(Asia/Jakarta\), WITA \(Asia/Makassar\), WIT \(Asia/Jayapura\)"):
        Zone.of(name)


def test_there_are_38_provinces_each_in_one_zone() -> None:
    provinces = [province for group in PROVINCES.values() for province in group]
    assert {zone: len(group) for zone, group in PROVINCES.items()} == {Zone.WIB: 18, Zone.WITA: 12, Zone.WIT: 8}
    assert len(set(provinces)) == 38


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Bali", Zone.WITA),
        ("Provinsi Jawa Timur", Zone.WIB),
        ("JATENG", Zone.WIB),
        ("Kalbar", Zone.WIB),
        ("kalimantan selatan", Zone.WITA),
        ("N.T.B.", Zone.WITA),
        ("D.I. Yogyakarta", Zone.WIB),
        ("Gorontalo", Zone.WITA),
        ("Maluku  Utara", Zone.WIT),
        ("Papua Barat Daya", Zone.WIT),
    ],
)
def test_a_province_has_its_zone(name: str, zone: Zone) -> None:
    assert zone_of_province(name) is zone


def test_an_unknown_province_is_refused() -> None:
    with pytest.raises(ValueError, match="'Timor Timur' is not a province"):
        zone_of_province("Timor Timur")


def test_a_time_without_an_offset_is_refused() -> None:
    naive = datetime(2022, 3, 31, 16, 10)  # noqa: DTZ001 the mistake under test
    with pytest.raises(ValueError, match="has no time zone"):
        local(naive, Zone.WIB)


def test_an_instant_is_told_in_utc() -> None:
    moment = instant(date(2022, 4, 4), time(8), "Asia/Makassar")
    assert moment == datetime(2022, 4, 4, 0, 0, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert instant(date(2022, 4, 4), time(7, 30), "WIT") == datetime(2022, 4, 3, 22, 30, tzinfo=UTC)
