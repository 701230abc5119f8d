"""Units of measurement as plans print them, their aliases, and the groups that decide modes and numbers."""

from enum import StrEnum
from functools import lru_cache


class UnitGroup(StrEnum):
    """Groups of domain.md 2.2; money and other units stand beside them."""

    INDEX = "index"
    PCT = "pct"
    TIME = "time"
    STOCK = "stock"
    FLOW = "flow"
    MONEY = "money"
    OTHER = "other"


ALIASES: dict[str, str] = {
    "persen": "%", "prosen": "%", "pct": "%",
    "org": "orang", "bln": "bulan", "bh": "buah", "lbr": "lembar", "explar": "eksemplar", "eks": "eksemplar",
    "keg": "kegiatan", "lap": "laporan", "lap monev": "laporan", "dok": "dokumen", "kuisisioner": "kuisioner",
    "kuesioner": "kuisioner", "pabdes": "apbdes", "unt": "unit", "pkt": "paket", "rupiah": "rp", "thn": "tahun",
    "pesrta": "peserta", "lmbr": "lembar", "bks": "berkas", "klp": "kelompok", "kel": "kelompok",
    "jiwa": "orang", "doc": "dokumen", "exemplar": "eksemplar", "x": "kali",
    "koordinasi dan kunsultasi": "koordinasi dan konsultasi",
}  # fmt: skip
"""Spelling, without dots and in lower case, to the unit it means (domain.md 2.4 and the five plans)."""

_INDEX = {"nilai", "angka", "indeks", "skor"}
_TIME = {"bulan"}
_STOCK = {
    "orang", "asn", "pns", "peserta", "unit", "jenis", "desa", "lembaga", "kelompok", "tp pkk", "keluarga", "rekening",
}  # fmt: skip
_FLOW = {
    "kegiatan", "kali", "dokumen", "laporan", "buku", "lembar", "buah", "eksemplar", "dos", "sk", "usulan",
    "koordinasi", "kuisioner", "berkas", "paket", "rapat",
}  # fmt: skip
PEOPLE = frozenset({"orang", "asn", "pns", "peserta"})
"""Units that count persons."""

_GROUPS = (
    (_INDEX, UnitGroup.INDEX),
    ({"%"}, UnitGroup.PCT),
    (_TIME, UnitGroup.TIME),
    (_STOCK, UnitGroup.STOCK),
    (_FLOW, UnitGroup.FLOW),
    ({"rp"}, UnitGroup.MONEY),
)
_GROUP_OF = {unit: group for units, group in _GROUPS for unit in units}
KNOWN = frozenset({*ALIASES, *ALIASES.values(), *_GROUP_OF})
"""Every unit that plans use, in lower case and without dots."""
_KEPT = 1024
"""Units of which the one spelling is remembered."""


def plain_unit(unit: str) -> str:
    """A unit in lower case and without dots, its aliases not resolved."""
    return " ".join(unit.lower().replace(".", " ").split())


@lru_cache(maxsize=_KEPT)
def normal_unit(unit: str | None) -> str | None:
    """The one spelling of a unit: lower case, no dots, aliases resolved; None for none."""
    if unit is None:
        return None
    plain = plain_unit(unit)
    return ALIASES.get(plain, plain) or None


@lru_cache(maxsize=_KEPT)
def unit_word(unit: str) -> str:
    """A unit as it is shown: as printed, but for abbreviations and slips (`ALIASES`) and dots at its end."""
    plain = plain_unit(unit)
    return ALIASES.get(plain, " ".join(unit.strip(" .").split()))


def unit_group(unit: str | None, name: str = "") -> UnitGroup:
    """The group of a unit (domain.md 2.2); a nameless unit of an index is told by the indicator's name."""
    normal = normal_unit(unit)
    if normal is None:
        return UnitGroup.INDEX if name.lower().startswith(("indeks", "nilai", "ikm", "skm")) else UnitGroup.OTHER
    return _GROUP_OF.get(normal, UnitGroup.OTHER)
