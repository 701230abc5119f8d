"""`renaksi` as people start it: a process of its own, settings from the environment, logs on standard error."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import bytecode
from tests.bot.telegram.bot_api_server import BotApiServer

ROOT = Path(__file__).parents[2]
WITHIN = 120.0
"""Seconds until a process must have ended; a bound for broken runs."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Installation:
    """One place with settings, a database and evidence."""

    def __init__(self, folder: Path, url: str | None = None, **settings: str) -> None:
        self.folder = folder
        self.log = folder / "renaksi.log"
        self._started: list[asyncio.subprocess.Process] = []
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": url or f"sqlite:///{folder / 'renaksi.db'}",
            "EVIDENCE_URL": str(folder / "evidence"),
            "LOG_LEVEL": "DEBUG",
            **bytecode.environment(),
            **settings,
        }

    def talks_to(self, api: BotApiServer) -> None:
        """Use this Telegram."""
        self._environment |= {"TELEGRAM_TOKEN": api.token, "TELEGRAM_API_URL": api.url}

    async def command(self, *words: str) -> Ended:
        """Run a command to its end."""
        process = await self._spawn(words, asyncio.subprocess.PIPE)
        async with asyncio.timeout(3 * WITHIN):
            out, err = await process.communicate()
        assert process.returncode is not None
        return Ended(process.returncode, out.decode(), err.decode())

    async def invitations(self) -> dict[str, dict[str, Any]]:
        """`renaksi invite --json`, by post."""
        ended = await self.command("invite", "--json")
        assert ended.code == 0, ended.err
        return {one["post"]: one for one in json.loads(ended.out)}

    async def run(self) -> asyncio.subprocess.Process:
        """Start `renaksi run`; its log grows in `log`."""
        with self.log.open("ab") as log:
            return await self._spawn(("run",), log.fileno())

    async def _spawn(self, words: tuple[str, ...], errors: int) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, cwd=self.folder, env=self._environment,
            stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        self._started.append(process)
        return process

    def end(self) -> None:
        """End what a test that failed left running."""
        for process in self._started:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()


async def stop(process: asyncio.subprocess.Process) -> int:
    """Ask a process to stop, as systemd does; return its exit code."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(WITHIN):
        await process.communicate()
    assert process.returncode is not None
    return process.returncode
