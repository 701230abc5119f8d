"""`renaksi export`: the official forms, from the command line."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import machine_now
from bot.documents.forms.catalogue import paper_of, rendered
from bot.holiday_dates import NationalAlmanac
from bot.refused import Refused, why
from bot.typed_period import read_period
from bot.which_office import find_office
from domain.periods import Period
from handlers.form_files import FORM_FILES
from handlers.texts import downloads as texts
from handlers.texts.formats import period_with_year
from storage.desk import Desk
from storage.engine import Engine, writing
from storage.form_book import FORMS, FormBook, NoForm
from storage.snapshots import StoredSnapshot, load


@dataclass(frozen=True)
class Wanted:
    """Which form, as it was typed: its name, the code of a period, and of which office."""

    form: str
    period: str
    office: str | None


def export(engine: Engine, wanted: Wanted, out: Path) -> int:
    """Write a form of the whole office, from a snapshot that is kept; return its number. The ending of `out` chooses
    the kind of file.

    Raises Refused for a form, period, office or ending that is not there, and for a file that cannot be written.
    """
    form, ending = wanted.form, out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise Refused(f"Formulir {form!r} tidak ada. Pilih: {', '.join(FORMS)}.")
    if ending not in FORM_FILES[form]:
        endings = ", ".join(f".{one}" for one in FORM_FILES[form])
        raise Refused(f"Formulir {form} ditulis sebagai {endings}; nama berkasnya harus berakhiran salah satunya.")
    snapshot, zone = _kept(engine, wanted, machine_now())
    try:
        out.write_bytes(rendered(paper_of(snapshot, zone), ending))
    except OSError as failed:
        raise Refused(f"Berkas {out} tidak dapat ditulis: {why(failed)}.") from failed
    return snapshot.number


def _kept(engine: Engine, wanted: Wanted, now: datetime) -> tuple[StoredSnapshot, str]:
    """The figures to write, kept under a number, and the office's zone."""
    period = read_period(wanted.period)
    with writing(engine) as connection:
        desk = Desk(connection, find_office(connection, wanted.office), now, NationalAlmanac())
        number = FormBook(desk).make(wanted.form, period)
        if isinstance(number, NoForm):
            raise Refused(_refusal(number, wanted.form, period))
        return load(connection, number), desk.office.zone


def _refusal(reason: NoForm, form: str, period: Period) -> str:
    match reason:
        case NoForm.LENGTH:
            return texts.wrong_length(form, FORMS[form].periods)
        case NoForm.NOT_BEGUN:
            return texts.NOT_BEGUN.format(period_with_year(period))
        case NoForm.NOTHING | NoForm.SECTION | NoForm.UNKNOWN:
            return texts.nothing(form, period)
