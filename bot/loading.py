"""Loading a plan, all or nothing: an office workbook, or the plan file that an office already has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.documents.office_workbook import read_workbook
from bot.documents.plan_files import is_office_workbook
from bot.documents.plan_reading.judged.as_plan import OfficeToLoad, as_plan, likely_zone
from bot.documents.plan_reading.judged.office_posts import plain_title
from bot.documents.plan_reading.judged.understood import PlanReading
from bot.refused import Refused
from domain.plan import Complaint, OfficePlan, PostRow
from domain.plan_changes import PostChanges, plan_changes
from domain.plan_identity import with_known_codes
from domain.refusals import BadSetting
from domain.zones import Zone
from storage import offices, people
from storage.engine import Connection, Engine, writing
from storage.plans import Beside, Loaded, apply_plan, plan_fingerprint
from storage.stated_staff import AdminLost
from storage.stored_plans import current_plan, stored_plan


class WorkbookRefused(Refused):
    """A workbook that cannot be taken; the message has a line for every sheet and cell to mend."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("\n".join(f"{one.place}: {one.text}" for one in complaints))


@dataclass(frozen=True)
class Wanted:
    """What was said beside a file: its year and office, the zone of a new office, and why the plan changes."""

    year: int | None = None
    office: str | None = None
    zone: str | None = None
    reason: str = ""
    document: str = ""


@dataclass(frozen=True)
class Changed:
    """What loading has done, and for a plan that was there before, what it changes for whom."""

    plan: OfficePlan
    loaded: Loaded
    changes: tuple[PostChanges, ...] = ()


def read_plan(path: Path) -> OfficePlan:
    """What an office workbook says. Raises WorkbookRefused."""
    plan = read_workbook(path)
    if isinstance(plan, tuple):
        raise WorkbookRefused(plan)
    return plan


def apply(engine: Engine, plan: OfficePlan, now: datetime) -> Loaded:
    """Put a plan into the database, all or nothing; the same plan again changes nothing."""
    with writing(engine) as connection:
        return apply_plan(connection, plan, now)


def read_any(path: Path, wanted: Wanted) -> OfficePlan | PlanReading:
    """What a file says that states a plan. Raises Refused with what is wrong with it."""
    if is_office_workbook(path):
        return _read_workbook(path, wanted)
    from bot.documents.plan_reading.read_file import read_plan_file  # a workbook needs none of it

    return read_plan_file(path, year=wanted.year)


def load(engine: Engine, read: OfficePlan | PlanReading, wanted: Wanted, now: datetime) -> Changed:
    """Load what was read, all or nothing; the same again changes nothing.

    Raises Refused with what has to be said beside the file.
    """
    with writing(engine) as connection:
        if isinstance(read, OfficePlan):
            return _workbook(connection, read, wanted, now)
        plan = as_plan(read, _office(connection, read, wanted), wanted.year)
        return _applied(connection, plan, wanted, now)


def _workbook(connection: Connection, plan: OfficePlan, wanted: Wanted, now: datetime) -> Changed:
    try:
        return Changed(plan, apply_plan(connection, plan, now, Beside(wanted.reason, wanted.document)))
    except AdminLost as lost:
        raise Refused(
            f"Dengan buku ini {plan.office} tidak punya admin lagi, jadi tidak ada yang dimuat. Periksa kolom Admin di "
            "lembar Jabatan dan kolom Sampai di lembar Pegawai."
        ) from lost


def office_to_load(connection: Connection, office_id: int) -> OfficeToLoad:
    """An office as a plan file is matched to it, with the posts that it has now."""
    titles = {card.id: card.title for card in people.posts(connection, office_id)}
    posts = tuple(
        PostRow(
            card.title,
            card.role,
            titles.get(card.superior_id) if card.superior_id is not None else None,
            card.section,
            card.is_admin,
            unit=card.unit,
            former_titles=card.former_titles,
        )
        for card in people.posts(connection, office_id)
        if card.ended is None
    )
    name = offices.names(connection)[office_id]
    return OfficeToLoad(name, offices.zone_of(connection, office_id), posts=posts)


def _read_workbook(path: Path, wanted: Wanted) -> OfficePlan:
    plan = read_plan(path)
    if wanted.year is not None and plan.year != wanted.year:
        raise Refused(f"Berkas itu untuk tahun {plan.year}, bukan {wanted.year}.")
    if wanted.office is not None and not _same_name(plan.office, wanted.office):
        raise Refused(f"Berkas itu untuk kantor {plan.office}, bukan {wanted.office}.")
    return plan


def _applied(connection: Connection, plan: OfficePlan, wanted: Wanted, now: datetime) -> Changed:
    before = _before(connection, plan)
    if before is None:
        return Changed(plan, apply_plan(connection, plan, now, Beside(wanted.reason, wanted.document)))
    office_id, plan_id, fingerprint = before
    rows = stored_plan(connection, plan_id).indicators
    plan = with_known_codes(plan, rows)
    is_same = plan_fingerprint(plan) == fingerprint
    if not is_same and not (wanted.reason.strip() and wanted.document.strip()):
        raise Refused(
            f"Kantor {plan.office} sudah punya rencana {plan.year}. Untuk menggantinya sebutkan --reason (alasan "
            "perubahan) dan --document (nomor dokumennya)."
        )
    loaded = apply_plan(connection, plan, now, Beside(wanted.reason, wanted.document))
    current = current_plan(connection, office_id, plan.year)
    after = rows if current is None else stored_plan(connection, current.id).indicators
    return Changed(plan, loaded, plan_changes(rows, after))


def _before(connection: Connection, plan: OfficePlan) -> tuple[int, int, str] | None:
    """The office, the version that holds and its fingerprint; None where the office has no plan of the year."""
    known = (office_id for office_id, name in offices.names(connection).items() if name == plan.office)
    office_id = next(known, None)
    held = None if office_id is None else current_plan(connection, office_id, plan.year)
    return None if office_id is None or held is None else (office_id, held.id, held.source_hash)


# --- which office -------------------------------------------------------------------------------------------------


def _office(connection: Connection, found: PlanReading, wanted: Wanted) -> OfficeToLoad:
    """The office that is meant, with its posts where it exists. Raises Refused where that cannot be told."""
    name = wanted.office or found.office
    if name is None:
        raise Refused("Nama kecamatan tidak tercetak pada berkas itu. Sebutkan kantornya dengan --office.")
    for office_id, known in offices.names(connection).items():
        if _same_name(known, name):
            return office_to_load(connection, office_id)
    return OfficeToLoad(_tidy_name(name), _zone(found, wanted), found.kabupaten or "")


def _same_name(one: str, other: str) -> bool:
    return plain_title(_tidy_name(one)) == plain_title(_tidy_name(other))


def _tidy_name(name: str) -> str:
    words = name.split()
    bare = words[1:] if words[:1] and words[0].casefold() in {"kecamatan", "kec."} else words
    return " ".join(bare)


def _zone(found: PlanReading, wanted: Wanted) -> str:
    if wanted.zone is None:
        zone = likely_zone(found)
        if zone is None:
            raise Refused("Zona waktu kantor baru belum diketahui. Sebutkan dengan --zone WIB, WITA, atau WIT.")
        return zone
    try:
        return Zone.of(wanted.zone)
    except BadSetting as unknown:
        raise Refused(f"Zona waktu {wanted.zone!r} tidak ada. Pilih WIB, WITA, atau WIT.") from unknown
