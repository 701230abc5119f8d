"""Commands of `renaksi` as people type them, and what they leave behind."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from storage.engine import open_engine, reading
from storage.offices import names


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal:
    """An empty folder with no settings, in which commands are typed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Ended:
        with pytest.raises(SystemExit) as stopped:
            main(words)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Ended(int(stopped.value.code or 0), out, err)


def offices_in(folder: Path) -> list[str]:
    """The offices in the database that stands where a command makes it."""
    engine = open_engine(f"sqlite:///{folder}/data/renaksi.sqlite3")
    with reading(engine) as connection:
        found = list(names(connection).values())
    engine.dispose()
    return found
