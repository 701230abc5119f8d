"""A fresh migrated SQLite file: transcripts show that both engines behave the same."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "renaksi.db")
    return f"sqlite:///{tmp_path / 'renaksi.db'}"
