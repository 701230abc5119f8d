"""The jobs of who looks after a kabupaten: looking at every office, and reading the workbook of a new one."""

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.documents.office_workbook import read_workbook
from bot.documents.plan_files import is_office_workbook
from bot.evidence_store import EvidenceStore
from bot.jobs import Work
from domain.plan import OfficePlan
from handlers.kabupaten import ReadOffice, standings
from handlers.texts.kabupaten import NO_WORKBOOK, UNREADABLE
from storage.desk import Almanac
from storage.engine import Connection, Engine, reading
from storage.kabupaten import Hall, OverseerCard
from storage.plan_json import plan_to_json

_NOBODY = 0
"""The id of no overseer and of no conversation: figures are worked out for a kabupaten, not for somebody."""


def kabupaten_standings(engine: Engine, almanac: Almanac) -> Work:
    """Looks at the offices of the kabupaten that a job's details name."""

    def run(details: dict[str, Any]) -> dict[str, Any]:
        with reading(engine) as connection:
            return standings_of(connection, almanac, details)

    return Work(run, {})


def standings_of(connection: Connection, almanac: Almanac, details: dict[str, Any]) -> dict[str, Any]:
    """`details` are the name of the `kabupaten`, `at`, the office's time, and what to `show`, which is passed on."""
    overseer = OverseerCard(_NOBODY, details["kabupaten"], _NOBODY)
    hall = Hall(connection, overseer, datetime.fromisoformat(details["at"]), almanac)
    return {"show": details["show"], **standings(hall)}


def office_workbooks(store: EvidenceStore) -> Work:
    """Reads the stored workbook that a job's details name."""
    return Work(partial(_read, store), ReadOffice(refused=UNREADABLE).model_dump(mode="json"))


def _read(store: EvidenceStore, details: dict[str, Any]) -> dict[str, Any]:
    """`details` are the file's `ref` and `name`. openpyxl goes by a file's ending, so it gets one."""
    with tempfile.TemporaryDirectory(prefix="renaksi-") as folder:
        path = Path(folder) / "kantor.xlsx"
        path.write_bytes(store.read(details["ref"]))
        return read_office(path).model_dump(mode="json")


def read_office(path: Path) -> ReadOffice:
    """What a file says of a new office."""
    if not is_office_workbook(path):
        return ReadOffice(refused=NO_WORKBOOK)
    plan = read_workbook(path)
    if isinstance(plan, OfficePlan):
        return ReadOffice(plan=plan_to_json(plan))
    return ReadOffice(complaints=tuple(f"{one.place}: {one.text}" for one in plan))
