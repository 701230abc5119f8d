"""Capaian: how far a realisation reaches its target, and the average of several (domain.md 1).

Every capaian is in percent, unlimited and unrounded. `rounded` is for showing it, `capped` for averages and bars.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum

from domain.modes import Polarity

ARITHMETIC = Context(prec=50)
"""Wide enough to add and multiply stored figures (13 digits before the point, 6 behind it) without loss."""

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_ONE = Decimal(1)


class Formula(StrEnum):
    """The formulas of domain.md 1. F6, F7 and F9 are never chosen: they follow from the target."""

    POSITIVE = "F1"
    """More is better: R/T."""
    NEGATIVE = "F2"
    """Less is better, the default: (2T-R)/T."""
    NEGATIVE_RATIO = "F3"
    """Less is better, as some kabupaten count it: T/R. Does not agree with F2."""
    STABLE = "F4"
    """A value to hold; both sides are bad."""
    RANGE = "F5"
    """A target from `low` to `high`."""
    NEGATIVE_AT_ZERO = "F6"
    """Less is better and the target is 0: judged by the agreed worst value."""
    POSITIVE_AT_ZERO = "F7"
    """More is better and the target is 0: none."""
    ABSORPTION = "F8"
    """Serapan: realised money against the pagu."""
    POSITIVE_BELOW_ZERO = "F9"
    """More is better and the target lies below zero: 1+(1-R/T)."""

    @property
    def zero_is_target(self) -> bool:
        """Whether a printed 0 is something to reach ("0 pelanggaran") and not another way to write "-"."""
        return self in _ZERO_IS_TARGET


_ZERO_IS_TARGET = frozenset({Formula.NEGATIVE, Formula.NEGATIVE_RATIO, Formula.NEGATIVE_AT_ZERO, Formula.RANGE})
_FOLLOWS_FROM_TARGET = frozenset({Formula.NEGATIVE_AT_ZERO, Formula.POSITIVE_AT_ZERO, Formula.POSITIVE_BELOW_ZERO})


class NoCapaian(StrEnum):
    """Why there is no capaian, in the words of the field (domain.md 1, rules 3, 4 and 6)."""

    NO_TARGET = "tanpa target"
    NOT_DUE = "belum jatuh tempo"
    """There is a target, but none up to now."""
    NOT_REPORTED = "belum lapor"
    UNKNOWN_BEFORE = "posisi awal belum ada"
    """The office began within the year, and nobody has told what was realised before."""
    ZERO_TARGET_MISSED = "tidak tercapai (target 0)"
    UNDEFINED = "tidak dapat dihitung"


class Cap(StrEnum):
    """The most that one indicator may bring into an average; a setting of the office (domain.md 1, rule 2)."""

    AT_100 = "100"
    AT_110 = "110"
    AT_120 = "120"
    NONE = "none"

    @property
    def limit(self) -> Decimal | None:
        """In percent; None for no limit."""
        return None if self is Cap.NONE else Decimal(self.value)


@dataclass(frozen=True)
class AchievementRule:
    """The formula of one indicator with what it needs; stored with the indicator and never switched silently.

    `worst` is the agreed worst value of a negative indicator with target 0 (above 0). `low` and `high` are the ends
    of a range target. All in the indicator's unit. Raises ValueError where these do not fit the formula.
    """

    formula: Formula = Formula.POSITIVE
    worst: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        if self.formula in _FOLLOWS_FROM_TARGET:
            raise ValueError(f"{self.formula} follows from the target and cannot be chosen")
        if self.worst is not None and self.worst <= 0:
            raise ValueError("the worst value of a negative indicator is above 0")
        if self.formula is Formula.RANGE and (self.low is None or self.high is None or self.low > self.high):
            raise ValueError("a range target needs a low end and a high end that is not below it")


@dataclass(frozen=True)
class Standing:
    """One indicator as an average sees it. `complete`: everything due so far was reported. `capaian` in percent."""

    has_target: bool
    complete: bool
    capaian: Decimal | None


@dataclass(frozen=True)
class Average:
    """A plain mean in percent, and the counts of indicators behind it (domain.md 1, rule 3).

    `counted` (dihitung) went into `value`; `missing` (belum lapor) and `without_target` (tanpa target) did not, nor
    did the `uncomputable`, which were reported but have no capaian. `value` and `with_missing_as_zero` ("bila yang
    belum lapor dihitung 0") are None when nothing can be averaged.
    """

    counted: int
    missing: int
    without_target: int
    uncomputable: int
    value: Decimal | None
    with_missing_as_zero: Decimal | None

    @property
    def complete(self) -> bool:
        """Whether nothing due is missing: only then the average may carry a predicate and a colour."""
        return self.missing == 0


def default_rule(polarity: Polarity) -> AchievementRule:
    """The rule of an indicator of which only the direction is known (domain.md 9)."""
    match polarity:
        case Polarity.POSITIVE:
            return AchievementRule(Formula.POSITIVE)
        case Polarity.NEGATIVE:
            return AchievementRule(Formula.NEGATIVE)
        case Polarity.STABLE:
            return AchievementRule(Formula.STABLE)


def applied_formula(target: Decimal, rule: AchievementRule) -> Formula:
    """The formula that really holds for this target: at and below zero another one than the rule's may."""
    if target > 0:
        return rule.formula
    match rule.formula:
        case Formula.POSITIVE if target == 0:
            return Formula.POSITIVE_AT_ZERO
        case Formula.POSITIVE if target < 0:
            return Formula.POSITIVE_BELOW_ZERO
        case Formula.NEGATIVE | Formula.NEGATIVE_RATIO if target == 0:
            return Formula.NEGATIVE_AT_ZERO
        case chosen:
            return chosen


def achievement(target: Decimal | None, realisation: Decimal | None, rule: AchievementRule) -> Decimal | None:
    """Capaian in percent, or None where it cannot be computed (domain.md 1); `why_none` tells the reason.

    Target and realisation are of the same period and the same basis, in the indicator's unit. A range is judged by
    its own ends; its `target` only says that there is one in this period.
    """
    if target is None or realisation is None:
        return None
    with localcontext(ARITHMETIC):
        return _computed(target, realisation, rule)


def why_none(target: Decimal | None, realisation: Decimal | None, rule: AchievementRule) -> NoCapaian | None:
    """Why `achievement` of the same arguments is None; None when it is not."""
    if target is None:
        return NoCapaian.NO_TARGET
    if realisation is None:
        return NoCapaian.NOT_REPORTED
    if achievement(target, realisation, rule) is not None:
        return None
    if applied_formula(target, rule) is Formula.NEGATIVE_AT_ZERO:
        return NoCapaian.ZERO_TARGET_MISSED
    return NoCapaian.UNDEFINED


def kemenkeu_stable(capaian: Decimal) -> Decimal:
    """Kemenkeu's linear conversion of an F4 capaian: 90 becomes 100, 100 becomes 120 (domain.md 1, F4)."""
    with localcontext(ARITHMETIC):
        return 2 * capaian - 80


def rounded(capaian: Decimal) -> Decimal:
    """Two decimals, half up, never "-0.00"."""
    return _half_up(capaian, _CENT)


def rounded_whole(capaian: Decimal) -> Decimal:
    """Whole percents, half up: for the chat and the camat's pictures."""
    return _half_up(capaian, _ONE)


def capped(capaian: Decimal, cap: Cap = Cap.AT_100) -> Decimal:
    """The capaian as averages and bars take it: not below 0, not above the cap."""
    floored = max(capaian, _ZERO)
    return floored if cap.limit is None else min(floored, cap.limit)


def mean(standings: Iterable[Standing], cap: Cap = Cap.AT_100) -> Average:
    """The plain mean of the capped capaian of what is complete and computable (domain.md 1, rule 3)."""
    every = tuple(standings)
    judged = [standing for standing in every if standing.has_target]
    complete = [standing for standing in judged if standing.complete]
    known = [capped(standing.capaian, cap) for standing in complete if standing.capaian is not None]
    missing = len(judged) - len(complete)
    return Average(
        counted=len(known),
        missing=missing,
        without_target=len(every) - len(judged),
        uncomputable=len(complete) - len(known),
        value=_plain_mean(known),
        with_missing_as_zero=_plain_mean(known + [_ZERO] * missing),
    )


def _computed(target: Decimal, realisation: Decimal, rule: AchievementRule) -> Decimal | None:
    match applied_formula(target, rule):
        case Formula.POSITIVE:
            return _ratio(realisation, target)
        case Formula.NEGATIVE:
            return _ratio(2 * target - realisation, target) if target > 0 else None
        case Formula.NEGATIVE_RATIO:
            return _ratio(target, realisation) if target > 0 and realisation > 0 else None
        case Formula.STABLE:
            return _held(target, realisation) if target > 0 else None
        case Formula.RANGE:
            return _within_range(realisation, rule)
        case Formula.NEGATIVE_AT_ZERO:
            return _kept_at_zero(realisation, rule.worst)
        case Formula.POSITIVE_AT_ZERO:
            return None
        case Formula.ABSORPTION:
            return _ratio(realisation, target) if target > 0 else None
        case Formula.POSITIVE_BELOW_ZERO:
            return _ratio(2 * target - realisation, target)


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return part * 100 / whole


def _held(target: Decimal, realisation: Decimal) -> Decimal:
    ratio = _ratio(realisation, target)
    return ratio if realisation <= target else 200 - ratio


def _within_range(realisation: Decimal, rule: AchievementRule) -> Decimal | None:
    if rule.high is not None and realisation > rule.high:
        return _computed(rule.high, realisation, AchievementRule(Formula.NEGATIVE, worst=rule.worst))
    if rule.low is not None and realisation < rule.low:
        return _computed(rule.low, realisation, AchievementRule(Formula.POSITIVE))
    return _HUNDRED


def _kept_at_zero(realisation: Decimal, worst: Decimal | None) -> Decimal | None:
    if realisation <= 0:
        return _HUNDRED
    return None if worst is None else _ratio(worst - realisation, worst)


def _half_up(capaian: Decimal, step: Decimal) -> Decimal:
    # Adding 0 turns a negative zero, which would be printed with its sign, into a plain one.
    return ARITHMETIC.add(capaian.quantize(step, ROUND_HALF_UP, ARITHMETIC), _ZERO)


def _plain_mean(values: list[Decimal]) -> Decimal | None:
    if not values:
        return None
    with localcontext(ARITHMETIC):
        return sum(values, _ZERO) / len(values)
