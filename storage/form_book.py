"""The official forms of an office: their figures as they are now, and the snapshots from which they are printed.

A new form is one file in `domain/forms/`, one line in `FORMS`, and its layout at the edge.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from domain.forms.data_form import DataForm, data_form
from domain.forms.paten_form import PatenForm, paten_form
from domain.forms.renaksi_form import RenaksiForm, renaksi_form
from domain.forms.renja_form import RenjaForm, renja_form
from domain.forms.rfk_form import RfkForm, rfk_form
from domain.forms.source import FormSource, Particulars
from domain.forms.tc29_form import Tc29Form, tc29_form
from domain.periods import Period, PeriodKind
from storage import particulars, snapshots
from storage.desk import Desk
from storage.figures_json import from_json, to_json
from storage.snapshots import StoredSnapshot

FormFigures: TypeAlias = RenaksiForm | RenjaForm | Tc29Form | RfkForm | PatenForm | DataForm

_MONTH, _QUARTER, _YEAR = PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR
_KIND = "form:"
"""What the kind of a form's snapshot begins with."""


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
class FormKind:
    """A form: the type of its figures, the lengths of the periods it is made for, the usual one first, whether it can
    be limited to a section, and what computes it (the section's name is empty for the whole office)."""

    figures: type[Any]
    periods: tuple[PeriodKind, ...]
    by_section: bool
    compute: Callable[[FormSource, Period, str], FormFigures | None]


FORMS: Mapping[str, FormKind] = {
    "renaksi": FormKind(RenaksiForm, (_QUARTER, _MONTH, _YEAR), by_section=True, compute=renaksi_form),
    "renja": FormKind(RenjaForm, (_QUARTER, _YEAR), by_section=False, compute=renja_form),
    "tc29": FormKind(Tc29Form, (_YEAR,), by_section=False, compute=tc29_form),
    "rfk": FormKind(RfkForm, (_MONTH, _QUARTER, _YEAR), by_section=False, compute=rfk_form),
    "paten": FormKind(PatenForm, (_MONTH, _QUARTER, _YEAR), by_section=False, compute=paten_form),
    "data": FormKind(DataForm, (_YEAR, _QUARTER, _MONTH), by_section=True, compute=data_form),
}
"""The forms by their names, as commands and files carry them."""


@dataclass(frozen=True)
class FormBook:
    """The forms of the office of a desk, at its moment. Who may have which is for the caller to say."""

    desk: Desk

    def make(self, name: str, period: Period, section: str = "") -> int | NoForm:
        """Compute a form of the whole office, or of one section by its name, and keep it; return the number of its
        snapshot."""
        figures = self.figures(name, period, section)
        if isinstance(figures, NoForm):
            return figures
        return snapshots.keep(
            self.desk.connection,
            self.desk.office_id,
            _KIND + name,
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


def is_form(snapshot: StoredSnapshot) -> bool:
    """Whether a snapshot is that of a form, and not of a picture."""
    return snapshot.kind.startswith(_KIND)


def form_name(snapshot: StoredSnapshot) -> str:
    """The name of the form that a snapshot keeps."""
    return snapshot.kind.removeprefix(_KIND)


def kept_figures(snapshot: StoredSnapshot) -> FormFigures:
    """The figures of a form as its snapshot keeps them. Raises KeyError for a form that is not known."""
    return from_json(FORMS[form_name(snapshot)].figures, snapshot.figures)
