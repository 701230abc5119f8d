"""Workbooks of offices that are sent in transcripts, and what looking after a kabupaten brings about beside turns."""

import hashlib
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.documents.workbook_template import workbook_bytes
from bot.holiday_dates import NationalAlmanac
from bot.kabupaten_work import read_office, standings_of
from handlers.kabupaten import READ_OFFICE, STANDINGS
from storage.engine import Connection
from storage.jobs import Claimed
from tests.offices import PLAN

KINDS = frozenset({STANDINGS, READ_OFFICE})
OFFICES = {
    "sukasari.xlsx": replace(PLAN, office="Sukasari", people=()),
    "sukamaju.xlsx": PLAN,
    "jauh.xlsx": replace(PLAN, office="Sukajauh", kabupaten="Banyuasri"),
}


def result_of(connection: Connection, job: Claimed) -> dict[str, Any]:
    """What the work on a job leads to."""
    if job.kind == STANDINGS:
        return standings_of(connection, NationalAlmanac(), job.details)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kantor.xlsx"
        path.write_bytes(_bytes_of(job.details["ref"]))
        return read_office(path).model_dump(mode="json")


@cache
def _bytes_of(ref: str) -> bytes:
    """A workbook by the hash that a transcript gives a file of its name; anything else is no workbook."""
    plan = next((plan for name, plan in OFFICES.items() if _ref(name) == ref), None)
    return b"bukan buku kerja" if plan is None else workbook_bytes(plan)


def _ref(name: str) -> str:
    return hashlib.sha256(f"dokumen {name}".encode()).hexdigest()
