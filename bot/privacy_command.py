"""`renaksi person`: everything that is held of a person as a file, and erasing it on request."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

from bot.clock import machine_now
from bot.refused import Refused, why
from bot.which_office import find_office
from domain.zones import Zone, local
from handlers.texts import privacy as texts
from handlers.texts.personal_data import as_text
from storage.audit import Actor, record
from storage.engine import Connection, Engine, reading, writing
from storage.erasure import Erased, Erasure, StillServing
from storage.offices import names, zone_of
from storage.personal_data import PersonalData, held_of
from storage.privacy import find_people

COMMAND = Actor(None, None, "", "perintah", None)
"""Whoever may run commands on the machine, as the record names them."""
ENDING = ".zip"
TEXT, JSON = "data-pribadi.txt", "data-pribadi.json"
"""What is in the file: the same for people and for programs."""


def export(engine: Engine, person: str, office: str | None, out: Path) -> str:
    """Write all that is held of a person; return their name. Raises Refused."""
    if out.suffix.lower() != ENDING:
        raise Refused(f"Nama berkas harus berakhiran {ENDING}.")
    now = machine_now()
    with writing(engine) as connection:
        office_id, person_id = _find(connection, person, office)
        record(connection, office_id, COMMAND, now, "data copied", f"person {person_id}")
        data, zone = held_of(connection, office_id, person_id, now), zone_of(connection, office_id)
    try:
        out.write_bytes(_zipped(data, Zone.of(zone).name))
    except OSError as failed:
        raise Refused(f"Berkas {out} tidak dapat ditulis: {why(failed)}.") from failed
    return data.name


def _zipped(data: PersonalData, zone: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in ((TEXT, as_text(data, zone)), (JSON, data.as_json())):
            file.writestr(zipfile.ZipInfo(name, _stamp(data.made_at)), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _stamp(moment: datetime) -> tuple[int, int, int, int, int, int]:
    return moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second


def question(engine: Engine, person: str, office: str | None) -> str:
    """What is asked before somebody is erased. Raises Refused."""
    with reading(engine) as connection:
        office_id, person_id = _find(connection, person, office)
        found = find_people(connection, office_id, person)
        return texts.question(found[person_id], names(connection)[office_id])


def erase(engine: Engine, person: str, office: str | None, *, with_evidence: bool, even_serving: bool) -> Erased:
    """Erase a person. Raises Refused for nobody, several of that name, and somebody who holds a post."""
    now = machine_now()
    with writing(engine) as connection:
        office_id, person_id = _find(connection, person, office)
        today = local(now, zone_of(connection, office_id)).date()
        erasure = Erasure(connection, office_id, person_id, COMMAND, now, today)
        try:
            return erasure.run(with_evidence=with_evidence, even_serving=even_serving)
        except StillServing as serving:
            raise Refused(texts.STILL_SERVING) from serving


def _find(connection: Connection, person: str, office: str | None) -> tuple[int, int]:
    """The ids of an office and of the only one there with that name or number."""
    office_id = find_office(connection, office)
    found = find_people(connection, office_id, person)
    if len(found) != 1:
        raise Refused(texts.several(len(found)) if found else texts.NOBODY)
    return office_id, next(iter(found))
