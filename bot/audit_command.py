"""`renaksi audit`: whether the record of who did what still holds, and the record itself for those who check it."""

from dataclasses import dataclass
from pathlib import Path

from bot.documents.forms.as_csv import csv_of
from bot.refused import Refused, why
from bot.which_office import find_office
from domain.zones import local
from handlers.texts import audit as texts
from handlers.texts.formats import office as office_name
from storage import audit_chain, offices
from storage.engine import Connection, Engine, reading
from storage.offices import zone_of

COLUMNS = (
    "nomor_segel", "waktu", "orang", "jabatan", "kapasitas", "tindakan", "perihal", "lama", "baru", "alasan", "kanal",
    "segel",
)  # fmt: skip


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
    """Write the record of an office as CSV; return how many entries. Raises Refused."""
    if out.suffix.lower() != ".csv":
        raise Refused("Nama berkas harus berakhiran .csv.")
    with reading(engine) as connection:
        office_id = find_office(connection, office)
        zone, entries = zone_of(connection, office_id), audit_chain.entries(connection, office_id)
    rows = [
        (
            "" if one.number is None else str(one.number), local(one.at, zone).isoformat(), one.person, one.post,
            one.capacity, one.action, one.subject, one.old, one.new, one.reason, one.channel, one.seal,
        )
        for one in entries
    ]  # fmt: skip
    try:
        out.write_bytes(csv_of(COLUMNS, rows))
    except OSError as failed:
        raise Refused(f"Berkas {out} tidak dapat ditulis: {why(failed)}.") from failed
    return len(rows)
