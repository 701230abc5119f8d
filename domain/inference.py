"""How the mode of an indicator is read off its printed targets (domain.md 2.2), and whether its direction needs asking.

No plan says how its values accumulate, so the rule is deterministic, names its reason, and answers ASK rather than
guess. The annual target, where printed, is the best witness: periods that add up to it are amounts.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from domain.modes import Confidence, Mode
from domain.units import PEOPLE, UnitGroup, normal_unit, unit_group


class Reason(StrEnum):
    """Which row of domain.md 2.2 decided."""

    COMPOUND = "two quantities in one cell"
    UNITS_DIFFER = "annual target and periods are counted in different units"
    LOST = "periods are not in the text"
    NO_TARGETS = "no period has a target"
    SINGLE = "one period has a target"
    SINGLE_DIFFERS = "the one period's target is not the annual target"
    SAME = "every period repeats one value"
    SAME_AS_ANNUAL = "every period repeats the annual target"
    SAME_FLOW = "every period repeats the annual target of something that is produced"
    RISES = "the values rise"
    RISES_TO_ANNUAL = "the values rise to the annual target"
    CLOSES = "the periods add up to the annual target"
    NEARLY_CLOSES = "the periods add up to the annual target but for rounding"
    WHOLE = "the periods add up to the whole: 100 percent or twelve months"
    NEARLY_WHOLE = "the periods add up to 100 percent but for rounding"
    EVENTS = "a stock unit under a name that counts events"
    KEPT_STOCK = "the same things, kept or paid in every period"
    UNEQUAL_FLOW = "unequal amounts of something that is produced"
    EQUAL_FLOW = "equal amounts of something that is produced"
    INDEX_UNCLEAR = "an index that neither repeats nor rises to the annual target"
    UNDECIDED = "no rule decides"


class PrintedSeries(NamedTuple):
    """The targets of one indicator as its plan prints them.

    `values` are the periods of the year in order; None is a blank, a dash or a lost cell, and `lost` holds the
    positions (from 0) of the lost ones. `period_unit` is the unit inside the period cells, None where only `unit`
    is printed. `compound` marks a cell with two quantities. `note` is the KET column; questions quote it.
    """

    name: str
    unit: str | None
    period_unit: str | None
    annual: Decimal | None
    values: tuple[Decimal | None, ...]
    lost: frozenset[int]
    compound: bool
    note: str = ""

    @property
    def printed(self) -> tuple[Decimal, ...]:
        """The targets t_1..t_k: blanks, dashes and zeroes dropped."""
        return tuple(filter(None, self.values))


class Inference(NamedTuple):
    """What a series says about its mode. `mode` is None exactly when `confidence` is ASK.

    `sum` and `last` are S and L of domain.md 2.2, None without a printed target. Where periods are lost, `fill` is
    the whole series with the values that would close on the annual target, and `proposal` the mode it would have.
    """

    mode: Mode | None
    confidence: Confidence
    reason: Reason
    sum: Decimal | None = None
    last: Decimal | None = None
    proposal: Mode | None = None
    fill: tuple[Decimal | None, ...] | None = None


_Printed = tuple[Decimal, ...]
_Verdict = tuple[Mode | None, Confidence, Reason]

_ROUNDING = Decimal(1)
"""How far a sum may miss the annual target, in its own unit, where that is at least `_ROUNDING_FROM`."""
_ROUNDING_FROM = Decimal(50)
_ROUNDING_SHARE = Decimal("0.01")
"""The same as a share of the annual target, for every target."""
_PERCENT_ROUNDING = Decimal(2)
"""How far percentages without an annual target may miss 100."""
_FULL = Decimal(100)
_MONTHS = Decimal(12)

_EVENT_NAMES = re.compile(r"rekomendasi|rapat|frekuensi|monev|koordinasi|sosialisasi|fasilitasi|penerbitan")
_KEPT_NAMES = re.compile(r"(?<!pen)gaji|penggajian|tunjangan|(?:di|ter)pelihara|dikelola|kendaraan|barang milik")


def infer_mode(series: PrintedSeries) -> Inference:
    """The mode of an indicator with its confidence and reason (domain.md 2.2, steps 0 to 2).

    Pure and total: what cannot be decided is ASK. Only lost periods with an annual target can carry a proposal.
    """
    printed = series.printed
    mode, confidence, reason = _unreadable(series, printed) or _read(series, printed)
    fill = _closing_fill(series) if reason is Reason.LOST else None
    return Inference(
        mode,
        confidence,
        reason,
        sum(printed, Decimal()) if printed else None,
        printed[-1] if printed else None,
        Mode.SUM if fill else None,
        fill,
    )


def _ask(reason: Reason) -> _Verdict:
    return None, Confidence.ASK, reason


def _high(mode: Mode, reason: Reason) -> _Verdict:
    return mode, Confidence.HIGH, reason


def _medium(mode: Mode, reason: Reason) -> _Verdict:
    return mode, Confidence.MEDIUM, reason


def _unreadable(series: PrintedSeries, printed: _Printed) -> _Verdict | None:
    """Step 0: what keeps the numbers from being read at all."""
    if series.compound:
        return _ask(Reason.COMPOUND)
    if _units_differ(series):
        return _ask(Reason.UNITS_DIFFER)
    if series.lost:
        return _ask(Reason.LOST)
    return None if printed else _ask(Reason.NO_TARGETS)


def _units_differ(series: PrintedSeries) -> bool:
    """Whether the cells count something else; "laporan monev" and "laporan" are one unit at two lengths."""
    year, period = normal_unit(series.unit), normal_unit(series.period_unit)
    if year is None or period is None:
        return False
    return not (f"{year} ".startswith(f"{period} ") or f"{period} ".startswith(f"{year} "))


def _read(series: PrintedSeries, printed: _Printed) -> _Verdict:
    if series.annual is not None:
        return _against_annual(series, printed, series.annual)
    if len(printed) == 1:
        return _high(Mode.SINGLE, Reason.SINGLE)
    return _without_annual(series, printed)


# --- step 1: an annual target is printed ------------------------------------------------------------------------


def _against_annual(series: PrintedSeries, printed: _Printed, annual: Decimal) -> _Verdict:
    if len(printed) == 1:
        single = printed[0] == annual
        return _high(Mode.SINGLE, Reason.SINGLE) if single else _ask(Reason.SINGLE_DIFFERS)
    if unit_group(series.unit, series.name) is UnitGroup.INDEX:
        return _index_against_annual(printed, annual)
    total = sum(printed, Decimal())
    if total == annual:
        return _high(Mode.SUM, Reason.CLOSES)
    if _all_equal(printed) and printed[-1] == annual:
        return _repeated_annual(series)
    if _rises(printed) and printed[-1] == annual:
        return _high(Mode.CUM, Reason.RISES_TO_ANNUAL)
    if _nearly(total, annual):
        return _medium(Mode.SUM, Reason.NEARLY_CLOSES)
    return _ask(Reason.UNDECIDED)


def _index_against_annual(printed: _Printed, annual: Decimal) -> _Verdict:
    """An index is never added up."""
    if printed[-1] != annual:
        return _ask(Reason.INDEX_UNCLEAR)
    if _all_equal(printed):
        return _high(Mode.LEVEL, Reason.SAME_AS_ANNUAL)
    return _high(Mode.CUM, Reason.RISES_TO_ANNUAL) if _rises(printed) else _ask(Reason.INDEX_UNCLEAR)


def _repeated_annual(series: PrintedSeries) -> _Verdict:
    if unit_group(series.unit, series.name) is UnitGroup.FLOW:
        return _ask(Reason.SAME_FLOW)
    sure = _high if _no_gaps(series) else _medium
    return sure(Mode.LEVEL, Reason.SAME_AS_ANNUAL)


def _nearly(total: Decimal, annual: Decimal) -> bool:
    gap = abs(total - annual)
    return (gap <= _ROUNDING and annual >= _ROUNDING_FROM) or gap <= annual * _ROUNDING_SHARE


# --- step 2: no annual target -----------------------------------------------------------------------------------


def _without_annual(series: PrintedSeries, printed: _Printed) -> _Verdict:
    match unit_group(series.unit, series.name):
        case UnitGroup.PCT:
            return _percentages(printed)
        case UnitGroup.INDEX:
            return _index(printed)
        case UnitGroup.TIME:
            whole = sum(printed) == _MONTHS
            return _high(Mode.SUM, Reason.WHOLE) if whole else _ask(Reason.UNDECIDED)
        case UnitGroup.STOCK:
            return _stock(series)
        case UnitGroup.FLOW:
            equal = _all_equal(printed)
            return _medium(Mode.SUM, Reason.EQUAL_FLOW) if equal else _high(Mode.SUM, Reason.UNEQUAL_FLOW)
        case UnitGroup.MONEY | UnitGroup.OTHER:
            return _ask(Reason.UNDECIDED)


def _percentages(printed: _Printed) -> _Verdict:
    total = sum(printed)
    if _all_equal(printed):
        if total == _FULL:
            return _medium(Mode.SUM, Reason.WHOLE)
        sure = _high if printed[0] == _FULL else _medium
        return sure(Mode.LEVEL, Reason.SAME)
    if _rises(printed):
        return _high(Mode.CUM, Reason.RISES)
    nearly_whole = abs(total - _FULL) <= _PERCENT_ROUNDING
    return _medium(Mode.SUM, Reason.NEARLY_WHOLE) if nearly_whole else _ask(Reason.UNDECIDED)


def _index(printed: _Printed) -> _Verdict:
    if _all_equal(printed):
        return _high(Mode.LEVEL, Reason.SAME)
    return _medium(Mode.CUM, Reason.RISES) if _rises(printed) else _ask(Reason.INDEX_UNCLEAR)


def _stock(series: PrintedSeries) -> _Verdict:
    name = series.name.lower()
    if _EVENT_NAMES.search(name) and normal_unit(series.unit) not in PEOPLE:
        return _medium(Mode.SUM, Reason.EVENTS)
    if _all_equal(series.printed) and _no_gaps(series) and _KEPT_NAMES.search(name):
        return _medium(Mode.LEVEL, Reason.KEPT_STOCK)
    return _ask(Reason.UNDECIDED)


def _all_equal(printed: _Printed) -> bool:
    return len(set(printed)) == 1


def _rises(printed: _Printed) -> bool:
    """Non-decreasing, and higher at the end than at the start."""
    return list(printed) == sorted(printed) and printed[0] < printed[-1]


def _no_gaps(series: PrintedSeries) -> bool:
    return len(series.printed) == len(series.values)


# --- lost periods: what would close on the annual target --------------------------------------------------------


def _closing_fill(series: PrintedSeries) -> tuple[Decimal | None, ...] | None:
    """The series with its lost periods filled so that it adds up to the annual target.

    None when no fill looks like the neighbours: the same spacing of filled periods, and values within those printed
    or equal to an even share of the annual target (its remainder on the last periods).
    """
    printed = series.printed
    if series.annual is None or not printed or unit_group(series.unit, series.name) is UnitGroup.INDEX:
        return None
    missing = series.annual - sum(printed)
    for places in _rhythmic_places(series):
        shares = _spread(missing, len(places), _step(series.annual, *printed))
        if _plausible(shares, printed, series.annual):
            return _filled(series, places, shares)
    return None


def _rhythmic_places(series: PrintedSeries) -> Iterator[tuple[int, ...]]:
    """Lost places that would carry a target under every spacing that fits what is printed, the closest first."""
    filled = [place for place, value in enumerate(series.values) if value]
    for gap in range(1, len(series.values) + 1):
        beat = range(filled[0] % gap, len(series.values), gap)
        expected = set(beat) - series.lost
        places = tuple(place for place in beat if place in series.lost)
        if expected == set(filled) and places:
            yield places


def _step(*numbers: Decimal) -> Decimal:
    """The unit of the last decimal place that any of the numbers has; 1 for whole numbers."""
    exponents = (int(number.normalize().as_tuple().exponent) for number in numbers)
    return Decimal(1).scaleb(min(0, *exponents))


def _spread(total: Decimal, count: int, step: Decimal) -> tuple[Decimal, ...]:
    """`total` in `count` shares as even as `step` allows, larger ones last. `total` is a multiple of `step`."""
    share, rest = divmod(total, step * count)
    extra = int(rest / step)
    return tuple(share * step + (step if place >= count - extra else 0) for place in range(count))


def _plausible(shares: tuple[Decimal, ...], printed: _Printed, annual: Decimal) -> bool:
    if shares[0] <= 0:
        return False
    if min(printed) <= shares[0] and shares[-1] <= max(printed):
        return True
    even = _spread(annual, len(printed) + len(shares), _step(annual, *printed))[0]
    return set(printed) == {even}


def _filled(series: PrintedSeries, places: tuple[int, ...], shares: tuple[Decimal, ...]) -> tuple[Decimal | None, ...]:
    values = list(series.values)
    for place, share in zip(places, shares, strict=True):
        values[place] = share
    return tuple(values)


# --- direction --------------------------------------------------------------------------------------------------

_SIGNS = re.compile(r"\W+")
_NEGATIVE = re.compile(
    r"\b(?:angka kemiskinan|stunting|pelanggaran|keluhan|pengaduan|gangguan|konflik|keterlambatan|temuan|tunggakan"
    r"|lama (?:\w+ ){0,2}(?:pe)?layanan|(?<!tepat )waktu (?:\w+ ){0,2}(?:pe)?layanan)\b"
)
_NEGATIVE_WORDS = (
    "kemiskinan", "stunting", "pelanggaran", "keluhan", "pengaduan", "gangguan", "konflik", "keterlambatan", "temuan",
    "tunggakan", "layanan",
)  # fmt: skip
"""One of these stands in every name in which `_NEGATIVE` is found: a quick look before the thorough one."""
_HANDLING_BEFORE = re.compile(r"\b(?:laporan|penyelesaian|penanganan|tindak ?lanjut)\b")
_HANDLING_AFTER = re.compile(
    r"(?<!tidak )(?<!belum )(?<!tak )"
    r"\b(?:di ?tindak ?lanjuti|dilaporkan|terselesaikan|diselesaikan|ditangani|tertangani)\b"
)


def asks_direction(name: str) -> bool:
    """Whether more may be worse: a negative word, unless its handling is what is counted (domain.md 1 rule 7)."""
    lower = name.lower()
    if not any(map(lower.__contains__, _NEGATIVE_WORDS)):
        return False
    plain = _SIGNS.sub(" ", lower).strip()
    negative = _NEGATIVE.search(plain)
    if negative is None:
        return False
    handled_before = _HANDLING_BEFORE.search(plain, 0, negative.start())
    handled_after = _HANDLING_AFTER.search(plain, negative.end())
    return handled_before is None and handled_after is None
