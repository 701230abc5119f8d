"""Which months of the budget can be reported, and which of them is meant."""

from collections.abc import Collection, Sequence
from datetime import date

from domain.budget import BudgetLine, opens, owed
from domain.office import Office
from domain.periods import Period
from handlers.period_words import read_begun


def open_months(lines: Sequence[BudgetLine], today: date, office: Office) -> tuple[Period, ...]:
    """Every month of which one of the lines can be reported, oldest first; locked ones included."""
    return tuple(sorted({month for line in _one_of_each_post(lines) for month in opens(line, today, office)}))


def _one_of_each_post(lines: Sequence[BudgetLine]) -> Collection[BudgetLine]:
    """Lines enough to tell what is open and locked: it depends on the year and on the post that reports."""
    return {(line.year, line.post_id): line for line in lines}.values()


def due_month(lines: Sequence[BudgetLine], today: date, office: Office) -> Period | None:
    """The last ended month while it is not complete, else the running one; None where no month is open."""
    months = open_months(lines, today, office)
    last = last_ended(lines, today, office)
    if last is not None and missing(lines, last):
        return last
    return months[-1] if months else None


def last_ended(lines: Sequence[BudgetLine], today: date, office: Office) -> Period | None:
    """The newest open month that is over."""
    return max((month for month in open_months(lines, today, office) if month.end < today), default=None)


def missing(lines: Sequence[BudgetLine], month: Period) -> tuple[BudgetLine, ...]:
    """The lines of the month's year of which nothing is reported for it."""
    return tuple(line for line in lines if line.year == month.year and month not in line.positions)


def unlocked(lines: Sequence[BudgetLine], month: Period, today: date, office: Office) -> tuple[BudgetLine, ...]:
    """The lines that take a report of the month today."""
    taking = {
        (line.year, line.post_id)
        for line in _one_of_each_post(lines)
        if month in opens(line, today, office) and office.lock(owed(line, month), today) is None
    }
    return tuple(line for line in lines if (line.year, line.post_id) in taking)


def named_month(words: str, today: date) -> Period | None:
    """The month that is named, of a quarter or year its last one; None where none is."""
    named = read_begun(words, today)
    return None if named is None else Period.month(named.year, named.last_month)


def position_before(line: BudgetLine, month: Period) -> Period | None:
    """The newest month before this one of which something is reported; None for none."""
    return max((known for known in line.positions if known.year == month.year and known < month), default=None)
