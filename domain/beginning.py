"""The month from which an office reports with the program ("mulai dipakai"); before it nothing is asked for.

A period that ended before that month is never due: it is not reminded, not missing and not offered late. A quarter or
year that holds the month is due with what is known. What was realised before comes as the reports of those periods or
as one position s/d an indicator, its opening position (`Measure.opening`).
"""

from domain.periods import Period, PeriodKind

FIRST_MONTH = 1
"""January: a year of which every period is asked."""
_NO_MONTH = 13


def first_month(begins: Period | None, year: int) -> int:
    """The month of a year, 1 to 12, from which reports are asked; 13 for a year in which none are.

    `begins` is the month of the beginning, None for an office that reports from its plans' first period on.
    """
    if begins is None or begins.year < year:
        return FIRST_MONTH
    return begins.first_month if begins.year == year else _NO_MONTH


def is_before(period: Period, begins: Period | None) -> bool:
    """Whether a period had ended when the office began."""
    return begins is not None and period.end < begins.start


def last_before(begins: Period, kind: PeriodKind) -> Period | None:
    """The last period of a length in the year of the beginning that had ended by then: s/d its end the opening position
    of what is reported so is told. None where the year had none."""
    ended = [period for period in Period.whole_year(begins.year).split(kind) if is_before(period, begins)]
    return ended[-1] if ended else None
