"""The three time zones of Indonesia and the days and moments of an office in its own (domain.md 5).

Storage and `now` speak UTC; the day, the month and the hours of an office are those of its own zone: a report at
00:10 WITA on the 1st belongs to the new month. There is no daylight saving.
"""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import MappingProxyType
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


PROVINCES = MappingProxyType(
    {
        Zone.WIB: (
            "Aceh",
            "Sumatera Utara",
            "Sumatera Barat",
            "Riau",
            "Kepulauan Riau",
            "Jambi",
            "Sumatera Selatan",
            "Kepulauan Bangka Belitung",
            "Bengkulu",
            "Lampung",
            "Banten",
            "DKI Jakarta",
            "Jawa Barat",
            "Jawa Tengah",
            "DI Yogyakarta",
            "Jawa Timur",
            "Kalimantan Barat",
            "Kalimantan Tengah",
        ),
        Zone.WITA: (
            "Kalimantan Selatan",
            "Kalimantan Timur",
            "Kalimantan Utara",
            "Bali",
            "Nusa Tenggara Barat",
            "Nusa Tenggara Timur",
            "Sulawesi Utara",
            "Gorontalo",
            "Sulawesi Tengah",
            "Sulawesi Barat",
            "Sulawesi Selatan",
            "Sulawesi Tenggara",
        ),
        Zone.WIT: (
            "Maluku",
            "Maluku Utara",
            "Papua",
            "Papua Barat",
            "Papua Barat Daya",
            "Papua Selatan",
            "Papua Tengah",
            "Papua Pegunungan",
        ),
    }
)
"""The 38 provinces by zone."""

_SHORT_NAMES = MappingProxyType(
    {
        "sumut": "sumatera utara",
        "sumbar": "sumatera barat",
        "kepri": "kepulauan riau",
        "sumsel": "sumatera selatan",
        "babel": "kepulauan bangka belitung",
        "bangka belitung": "kepulauan bangka belitung",
        "jakarta": "dki jakarta",
        "dki": "dki jakarta",
        "daerah khusus jakarta": "dki jakarta",
        "dkj": "dki jakarta",
        "jabar": "jawa barat",
        "jateng": "jawa tengah",
        "diy": "di yogyakarta",
        "yogyakarta": "di yogyakarta",
        "daerah istimewa yogyakarta": "di yogyakarta",
        "jatim": "jawa timur",
        "kalbar": "kalimantan barat",
        "kalteng": "kalimantan tengah",
        "kalsel": "kalimantan selatan",
        "kaltim": "kalimantan timur",
        "kaltara": "kalimantan utara",
        "ntb": "nusa tenggara barat",
        "ntt": "nusa tenggara timur",
        "sulut": "sulawesi utara",
        "sulteng": "sulawesi tengah",
        "sulbar": "sulawesi barat",
        "sulsel": "sulawesi selatan",
        "sultra": "sulawesi tenggara",
        "malut": "maluku utara",
    }
)

_ZONE_BY_PROVINCE = MappingProxyType(
    {province.casefold(): zone for zone, provinces in PROVINCES.items() for province in provinces}
)


def zone_of_province(name: str) -> Zone:
    """The zone of a province by its full or usual short name ("Provinsi Bali", "Jatim"), in any case.

    Raises ValueError for anything that is not one of the 38 provinces.
    """
    plain = " ".join(name.casefold().replace(".", "").split()).removeprefix("provinsi ")
    zone = _ZONE_BY_PROVINCE.get(_SHORT_NAMES.get(plain, plain))
    if zone is None:
        raise ValueError(f"{name!r} is not a province of Indonesia")
    return zone


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
