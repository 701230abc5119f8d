"""Numbers, periods and answers as the sample workbooks write them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from domain.periods import Period, PeriodKind

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
    "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_QUARTERS = ("I", "II", "III", "IV")


def period_name(period: Period) -> str:
    """`Maret` or `TW II`."""
    return _MONTHS[period.number - 1] if period.kind is PeriodKind.MONTH else f"TW {_QUARTERS[period.number - 1]}"


def amount(value: Decimal) -> str:
    """A number as Indonesians write it: 25.302 and 3,1."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def names_of(periods: Sequence[Period]) -> str:
    """`Januari`, `Januari dan Maret`, `Mei sampai Agustus`: runs of three and more are drawn together."""
    *rest, last = [_span(run) for run in _runs(periods)]
    return f"{', '.join(rest)} dan {last}" if rest else last


def listed(targets: Mapping[Period, Decimal]) -> str:
    """`TW I 3, TW II 5`; a run of the same number is `Januari sampai Mei masing-masing 166`."""
    return ", ".join(_told(run, targets[run[0]]) for run in _runs(sorted(targets), targets))


def _told(run: Sequence[Period], value: Decimal) -> str:
    each = "masing-masing " if len(run) > 1 else ""
    return f"{_span(run)} {each}{amount(value)}"


def _span(run: Sequence[Period]) -> str:
    return period_name(run[0]) if len(run) == 1 else f"{period_name(run[0])} sampai {period_name(run[-1])}"


def _runs(periods: Sequence[Period], values: Mapping[Period, Decimal] | None = None) -> list[list[Period]]:
    """Periods that follow one another (and carry one value) together, where there are three or more."""
    runs: list[list[Period]] = []
    for period in periods:
        follows = bool(runs) and runs[-1][-1].number + 1 == period.number
        if follows and (values is None or values[runs[-1][-1]] == values[period]):
            runs[-1].append(period)
        else:
            runs.append([period])
    return [part for run in runs for part in ([run] if len(run) > 2 else [[period] for period in run])]


def written(targets: Mapping[Period, Decimal], without: Iterable[Period] = ()) -> str:
    """Targets in the form of an answer, `2022-07=233; 2022-08=-`."""
    cells = {period: format(value, "f") for period, value in targets.items()} | dict.fromkeys(without, "-")
    return "; ".join(f"{period.code}={cells[period]}" for period in sorted(cells))
