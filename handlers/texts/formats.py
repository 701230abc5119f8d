"""Numbers, dates, periods and names as Indonesian offices write them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from domain.achievement import rounded, rounded_whole
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.plan import Capacity
from domain.standing import Standing
from domain.units import UnitGroup, unit_group
from domain.zones import Zone

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
QUARTERS = ("I", "II", "III", "IV")
_COUNTED = ("Jumlah ", "Tersedianya ", "Terlaksananya ")
"""Opening words of an indicator's name that say nothing in a list."""


def number(value: Decimal) -> str:
    """1.250,5: dots between thousands, a comma before decimals, no decimals that are zero."""
    plain = f"{value.normalize():,f}" if value else "0"
    return plain.translate(str.maketrans(",.", ".,"))


def money(value: Decimal) -> str:
    """Rp12.350.000."""
    return f"Rp{number(value)}"


def percent(value: Decimal) -> str:
    """Two decimals, half-up, as status and forms show it: 104,17%."""
    return f"{rounded(value):,.2f}%".translate(str.maketrans(",.", ".,"))


def whole_percent(value: Decimal) -> str:
    """Whole percents, half-up, as the camat sees them: 104%."""
    return f"{rounded_whole(value):,.0f}%".translate(str.maketrans(",.", ".,"))


def amount(value: Decimal, unit: str | None) -> str:
    """A figure with its unit: `13 desa`, `75%`, `Rp1.500.000`, `84,25`."""
    match unit_group(unit):
        case UnitGroup.PCT:
            return f"{number(value)}%"
        case UnitGroup.MONEY:
            return money(value)
        case UnitGroup.INDEX:
            return number(value)
        case _:
            return f"{number(value)} {unit_word(unit)}".strip()


def figure_of_unit(value: Decimal, unit: str | None) -> str:
    """A figure beside others of its unit: `13`, but `75%` and `Rp1.500.000`, which always carry their sign."""
    return amount(value, unit) if unit_group(unit) in (UnitGroup.PCT, UnitGroup.MONEY) else number(value)


def unit_word(unit: str | None) -> str:
    """A unit inside a sentence: lower case, unless it is an abbreviation; an index has none."""
    if unit is None or unit_group(unit) is UnitGroup.INDEX:
        return ""
    if unit_group(unit) is UnitGroup.MONEY:
        return "rupiah"
    return unit if unit.isupper() and len(unit) <= 4 else unit.lower()


def month(number_of_month: int) -> str:
    return MONTHS[number_of_month - 1]


def period(which: Period) -> str:
    """`Maret`, `TW I`, `tahun 2022`: the period inside a sentence."""
    match which.kind:
        case PeriodKind.MONTH:
            return month(which.number)
        case PeriodKind.QUARTER:
            return f"TW {QUARTERS[which.number - 1]}"
        case PeriodKind.YEAR:
            return f"tahun {which.year}"


def period_with_year(which: Period) -> str:
    """`Maret 2022`, `TW I 2022`, `Tahun 2022`: the period as a heading."""
    return f"Tahun {which.year}" if which.kind is PeriodKind.YEAR else f"{period(which)} {which.year}"


def periods_with_year(which: Sequence[Period]) -> str:
    """`Maret 2022`, or `Maret dan TW I 2022` for periods that close together."""
    if len(which) == 1:
        return period_with_year(which[0])
    return f"{' dan '.join(period(one) for one in which)} {which[0].year}"


def months_of(which: Period) -> str:
    """`April-Juni`: the months of a longer period."""
    return f"{month(which.first_month)}-{month(which.last_month)}"


def day(which: date) -> str:
    """`Selasa 5 April`."""
    return f"{DAYS[which.weekday()]} {which.day} {month(which.month)}"


def full_day(which: date) -> str:
    """`Selasa 5 April 2022`."""
    return f"{day(which)} {which.year}"


def clock(moment: datetime, zone: str) -> str:
    """`10.42 WITA`; `moment` is on the office's clock."""
    return f"{moment:%H.%M} {Zone.of(zone).name}"


def moment(when: datetime, zone: str) -> str:
    """`29 Maret 2022 10.42 WITA`; `when` is on the office's clock."""
    return f"{when.day} {month(when.month)} {when.year} {clock(when, zone)}"


def indicator(name: str, limit: int = 90) -> str:
    """An indicator's name for a list: without the words every name begins with, shortened at a word."""
    plain = " ".join(name.split())
    for opening in _COUNTED:
        if plain.startswith(opening) and len(plain) > len(opening) + 3:
            plain = plain.removeprefix(opening)
            plain = plain[0].upper() + plain[1:]
            break
    return shortened(plain, limit)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return at_word.rstrip(" ,.;:-(/") + "…"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def fitted(lines: Sequence[str], room: int, rest: str = "… dan {} lainnya") -> str:
    """As many lines as fit into `room` characters; what does not fit is counted in a last one."""
    text = "\n".join(lines)
    kept = len(lines)
    while len(text) > room and kept:
        kept -= 1
        text = "\n".join((*lines[:kept], rest.format(len(lines) - kept)))
    return text


def person(name: str, salutation: str) -> str:
    """`Bu Sari`; the bare name where the office entered no salutation."""
    return f"{salutation} {name}".strip()


def post(title: str, capacity: Capacity) -> str:
    """`Kasi Pemerintahan`, or `Plt Kasi Pembangunan` for somebody who acts for it."""
    return title if capacity is Capacity.DEFINITIF else f"{capacity} {title}"


def reported_post(title: str, capacity: Capacity | None) -> str:
    """The same, and `untuk Camat` for somebody who only fills in its figures."""
    return f"untuk {title}" if capacity is None else post(title, capacity)


def figure_period(duty: Duty, which: Period) -> str:
    """`Maret 2022`; `s/d Mei 2022 (posisi awal)` of what was realised before the office began."""
    return position_period(which) if is_position(duty, which) else period_with_year(which)


def is_position(duty: Duty, which: Period) -> bool:
    """Whether the value of a period is the position of before the office began, be it returned."""
    waits = which in duty.returned and which.last_month < duty.measure.since
    return which == duty.measure.opening or waits


def short_period(duty: Duty, which: Period) -> str:
    """`Maret`; `s/d Mei (posisi awal)`."""
    return f"s/d {month(which.last_month)} (posisi awal)" if is_position(duty, which) else period(which)


def position_period(which: Period) -> str:
    """`s/d Mei 2022 (posisi awal)`"""
    return f"s/d {month(which.last_month)} {which.year} (posisi awal)"


def office(name: str) -> str:
    """`Kecamatan Gumelar`, whether or not the workbook wrote the word."""
    return name if name.lower().startswith("kecamatan") else f"Kecamatan {name}"


def standing_word(standing: Standing) -> str:
    """`Terverifikasi` or `Sementara` of a figure that counts; else why there is none: `Belum lapor`, `Dikembalikan`.

    A figure that the camat approved is verified, too: that its quarter is "disahkan" is said where a quarter is shown.
    """
    match standing:
        case Standing.MISSING:
            return "Belum lapor"
        case Standing.RETURNED:
            return "Dikembalikan"
        case Standing.REPORTED | Standing.SEEN | Standing.VERIFIED | Standing.APPROVED:
            return verified_word(standing.is_verified)


def verified_share(verified: int, reported: int) -> str:
    """`60%` of what was reported: whole percents, neither 0% of some nor 100% of less than all."""
    if verified in (0, reported):
        return "100%" if verified else "0%"
    return f"{min(99, max(1, verified * 100 // reported))}%"


def verified_word(verified: bool) -> str:
    """`Terverifikasi` or `Sementara`."""
    return "Terverifikasi" if verified else "Sementara"
