"""What runs for months is begun with as little as it needs."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.repository import ROOT

BEGUN = ["begun 0", "begun 2"] if os.name == "posix" else ["begun 0"]
"""Elsewhere a process that begins anew gets another id, so it does not."""
ASKED = "TELEGRAM_TOKEN dan WHATSAPP_TOKEN belum diisi."


def told(folder: Path, *words: str) -> list[str]:
    """What `renaksi` with these words imports and says, with a line for each time that Python begins."""
    (folder / "sitecustomize.py").write_text("import sys; print('begun', sys.flags.optimize, file=sys.stderr)\n")
    settings = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
    command = [sys.executable, "-X", "importtime", "-m", "bot", *words]
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    return [line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()]


def test_what_runs_for_months_begins_anew_without_what_nobody_reads_then(tmp_path: Path) -> None:
    lines = told(tmp_path, "run")
    assert [line for line in lines if line.startswith("begun")] == BEGUN
    assert lines[-1].startswith(ASKED)
    assert "bot.run" in lines
    assert "typer" not in lines


def test_parts_of_it_are_read_and_begin_so_too(tmp_path: Path) -> None:
    lines = told(tmp_path, "run", "--only", "turns")
    assert [line for line in lines if line.startswith("begun")] == BEGUN
    assert lines[-1].startswith(ASKED)


def test_a_command_that_ends_soon_is_begun_once(tmp_path: Path) -> None:
    lines = told(tmp_path, "invite", "--hari", "x")
    assert [line for line in lines if line.startswith("begun")] == ["begun 0"]
    assert "typer" in lines
