"""Starting, watching and stopping the forked programs from a test."""

import asyncio
import atexit
import json
import os
import signal
import subprocess
import sys
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from tests.kill.zygote import Run

ROOT = Path(__file__).parents[2]


@dataclass
class Process:
    """One program that runs. `ended` gives its exit status, negative for a signal."""

    pid: int
    ended: asyncio.Future[int]

    async def stop(self) -> int:
        """Ask it to stop, as an operator does, and wait; return its status."""
        return await self._end(signal.SIGTERM)

    async def kill(self) -> int:
        """End it without any warning."""
        return await self._end(signal.SIGKILL)

    async def _end(self, number: int) -> int:
        if not self.ended.done():
            with suppress(ProcessLookupError):  # it ended, and we have not been told yet
                os.kill(self.pid, number)
        return await self.ended


@cache
def _zygote() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output of the zygote: one for all tests of a process, because it imports for a second."""
    zygote = subprocess.Popen(
        [sys.executable, "-m", "tests.kill.zygote"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
    )  # fmt: skip
    assert zygote.stdin is not None
    assert zygote.stdout is not None
    atexit.register(zygote.communicate)
    return zygote.stdin, zygote.stdout


class Nursery:
    """The zygote's other end: `async with Nursery() as nursery: process = await nursery.start(run)`."""

    def __init__(self) -> None:
        self._listener: asyncio.Task[None] | None = None
        self._begun: dict[str, asyncio.Future[int]] = {}
        self._ended: dict[str, asyncio.Future[int]] = {}

    async def __aenter__(self) -> Self:
        answers = asyncio.StreamReader()
        self._pipe, _protocol = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(answers), os.fdopen(os.dup(_zygote()[1].fileno()), "rb", 0)
        )
        self._listener = asyncio.create_task(self._listen(answers))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what a test that failed left running."""
        for run, ended in self._ended.items():
            if not ended.done():
                await Process(await self._begun[run], ended).kill()
        if self._listener is not None:
            self._listener.cancel()
        self._pipe.close()

    async def start(self, run: Run) -> Process:
        """Fork a program."""
        own = replace(run, run=uuid.uuid4().hex)
        loop = asyncio.get_running_loop()
        self._begun[own.run], self._ended[own.run] = loop.create_future(), loop.create_future()
        _zygote()[0].write(json.dumps(asdict(own)).encode() + b"\n")
        return Process(await self._begun[own.run], self._ended[own.run])

    async def _listen(self, answers: asyncio.StreamReader) -> None:
        async for line in answers:
            answer: dict[str, Any] = json.loads(line)
            if "pid" in answer:
                self._begun[answer["run"]].set_result(answer["pid"])
            else:
                self._ended[answer["run"]].set_result(answer["ended"])
        for waiting in (*self._begun.values(), *self._ended.values()):
            if not waiting.done():
                waiting.set_exception(RuntimeError("the zygote has ended"))
