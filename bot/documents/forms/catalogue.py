"""The forms by their names: the layout and the files of each."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.documents.forms.as_csv import as_csv
from bot.documents.forms.layout_data import lay_out_data
from bot.documents.forms.layout_paten import lay_out_paten
from bot.documents.forms.layout_renaksi import lay_out_renaksi
from bot.documents.forms.layout_renja import lay_out_renja
from bot.documents.forms.layout_rfk import lay_out_rfk
from bot.documents.forms.layout_tc29 import lay_out_tc29
from bot.documents.forms.paper import Paper, Stamp
from domain.zones import local
from handlers.form_files import CSV, DOCX, PDF, XLSX
from handlers.texts.formats import moment
from storage.form_kinds import form_name, kept_figures
from storage.stored_snapshot import StoredSnapshot

LAYOUTS: Mapping[str, Callable[[Any, Stamp], Paper]] = {
    "renaksi": lay_out_renaksi,
    "renja": lay_out_renja,
    "tc29": lay_out_tc29,
    "rfk": lay_out_rfk,
    "paten": lay_out_paten,
    "data": lay_out_data,
}
"""Each takes the figures of its form."""


def paper_of(snapshot: StoredSnapshot, zone: str) -> Paper:
    """The form that a snapshot keeps, as it is printed; `zone` is the office's, for the time on it. Raises KeyError
    for a snapshot of something else."""
    return LAYOUTS[form_name(snapshot)](kept_figures(snapshot), stamp_of(snapshot, zone))


def stamp_of(snapshot: StoredSnapshot, zone: str) -> Stamp:
    """By what the figures of a snapshot are found again."""
    made = moment(local(snapshot.made_at, zone), zone)
    return Stamp(snapshot.number, snapshot.seal, made, snapshot.made_at)


def rendered(paper: Paper, ending: str) -> bytes:
    """The paper as a file with that ending. Raises KeyError for an ending that there is not."""
    return _RENDERINGS[ending](paper)


def _pdf(paper: Paper) -> bytes:
    from bot.documents.forms.as_pdf import as_pdf

    return as_pdf(paper)


def _xlsx(paper: Paper) -> bytes:
    from bot.documents.forms.as_xlsx import as_xlsx

    return as_xlsx(paper)


def _docx(paper: Paper) -> bytes:
    from bot.documents.forms.as_docx import as_docx

    return as_docx(paper)


_RENDERINGS: Mapping[str, Callable[[Paper], bytes]] = {PDF: _pdf, XLSX: _xlsx, DOCX: _docx, CSV: as_csv}
"""What writes a file, by its ending; the libraries come with the first of a kind."""
