"""What is made at its first use, and what a process may not import before it asks for messages, and while it waits."""

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bot.late import Late, part_of, without
from tests.bot.run_process import Installation, stop
from tests.bot.telegram.bot_api_server import BotApiServer

FOR_FILES = {"telegram", "matplotlib", "openpyxl", "docx", "reportlab", "bot.slow_work"}
FOR_FEW = {"alembic", "pywa", "holidays", "phonenumbers", "fsspec", "prometheus_client", "rich.console"} | {
    "sqlalchemy.dialects.postgresql",
    "greenlet._greenlet",
    "rapidfuzz",
    "html",
    "sqlmodel",
    "sqlalchemy.orm",
}
FOR_THE_WEB = {"uvicorn", "starlette", "anyio", "httpx"}


def test_nothing_is_made_before_it_is_used_and_then_once() -> None:
    made: list[str] = []

    def make() -> dict[str, str]:
        made.append("once")
        return {"kind": "work"}

    whole = Late(make)
    part = part_of(whole, lambda found: found)
    assert made == []
    assert (part["kind"], list(part.values()), made) == ("work", ["work"], ["once"])


def test_threads_that_ask_at_once_get_the_same() -> None:
    whole = Late(object)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _at: id(whole()), range(64)))) == 1


def test_a_start_imports_neither_conversations_nor_what_few_installations_use() -> None:
    told = "import sys, bot.cli, bot.logs, bot.run; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    )
    conversations = {"handlers.menu", "handlers.reception", "bot.turns", "storage.people", "domain.plan"}
    assert loaded & (conversations | FOR_FILES | FOR_FEW | FOR_THE_WEB) == set()


async def test_a_process_that_waits_has_nothing_that_only_files_or_few_installations_need(tmp_path: Path) -> None:
    port = free_port()
    installation = Installation(tmp_path, PYTHONPROFILEIMPORTTIME="1", HTTP_PORT=str(port))
    async with BotApiServer() as api:
        installation.talks_to(api)
        tamu = api.person("Tamu")
        tamu.types("halo")
        process = await installation.run()
        assert (await tamu.hears()).text
        at_rest = imported(installation.log)
        async with httpx.AsyncClient() as watcher:
            assert (await watcher.get(f"http://127.0.0.1:{port}/healthz")).json()["status"] == "ok"
        assert await stop(process) == 0
    assert "handlers.reception" in at_rest
    assert at_rest & (FOR_FILES | FOR_FEW | FOR_THE_WEB) == set()
    assert "uvicorn" in imported(installation.log)


def imported(log: Path) -> set[str]:
    """What a process has told of its imports."""
    return {line.rpartition("|")[2].strip() for line in log.read_text().splitlines()}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_what_can_do_without_a_package_is_imported_without_it() -> None:
    told = "from bot.late import without\nwith without('rich'):\n import structlog.dev as d\nimport rich\nprint(d.rich)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "None"


def test_a_package_that_is_imported_already_stays() -> None:
    with without("pytest"):
        assert sys.modules["pytest"] is pytest
    assert sys.modules["pytest"] is pytest
