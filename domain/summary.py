"""The figures of an office for one period, as the weekly summary and its picture show them.

A summary is frozen and goes through JSON into a snapshot: every picture, text line and form that quotes a snapshot
shows the same numbers. Percentages are Decimals, unlimited and unrounded; whoever shows them rounds.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.modes import Mode
from domain.periods import Period
from domain.scales import ScaleKey
from domain.standing import Standing


@dataclass(frozen=True)
class Coverage:
    """How much of what is due was reported: counts of indicators.

    `due` = with a target in the period (or so far, for s/d) and accepted for reporting; `reported` of them;
    `computable` of the reported have a capaian. `without_target` stands beside them. `verified` of the reported are
    verified s/d, None where that is not known, as of snapshots from before verification.
    """

    due: int
    reported: int
    computable: int
    without_target: int = 0
    verified: int | None = None

    @property
    def missing(self) -> int:
        return self.due - self.reported

    @property
    def complete(self) -> bool:
        return self.missing == 0

    @property
    def proof(self) -> "Proof | None":
        """How much of what was reported is verified; None of nothing, and where it is not known."""
        if self.verified is None or not self.reported:
            return None
        if not self.verified:
            return Proof.NONE
        return Proof.ALL if self.complete and self.verified == self.reported else Proof.PART


class Proof(StrEnum):
    """How much of several figures is verified; the words stand beside the signs of a picture."""

    ALL = "terverifikasi"
    PART = "sebagian terverifikasi"
    NONE = "sementara"


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
class Overdue:
    """A post, by its title, that owes the report of a period, by its code."""

    post: str
    period: str


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
    overdue: tuple[Overdue, ...] = ()
    """What has been owed for so long that it stands in the camat's list (domain.md 5, H+5), the oldest first."""
    scale: ScaleKey = ScaleKey.A
    """The scale of the predikats."""
    reports: int | None = None
    """How many reports of the period are in, None where it is not known, as of older snapshots."""
    verified_reports: int | None = None
    """How many of them are verified."""
    approved_reports: int | None = None
    """How many of them the camat has approved."""


@dataclass(frozen=True)
class IndicatorFigures:
    """One indicator s/d the end of a period.

    `target` and `realisation` are s/d; `target` is None without any so far, `realisation` None while nothing is
    reported. `reported` of `due` periods are in; while one is missing the figures are provisional and `predicate` is
    None. `capaian` is in percent, None where it cannot be computed; `no_capaian` then says why in the words of the
    field: "tanpa target" and "belum jatuh tempo" are not "belum lapor". `checked` says how far the figure has come,
    None where there is none, and where that is not known.
    """

    name: str
    unit: str
    target: Decimal | None
    realisation: Decimal | None
    capaian: Decimal | None
    predicate: str | None
    due: int
    reported: int
    no_capaian: str = ""
    checked: Standing | None = None

    @property
    def complete(self) -> bool:
        return self.reported >= self.due

    @property
    def proof(self) -> Proof | None:
        """Whether it is verified; None where there is nothing to verify or it is not known."""
        return proof_of(self.checked)


def proof_of(checked: Standing | None) -> Proof | None:
    """The proof of one figure."""
    return None if checked is None else Proof.ALL if checked.is_verified else Proof.NONE


@dataclass(frozen=True)
class SectionDetail:
    """One section with all its indicators, s/d the end of `period` (a code).

    `services` counts what has no target: of `due` services all months so far are in for `reported`.
    """

    office: str
    section: str
    period: str
    coverage: Coverage
    mean: Decimal | None
    predicate: str | None
    indicators: tuple[IndicatorFigures, ...]
    provisional: bool
    sample: bool
    services: Coverage = Coverage(0, 0, 0)
    scale: ScaleKey = ScaleKey.A
    """The scale of the predikats."""


@dataclass(frozen=True)
class PeriodPoint:
    """One period in the year of an indicator, alone and s/d; None for what is not there.

    `due` says that a report is asked and the period has ended: unless it was `reported` it is then missing. Target and
    realisation are None together where a value of a longer period stands for this one. `revised`: its report replaced
    an earlier value. `checked` and `checked_to_date` say how far both figures have come, None as in IndicatorFigures.
    """

    period: str
    due: bool
    target: Decimal | None
    realisation: Decimal | None
    target_to_date: Decimal | None
    realisation_to_date: Decimal | None
    reported: bool
    revised: bool = False
    checked: Standing | None = None
    checked_to_date: Standing | None = None

    @property
    def missing(self) -> bool:
        return self.due and not self.reported


@dataclass(frozen=True)
class IndicatorYear:
    """One indicator through its year, in the order of its periods.

    `to_date` is how it stands s/d the end of `closed_period` (a code), the last one that has ended, as the picture of
    its section shows it; None and empty before the first.
    """

    office: str
    name: str
    unit: str
    post: str
    mode: Mode
    annual_target: Decimal | None
    points: tuple[PeriodPoint, ...]
    closed_period: str
    to_date: IndicatorFigures | None
    provisional: bool
    sample: bool

    @property
    def period(self) -> str:
        """The code of its year."""
        return str(Period.parse(self.points[0].period).year)


class Punctuality(StrEnum):
    """How a post reported one period."""

    ON_TIME = "tepat waktu"
    """Everything due was in by the cut-off."""
    LATE = "terlambat"
    """Everything due is in, something of it after the cut-off."""
    MISSING = "belum"
    """Something due is not in."""
    NO_TARGET = "tidak ada target"
    OPEN = "belum jatuh tempo"
    """The cut-off is still to come, and not everything is in."""


@dataclass(frozen=True)
class PostCompliance:
    """One post: how it reported each period, in the order of the table's periods.

    `checked` says of each how far its reports have come together, None where not all are in; empty where that is not
    known.
    """

    title: str
    marks: tuple[Punctuality, ...]
    checked: tuple[Standing | None, ...] = ()


@dataclass(frozen=True)
class Compliance:
    """How punctually the posts of an office reported the part of a year that `period` names (a code).

    Every post has one mark for each of the `periods` (codes) that lie in it.
    """

    office: str
    period: str
    periods: tuple[str, ...]
    posts: tuple[PostCompliance, ...]
    provisional: bool
    sample: bool

    def __post_init__(self) -> None:
        for post in self.posts:
            if len(post.marks) != len(self.periods):
                raise ValueError(f"{post.title!r} has {len(post.marks)} marks for {len(self.periods)} periods")
            if len(post.checked) not in (0, len(self.periods)):
                raise ValueError(f"{post.title!r} has {len(post.checked)} standings for {len(self.periods)} periods")


@dataclass(frozen=True)
class YearFigures:
    """How a year stands s/d a month: the mean of the capped capaian of what was reported, in percent, None when nothing
    is computable."""

    coverage: Coverage
    mean: Decimal | None


@dataclass(frozen=True)
class YearPair:
    """A section, or the office, in two years; None for a year in which it had no indicators."""

    name: str
    now: YearFigures | None
    before: YearFigures | None

    @property
    def change(self) -> Decimal | None:
        """The difference of the means in percentage points, None where one of them is not there."""
        if self.now is None or self.before is None or self.now.mean is None or self.before.mean is None:
            return None
        return self.now.mean - self.before.mean

    @property
    def complete(self) -> bool:
        """Whether nothing due is missing in either year."""
        return all(year is None or year.coverage.complete for year in (self.now, self.before))


@dataclass(frozen=True)
class Timeliness:
    """Of the reports that have fallen `due`, those that came on time."""

    on_time: int
    due: int


@dataclass(frozen=True)
class YearComparison:
    """An office this year and last, each s/d the end of its period: `period` and `period_before` are codes of periods
    that end with the same month."""

    office: str
    period: str
    period_before: str
    whole: YearPair
    sections: tuple[YearPair, ...]
    on_time: Timeliness
    on_time_before: Timeliness
    provisional: bool
    sample: bool
