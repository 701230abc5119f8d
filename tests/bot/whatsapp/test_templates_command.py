"""`renaksi whatsapp templates`: what to submit, what Meta has, and what differs, against an emulated Graph API."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.channels.whatsapp.templates import CATALOGUE
from bot.cli import main
from storage.engine import open_engine, reading
from storage.templates import status_of
from tests.bot.whatsapp.graph_rules import check_new_template
from tests.bot.whatsapp.graph_server import Failure, GraphServer

ALL = list(CATALOGUE.values())


@dataclass
class Ended:
    """How the command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        return json.loads(self.out)


Command = Callable[..., Awaitable[Ended]]


@pytest.fixture
def templates(
    graph: GraphServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run the command where WhatsApp is set up."""
    settings = {
        "TOKEN": graph.token,
        "PHONE_ID": graph.phone_id,
        "BUSINESS_ID": graph.business_id,
        "APP_SECRET": graph.app_secret,
        "VERIFY_TOKEN": graph.verify_token,
        "API_URL": graph.url,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"WHATSAPP_{name}", value)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'renaksi.sqlite3'}")
    monkeypatch.chdir(tmp_path)

    async def run(*words: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            await asyncio.to_thread(main, ["whatsapp", "templates", *words])
        told = capsys.readouterr()
        return Ended(int(ended.value.code or 0), told.out, told.err)

    return run


def approve_all(graph: GraphServer) -> None:
    for template in ALL:
        about = {"name": template.name, "language": "id", "category": "UTILITY"}
        graph.approve({**about, "components": template.components()})


async def test_where_all_are_approved_all_is_well(templates: Command, graph: GraphServer) -> None:
    approve_all(graph)
    graph.approve({"name": "janji_temu", "language": "id", "category": "UTILITY", "components": []}, "REJECTED")
    told = await templates()
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [f"baik   {template.name}: disetujui" for template in ALL]


async def test_what_was_never_submitted_is_printed_and_written(
    templates: Command, graph: GraphServer, tmp_path: Path
) -> None:
    told = await templates("--submit-file", "ajukan.json")
    assert told.code == 1
    assert "BEDA   renaksi_returned: belum diajukan" in told.out
    assert "[Perbaiki]" in told.out
    submitted = json.loads((tmp_path / "ajukan.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in submitted] == [template.name for template in ALL]
    for one in submitted:
        check_new_template(one)


async def test_what_differs_is_named(templates: Command, graph: GraphServer) -> None:
    approve_all(graph)
    returned, note, weekly = (graph.template(f"renaksi_{name}") for name in ("returned", "note", "weekly_summary"))
    assert returned is not None and note is not None and weekly is not None
    returned.components = [{"type": "BODY", "text": "Laporan {{1}} dikembalikan."}]
    note.category = "MARKETING"
    weekly.components = [one for one in weekly.components if one["type"] != "HEADER"]
    told = await templates("--json")
    found = {one["name"]: (one["ok"], one["status"], one["differing"]) for one in told.json}
    assert told.code == 1
    assert {name: about for name, about in found.items() if not about[0]} == {
        "renaksi_returned": (False, "approved", ["body", "buttons"]),
        "renaksi_note": (False, "approved", ["category"]),
        "renaksi_weekly_summary": (False, "approved", ["picture"]),
    }


@pytest.mark.parametrize(
    ("status", "words"),
    [("PAUSED", "dijeda Meta"), ("REJECTED", "ditolak Meta"), ("PENDING", "sedang ditinjau Meta")],
)
async def test_what_meta_does_not_let_through_is_told_but_not_submitted_again(
    templates: Command, graph: GraphServer, tmp_path: Path, status: str, words: str
) -> None:
    approve_all(graph)
    graph.templates[1].status = status
    told = await templates("--submit-file", "ajukan.json")
    assert told.code == 1
    assert f"BEDA   renaksi_reminder: {words}\n" in told.out
    assert json.loads((tmp_path / "ajukan.json").read_text()) == []


async def test_what_is_sent_goes_by_what_meta_said(templates: Command, graph: GraphServer, tmp_path: Path) -> None:
    approve_all(graph)
    graph.templates[1].status = "PAUSED"
    graph.templates[2].components = [{"type": "BODY", "text": "Halo."}]
    await templates()
    engine = open_engine(f"sqlite:///{tmp_path / 'renaksi.sqlite3'}")
    with reading(engine) as connection:
        noted = [status_of(connection, "whatsapp", template.name) for template in ALL[:4]]
    engine.dispose()
    assert [one.status if one else None for one in noted] == ["approved", "paused", "differs", "approved"]


async def test_without_whatsapp_they_are_printed_to_be_read(
    templates: Command, monkeypatch: pytest.MonkeyPatch, graph: GraphServer
) -> None:
    for name in ("TOKEN", "PHONE_ID", "BUSINESS_ID", "APP_SECRET", "VERIFY_TOKEN"):
        monkeypatch.delenv(f"WHATSAPP_{name}")
    told = await templates("--json")
    assert told.code == 0
    assert [one["status"] for one in told.json] == ["unknown"] * len(ALL)
    assert told.err == "Belum dibandingkan dengan Meta: WhatsApp belum diatur di .env.\n"
    assert graph.calls == []


async def test_where_meta_refuses_or_does_not_answer_one_sentence_says_so(
    templates: Command, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.fail(Failure.SERVER_ERROR)
    busy = await templates()
    monkeypatch.setenv("WHATSAPP_TOKEN", "EAAwrong")
    wrong = await templates()
    assert (busy.code, wrong.code, busy.out, wrong.out) == (2, 2, "", "")
    assert busy.err.endswith("Periksa jaringan dan coba lagi.\n")
    assert wrong.err.endswith("Jalankan renaksi doctor.\n")
    assert "EAAwrong" not in wrong.err


async def test_a_file_that_cannot_be_written(templates: Command) -> None:
    told = await templates("--submit-file", "tiada/ajukan.json")
    assert (told.code, told.err) == (2, "Berkas tiada/ajukan.json tidak dapat ditulis: foldernya tidak ada.\n")
