"""Numbers and periods in the few words that fit a picture (pictures show whole percents, domain.md 9)."""

from decimal import ROUND_HALF_UP, Decimal

from domain.periods import Period, PeriodKind
from domain.units import normal_unit

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_QUARTERS = ("I", "II", "III", "IV")
_LARGE = (
    (Decimal(10) ** 12, "triliun"),
    (Decimal(10) ** 9, "miliar"),
    (Decimal(10) ** 6, "juta"),
)


def rounded(value: Decimal, places: int = 0) -> Decimal:
    """`value` half-up at `places` decimals, as offices round."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def whole_percent(value: Decimal) -> str:
    """92.4 as "92%"."""
    return f"{number(rounded(value))}%"


def number(value: Decimal) -> str:
    """1250.5 as "1.250,5": at most two decimals, none that is only zeros."""
    plain = f"{rounded(value, 2):,.2f}".rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain.translate(str.maketrans(",.", ".,"))


def short_number(value: Decimal) -> str:
    """As `number`, from a million up with its word: 20381000 as "20,4 juta"."""
    for size, word in _LARGE:
        if abs(value) >= size:
            return f"{number(rounded(value / size, 1))} {word}"
    return number(value)


def amount(value: Decimal, unit: str) -> str:
    """A value with its unit: "13 desa", "12,5%", "Rp20,4 juta"."""
    match normal_unit(unit):
        case None:
            return short_number(value)
        case "%":
            return f"{short_number(value)}%"
        case "rp":
            return f"Rp{short_number(value)}"
        case _:
            return f"{short_number(value)} {unit}"


def share(realisation: Decimal, target: Decimal, unit: str) -> str:
    """A realisation beside its target: "1 dari 3 desa"."""
    if normal_unit(unit) in ("%", "rp"):
        return f"{amount(realisation, unit)} dari {amount(target, unit)}"
    return f"{short_number(realisation)} dari {amount(target, unit)}"


def change(difference: Decimal, unit: str = "") -> str:
    """A difference to last week, rounded to whole numbers: "naik 4", "turun 2 poin", "tetap"."""
    whole = rounded(difference)
    if whole == 0:
        return "tetap"
    return " ".join(filter(None, ("naik" if whole > 0 else "turun", number(abs(whole)), unit)))


def short_period(code: str) -> str:
    """The code of a period in a column's heading: "Mar", "TW I", "2022"."""
    period = Period.parse(code)
    match period.kind:
        case PeriodKind.MONTH:
            return _SHORT_MONTHS[period.number - 1]
        case PeriodKind.QUARTER:
            return f"TW {_QUARTERS[period.number - 1]}"
        case PeriodKind.YEAR:
            return str(period.year)


def period_in_words(code: str) -> str:
    """The code of a period as people say it: "Maret 2022", "TW I 2022", "Tahun 2022"."""
    period = Period.parse(code)
    match period.kind:
        case PeriodKind.MONTH:
            return f"{_MONTHS[period.number - 1]} {period.year}"
        case PeriodKind.QUARTER:
            return f"TW {_QUARTERS[period.number - 1]} {period.year}"
        case PeriodKind.YEAR:
            return f"Tahun {period.year}"
