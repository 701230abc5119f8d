"""Has a file read in a process of its own that may take only so long and so much memory (`reading_process`)."""

import json
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.documents.plan_reading.files.package import broken, too_much_inside
from bot.documents.plan_reading.files.passing import from_json
from bot.documents.plan_reading.source import PlanRefused, Source
from bot.piped_process import Piped

LIMIT = 8.0
"""Seconds for one file; a plan of 400 rows takes a tenth of one."""
START_LIMIT = 15.0
"""Seconds that the process may take to begin, which says nothing about the file."""
LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes that are believed: what `limits` lets through has 20 MB at most."""
_BUSY = "Berkas belum dapat dibaca karena komputer sedang sibuk, mohon kirim lagi sebentar lagi."
_PROCESS = "bot.documents.plan_reading.files.reading_process"


@dataclass(frozen=True)
class Outcome:
    """What became of a file: its source, or the sentence with which it is refused; and the most memory in bytes that
    the process took, None where it ended before it could tell or the system does not."""

    source: Source | None
    refused: str = ""
    memory: int | None = None


def read_source_apart(path: Path, name: str = "") -> Source:
    """What `read_source` gives, whatever the file makes of the process that reads it. Raises PlanRefused.

    Waits for the process: call it from a thread, never from the event loop.
    """
    outcome = outcome_apart(path, name or path.name)
    if outcome.source is None:
        raise PlanRefused(outcome.refused)
    return outcome.source


def outcome_apart(path: Path, name: str, *, limit: float = LIMIT) -> Outcome:
    """What becomes of a file within `limit` seconds of its process' beginning."""
    with _Process() as process:
        return process.outcome({"path": str(path.absolute()), "name": name}, limit)


class _Process(AbstractContextManager["_Process"]):
    """The process and the pipe to it; it is ended whatever it is at."""

    def __init__(self) -> None:
        begun = Piped(_PROCESS, is_silent=True)
        self._process, self._pipe = begun.process, begun.pipe

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def outcome(self, asked: dict[str, str], limit: float) -> Outcome:
        """What becomes of the file."""
        if self._answer(START_LIMIT) is None:
            return Outcome(None, _BUSY)
        with suppress(OSError):  # a process that has ended is seen by its missing answer
            self._pipe.send_bytes(json.dumps(asked).encode())
        answer = self._answer(limit)
        return Outcome(None, str(too_much_inside())) if answer is None else _believed(answer)

    def _answer(self, limit: float) -> dict[str, Any] | None:
        """What the process says within so many seconds; None where it says nothing, or nothing that can be read."""
        try:
            return json.loads(self._pipe.recv_bytes(LARGEST_ANSWER)) if self._pipe.poll(limit) else None
        except (EOFError, OSError, ValueError, RecursionError):
            return None


def _believed(answer: dict[str, Any]) -> Outcome:
    try:
        memory = None if answer["memory"] is None else int(answer["memory"])
        if "refused" in answer:
            return Outcome(None, str(answer["refused"]), memory)
        return Outcome(from_json(answer["source"]), "", memory)
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return Outcome(None, str(broken()))
