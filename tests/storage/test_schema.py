"""The tables that a running program uses are those that are declared, and cost no more than they must."""

import subprocess
import sys

from tests.house.repository import ROOT


def test_what_a_program_uses_is_what_is_declared() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / "schema", "--check"], check=False)
    assert done.returncode == 0, "run `uv run scripts/schema`"


def test_a_running_program_imports_neither_sqlmodel_nor_the_orm() -> None:
    wanted = "import sys, bot.run, bot.conversing, bot.slow_work; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", wanted], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "sqlalchemy.engine" in imported
    assert {"sqlmodel", "sqlalchemy.orm"} & imported == set()
