"""The emulated Bot API server from the side of the bench: people write, and what they were answered is read."""

import json
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

from bench.bot_api_server import Behaviour, Message

TOKEN = "1:bench"


class BotEnded(RuntimeError):
    """The bot that is measured is not there any more."""


@dataclass(frozen=True)
class Seen:
    """What the server saw: every message, by whom and when updates were written, and when the first of those that were
    written last was handed out. Times are seconds of the machine's monotonic clock."""

    messages: list[Message]
    written: list[tuple[int, float]]
    first_given: float | None

    @property
    def taken(self) -> list[Message]:
        """Messages that people really got, in their order."""
        return [message for message in self.messages if message.taken]

    @property
    def refused(self) -> int:
        """Messages that the server refused because of its limits."""
        return len(self.messages) - len(self.taken)

    @property
    def seconds(self) -> float:
        """From the first update that was handed out until the last message was taken."""
        assert self.first_given is not None  # somebody polled
        return max(message.at for message in self.taken) - self.first_given


class BotApi:
    """A running server. Its requests are answered in their order."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout
        self.url = f"http://127.0.0.1:{self._read()['port']}"

    def write(self, texts: Sequence[tuple[int, str]]) -> None:
        """People write, each (chat, text) one message."""
        self._ask({"do": "write", "texts": texts})

    def wait(self, taken: int, within: float, bot: "subprocess.Popen[bytes]") -> None:
        """Return when `bot` has written so many messages that were taken, or after `within` seconds.

        Raises BotEnded when it ends meanwhile.
        """
        until = time.monotonic() + within
        while self._ask({"do": "await", "taken": taken, "within": 1})["taken"] < taken and time.monotonic() < until:
            if bot.poll() is not None:
                raise BotEnded(f"the bot ended with {bot.returncode}")

    def seen(self) -> Seen:
        """Everything up to now."""
        told = self._ask({"do": "tell"})
        messages = [Message(**one) for one in told["messages"]]
        return Seen(messages, [(chat, at) for chat, at in told["written"]], told["first_given"])

    def _ask(self, told: dict[str, Any]) -> dict[str, Any]:
        self._in.write(json.dumps(told) + "\n")
        self._in.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        return json.loads(self._out.readline())


@contextmanager
def bot_api(behaviour: Behaviour) -> Generator[BotApi]:
    """A server of such a behaviour, for as long as the block lasts."""
    command = [sys.executable, "-m", "bench.bot_api_server", json.dumps(asdict(behaviour))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield BotApi(process)
        finally:
            process.kill()
