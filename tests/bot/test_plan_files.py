"""The jobs about plans that are sent: whatever a file is, there is an answer, and what is written is kept."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.documents.workbook_layout import Sheet
from bot.documents.workbook_template import workbook_bytes
from bot.evidence_store import EvidenceStore
from bot.marked_command import write_marked
from bot.plan_files import marked_plans, plan_files
from bot.refused import Refused
from handlers.plan_file import ReadPlan
from storage.plan_json import plan_from_json, plan_to_json
from tests.offices import KASI, PLAN, POSTS
from tests.transcripts.plan_sheets import FILES

pytestmark = pytest.mark.sampled_on_postgresql

PRINTED = FILES["renaksi-2022.txt"]
POSTS_TOLD: list[dict[str, Any]] = [
    {
        "title": post.title,
        "role": post.role.value,
        "superior": post.superior,
        "section": post.section,
        "is_admin": post.is_admin,
        "unit": "",
        "former_titles": ["Kasi Ketertiban"] if post.title == "Kasi Pembangunan" else [],
    }
    for post in POSTS
]


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "bukti")


def kept(store: EvidenceStore, content: bytes) -> str:
    async def pieces() -> AsyncIterator[bytes]:
        yield content

    return asyncio.run(store.put(pieces())).ref


def read(store: EvidenceStore, content: bytes, name: str, year: int | None = None) -> ReadPlan:
    details = {"ref": kept(store, content), "name": name, "year": year, "posts": POSTS_TOLD}
    result = ReadPlan.model_validate(plan_files(store).run(details))
    assert (result.ref, result.name) == (details["ref"], name)
    return result


def test_a_plan_is_read_for_the_posts_of_the_office(store: EvidenceStore) -> None:
    found = read(store, PRINTED(), "Renaksi 2022.TXT")
    assert found.plan is not None
    plan = plan_from_json(found.plan)
    assert (found.office, found.is_revision, plan.only_plan, plan.year) == ("Sukamaju", True, True, 2022)
    assert [row.post for row in plan.indicators] == [KASI, KASI, KASI, "Kasi Pembangunan", "Pengelola Gaji"]
    assert [post.title for post in plan.posts] == [post.title for post in POSTS]


def test_an_office_workbook_is_taken_as_it_is_or_complained_about(store: EvidenceStore) -> None:
    found = read(store, workbook_bytes(PLAN), "buku.xlsx")
    assert found.plan is not None
    assert [one.name for one in plan_from_json(found.plan).people] == [one.name for one in PLAN.people]
    broken = read(store, FILES["buku-kerja-salah.xlsx"](), "buku.xlsx")
    assert (broken.plan, [one.place for one in broken.complaints]) == (None, ["Indikator!K2", "Indikator!AD3"])


def test_a_year_is_asked_for_only_where_there_is_a_plan(store: EvidenceStore) -> None:
    content = FILES["renaksi-tanpa-tahun.txt"]()
    asked = read(store, content, "renaksi.txt")
    assert (asked.plan, asked.refused, asked.complaints) == (None, "", ())
    told = read(store, content, "renaksi.txt", 2022)
    assert told.plan is not None
    assert told.plan["year"] == 2022
    assert read(store, b"Undangan rapat\n", "rapat.txt").refused
    assert read(store, b"PK\x03\x04 bukan zip", "rusak.xlsx").refused


def test_the_marked_workbook_and_the_empty_one_are_kept(store: EvidenceStore) -> None:
    plan = {**plan_to_json(PLAN), "only_plan": True}
    answers = [{"indicator": "kelengkapan-perizinan", "about": "mode", "value": "SUM"}]
    marked = marked_plans(store).run({"plan": plan, "answers": answers})
    book = load_workbook(BytesIO(store.read(marked["ref"])))
    assert Sheet.TO_ANSWER in book.sheetnames
    assert "jumlah" in [cell.value for cell in book[Sheet.TO_ANSWER][2]]
    empty = marked_plans(store).run({"year": 2026})
    assert empty["empty"]
    assert load_workbook(BytesIO(store.read(empty["ref"]))).sheetnames[:2] == [Sheet.HELP, Sheet.OFFICE]


def test_the_command_writes_it_too_and_overwrites_nothing(tmp_path: Path) -> None:
    plan, out = tmp_path / "renaksi.txt", tmp_path / "bertanda.xlsx"
    plan.write_bytes(PRINTED())
    assert write_marked(plan, out) > 0
    assert load_workbook(out)[Sheet.TO_ANSWER].max_row > 1
    for file, target in (
        (plan, out),
        (plan, tmp_path / "bertanda.pdf"),
        (out.with_name("tiada.txt"), tmp_path / "x.xlsx"),
    ):
        file.touch()
        with pytest.raises(Refused):
            write_marked(file, target)
