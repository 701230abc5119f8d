"""The tables that a running program uses are those that are declared, and a new SQLite database has those that the
revisions make."""

import subprocess
import sys

from tests.house.repository import ROOT


def test_what_a_program_uses_and_a_new_database_has_is_what_is_declared() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / "schema", "--check"], check=False)
    assert done.returncode == 0, "run `uv run scripts/schema`"
