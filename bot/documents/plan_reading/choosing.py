"""Which tables of a file are the plan: one among many, in a report of a hundred pages.

A plan has targets for its year. What was reached, what was wished for, what counts without targets and what only
repeats a more detailed table is not.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.documents.plan_reading.headings.headers import Header, Part
from bot.documents.plan_reading.printed import PrintedIndicator
from bot.documents.plan_reading.sections import Run

REALISED = "Tabel hasil atau evaluasi, bukan target."
WISHED = "Tabel usulan, bukan rencana."
WITHOUT_TARGETS = "Tabel ini tidak memuat target."
SERVICES = "Tabel pelayanan yang dihitung tanpa target."
OTHER_YEAR = "Targetnya untuk tahun lain."
REPEATED = "Mengulang tabel rencana yang lebih rinci."
UNKNOWN = "Judul kolomnya tidak dikenali sebagai tabel rencana."

_EVALUATION = re.compile(
    r"\bevaluasi\s+hasil|\bhasil\s+pelaksanaan|\brealisasi\b|\bcapaian\b|pencapaian|\bpengukuran\b", re.IGNORECASE
)
_PLANNED = re.compile(r"\brencana\b|\btarget\b|\bperjanjian\b|\brenaksi\b", re.IGNORECASE)
_WISHED = re.compile(r"\busulan\b", re.IGNORECASE)
_NEAR = 3
"""Lines above a table that may be its title."""
_LONGEST_TITLE = 200


def why_no_plan(run: Run, year: int | None) -> str | None:
    """Why the run is none of the plan's tables, None where it may be one."""
    header = run.header
    if not header.has(Part.PERIOD, Part.ANNUAL, Part.PERIOD_LABEL, Part.PERIOD_VALUE):
        return REALISED if header.has(Part.ACTUAL) else WITHOUT_TARGETS
    if not header.has(Part.INDICATOR) and not _says_target(header) and not _names_rungs(header):
        return SERVICES
    if not header.has(Part.INDICATOR, Part.NAME):
        return WITHOUT_TARGETS
    if (why := _why_by_title(run)) is not None:
        return why
    return OTHER_YEAR if _is_of_other_year(header, year) else None


def _says_target(header: Header) -> bool:
    return any("target" in column.title.lower() for column in header.columns)


def _names_rungs(header: Header) -> bool:
    return any(column.levels for column in header.of(Part.NAME))


def _why_by_title(run: Run) -> str | None:
    titles = [title for title in run.held_titles[-_NEAR:] if len(title) <= _LONGEST_TITLE]
    if any(map(_WISHED.search, titles)):
        return WISHED
    is_evaluation = any(_EVALUATION.search(title) and not _PLANNED.search(title) for title in titles)
    return REALISED if is_evaluation and not run.header.has(Part.PERIOD) else None


def _is_of_other_year(header: Header, year: int | None) -> bool:
    if year is None or header.has(Part.PERIOD, Part.PERIOD_LABEL):
        return False
    years = [column.year for column in header.of(Part.ANNUAL)]
    return bool(years) and None not in years and year not in years


_REPEATING = 0.6
"""Share of the indicators of a table that stand in a more detailed one."""
_ALIKE = 90
_MOST_COMPARED = 500
"""Names; in longer tables only equal ones count, or the comparison would take minutes."""


@dataclass(frozen=True)
class Read:
    """A run with what it prints."""

    run: Run
    indicators: tuple[PrintedIndicator, ...]

    @property
    def detail(self) -> tuple[int, int, int]:
        """How much it tells: periods, filled targets, columns."""
        most = max((len(each.periods) for each in self.indicators), default=0)
        filled = sum(bool(cell.text) for each in self.indicators for cell in each.targets.values())
        return most, filled, len(self.run.header.columns)


def repeating(reads: Sequence[Read]) -> frozenset[int]:
    """The positions of those that repeat a more detailed one."""
    if len(reads) < 2:
        return frozenset()
    order = sorted(range(len(reads)), key=lambda at: (reads[at].detail, -at), reverse=True)
    dropped: set[int] = set()
    for rank, at in enumerate(order):
        finer = [reads[other] for other in order[:rank] if other not in dropped]
        if any(_repeats(reads[at], each) for each in finer):
            dropped.add(at)
    return frozenset(dropped)


def _repeats(coarse: Read, fine: Read) -> bool:
    if coarse.run.place.sheet == fine.run.place.sheet and coarse.run.header == fine.run.header:
        return False
    known = _keys(fine.indicators)
    mine = [indicator for indicator in coarse.indicators if indicator.name or indicator.code]
    found = sum(_is_known(indicator, known) for indicator in mine)
    return bool(mine) and found >= _REPEATING * len(mine)


def _keys(indicators: Sequence[PrintedIndicator]) -> Mapping[str, str]:
    keys = {_plain(indicator.name): indicator.code for indicator in indicators if indicator.name}
    return {**keys, **{indicator.code: "" for indicator in indicators if indicator.code}}


def _is_known(indicator: PrintedIndicator, known: Mapping[str, str]) -> bool:
    if indicator.code and indicator.code in known:
        return True
    name = _plain(indicator.name or "")
    if not name or name in known:
        return bool(name)
    return len(known) <= _MOST_COMPARED and any(fuzz.ratio(name, other) >= _ALIKE for other in known)


def _plain(text: str | None) -> str:
    return "".join(filter(str.isalnum, (text or "").lower()))
