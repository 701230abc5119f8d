"""Windows has no limits of resources: the program is there all the same, and files are still looked at apart."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.documents.plan_reading.files.apart import outcome_apart
from bot.inspection.inspector import Inspector
from tests.house.repository import ROOT
from tests.photos import photo

UNIX_ONLY = re.compile(r"^(?:import|from) (?:fcntl|grp|pwd|resource|termios|tty|pty|syslog)\b", re.MULTILINE)
IMPORTED = "import bot.cli, bot.run, bot.backup.commands, bot.inspection.looking; print('there')"


@pytest.fixture
def without_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place that processes of ours look for modules in first, where `resource` cannot be had."""
    folder = tmp_path / "windows"
    folder.mkdir()
    (folder / "resource.py").write_text("raise ModuleNotFoundError(\"No module named 'resource'\")\n")
    monkeypatch.syspath_prepend(folder)
    return folder


def test_nothing_of_ours_needs_what_only_unix_has_when_it_is_imported() -> None:
    ours = (path for package in ("bot", "handlers", "storage", "domain") for path in ROOT.glob(f"{package}/**/*.py"))
    assert [path for path in ours if UNIX_ONLY.search(path.read_text(encoding="utf-8"))] == []


def test_the_program_is_there_without_limits(without_limits: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (without_limits, ROOT)))},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (said.stdout, said.returncode) == ("there\n", 0), said.stderr


@pytest.mark.usefixtures("without_limits")
async def test_a_photo_is_looked_at_apart_without_limits(tmp_path: Path) -> None:
    path = tmp_path / "berkas"
    path.write_bytes(photo())
    inspector = Inspector(most=1)
    found, given_up = await inspector.look(path), await inspector.look(path, limit=0.0)
    inspector.close()
    assert (found.mime, found.refusal) == ("image/jpeg", None)
    assert given_up.refusal == "broken", "its time limit ends it still"


@pytest.mark.usefixtures("without_limits")
def test_a_plan_is_read_apart_without_limits() -> None:
    plan = ROOT / "samples" / "kubutambahan-2022.xlsx"
    outcome = outcome_apart(plan, plan.name)
    assert (outcome.source is not None, outcome.refused) == (True, "")
