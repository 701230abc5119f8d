"""What is known of an indicator when a number is typed for it, and whether the number makes sense (domain.md 6).

A number that makes sense becomes a `Value`; any other an `Ask` with its reason and the readings to offer (rule 8).
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum, auto

from domain.modes import Mode
from domain.units import UnitGroup, normal_unit, unit_group

_MILLIONTH = Decimal("0.000001")
"""The finest step a table can hold."""
GREATEST = Decimal("9223372036854.775807")
"""The greatest number a table can hold: 64-bit millionths."""
FAR_ABOVE = 3
"""A count above this many times its target, or its own average, is asked about (rule 8)."""
RUNNING = 3
"""Every so many periods running with the same figure it is asked about."""
SMALL_MONEY = 1000
"""Money below its target divided by this is asked about (rule 8)."""


class Doubt(StrEnum):
    """Why a number is asked about. One sentence each in the texts; the candidates are told for each."""

    NOT_A_NUMBER = "not_a_number"
    """Nothing that reads as a number. No candidates."""
    ZERO_OR_NOT_YET = "zero_or_not_yet"
    """A dash, "n/a", "tidak ada data": nihil, or not yet reported? Candidate: 0."""
    SEVERAL = "several"
    """More than one number, or one said in a way that leaves two. Candidates: the readings, where there are any."""
    OTHER_UNIT = "other_unit"
    """Words that are not the indicator's unit stand beside the number. Candidate: the number."""
    OTHER_TARGET = "other_target"
    """Said as "10 dari 15" where the target is not 15. Candidate: the first number."""
    SEPARATOR = "separator"
    """A dot, comma or space that may mean thousands or decimals. Candidates: both, where both are possible."""
    FRACTION = "fraction"
    """A fraction of something that is counted in whole numbers. No candidates."""
    ABOVE_RANGE = "above_range"
    """Above the greatest value that makes sense. Candidate: an index with its comma put back ("8425": 84,25)."""
    BELOW_RANGE = "below_range"
    """Below the least value that makes sense. Candidate: the number without its minus."""
    SMALL_PERCENT = "small_percent"
    """A percentage between 0 and 1. Candidates: 75 and 0,75."""
    BELOW_PREVIOUS = "below_previous"
    """CUM and below the last position. Candidates: the number, and it added to the last position."""
    INCREMENT_FOR_POSITION = "increment_for_position"
    """CUM and equal to the increment of the target, or said as an increment. Candidates: as BELOW_PREVIOUS."""
    TO_DATE_FOR_PERIOD = "to_date_for_period"
    """SUM and equal to the s/d figure, or said as "s/d". Candidates: the number, and it less the previous sum."""
    ANNUAL_FOR_PERIOD = "annual_for_period"
    """The target of the year typed for a period. Candidate: the number."""
    FAR_ABOVE_TARGET = "far_above_target"
    """More than three times the target. Candidate: the number."""
    SMALL_MONEY = "small_money"
    """Rupiah below a thousandth of the target. Candidates: the number, and it in thousands or millions."""
    APPROXIMATE = "approximate"
    """Said as "sekitar 12", "12an", "10-12", "setengah". Candidates: the numbers named, none for halves."""
    SAME_AS_BEFORE = "same_as_before"
    """Said as "sama", "idem". Candidate: the last position, for CUM."""
    COMPLETE = "complete"
    """Said as "lengkap", "semua". Candidate: the target."""
    RATIO = "ratio"
    """A percentage given as "15 dari 20". Candidate: the percentage; numerator and denominator are set."""
    FAR_ABOVE_AVERAGE = "far_above_average"
    """More than three times what earlier periods brought on average. Candidate: the number."""
    ABOVE_ANNUAL = "above_annual"
    """With it more is reached than the target of the year. Candidate: the number."""
    ABOVE_LATER = "above_later"
    """CUM and above the position of a later period. Candidate: the number."""
    SAME_AGAIN = "same_again"
    """The same figure three times running. Candidate: the number."""
    PART_ABOVE_WHOLE = "part_above_whole"
    """Said as "25 dari 20". Candidate: the reading, where it makes sense; numerator and denominator are set."""
    PERCENT_OR_COUNT = "percent_or_count"
    """A bare number for a percentage whose denominator is known: 15%, or 15 of 20? Candidates: the percentage of the
    count (numerator and denominator belong to it), then the number as a percentage."""
    TOO_LONG = "too_long"
    """More digits than our tables hold: above `GREATEST`, or more than six after the comma. No candidates."""


UNUSUAL = (
    Doubt.BELOW_PREVIOUS,
    Doubt.INCREMENT_FOR_POSITION,
    Doubt.TO_DATE_FOR_PERIOD,
    Doubt.ANNUAL_FOR_PERIOD,
    Doubt.FAR_ABOVE_TARGET,
    Doubt.SMALL_MONEY,
    Doubt.FAR_ABOVE_AVERAGE,
    Doubt.ABOVE_ANNUAL,
    Doubt.ABOVE_LATER,
    Doubt.SAME_AGAIN,
    Doubt.PART_ABOVE_WHOLE,
)
"""Doubts about the figure itself, not about how it is written: whoever confirms them may say why."""
TOLD = (
    *UNUSUAL,
    Doubt.SMALL_PERCENT,
    Doubt.APPROXIMATE,
    Doubt.SAME_AS_BEFORE,
    Doubt.COMPLETE,
    Doubt.OTHER_UNIT,
    Doubt.OTHER_TARGET,
)
"""Doubts of which whoever checks a figure is told once they are confirmed."""
_BESIDE_OTHERS = frozenset({Doubt.FAR_ABOVE_AVERAGE, Doubt.ABOVE_ANNUAL, Doubt.ABOVE_LATER, Doubt.SAME_AGAIN})
BASIS = frozenset({Doubt.BELOW_PREVIOUS, Doubt.INCREMENT_FOR_POSITION, Doubt.TO_DATE_FOR_PERIOD})
"""Is it the figure of the period or that s/d? Whoever has chosen a reading has answered all of them."""


class Kind(Enum):
    """What numbers a unit takes: rules 6 and 7 go by it."""

    WHOLE = auto()
    """Counted, in whole numbers."""
    MONEY = auto()
    """Rupiah, perhaps with sen."""
    OPEN = auto()
    """Percentages, index values and measures: decimals are natural."""


_MEASURED = frozenset({
    "km", "m", "m2", "m3", "meter", "ha", "hektar", "kg", "ton", "kuintal", "liter", "jam", "hari", "menit", "tahun",
})  # fmt: skip
"""Units outside the groups of domain.md 2.2 that are measured, not counted."""


class Basis(Enum):
    """Which basis the words round a number name."""

    UNSAID = auto()
    TO_DATE = auto()
    """Said as "s/d Juni"."""
    INCREMENT = auto()
    """Said as "tambahan 5" or "+5"."""


@dataclass(frozen=True)
class NumberContext:
    """What is known of the indicator and period for which a number is typed.

    `previous` is the last s/d position (CUM) or the sum of the earlier periods (SUM): 0 where nothing came before,
    None if unknown.
    `target_before` is the target s/d the period before, in the same basis; None if unknown. `low` and `high` bound
    what makes sense; without `low` nothing below zero does, unless the target itself is below zero. `ratio` says
    that staff report numerator and denominator, `denominator` is the known one ("dari 20 desa").

    `average` is what earlier periods brought on average (CUM: what each added), None where fewer than two did;
    `planned_average` the mean of their targets. `last` is the figure of the period before, which `running` periods had
    one after the other. `following` is the position of the next period that was reported (CUM).
    """

    unit: str | None
    mode: Mode
    target: Decimal | None = None
    annual_target: Decimal | None = None
    previous: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ratio: bool = False
    denominator: Decimal | None = None
    name: str = ""
    target_before: Decimal | None = None
    average: Decimal | None = None
    planned_average: Decimal | None = None
    last: Decimal | None = None
    running: int = 0
    following: Decimal | None = None

    @property
    def group(self) -> UnitGroup:
        return unit_group(self.unit, self.name)

    @property
    def kind(self) -> Kind:
        """What numbers the unit takes; units that nobody listed are counted."""
        match self.group:
            case UnitGroup.MONEY:
                return Kind.MONEY
            case UnitGroup.INDEX | UnitGroup.PCT:
                return Kind.OPEN
            case UnitGroup.OTHER:
                unit = normal_unit(self.unit)
                return Kind.OPEN if unit is None or unit in _MEASURED else Kind.WHOLE
            case UnitGroup.TIME | UnitGroup.STOCK | UnitGroup.FLOW:
                return Kind.WHOLE

    @property
    def least(self) -> Decimal | None:
        """The least value that makes sense; None for no limit."""
        if self.low is not None:
            return self.low
        return None if self.target is not None and self.target < 0 else Decimal(0)


@dataclass(frozen=True)
class Value:
    """A number that reads in one way only. To be echoed with unit, period and basis before it is saved (rule 9).

    `to_date` tells that the person said "s/d". `numerator` and `denominator` come with a confirmed share.
    """

    number: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    to_date: bool = False


@dataclass(frozen=True)
class NoReport:
    """Said as "belum": there is no report yet, and reminders go on."""


@dataclass(frozen=True)
class Ask:
    """A number that must be asked about. `candidates` are the readings to offer, each of which could be saved.

    `numerator` and `denominator` belong to the first candidate. `also` are further doubts about the number, which are
    confirmed with the first.
    """

    doubt: Doubt
    candidates: tuple[Decimal, ...] = ()
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    also: tuple[Doubt, ...] = ()


Reading = Value | NoReport | Ask


def judge(number: Decimal, context: NumberContext, basis: Basis = Basis.UNSAID) -> Value | Ask:
    """The value, unless something about it needs a person's word (rule 8)."""
    unreadable = _form_doubt(number, context) or _range_doubt(number, context) or _small_percent_doubt(number, context)
    if unreadable is not None:
        return unreadable
    doubts = _sense_doubts(number, basis, context)
    if not doubts:
        return Value(_tidy(number), to_date=basis is Basis.TO_DATE)
    return replace(doubts[0], also=tuple(one.doubt for one in doubts[1:]))


def weigh(number: Decimal, context: NumberContext) -> tuple[Doubt, ...]:
    """What is unusual about a number of which no word leaves a doubt, the gravest first."""
    return tuple(one.doubt for one in _sense_doubts(number, Basis.UNSAID, context))


def _sense_doubts(number: Decimal, basis: Basis, context: NumberContext) -> list[Ask]:
    found = (
        _basis_doubt(number, basis, context),
        _size_doubt(number, context),
        _above_annual_doubt(number, context),
        _later_doubt(number, context),
        _average_doubt(number, context),
        _same_doubt(number, context),
    )
    return [doubt for doubt in found if doubt is not None]


def judge_share(part: Decimal, whole: Decimal, context: NumberContext, basis: Basis = Basis.UNSAID) -> Ask:
    """Propose `part` of `whole` as a percentage (domain.md 1, rule 9). Both must fit our tables; `whole` is not 0."""
    percent = percent_of(part, whole)
    if part > whole:
        return Ask(Doubt.PART_ABOVE_WHOLE, possible(context, percent), part, whole)
    doubt = _form_doubt(percent, context) or _range_doubt(percent, context) or _basis_doubt(percent, basis, context)
    if doubt is None:
        return Ask(Doubt.RATIO, (percent,), part, whole)
    return Ask(doubt.doubt, doubt.candidates, part, whole) if percent in doubt.candidates[:1] else Ask(doubt.doubt)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole x 100, half-up to what tables hold."""
    percent = (part / whole * 100).quantize(_MILLIONTH, ROUND_HALF_UP)
    return _tidy(percent)


def offer(doubt: Doubt, number: Decimal, context: NumberContext) -> Ask:
    """Ask, with the number as a candidate if nothing else about it is doubtful, or only beside the indicator's own
    figures: that is asked about next."""
    found = judge(number, context)
    clear = isinstance(found, Value) or found.doubt in _BESIDE_OTHERS
    return Ask(doubt, (_tidy(number),) if clear else ())


def possible(context: NumberContext, *numbers: Decimal | None) -> tuple[Decimal, ...]:
    """Those of the numbers that could be saved, in order, each once."""
    fitting = (number for number in numbers if number is not None and could_be_saved(number, context))
    return tuple(dict.fromkeys(_tidy(number) for number in fitting))


def could_be_saved(number: Decimal, context: NumberContext) -> bool:
    """Whether the number fits our tables, the unit, and the range that makes sense."""
    return _form_doubt(number, context) is None and _range_doubt(number, context) is None


def fits_tables(number: Decimal) -> bool:
    """Whether a table can hold the number exactly."""
    return abs(number) <= GREATEST and number == number.quantize(_MILLIONTH)


def _tidy(number: Decimal) -> Decimal:
    """Without zeros after the comma and without a minus before zero; 100 stays 100."""
    return number.normalize() if number % 1 else number.to_integral_value() + 0


# --- doubts, in the order in which they are raised ----------------------------------------------------------------


def _form_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    if not fits_tables(number):
        return Ask(Doubt.TOO_LONG)
    return Ask(Doubt.FRACTION) if context.kind is Kind.WHOLE and number % 1 else None


def _range_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    if context.least is not None and number < context.least:
        return Ask(Doubt.BELOW_RANGE)
    if context.high is not None and number > context.high:
        return Ask(Doubt.ABOVE_RANGE, _with_comma(number, context))
    return None


def _with_comma(number: Decimal, context: NumberContext) -> tuple[Decimal, ...]:
    """An index typed without its comma ("8425"): the greatest number of those digits that is within the range.

    Just above the range a comma is not what is missing: 101 of 100 is no 10,1.
    """
    if context.group is not UnitGroup.INDEX or number % 1 or context.high is None or number < 2 * context.high:
        return ()
    shifted = (number / 10**places for places in range(1, 7))
    return next(((_tidy(each),) for each in shifted if (context.least or 0) <= each <= context.high), ())


def _small_percent_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    if context.group is not UnitGroup.PCT or not 0 < number < 1:
        return None
    return Ask(Doubt.SMALL_PERCENT, possible(context, number * 100, number))


def _basis_doubt(number: Decimal, basis: Basis, context: NumberContext) -> Ask | None:
    match context.mode:
        case Mode.CUM:
            return _position_doubt(number, basis, context) or _annual_doubt(number, context)
        case Mode.SUM:
            return _amount_doubt(number, basis, context) or _annual_doubt(number, context)
        case Mode.LEVEL | Mode.SINGLE:
            stated = basis is Basis.INCREMENT
            return Ask(Doubt.INCREMENT_FOR_POSITION, possible(context, number)) if stated else None


def _position_doubt(number: Decimal, basis: Basis, context: NumberContext) -> Ask | None:
    """CUM: an increment typed where the position is asked."""
    last = context.previous or Decimal(0)
    if basis is Basis.INCREMENT:
        return Ask(Doubt.INCREMENT_FOR_POSITION, possible(context, last + number, number))
    if number < last:
        added = None if basis is Basis.TO_DATE else last + number
        return Ask(Doubt.BELOW_PREVIOUS, possible(context, number, added))
    if basis is Basis.UNSAID and last and number == _target_increment(context):
        return Ask(Doubt.INCREMENT_FOR_POSITION, possible(context, number, last + number))
    return None


def _target_increment(context: NumberContext) -> Decimal | None:
    """What the target of a CUM indicator adds in this period; None if unknown or the whole of it."""
    if context.target is None or not context.target_before:
        return None
    return context.target - context.target_before


def _amount_doubt(number: Decimal, basis: Basis, context: NumberContext) -> Ask | None:
    """SUM: the figure s/d typed where the period's own is asked."""
    if basis is Basis.INCREMENT or number == 0:
        return None
    said = basis is Basis.TO_DATE and context.previous != 0
    if not said and number not in _figures_to_date(context):
        return None
    alone = None if context.previous is None else number - context.previous
    return Ask(Doubt.TO_DATE_FOR_PERIOD, possible(context, *((alone, number) if said else (number, alone))))


def _figures_to_date(context: NumberContext) -> tuple[Decimal, ...]:
    """What a SUM indicator stands at when the target is met: by what was reported, and by the plan."""
    if not context.target:
        return ()
    return tuple(before + context.target for before in (context.previous, context.target_before) if before)


def _annual_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    year = context.annual_target
    is_year = bool(number) and number == year and context.target not in (None, year)
    reached_before = context.mode is Mode.CUM and context.previous == year
    return Ask(Doubt.ANNUAL_FOR_PERIOD, possible(context, number)) if is_year and not reached_before else None


def _size_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    target = context.target
    if target is None or target <= 0 or number == 0 or context.group in (UnitGroup.PCT, UnitGroup.INDEX):
        return None
    if number > FAR_ABOVE * target:
        return Ask(Doubt.FAR_ABOVE_TARGET, possible(context, number))
    if context.kind is Kind.MONEY and number < target / SMALL_MONEY:
        return Ask(Doubt.SMALL_MONEY, possible(context, number, *_larger_money(number, target)))
    return None


def _above_annual_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    """The year's target is passed by this figure, not by one before it; an index or a rate that is better than its
    target is nothing unusual."""
    if context.mode in (Mode.LEVEL, Mode.SINGLE) and context.kind is Kind.OPEN:
        return None
    year, before = context.annual_target, context.previous or Decimal(0)
    reached = before + number if context.mode is Mode.SUM else number
    is_above = year is not None and year > 0 and before <= year < reached
    return Ask(Doubt.ABOVE_ANNUAL, possible(context, number)) if is_above and number else None


def _later_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    if context.mode is not Mode.CUM or context.following is None or number <= context.following:
        return None
    return Ask(Doubt.ABOVE_LATER, possible(context, number))


def _average_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    """Far above what is usual, unless the plan itself has such a peak here."""
    usual = context.average
    brought = number - (context.previous or Decimal(0)) if context.mode is Mode.CUM else number
    if usual is None or usual <= 0 or brought <= FAR_ABOVE * usual:
        return None
    return None if _is_planned_peak(number, context) else Ask(Doubt.FAR_ABOVE_AVERAGE, possible(context, number))


def _is_planned_peak(number: Decimal, context: NumberContext) -> bool:
    target, planned = context.target, context.planned_average
    return target is not None and planned is not None and number <= target and target > FAR_ABOVE * planned


def _same_doubt(number: Decimal, context: NumberContext) -> Ask | None:
    """The same once more, though the figure should move: zero may stay, a state whose target stays, and a goal that is
    reached."""
    is_run = number == context.last and (context.running + 1) % RUNNING == 0
    if not is_run or number == 0:
        return None
    stays = context.mode is Mode.LEVEL and context.target_before in (None, context.target)
    is_reached = context.mode is Mode.CUM and number == context.annual_target
    return None if stays or is_reached else Ask(Doubt.SAME_AGAIN, possible(context, number))


def _larger_money(number: Decimal, target: Decimal) -> list[Decimal]:
    """The number in thousands and in millions, as far as that makes sense beside the target."""
    larger = (number * 1000, number * 10**6)
    return [each for each in larger if target / SMALL_MONEY <= each <= FAR_ABOVE * target]
