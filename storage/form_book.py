"""The official forms of an office: their figures as they are now, and the snapshots from which they are printed.

A new form is one file in `domain/forms/`, one line in `FORMS` of `storage/form_kinds.py`, and its layout at the edge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

from domain.forms.source import FormSource, Particulars
from domain.periods import Period
from storage import particulars, snapshots
from storage.desk import Desk
from storage.figures_json import to_json
from storage.form_kinds import FORMS, KIND, FormFigures, form_name
from storage.stored_snapshot import StoredSnapshot


class NoForm(StrEnum):
    """Why there is no form."""

    UNKNOWN = "unknown"
    """No form has that name."""
    LENGTH = "length"
    """It is not made for a period of that length; `FORMS` says for which."""
    SECTION = "section"
    """It is only made for the whole office, or there is no such section."""
    NOT_BEGUN = "not begun"
    """The period has not begun."""
    NOTHING = "nothing"
    """The office has nothing that would stand in it."""


@dataclass(frozen=True)
class FormBook:
    """The forms of the office of a desk, at its moment. Who may have which is for the caller to say."""

    desk: Desk

    def make(self, name: str, period: Period, section: str = "") -> int | NoForm:
        """Compute a form of the whole office, or of one section by its name, and keep it; return the number of its
        snapshot."""
        figures = self.figures(name, period, section)
        return figures if isinstance(figures, NoForm) else self.keep(name, period, figures, section)

    def keep(self, name: str, period: Period, figures: FormFigures, section: str = "") -> int:
        """Keep what was computed of a form; return the number of its snapshot."""
        return snapshots.keep(
            self.desk.connection,
            self.desk.office_id,
            KIND + name,
            period.code,
            to_json(figures),
            self.desk.now,
            wanted={"section": section},
        )

    def figures(self, name: str, period: Period, section: str = "") -> FormFigures | NoForm:
        """The figures of a form: of a period that has ended what is known now, judged as on the day after its end; of
        one that runs, as on this day."""
        form = FORMS.get(name)
        if form is None:
            return NoForm.UNKNOWN
        if period.kind not in form.periods:
            return NoForm.LENGTH
        if section and not (form.by_section and section in self.desk.pictures.sections):
            return NoForm.SECTION
        if period.start > self.desk.today:
            return NoForm.NOT_BEGUN
        return form.compute(self._source(period), period, section) or NoForm.NOTHING

    def again(self, snapshot: StoredSnapshot) -> FormFigures | NoForm:
        """The figures of a kept form, computed from the rows as they are now. Raises KeyError for one that was kept
        without what it is computed by."""
        return self.figures(form_name(snapshot), Period.parse(snapshot.period), (snapshot.wanted or {})["section"])

    def _source(self, period: Period) -> FormSource:
        desk = self.desk
        return FormSource(
            office=desk.office.full_name,
            kabupaten=desk.office.kabupaten,
            duties=desk.office_duties,
            organisation=desk.organisation,
            today=min(desk.today, period.end + timedelta(days=1)),
            particulars=self._particulars,
            renstra=desk.renstra,
            budget=desk.budget,
            signers=desk.signers,
            unasked=particulars.unasked(desk.connection, desk.office_id),
        )

    @cached_property
    def _particulars(self) -> Mapping[int, Particulars]:
        return particulars.of_office(self.desk.connection, self.desk.office_id, self.desk.office.zone)
