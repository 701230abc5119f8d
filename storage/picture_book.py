"""The figures of an office's pictures, as they are now, and the snapshots from which the pictures are drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy import Connection

from domain.budget import BudgetFigures, BudgetLine, budget_figures
from domain.budget_picture import last_reported, shown_month
from domain.compliance import compliance, shown_year
from domain.indicator_year import indicator_year
from domain.judged import sections_with_duties
from domain.office import Office
from domain.openings import Duty
from domain.periods import Period
from domain.roles import section_names
from domain.section_detail import section_detail
from domain.summarise import summarise
from domain.summary import Behind, Compliance, IndicatorYear, OfficeSummary, SectionDetail, YearComparison
from domain.tallies import Cell
from domain.years import compare_years, years_with_duties
from storage import budgets, figures, rollups, snapshots
from storage.figures_json import to_json
from storage.picture_kinds import BUDGET, COMPLIANCE, INDICATOR, SECTION, SUMMARY, YEARS

PictureFigures: TypeAlias = OfficeSummary | SectionDetail | IndicatorYear | Compliance | BudgetFigures | YearComparison

_KINDS: Mapping[type[PictureFigures], str] = {
    OfficeSummary: SUMMARY,
    SectionDetail: SECTION,
    IndicatorYear: INDICATOR,
    Compliance: COMPLIANCE,
    BudgetFigures: BUDGET,
    YearComparison: YEARS,
}
"""The kinds of snapshots by the type of their figures."""


@dataclass(frozen=True)
class PictureBook:
    """The pictures of one office at one moment. `name` heads them; `read_duties` reads those of every post, a
    year's among them.

    They are known at `now` and judged as on `today`. `of` is the period whose pictures they are, None for those of now.
    """

    connection: Connection = field(repr=False)
    office_id: int
    name: str
    read_duties: Callable[[int], Sequence[Duty]] = field(repr=False)
    organisation: Office
    today: date
    now: datetime
    of: Period | None = None

    @property
    def duties(self) -> Sequence[Duty]:
        """The indicators of every post, those of the year that is looked at among them."""
        return self.read_duties(self._year)

    @property
    def _year(self) -> int:
        return self.today.year if self.of is None else min(self.today.year, self.of.year)

    def judged_on(self, day: date) -> "PictureBook":
        """The same rows, judged as on a day that may have passed."""
        return replace(self, today=day)

    def at(self, period: Period | None) -> "PictureBook":
        """The pictures of a period, of None those of now: what is known now, judged as on the day after its end."""
        return replace(self, of=period)

    @property
    def judged_day(self) -> date:
        """The day after the period's end, where that has passed."""
        return self.today if self.of is None else min(self.today, self.of.end + timedelta(days=1))

    # --- the office ---------------------------------------------------------------------------------------------

    def summary(self, of: Period | None) -> OfficeSummary | None:
        """The whole office, with the reports of that period counted, of None those of the one that is reported now;
        compared with nothing before it."""
        tallies = rollups.on(self.connection, self.office_id, self.judged_day)
        return summarise(self.name, tallies, self._furthest, self.judged_day, self.organisation, of)

    def _furthest(self, cells: Sequence[Cell]) -> tuple[Behind, ...]:
        names = section_names(self.organisation.posts.values())
        return figures.furthest_behind(self.connection, self.office_id, cells, names)

    def compliance(self) -> Compliance | None:
        """Who reported when, as is known now, in the year that is looked at; None where nothing is reported in it."""
        shown = self.of or shown_year(self.duties, self.today)
        return None if shown is None else compliance(self.name, self.duties, self.today, self.organisation, shown)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of which there is a plan, oldest first."""
        return years_with_duties(self.duties)

    def comparison(self) -> YearComparison | None:
        """This year against last; None where no period of both has ended with the same month."""
        both = self.read_duties(self._year - 1)
        return compare_years(self.name, both, self.today, self.organisation, self.of)

    # --- money --------------------------------------------------------------------------------------------------

    @cached_property
    def budget_lines(self) -> tuple[BudgetLine, ...]:
        """The lines of the office's budgets of all years, in the plans' order."""
        return budgets.lines(self.connection, self.office_id)

    def budget(self) -> BudgetFigures | None:
        """The budget s/d the last month that has ended; None where no line is of its year."""
        month = self.of or shown_month(self.budget_lines, self.today)
        if month is None or all(line.year != month.year for line in self.budget_lines):
            return None
        return budget_figures(self.name, self.budget_lines, month)

    def last_spending(self, month: Period) -> Period | None:
        """The newest month up to that one of which anything was reported spent; None for nothing in its year."""
        return last_reported(self.budget_lines, month)

    # --- sections and indicators --------------------------------------------------------------------------------

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that have anything to report, by name, in the office's order."""
        return sections_with_duties(self.duties, tuple(self.organisation.posts.values()))

    @property
    def shown_duties(self) -> tuple[Duty, ...]:
        """The indicators of the year that is looked at, in the plan's order."""
        year = shown_year(self.duties, self.judged_day) if self.of is None else self.of
        return tuple(duty for duty in self.duties if year is not None and duty.measure.year == year.year)

    def section(self, name: str) -> SectionDetail | None:
        """A section with its indicators; None for no section of the office, before one of its periods has ended, and
        where none ended with the period of these pictures."""
        found = section_detail(self.name, name, self.duties, self.judged_day, self.organisation)
        if found is None or (self.of is not None and Period.parse(found.period).end != self.of.end):
            return None
        return found

    def indicator(self, duty: Duty) -> IndicatorYear:
        """One indicator of the office through its year."""
        return indicator_year(self.name, duty, self.judged_day, self.organisation)

    # --- snapshots ----------------------------------------------------------------------------------------------

    def keep(self, figures: PictureFigures) -> int:
        """Store what a picture shows, and of what it is; return the number of its snapshot."""
        return snapshots.keep(
            self.connection,
            self.office_id,
            _KINDS[type(figures)],
            figures.period,
            to_json(figures),
            self.now,
            wanted=self._wanted(figures),
        )

    def _wanted(self, figures: PictureFigures) -> dict[str, Any]:
        """The day by which a picture is judged, and what tells it from others of its kind and period."""
        judged = {"today": self.judged_day.isoformat()}
        match figures:
            case SectionDetail(section=name):
                return {**judged, "section": name}
            case IndicatorYear():
                return {**judged, "indicator": self._shown_in(figures).code}
            case Compliance() | YearComparison():
                return {"today": self.today.isoformat()}
            case _:
                return judged

    def _shown_in(self, year: IndicatorYear) -> Duty:
        """The indicator whose year it is; of several of one name, the one with these figures."""
        named = [duty for duty in self.duties if (duty.name, str(duty.measure.year)) == (year.name, year.period)]
        return named[0] if len(named) == 1 else next(duty for duty in named if self.indicator(duty) == year)

    def again(self, kind: str, period: Period, wanted: Mapping[str, Any]) -> PictureFigures | None:
        """The figures of a kept picture, computed from the rows as they are now; None where there are none any more.

        Raises KeyError for a kind that no picture has.
        """
        book = self.judged_on(date.fromisoformat(wanted["today"]))
        match kind:
            case "summary":
                return book.summary(period)
            case "section":
                return book.section(wanted["section"])
            case "indicator":
                of_year = (duty for duty in self.at(period).duties if duty.measure.year == period.year)
                duty = next((duty for duty in of_year if duty.code == wanted["indicator"]), None)
                return None if duty is None else book.indicator(duty)
            case "compliance":
                return book.at(period).compliance()
            case "budget":
                return book.at(period).budget()
            case "years":
                return book.at(period).comparison()
            case _:
                raise KeyError(kind)
