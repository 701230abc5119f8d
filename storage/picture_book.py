"""The figures of an office's pictures, as they are now, and the snapshots from which the pictures are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import Connection

from domain.compliance import compliance, shown_year
from domain.indicator_year import indicator_year
from domain.judged import sections_with_duties
from domain.office import Office
from domain.openings import Duty
from domain.periods import Period
from domain.section_detail import section_detail
from domain.summary import Compliance, IndicatorYear, OfficeSummary, SectionDetail
from storage import snapshots
from storage.figures_json import to_json

PictureFigures: TypeAlias = OfficeSummary | SectionDetail | IndicatorYear | Compliance

SUMMARY, SECTION, INDICATOR, COMPLIANCE = "summary", "section", "indicator", "compliance"
_KINDS: Mapping[type[PictureFigures], str] = {
    OfficeSummary: SUMMARY,
    SectionDetail: SECTION,
    IndicatorYear: INDICATOR,
    Compliance: COMPLIANCE,
}
"""The kinds of snapshots by the type of their figures."""


@dataclass(frozen=True)
class PictureBook:
    """The pictures of one office at one moment. `name` heads them; `duties` are those of every post."""

    connection: Connection = field(repr=False)
    office_id: int
    name: str
    duties: Sequence[Duty]
    organisation: Office
    today: date
    now: datetime

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that have anything to report, by name, in the office's order."""
        return sections_with_duties(self.duties, tuple(self.organisation.posts.values()))

    @property
    def shown_duties(self) -> tuple[Duty, ...]:
        """The indicators of the year that is looked at now, in the plan's order."""
        year = shown_year(self.duties, self.today)
        return tuple(duty for duty in self.duties if year is not None and duty.measure.year == year.year)

    def section(self, name: str) -> SectionDetail | None:
        """A section with its indicators; None before one of its periods has ended, and for no section of the office."""
        return section_detail(self.name, name, self.duties, self.today, self.organisation)

    def indicator(self, duty: Duty) -> IndicatorYear:
        """One indicator of the office through its year."""
        return indicator_year(self.name, duty, self.today, self.organisation)

    def compliance(self, of: Period | None = None) -> Compliance | None:
        """Who reported when in `of`, else in the year that is looked at now; None where nothing is reported in it."""
        shown = of or shown_year(self.duties, self.today)
        return None if shown is None else compliance(self.name, self.duties, self.today, self.organisation, shown)

    def keep(self, figures: PictureFigures) -> int:
        """Store what a picture shows; return the number of its snapshot."""
        kind = _KINDS[type(figures)]
        return snapshots.keep(self.connection, self.office_id, kind, figures.period, to_json(figures), self.now)
