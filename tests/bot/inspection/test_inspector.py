"""Files are looked at in a process that can take little and write nothing, and whose death costs one file."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.inspection.inspector import Finding, Inspector
from bot.inspection.looking import MEMORY, looked
from tests.bot.inspection import files
from tests.house.repository import ROOT
from tests.photos import photo

AT_ONCE = 0.0
"""Seconds after which a file is given up that was only just begun with."""


@pytest.fixture
def inspector() -> Iterator[Inspector]:
    made = Inspector(most=1)
    yield made
    made.close()


def lookers() -> list[int]:
    """The processes that this one has begun to look at files."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    children = [int(child) for one in found for child in one.read_text().split()]
    return [child for child in children if b"bot.inspection.looking" in Path(f"/proc/{child}/cmdline").read_bytes()]


def kept(folder: Path, data: bytes) -> Path:
    path = folder / "berkas"
    path.write_bytes(data)
    return path


async def test_a_photo_comes_back_with_its_copy_and_fingerprint(inspector: Inspector, tmp_path: Path) -> None:
    found = await inspector.look(kept(tmp_path, photo()))
    assert (found.mime, found.refusal, len(found.fingerprint)) == ("image/jpeg", None, 64)
    assert found.copy.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("data", "name", "finding"),
    [
        (files.PDF, "perdes.pdf", Finding("application/pdf")),
        (files.EXE, "laporan.pdf", Finding(refusal="unknown_kind")),
        (photo()[:5000], "foto.jpg", Finding(refusal="broken")),
        (files.png_of(10_000, 10_000), "foto.png", Finding(refusal="too_many_dots")),
        (b"alert(1)", "daftar.js", Finding(refusal="unknown_kind")),
        (files.boxes(b"heic"), "IMG_0412.HEIC", Finding(refusal="broken")),
    ],
)
async def test_every_other_file_is_named_or_refused(
    inspector: Inspector, tmp_path: Path, data: bytes, name: str, finding: Finding
) -> None:
    assert await inspector.look(kept(tmp_path, data), name) == finding


async def test_one_process_looks_at_one_file_after_the_other(inspector: Inspector, tmp_path: Path) -> None:
    path = kept(tmp_path, files.PDF)
    await inspector.look(path)
    [first] = lookers()
    await asyncio.gather(*(inspector.look(path) for _again in range(3)))
    assert lookers() == [first]


async def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_looked_at(
    inspector: Inspector, tmp_path: Path
) -> None:
    path = kept(tmp_path, photo())
    assert await inspector.look(path, limit=AT_ONCE) == Finding(refusal="broken")
    assert (await inspector.look(path)).mime == "image/jpeg"


async def test_a_process_that_died_is_replaced_before_it_costs_anybody_a_file(
    inspector: Inspector, tmp_path: Path
) -> None:
    path = kept(tmp_path, files.PDF)
    await inspector.look(path)
    [first] = lookers()
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert await inspector.look(path) == Finding("application/pdf")
    assert first not in lookers()


async def test_a_file_that_is_gone_meanwhile_is_broken(inspector: Inspector, tmp_path: Path) -> None:
    assert await inspector.look(tmp_path / "tidak ada") == Finding(refusal="broken")


async def test_closing_leaves_no_process(tmp_path: Path) -> None:
    inspector = Inspector(most=1)
    await inspector.look(kept(tmp_path, files.PDF))
    inspector.close()
    assert lookers() == []


async def test_the_process_can_take_little_and_write_nothing(inspector: Inspector, tmp_path: Path) -> None:
    await inspector.look(kept(tmp_path, files.PDF))
    [pid] = lookers()
    limits = {line[:26].strip(): line[26:].split()[:2] for line in Path(f"/proc/{pid}/limits").read_text().splitlines()}
    assert limits["Max address space"] == [str(MEMORY)] * 2
    assert limits["Max file size"] == limits["Max core file size"] == ["0", "0"]
    loaded = Path(f"/proc/{pid}/maps").read_text()
    assert "PIL" in loaded
    assert "sqlalchemy" not in loaded.lower()


def test_whatever_makes_a_reader_stumble_is_broken(tmp_path: Path) -> None:
    about, copy = looked(kept(tmp_path, b"PK\x03\x04" + b"\xff" * 200), "a.docx")
    assert (about["refusal"], copy) == ("broken", b"")


def test_hostile_files_take_little_memory(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.bot.inspection.bounded", str(tmp_path)],
        cwd=ROOT, capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    measured: dict[str, Any] = json.loads(run.stdout)
    assert measured["found"] == {
        "100 megapixels": "too_many_dots",
        "16 gigapixels": "too_many_dots",
        "words of 50 MB": "broken",
        "zip bomb": "unknown_kind",
        "program": "unknown_kind",
    }
    assert (measured["download"], measured["megabytes read"], measured["left"]) == ("too_large", 20, 0)
    assert measured["grown"] < 24, measured
    assert measured["looker"] < 120, measured
