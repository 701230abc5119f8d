"""When a program last looked what is due to be sent, by its own clock of the machine: read off the statement with which
it looks, through a hook of the library, never in the product."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

LOOKED = "looked"
"""The file in a program's folder."""
_NAMES = {"of_lane", "at", "most"}
"""What only this statement is given."""


def note_looks(folder: Path) -> None:
    """Write down the clock of every look for the rest of this process."""

    @event.listens_for(Engine, "after_cursor_execute")
    def _looked(_connection: Connection, _cursor: Any, _statement: str, _given: Any, context: Any, _many: bool) -> None:
        given = {} if context.compiled is None else context.compiled_parameters[0]
        if given.keys() >= _NAMES:
            _write(folder / LOOKED, given["at"])


def looked_at(folder: Path) -> datetime | None:
    """The clock at the last look of the program with this folder; None before its first."""
    file = folder / LOOKED
    return datetime.fromisoformat(file.read_text()) if file.exists() else None


def _write(file: Path, at: datetime) -> None:
    """At once, as nobody may read half of it."""
    written = file.with_suffix(".new")
    written.write_text(at.isoformat())
    written.replace(file)
