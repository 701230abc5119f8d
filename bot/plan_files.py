"""The jobs about plans that are sent in the chat: reading a file of our own store, and writing a marked workbook.

Which office a plan is for is not known here: a turn says which posts there are, and takes what was read.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot.documents.plan_files import is_office_workbook
from bot.documents.plan_reading.source import PlanRefused
from bot.evidence_store import EvidenceStore
from bot.jobs import Work
from domain.plan import About, OfficePlan, PostRow, Role
from domain.zones import Zone
from handlers.plan_file import ReadPlan
from handlers.plan_file.steps import Complaint
from storage.plan_json import plan_from_json, plan_to_json

_LOST = "Mohon simpan ulang sebagai .xlsx atau .docx, lalu kirim sekali lagi."
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".docx", ".txt", ".tsv")
_ANY_NAME = "rencana"
_ANY_YEAR = 2000
NO_PLAN = "Tabel dengan kolom Indikator dan Target tidak ditemukan di dalamnya."


def plan_files(store: EvidenceStore) -> Work:
    """Reads the stored file that a job's details name."""
    return Work(partial(_read, store), ReadPlan(refused=_LOST).model_dump(mode="json"))


def marked_plans(store: EvidenceStore) -> Work:
    """Writes the plan of a job's details as an office workbook, its doubtful cells marked; an empty one without it."""
    return Work(partial(_write, store), {"ref": ""})


def _read(store: EvidenceStore, details: dict[str, Any]) -> dict[str, Any]:
    """`details` are the file's `ref` and `name`, the `posts` of the office, and the `year` where it was asked."""
    with tempfile.TemporaryDirectory(prefix="renaksi-") as folder:
        path = Path(folder) / f"{_ANY_NAME}{_ending(details['name'])}"
        path.write_bytes(store.read(details["ref"]))
        read = read_plan(path, details["name"], _posts(details["posts"]), details["year"])
    return read.model_copy(update={"ref": details["ref"], "name": details["name"]}).model_dump(mode="json")


def _ending(name: str) -> str:
    """Readers of some kinds go by it; a file of another name is looked at by what is in it."""
    return next((ending for ending in _ENDINGS if name.casefold().endswith(ending)), ".xlsx")


def _posts(plain: Sequence[Mapping[str, Any]]) -> tuple[PostRow, ...]:
    return tuple(
        PostRow(
            one["title"],
            Role(one["role"]),
            one["superior"],
            one["section"],
            one["is_admin"],
            unit=one["unit"],
            former_titles=tuple(one["former_titles"]),
        )
        for one in plain
    )


def read_plan(path: Path, name: str, posts: tuple[PostRow, ...] = (), year: int | None = None) -> ReadPlan:
    """What a file says as a plan, for an office with these posts, or for a new one without any.

    Never raises for what a file contains: that is told in what is returned.
    """
    try:
        return _office_workbook(path) if is_office_workbook(path) else _plan_file(path, name, posts, year)
    except PlanRefused as refused:
        return ReadPlan(refused=str(refused))


def _office_workbook(path: Path) -> ReadPlan:
    from bot.documents.office_workbook import read_workbook

    plan = read_workbook(path)
    if not isinstance(plan, OfficePlan):
        return ReadPlan(complaints=tuple(Complaint(place=one.place, text=one.text) for one in plan))
    return ReadPlan(plan=plan_to_json(plan))


def _plan_file(path: Path, name: str, posts: tuple[PostRow, ...], year: int | None) -> ReadPlan:
    from bot.documents.plan_reading.files.apart import read_source_apart
    from bot.documents.plan_reading.judged.as_plan import OfficeToLoad, as_plan, likely_zone
    from bot.documents.plan_reading.judged.judging import judge
    from bot.documents.plan_reading.reading import read_printed

    source = read_source_apart(path, name)
    try:
        printed = read_printed(source, year)
    except PlanRefused:
        if year is not None:
            raise
        read_printed(source, _ANY_YEAR)  # refuses what is no plan of any year
        return ReadPlan()
    reading = judge(printed, source.name)
    if not reading.indicators:
        raise PlanRefused(NO_PLAN)
    office = OfficeToLoad(reading.office or "", likely_zone(reading) or Zone.WIB, reading.kabupaten or "", posts)
    return ReadPlan(
        plan=plan_to_json(as_plan(reading, office)),
        office=reading.office or "",
        is_revision=reading.is_revision,
        passed_over=len(reading.ignored),
    )


# --- the marked workbook ----------------------------------------------------------------------------------------------


def _write(store: EvidenceStore, details: dict[str, Any]) -> dict[str, Any]:
    """`details` are the `plan` and the `answers` given so far, or the `year` of an empty workbook."""
    if "plan" not in details:
        return {"ref": _kept(store, _empty(details["year"])), "empty": True}
    from bot.documents.marked_workbook import marked_bytes

    plan = plan_from_json(details["plan"])
    answers = {(one["indicator"], About(one["about"])): one["value"] for one in details["answers"]}
    return {"ref": _kept(store, marked_bytes(plan, answers))}


def _empty(year: int) -> bytes:
    from bot.documents.example_office import example_office
    from bot.documents.workbook_template import workbook_bytes

    return workbook_bytes(example_office(year))


def _kept(store: EvidenceStore, content: bytes) -> str:
    return asyncio.run(store.put(_pieces(content))).ref


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content
