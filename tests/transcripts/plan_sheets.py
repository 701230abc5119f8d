"""Plans that are sent in transcripts, by the name of their file, and the work on them as a process does it."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bot.documents.marked_workbook import marked_bytes
from bot.documents.workbook_layout import Sheet
from bot.documents.workbook_template import workbook_bytes
from bot.plan_files import read_plan
from domain.modes import Mode, Rhythm
from domain.periods import Period
from domain.plan import About, IndicatorRow, OfficePlan, Role
from handlers.plan_file import MARK_PLAN, READ_PLAN
from storage.jobs import Claimed
from storage.plan_json import plan_from_json
from tests.offices import BUKU, KASI, PBB, PERDES, PLAN, POSTS, indicator, monthly

KINDS = frozenset({READ_PLAN, MARK_PLAN})
_PRINTED = """\
RENCANA AKSI PERUBAHAN
KECAMATAN SUKAMAJU KABUPATEN WANASARI
TAHUN {year}

No | Indikator Kinerja | Satuan | Target | TW I | TW II | TW III | TW IV | Penanggung Jawab
1 | Realisasi PBB | % | 95 | 25 | 50 | 75 | 95 | Kasi Pemerintahan
2 | Peraturan desa yang diterbitkan | desa | 4 | 1 | 1 | 1 | 1 | Kasi Pemerintahan
3 | Peserta pembinaan linmas | orang | 40 | 40 | 40 | - | 40 Orang (2 kali) | Kasi Pemerintahan
4 | Kegiatan piket kantor | kegiatan | 12 | 12 | 12 | 12 | 12 | Kasi Ketertiban
5 | ASN yang menerima gaji | orang | 10 | 10 | 10 | 10 | 10 | Pengelola Gaji
"""
_UNKNOWN_POST = """\
RENCANA AKSI
KECAMATAN SUKAMAJU KABUPATEN WANASARI
TAHUN 2023

No | Indikator Kinerja | Satuan | Target | TW I | TW II | TW III | TW IV | Penanggung Jawab
1 | Rapat koordinasi desa | kali | 4 | 1 | 1 | 1 | 1 | Kasi Kesejahteraan
2 | Dokumen bantuan sosial | dokumen | 12 | 3 | 3 | 3 | 3 | Kasi Kesejahteraan
3 | Laporan pembinaan PKK | laporan | 4 | 1 | 1 | 1 | 1 | Kasi Kesejahteraan
4 | Laporan data kemiskinan | laporan | 2 | - | 1 | - | 1 | Kasi Kesejahteraan
5 | Laporan keuangan | laporan | 4 | 1 | 1 | 1 | 1 | Kasubbag Perencanaan
"""
_ELSEWHERE = _PRINTED.replace("SUKAMAJU", "SUKAMUNDUR")


def _revised() -> OfficePlan:
    """The office workbook after PK Perubahan: targets of two indicators, a new one, one that is gone."""

    def of(row: IndicatorRow) -> IndicatorRow:
        if row.code == BUKU:
            return replace(row, targets=monthly(*[1] * 6, *[2] * 6), annual_target=Decimal(18))
        if row.code == PBB:
            last = Period.quarter(2022, 4)
            return replace(row, targets={**row.targets, last: Decimal(95)}, annual_target=Decimal(95))
        return row

    kept = tuple(of(row) for row in PLAN.indicators if row.code != PERDES)
    new = indicator(
        "profil", "Profil desa yang disusun", "desa", KASI, Rhythm.MONTHLY, monthly(*[None] * 6, 1, 1, 1), Mode.SUM, 3
    )
    return replace(PLAN, indicators=(*kept, new), document="Nomor 5 Tahun 2022", reason="")


def _broken() -> bytes:
    """A workbook in which an owner is misspelt and a target is no number."""
    book: Any = load_workbook(BytesIO(workbook_bytes(_revised())))
    page = book[Sheet.INDICATORS]
    headers = {cell.value: cell.column for cell in page[1]}
    page.cell(2, headers["Jabatan"]).value = "Kasi Pemerintah"
    page.cell(3, headers["TW I"]).value = "dua puluh"
    return _saved(book)


def _marked() -> bytes:
    """The marked workbook of the printed plan, filled in: the first answer by its drop-down, the rest left open."""
    plan = _plan_of("renaksi-2022.txt")
    book: Any = load_workbook(BytesIO(marked_bytes(replace(plan, office=PLAN.office, zone=PLAN.zone), {})))
    page = book[Sheet.TO_ANSWER]
    headers = {cell.value: cell.column for cell in page[1]}
    for row in page.iter_rows(min_row=2, max_row=page.max_row):
        offered = row[headers["Pilihan"] - 1].value or row[headers["Usulan"] - 1].value
        row[headers["Jawaban"] - 1].value = (offered or "-").splitlines()[0]
    return _saved(book)


def _plan_of(name: str) -> OfficePlan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(FILES[name]())
        read = read_plan(path, name, POSTS)
    assert read.plan is not None, read
    return plan_from_json(read.plan)


def _saved(book: Any) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FILES: Mapping[str, Callable[[], bytes]] = {
    "renaksi-2022.txt": lambda: _PRINTED.format(year=2022).encode(),
    "renaksi-tanpa-tahun.txt": lambda: _PRINTED.replace("TAHUN {year}", "").encode(),
    "renaksi-2023.txt": _UNKNOWN_POST.encode,
    "renaksi-tetangga.txt": lambda: _ELSEWHERE.format(year=2022).encode(),
    "buku-kerja-2022.xlsx": lambda: workbook_bytes(PLAN),
    "buku-kerja-perubahan.xlsx": lambda: workbook_bytes(_revised()),
    "buku-kerja-salah.xlsx": _broken,
    "buku-kerja-tetangga.xlsx": lambda: workbook_bytes(replace(_revised(), office="Sukamundur")),
    "rencana-bertanda.xlsx": _marked,
    "rencana-rapat.txt": lambda: b"Undangan rapat koordinasi\nSelasa pukul 09.00\n",
    "data-desa.xlsx": lambda: workbook_bytes(_revised()),
}


@cache
def _read(name: str, year: int | None) -> dict[str, Any]:
    """Reading apart takes a process: once for all transcripts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(FILES[name]())
        return read_plan(path, name, POSTS, year).model_dump(mode="json")


def result_of(job: Claimed) -> dict[str, Any]:
    """What a process would have made of a job."""
    if job.kind == READ_PLAN:
        ref, name = job.details["ref"], job.details["name"]
        known = next(one for one in FILES if hash_of(one) == ref)
        assert [one["title"] for one in job.details["posts"]] == [post.title for post in POSTS]
        assert {Role(one["role"]) for one in job.details["posts"]} == {post.role for post in POSTS}
        return {**_read(known, job.details["year"]), "ref": ref, "name": name}
    if "plan" not in job.details:
        return {"ref": hash_of("buku-kerja.xlsx"), "empty": True}
    answers = {(one["indicator"], About(one["about"])): one["value"] for one in job.details["answers"]}
    assert marked_bytes(plan_from_json(job.details["plan"]), answers)
    return {"ref": hash_of("rencana-bertanda.xlsx")}


def hash_of(name: str) -> str:
    """The hash that a transcript gives a file of that name."""
    return hashlib.sha256(f"dokumen {name}".encode()).hexdigest()
