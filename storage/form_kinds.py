"""The official forms by their names, and what their snapshots keep: without SQL, for the processes that print them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from domain.forms.data_form import DataForm, data_form
from domain.forms.paten_form import PatenForm, paten_form
from domain.forms.renaksi_form import RenaksiForm, renaksi_form
from domain.forms.renja_form import RenjaForm, renja_form
from domain.forms.rfk_form import RfkForm, rfk_form
from domain.forms.source import FormSource
from domain.forms.tc29_form import Tc29Form, tc29_form
from domain.periods import Period, PeriodKind
from storage.figures_json import from_json
from storage.stored_snapshot import StoredSnapshot

FormFigures: TypeAlias = RenaksiForm | RenjaForm | Tc29Form | RfkForm | PatenForm | DataForm

_MONTH, _QUARTER, _YEAR = PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR
KIND = "form:"
"""What the kind of a form's snapshot begins with."""


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


def is_form(snapshot: StoredSnapshot) -> bool:
    """Whether a snapshot is that of a form, and not of a picture."""
    return snapshot.kind.startswith(KIND)


def form_name(snapshot: StoredSnapshot) -> str:
    """The name of the form that a snapshot keeps."""
    return snapshot.kind.removeprefix(KIND)


def kept_figures(snapshot: StoredSnapshot) -> FormFigures:
    """The figures of a form as its snapshot keeps them. Raises KeyError for a form that is not known."""
    return from_json(FORMS[form_name(snapshot)].figures, snapshot.figures)
