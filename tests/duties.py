"""Indicators as a post reports them, made for tests of the domain without a database."""

from collections.abc import Mapping
from decimal import Decimal

from domain.achievement import default_rule
from domain.ledger import Measure, year_ledger
from domain.modes import Mode, Polarity, Rhythm, YearRule
from domain.openings import Duty
from domain.periods import Period, PeriodKind, periods_of_year

_LENGTHS = {4: PeriodKind.QUARTER, 12: PeriodKind.MONTH}


def series(printed: str, year: int) -> dict[Period, Decimal]:
    """Numbers of the 4 quarters or 12 months, `-` for none."""
    cells = printed.split()
    periods = periods_of_year(year, _LENGTHS[len(cells)])
    return {period: Decimal(cell) for period, cell in zip(periods, cells, strict=True) if cell != "-"}


def duty(
    name: str,
    targets: str,
    values: Mapping[str, int | str] | None = None,
    *,
    number: int = 1,
    post: int = 1,
    mode: Mode = Mode.SUM,
    rhythm: Rhythm | None = None,
    annual: int | str | None = None,
    polarity: Polarity = Polarity.POSITIVE,
    year: int = 2022,
    samples: frozenset[Period] = frozenset(),
) -> Duty:
    """One indicator. `targets` are printed for 4 quarters or 12 months; `values` are by the code of a period.

    It is reported at the rhythm of its targets unless told otherwise.
    """
    quarters = len(targets.split()) == 4
    measure = Measure(
        year,
        mode,
        YearRule.LAST,
        rhythm or (Rhythm.QUARTERLY if quarters else Rhythm.MONTHLY),
        default_rule(polarity),
        series(targets, year),
        None if annual is None else Decimal(annual),
    )
    reported = {Period.parse(code): Decimal(value) for code, value in (values or {}).items()}
    figures = year_ledger(measure, reported)
    return Duty(number, f"kode-{number}", name, "desa", post, measure, reported, figures, samples=samples)


def service(
    name: str,
    values: Mapping[str, int | str] | None = None,
    *,
    number: int = 1,
    post: int = 1,
    group: str = "",
    year: int = 2022,
) -> Duty:
    """A service: counted every month, without a target. `values` are by the code of a period."""
    counting = Measure(year, Mode.SUM, YearRule.LAST, Rhythm.MONTHLY, default_rule(Polarity.POSITIVE), {}, counted=True)
    reported = {Period.parse(code): Decimal(value) for code, value in (values or {}).items()}
    figures = year_ledger(counting, reported)
    return Duty(number, f"kode-{number}", name, "surat", post, counting, reported, figures, service=True, group=group)
