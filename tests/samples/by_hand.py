"""The figures of an indicator as domain.md's formulas give them, written down plainly and with none of our arithmetic.

Periods are spans of months, both ends included; numbers are fractions, so that nothing is rounded before it is shown,
but for the capaian of which a mean is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

MILLION = 10**6
Span = tuple[int, int]
YEAR: Span = (1, 12)


@dataclass(frozen=True)
class ByHand:
    """One indicator: what its plan prints and what was reported, by span; `unit` months are reported together."""

    mode: str
    averages: bool
    less_is_better: bool
    unit: int
    annual: Fraction | None
    printed: Mapping[Span, Fraction]
    values: Mapping[Span, Fraction]
    verified: frozenset[Span] = frozenset()

    @property
    def targets(self) -> dict[Span, Fraction]:
        """A printed 0 is no target, unless 0 is what is to be reached (1, rule 5)."""
        kept = {span: one for span, one in self.printed.items() if one != 0 or self.less_is_better}
        return dict(sorted(kept.items(), key=lambda item: item[0][1]))

    @property
    def year_target(self) -> Fraction | None:
        return None if self.annual == 0 and not self.less_is_better else self.annual

    @property
    def planned(self) -> int:
        """Months of a printed target; without any, those of a report."""
        return min((last - first + 1 for first, last in self.targets), default=self.unit)

    def combined(self, numbers: list[Fraction], span: Span) -> Fraction | None:
        """2.1: amounts add up, a position or a state is the last one; the year's state may be the mean."""
        if not numbers:
            return None
        if self.mode == "SUM":
            return sum(numbers, Fraction(0))
        if self.mode == "LEVEL" and self.averages and span == YEAR:
            return sum(numbers, Fraction(0)) / len(numbers)
        return numbers[-1]

    def target(self, span: Span) -> Fraction | None:
        if span == YEAR and self.year_target is not None:
            return self.year_target
        inside = [one for (first, last), one in self.targets.items() if span[0] <= first and last <= span[1]]
        if inside and self.mode == "SINGLE" and self.year_target is not None:
            return self.year_target
        return self.combined(inside, span)

    def target_to_date(self, span: Span) -> Fraction | None:
        if not self.targets:
            due_so_far = self.mode != "SINGLE" or span[1] == 12
            return self.year_target if due_so_far else None
        if span[1] % self.planned:
            return None
        until = [one for (_, last), one in self.targets.items() if last <= span[1]]
        if until and self.mode == "SINGLE" and self.year_target is not None:
            return self.year_target
        return self.combined(until, span)

    def realisation(self, span: Span) -> Fraction | None:
        if self.mode == "SINGLE" and self.target(span) is not None:
            return self.realisation_to_date(span)
        inside = [one for (first, last), one in self._in_order() if span[0] <= first and last <= span[1]]
        return self.combined(inside, span)

    def realisation_to_date(self, span: Span) -> Fraction | None:
        return self.combined([one for (_, last), one in self._in_order() if last <= span[1]], span)

    def _in_order(self) -> list[tuple[Span, Fraction]]:
        return sorted(self.values.items(), key=lambda item: item[0][1])

    def capaian(self, target: Fraction | None, realised: Fraction | None) -> Fraction | None:
        """F1, F2, F7 and what is known of F6, in percent."""
        if target is None or realised is None:
            return None
        if self.less_is_better:
            if target == 0:
                return Fraction(100) if realised <= 0 else None
            return (2 * target - realised) / target * 100
        return None if target == 0 else realised / target * 100

    def is_complete(self, until: int) -> bool:
        """Whether nothing that is due by the end of that month is missing and would change the figures s/d."""
        missing = [unit for unit in self.due() if unit[1] <= until and unit not in self.values]
        reported = max((last for _, last in self.values if last <= until), default=0)
        if self.mode == "SUM":
            return not missing
        if self.mode == "LEVEL" and self.averages and until == 12 and self.unit == 12:
            return not missing
        if self.mode == "SINGLE" and reported:
            return True
        return not [unit for unit in missing if unit[1] > reported]

    def is_verified(self, span: Span) -> bool:
        """Whether everything due in a span is in, and every value is verified on which its figure rests."""
        early = self.mode == "SINGLE" and self.target(span) is not None
        rests_on = [one for one in sorted(self.values) if one[1] <= span[1] and (early or span[0] <= one[0])]
        missing = [unit for unit in self.due() if span[0] <= unit[0] and unit[1] <= span[1] and unit not in self.values]
        return self._all_verified(rests_on, span) and self._nothing_open(missing, span[1], span)

    def is_verified_to_date(self, span: Span) -> bool:
        """The same of all of the year up to the end of a span."""
        rests_on = [one for one in sorted(self.values) if one[1] <= span[1]]
        missing = [unit for unit in self.due() if unit[1] <= span[1] and unit not in self.values]
        return self._all_verified(rests_on, span) and self._nothing_open(missing, span[1], span)

    def _adds(self, span: Span) -> bool:
        return self.mode == "SUM" or (self.mode == "LEVEL" and self.averages and span == YEAR)

    def _all_verified(self, rests_on: list[Span], span: Span) -> bool:
        return bool(rests_on) and set(rests_on if self._adds(span) else rests_on[-1:]) <= self.verified

    def _nothing_open(self, missing: list[Span], until: int, span: Span) -> bool:
        """A position or state that came after a gap closes it; an amount is missing for ever."""
        if self._adds(span):
            return not missing
        reported = max((last for _, last in self.values if last <= until), default=0)
        return (self.mode == "SINGLE" and reported > 0) or not [unit for unit in missing if unit[1] > reported]

    def due(self) -> list[Span]:
        units = [(first, first + self.unit - 1) for first in range(1, 13, self.unit)]
        if not self.targets:
            if self.year_target is None:
                return []
            return units[-1:] if self.mode == "SINGLE" else units
        return [unit for unit in units if any(first <= unit[1] and unit[0] <= last for first, last in self.targets)]


def shown(number: Fraction | None) -> str | None:
    """Two decimals, half away from zero."""
    if number is None:
        return None
    cents = int(abs(number) * 100 + Fraction(1, 2))
    return f"{'-' if number < 0 and cents else ''}{cents // 100}.{cents % 100:02}"


def mean_of(capaian: list[Fraction]) -> Fraction | None:
    """1, rule 2 and 3: plain, each between 0 and 100 and cut to six decimals, as it is kept (ADR 0008)."""
    kept = [Fraction(floor(min(max(one, Fraction(0)), Fraction(100)) * MILLION), MILLION) for one in capaian]
    return sum(kept, Fraction(0)) / len(kept) if kept else None
