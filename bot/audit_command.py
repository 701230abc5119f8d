"""`renaksi audit`: whether the record of who did what still holds, and the record itself for those who check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.documents.forms.as_csv import csv_of
from bot.documents.record_xlsx import xlsx_of
from bot.refused import Refused, why
from bot.which_office import find_office
from domain.periods import Period
from domain.zones import local
from handlers.texts import audit as texts
from handlers.texts.formats import office as office_name
from storage import audit_chain, offices
from storage.audit_chain import Entry
from storage.audit_subjects import called
from storage.engine import Connection, Engine, reading
from storage.offices import zone_of

COLUMNS = (
    "nomor_segel", "waktu", "orang", "jabatan", "kapasitas", "uraian", "lama", "baru", "alasan", "kanal", "tindakan",
    "perihal", "segel",
)  # fmt: skip
"""`tindakan`, `perihal` and `segel` as the record has them, the others in words: names are those of now."""
WIDTHS = (9, 24, 22, 24, 10, 48, 18, 18, 30, 10, 18, 22, 20)
_SHEET = "Catatan"


@dataclass(frozen=True)
class Finding:
    """What is said of one office's record, and whether it is whole."""

    text: str
    intact: bool


def verify(engine: Engine, office: str | None) -> tuple[Finding, ...]:
    """Go through the record of an office, or of all of them. Raises Refused for an office that there is not."""
    with reading(engine) as connection:
        wanted = offices.all_offices(connection) if office is None else [find_office(connection, office)]
        return tuple(_examined(connection, office_id) for office_id in wanted)


def _examined(connection: Connection, office_id: int) -> Finding:
    state, name = audit_chain.state(connection, office_id), office_name(offices.names(connection)[office_id])
    if state.broken is None:
        return Finding(texts.intact(name, state.sealed, state.unsealed, state.seal), intact=True)
    return Finding(texts.broken(name, state.broken.number, state.broken.why, state.unsealed), intact=False)


def export(engine: Engine, office: str | None, out: Path) -> int:
    """Write the record of an office, as CSV or as a workbook; return how many entries. Raises Refused."""
    ending = out.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise Refused("Nama berkas harus berakhiran .csv atau .xlsx.")
    with reading(engine) as connection:
        office_id = find_office(connection, office)
        zone, entries = zone_of(connection, office_id), audit_chain.entries(connection, office_id)
        names = called(connection, office_id, (one.subject for one in entries))
    rows = [_row(one, names, zone) for one in entries]
    try:
        out.write_bytes(csv_of(COLUMNS, rows) if ending == ".csv" else xlsx_of(_SHEET, COLUMNS, rows, WIDTHS))
    except OSError as failed:
        raise Refused(f"Berkas {out} tidak dapat ditulis: {why(failed)}.") from failed
    return len(rows)


def _row(one: Entry, names: Mapping[str, tuple[str, Period | None]], zone: str) -> tuple[str, ...]:
    about, period = names.get(one.subject, ("", None))
    return (
        "" if one.number is None else str(one.number), local(one.at, zone).isoformat(), one.person, one.post,
        one.capacity, texts.told(one.action, about, period), one.old, one.new, one.reason, one.channel, one.action,
        one.subject, one.seal,
    )  # fmt: skip
