"""The three time zones of Indonesia and the days and moments of an office in its own (domain.md 5).

Storage and `now` speak UTC; the day, the month and the hours of an office are those of its own zone: a report at
00:10 WITA on the 1st belongs to the new month. There is no daylight saving.
"""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.refusals import BadSetting, OneOf

_PONTIANAK = "Asia/Pontianak"
"""The IANA database's second name for WIB."""


class Zone(StrEnum):
    """A time zone of Keppres 41/1987: the name is what people read, the value is the IANA name."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"

    @classmethod
    def of(cls, name: str) -> "Zone":
        """Read `WITA` in any case, or an IANA name such as `Asia/Makassar`.

        Raises BadSetting that says what is allowed.
        """
        if name == _PONTIANAK:
            return cls.WIB
        for zone in cls:
            if name == zone or name.strip().upper() == zone.name:
                return zone
        allowed = ", ".join(f"{zone.name} ({zone.value})" for zone in cls)
        raise BadSetting(
            f"{name!r} is not a time zone of Indonesia: use {allowed}",
            field="zone",
            given=name,
            allowed=OneOf(tuple(zone.name for zone in cls)),
        )


def local(now_utc: datetime, zone: str) -> datetime:
    """The same instant on the clock of an office; `zone` as `Zone.of` reads it.

    Raises ValueError for an unknown zone and for a time without an offset.
    """
    if now_utc.tzinfo is None:
        raise ValueError(f"{now_utc.isoformat()} has no time zone")
    return now_utc.astimezone(ZoneInfo(Zone.of(zone)))


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant at which the clock of an office shows `at` on `day`. Raises ValueError for an unknown zone."""
    return datetime.combine(day, at, ZoneInfo(Zone.of(zone))).astimezone(UTC)
