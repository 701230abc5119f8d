"""What the official forms of an office are made from, and what every one of them says of itself (domain.md 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.budget import BudgetLine
from domain.judged import closed_period, judge
from domain.modes import Polarity
from domain.office import Office
from domain.openings import Duty
from domain.periods import Period
from domain.plan import Level, SignerRow
from domain.reasons import Explained
from domain.renstra import RenstraFigures
from domain.roles import section_names


@dataclass(frozen=True)
class Rung:
    """What an indicator stands under in the plan, e.g. the program of that name."""

    level: Level
    name: str


@dataclass(frozen=True)
class Sent:
    """The newest report of an indicator for a period. `at` is on the office's clock; `reporter` is empty for one that
    came with a file; `doubt` is what was confirmed with it; `version` the plan's under which it was made, where another
    holds now, else 0."""

    revision: int
    at: datetime
    reporter: str
    note: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    doubt: str = ""
    version: int = 0


@dataclass(frozen=True)
class Particulars:
    """What is known of an indicator beside its figures.

    `path` are the rungs above it and its own, from the top of the plan down. `evidence` counts what was sent for a
    period, by kind; `explained` is what was said about its figure.
    """

    level: Level
    path: tuple[Rung, ...]
    polarity: Polarity = Polarity.POSITIVE
    sent: Mapping[Period, Sent] = field(default_factory=dict[Period, Sent])
    evidence: Mapping[Period, Mapping[str, int]] = field(default_factory=dict[Period, Mapping[str, int]])
    explained: Mapping[Period, Explained] = field(default_factory=dict[Period, Explained])


@dataclass(frozen=True)
class FormSource:
    """One office as its forms see it: its rows as they are known, judged on the day `today`.

    `office` is its full name; `particulars` and `renstra` are by the id of an indicator. `unasked` counts by year the
    indicators that take no reports yet because something about them is still open.
    """

    office: str
    kabupaten: str
    duties: Sequence[Duty]
    organisation: Office
    today: date
    particulars: Mapping[int, Particulars]
    renstra: Mapping[int, RenstraFigures] = field(default_factory=dict[int, RenstraFigures])
    budget: Sequence[BudgetLine] = ()
    signers: tuple[SignerRow, ...] = ()
    unasked: Mapping[int, int] = field(default_factory=dict[int, int])

    def of_year(self, year: int, section: str = "") -> tuple[Duty, ...]:
        """The indicators of a year in the plan's order, of one section where it is named."""
        names = section_names(self.organisation.posts.values())
        return tuple(
            duty
            for duty in self.duties
            if duty.measure.year == year and (not section or names[duty.post_id] == section)
        )

    def has_ended(self, period: Period) -> bool:
        return period.end < self.today


@dataclass(frozen=True)
class FormHead:
    """What every form says of itself.

    `office` is the full name, `section` that of the section to which it is limited, else empty. `closed_period` is the
    code of the last period that had ended: figures s/d are s/d its end, empty for none. `ended` says whether the form's
    own period had. `unasked` indicators of the year take no reports yet.
    """

    office: str
    kabupaten: str
    period: str
    section: str
    closed_period: str
    ended: bool
    sample: bool
    signers: tuple[SignerRow, ...]
    unasked: int = 0


def head_of(source: FormSource, period: Period, duties: Sequence[Duty], section: str = "") -> FormHead:
    """The head of a form of that period over these indicators."""
    return FormHead(
        office=source.office,
        kabupaten=source.kabupaten,
        period=period.code,
        section=section,
        closed_period=closed_period(judge(duties, source.today)),
        ended=source.has_ended(period),
        sample=any(sampled.end <= period.end for duty in duties for sampled in duty.samples),
        signers=source.signers,
        unasked=0 if section else source.unasked.get(period.year, 0),
    )
