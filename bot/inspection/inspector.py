"""Has files looked at in processes that may take only so long and so much memory (`bot/inspection/looking.py`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import structlog

from bot.crew import Crew
from bot.inspection.refusals import Reason
from bot.piped_process import Piped

LOOKERS = 2
"""Files looked at at once: more processes than cores only wait for each other."""
LIMIT = 8.0
"""Seconds for one file; a photo takes a quarter of one, a PNG of 40 million dots about two."""
START_LIMIT = 15.0
"""Seconds that a process may take to begin."""
LARGEST_COPY = 8 * 1024 * 1024
"""Bytes of a copy that are believed: one of nothing but noise has 4 MB."""
_PROCESS = "bot.inspection.looking"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Finding:
    """What a file is: its MIME type, and of a picture a copy to show and a fingerprint; or why it is not taken."""

    mime: str = ""
    refusal: Reason | None = None
    fingerprint: str = ""
    copy: bytes = b""


class NotStarted(OSError):
    """A process that looks at files could not begin: that says nothing about the file."""


class Inspector:
    """Looks at files. Close it when done."""

    def __init__(self, most: int = LOOKERS) -> None:
        self._crew = Crew(_Looker, most, "looker")

    async def look(self, path: Path, name: str = "", *, limit: float = LIMIT) -> Finding:
        """What a file is. One that takes longer than `limit` seconds or ends its process counts as broken. Raises
        NotStarted."""
        try:
            return await self._crew.do(lambda looker: looker.look(path, name, limit))
        except _NotSeen as reason:
            _log.warning("a file could not be looked at", reason=str(reason))
            return Finding(refusal="broken")

    def close(self) -> None:
        """End the processes."""
        self._crew.close()


class _NotSeen(Exception):
    """Looking at a file came to nothing."""


class _Looker:
    """One process, and the pipe to it."""

    def __init__(self) -> None:
        begun = Piped(_PROCESS)
        self._process, self._pipe = begun.process, begun.pipe
        self._is_ready = False

    def look(self, path: Path, name: str, limit: float) -> Finding:
        """Look at one file. Raises _NotSeen or NotStarted, after which the process is to be ended."""
        if not self._is_ready:
            self._begin()
        self._ask({"path": str(path.absolute()), "name": name})
        found = json.loads(self._answer(limit))
        refusal = found["refusal"] if found["refusal"] in get_args(Reason) else None
        copy = self._answer(limit) if found["copy"] else b""
        return Finding(str(found["mime"]), refusal, str(found["fingerprint"]), copy)

    def is_alive(self) -> bool:
        """Whether the process has not ended by itself."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _begin(self) -> None:
        try:
            self._answer(START_LIMIT)
        except _NotSeen as reason:
            raise NotStarted(str(reason)) from reason
        self._is_ready = True

    def _ask(self, asked: Mapping[str, str]) -> None:
        try:
            self._pipe.send_bytes(json.dumps(asked).encode())
        except OSError as gone:
            raise _NotSeen("its process has ended") from gone

    def _answer(self, limit: float) -> bytes:
        try:
            if self._pipe.poll(limit):
                return self._pipe.recv_bytes(LARGEST_COPY)
        except (EOFError, OSError) as gone:
            raise _NotSeen("its process has ended") from gone
        raise _NotSeen(f"not done after {limit:g} seconds")
