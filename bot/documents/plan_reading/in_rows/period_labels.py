"""Cells in which periods stand together with their targets: "TW I 25% TW II 50%", "Januari 233 Februari 233"."""

import re
from functools import lru_cache

from bot.documents.plan_reading.headings.heading_words import PeriodLabel, period_label
from domain.periods import Period

_LABEL = re.compile(
    r"(?<![^\W\d_])(?:bulan\s+)?(?:"
    r"(?:januari|[fp]ebruari|maret|april|mei|juni|juli|agustus|september|oktober|no[pv]ember|desember)"
    r"|(?:jan|[fp]eb|mar|mrt|apr|jun|jul|agust|agt|ags|agu|sept|sep|okt|no[pv]|des)\b\.?"
    r"|(?:triwulan|tri wulan|trw|tw|tr|kuartal|semester|smt)(?:\s*ke)?[\s.:-]*(?:iv|i{1,3}|[1-4])"
    r")(?![^\W_])",
    re.IGNORECASE,
)
_BETWEEN = " \t\n:;,="
_TARGET = re.compile(r"[-\u2013\u2014]|(?:rp\.?\s*)?\d[\d.,]*\s*(?:%|[^\W\d_]{1,15}\.?)?", re.IGNORECASE)
"""A dash, or a number with at most a unit behind it."""


@lru_cache(maxsize=20_000)
def read_packed(text: str) -> tuple[tuple[PeriodLabel, str], ...]:
    """Periods with what is printed behind each, where one cell holds both; empty for any other text.

    Behind the periods of a cell that only lists them stands nothing. A range of months is none of these.
    """
    begin = len(text) - len(text.lstrip(_BETWEEN))
    if _LABEL.match(text, begin) is None:
        return ()
    found = list(_LABEL.finditer(text))
    labels = [label for match in found if (label := period_label(match[0])) is not None]
    ends = [match.start() for match in found[1:]] + [len(text)]
    values = [text[match.end() : end].strip(_BETWEEN) for match, end in zip(found, ends, strict=True)]
    if len(labels) < len(found) or not _is_list(values) or not _in_order(labels):
        return ()
    return tuple(zip(labels, values, strict=True))


def is_target(text: str) -> bool:
    """Whether a cell can be a target: blank, a dash, or a number with at most a unit."""
    return not text or _TARGET.fullmatch(text) is not None


def period_of(label: PeriodLabel, year: int) -> Period:
    """The period of a label; half a year is told by the quarter that closes it."""
    return Period(year, label.kind, label.number)


def _is_list(values: list[str]) -> bool:
    return (len(values) > 1 and not any(values)) or all(value and _TARGET.fullmatch(value) for value in values)


def _in_order(labels: list[PeriodLabel]) -> bool:
    numbers = [label.number for label in labels]
    return numbers == sorted(set(numbers)) and len({(label.kind, label.is_half) for label in labels}) == 1
