"""Starting, watching and stopping the forked programs from a test."""

import asyncio
import json
import os
import signal
import sys
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

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


class Nursery:
    """The zygote's other end: `async with Nursery() as nursery: process = await nursery.start(run)`."""

    def __init__(self) -> None:
        self._zygote: asyncio.subprocess.Process | None = None
        self._listener: asyncio.Task[None] | None = None
        self._begun: dict[str, asyncio.Future[int]] = {}
        self._ended: dict[str, asyncio.Future[int]] = {}

    async def __aenter__(self) -> Self:
        self._zygote = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.kill.zygote", cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._listener = asyncio.create_task(self._listen(self._zygote))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._zygote is not None
        assert self._zygote.stdin is not None
        self._zygote.stdin.close()
        await self._zygote.wait()
        if self._listener is not None:
            await self._listener

    async def start(self, run: Run) -> Process:
        """Fork a program."""
        assert self._zygote is not None
        assert self._zygote.stdin is not None
        own = replace(run, run=uuid.uuid4().hex)
        loop = asyncio.get_running_loop()
        self._begun[own.run], self._ended[own.run] = loop.create_future(), loop.create_future()
        self._zygote.stdin.write(json.dumps(asdict(own)).encode() + b"\n")
        await self._zygote.stdin.drain()
        return Process(await self._begun[own.run], self._ended[own.run])

    async def _listen(self, zygote: asyncio.subprocess.Process) -> None:
        assert zygote.stdout is not None
        async for line in zygote.stdout:
            answer: dict[str, Any] = json.loads(line)
            if "pid" in answer:
                self._begun[answer["run"]].set_result(answer["pid"])
            else:
                self._ended[answer["run"]].set_result(answer["ended"])
