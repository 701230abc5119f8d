"""Numbers and periods in the few words that fit a picture (pictures show whole percents, domain.md 9)."""

from decimal import ROUND_HALF_UP, Decimal

from domain.achievement import rounded, rounded_whole
from domain.periods import Period, PeriodKind
from domain.plan import Level
from domain.summary import Coverage
from domain.units import normal_unit
from handlers.texts import formats

_LARGE = (
    (Decimal(10) ** 12, "triliun"),
    (Decimal(10) ** 9, "miliar"),
    (Decimal(10) ** 6, "juta"),
)
_MOST_PERCENT = Decimal(9999)
"""A figure against a target of a wrong size; in full it stands in the chat and in the forms."""


def whole_percent(value: Decimal) -> str:
    """92.4 as "92%"; beyond any that can be meant as ">9.999%"."""
    if abs(value) <= _MOST_PERCENT:
        return formats.whole_percent(value)
    return f"{'>' if value > 0 else '<-'}{formats.whole_percent(_MOST_PERCENT)}"


def number(value: Decimal) -> str:
    """1250.5 as "1.250,5": at most two decimals, none that is only zeros."""
    return formats.number(rounded(value))


def short_number(value: Decimal) -> str:
    """As `number`, from a million up with its word: 20381000 as "20,4 juta"."""
    for size, word in _LARGE:
        if abs(value) >= size:
            return f"{number((value / size).quantize(Decimal('0.1'), ROUND_HALF_UP))} {word}"
    return number(value)


def amount(value: Decimal, unit: str) -> str:
    """A value with its unit: "13 desa", "12,5%", "Rp20,4 juta"."""
    match normal_unit(unit):
        case None:
            return short_number(value)
        case "%":
            return f"{short_number(value)}%"
        case "rp":
            return rupiah(value)
        case _:
            return f"{short_number(value)} {unit}"


def share(realisation: Decimal, target: Decimal, unit: str) -> str:
    """A realisation beside its target: "1 dari 3 desa"."""
    if normal_unit(unit) in ("%", "rp"):
        return f"{amount(realisation, unit)} dari {amount(target, unit)}"
    return f"{short_number(realisation)} dari {amount(target, unit)}"


def change(difference: Decimal, unit: str = "") -> str:
    """A difference to last week, rounded to whole numbers: "naik 4", "turun 2 poin", "tetap"."""
    whole = rounded_whole(difference)
    if whole == 0:
        return "tetap"
    return " ".join(filter(None, ("naik" if whole > 0 else "turun", number(abs(whole)), unit)))


def short_period(code: str) -> str:
    """The code of a period in a column's heading: "Mar", "TW I", "2022"."""
    period = Period.parse(code)
    match period.kind:
        case PeriodKind.MONTH:
            return formats.month(period.number)[:3]
        case PeriodKind.QUARTER:
            return formats.period(period)
        case PeriodKind.YEAR:
            return str(period.year)


def period_in_words(code: str) -> str:
    """The code of a period as people say it: "Maret 2022", "TW I 2022", "Tahun 2022"."""
    return formats.period_with_year(Period.parse(code))


def rupiah(value: Decimal) -> str:
    """1916486189 as "Rp1,9 miliar"."""
    return f"Rp{short_number(value)}"


def share_of(coverage: Coverage) -> str:
    """How much of what was reported is verified, where it is a part: "60%"; empty for nothing and for all."""
    return verified_part(coverage.verified or 0, coverage.reported)


def verified_part(verified: int, reported: int) -> str:
    """The same of any reports."""
    return formats.verified_share(verified, reported) if 0 < verified < reported else ""


def page_count(number_of_page: int, pages: int) -> str:
    """What stands after the subject of one page of several: " (2 dari 3)"."""
    return f" ({number_of_page} dari {pages})" if pages > 1 else ""


def level_in_words(level: Level) -> str:
    """A rung of the plan inside a sentence: "sub kegiatan"."""
    return level.value.replace("_", " ")
