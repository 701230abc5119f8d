"""The figures of an office for one period, as the weekly summary and its picture show them.

A summary is frozen and goes through JSON into a snapshot: every picture, text line and form that quotes a snapshot
shows the same numbers. Percentages are Decimals, unlimited and unrounded; whoever shows them rounds.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Coverage:
    """How much of what is due was reported: counts of indicators.

    `due` = with a target in the period (or so far, for s/d) and accepted for reporting; `reported` of them;
    `computable` of the reported have a capaian. `without_target` stands beside them.
    """

    due: int
    reported: int
    computable: int
    without_target: int = 0

    @property
    def missing(self) -> int:
        return self.due - self.reported

    @property
    def complete(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True)
class SectionFigures:
    """One section (a post directly below the camat with everybody below it).

    `mean` is the mean of the capped capaian s/d of what was reported, in percent, None when nothing is computable.
    `predicate` is the word of the rating scale; None while anything due is missing (domain.md 1 rule 3).
    `change` is the difference to last week's mean in percentage points, None without one.
    """

    name: str
    coverage: Coverage
    mean: Decimal | None
    predicate: str | None
    change: Decimal | None = None


@dataclass(frozen=True)
class Behind:
    """One indicator far below its target s/d. `capaian` in percent."""

    name: str
    unit: str
    target: Decimal
    realisation: Decimal
    capaian: Decimal
    section: str


@dataclass(frozen=True)
class OfficeSummary:
    """The whole office for one period.

    `posts_reported` of `posts_due` posts have reported everything due in the period; `missing_posts` are the titles
    of the rest, in the office's order. `provisional` is true while any figure is unverified or missing. `sample` is
    true while any figure is an invented one of source "contoh".
    """

    office: str
    period: str
    """Code of the period, as in `Period.code`."""
    posts_due: int
    posts_reported: int
    posts_reported_before: int | None
    """`posts_reported` in last week's snapshot of the same period, None without one."""
    missing_posts: tuple[str, ...]
    coverage: Coverage
    mean: Decimal | None
    predicate: str | None
    change: Decimal | None
    sections: tuple[SectionFigures, ...]
    behind: tuple[Behind, ...]
    provisional: bool
    sample: bool
    closed_period: str = ""
    """Code of the last period that has ended: `coverage`, `mean`, `predicate`, the sections and `behind` are s/d its
    end, never of a period that still runs (domain.md 2.1). The same as `period` once that has ended; empty in the
    year's first."""
