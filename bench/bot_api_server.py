"""An emulated Bot API server that costs next to nothing, so that what is measured is the program that talks to it.

A process of its own: it speaks HTTP on 127.0.0.1, reads one JSON request a line from standard input and answers each
with a line. HTTP is taken apart by hand: what a framework needs for one call would be most of what is measured.
"""

import asyncio
import contextlib
import json
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import parse_qsl

BATCH = 100
"""Updates that one getUpdates brings at most, as Telegram's."""
WINDOW = 1.0
"""Seconds in which the limits count."""
RETRY_AFTER = 1
"""Seconds for which a refusal asks. Whoever writes before is refused again."""
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


@dataclass(frozen=True)
class Behaviour:
    """What the server is like: seconds of a round trip, messages a second that it takes in all and of one chat (0 is
    any number)."""

    round_trip: float = 0
    overall: int = 0
    per_chat: int = 0


@dataclass(frozen=True)
class Message:
    """One sendMessage: when it came on the machine's monotonic clock, and whether it was taken."""

    chat: int
    text: str
    at: float
    taken: bool


@dataclass
class _Window:
    """When messages were taken, as far as the limit still counts them."""

    most: int
    times: deque[float] = field(default_factory=deque)

    def has_room(self, now: float) -> bool:
        while self.times and self.times[0] <= now - WINDOW:
            self.times.popleft()
        return len(self.times) < self.most


class Server:
    """One bot. Everything happens in one thread."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._pending: deque[dict[str, Any]] = deque()
        self._next_update = 1
        self._poll: Callable[[], None] | None = None
        self._messages: list[Message] = []
        self._taken = 0
        self._written: list[tuple[int, float]] = []
        self._first_given: float | None = None
        self._overall = _Window(behaviour.overall)
        self._chats: dict[int, _Window] = {}
        self._silent_until = 0.0
        self._awaited: list[tuple[int, asyncio.Event]] = []

    async def carry_out(self, told: dict[str, Any]) -> dict[str, Any]:
        """One request of the process that began this one."""
        match told["do"]:
            case "write":
                self._write(told["texts"])
                return {}
            case "await":
                return {"taken": await self._await(told["taken"], told["within"])}
            case _:
                messages = [asdict(one) for one in self._messages]
                return {"messages": messages, "written": self._written, "first_given": self._first_given}

    def answer(self, method: str, parameters: dict[str, str], respond: Callable[[bytes], None]) -> None:
        """Carry out one call of the bot; `respond` is called with the JSON, at once or later."""
        half = self._behaviour.round_trip / 2
        if not half:
            self._carry_out_call(method, parameters, respond)
            return
        loop = asyncio.get_running_loop()

        def later(answer: bytes) -> None:
            loop.call_later(half, respond, answer)

        loop.call_later(half, self._carry_out_call, method, parameters, later)

    def _carry_out_call(self, method: str, parameters: dict[str, str], respond: Callable[[bytes], None]) -> None:
        match method.lower():
            case "getupdates":
                self._get_updates(parameters, respond)
            case "sendmessage":
                respond(self._send_message(int(parameters["chat_id"]), parameters["text"]))
            case "getme":
                respond(_result(_BOT))
            case _:
                respond(_result(True))

    # --- what people write --------------------------------------------------------------------------------------

    def _write(self, texts: list[tuple[int, str]]) -> None:
        now, self._first_given = time.monotonic(), None
        for chat, text in texts:
            person = {"id": chat, "is_bot": False, "first_name": "Pegawai"}
            message = {
                "message_id": self._next_update,
                "date": 1_774_924_200,
                "chat": {"id": chat, "type": "private", "first_name": "Pegawai"},
                "from": person,
                "text": text,
            }
            self._pending.append({"update_id": self._next_update, "message": message})
            self._written.append((chat, now))
            self._next_update += 1
        self._wake_poll()

    def _get_updates(self, parameters: dict[str, str], respond: Callable[[bytes], None]) -> None:
        offset, wait = int(parameters.get("offset", 0)), float(parameters.get("timeout", 0))
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        self._wake_poll()
        if self._pending or not wait:
            self._give(parameters, respond)
            return
        timer = asyncio.get_running_loop().call_later(wait, self._wake_poll)

        def woken() -> None:
            timer.cancel()
            self._give(parameters, respond)

        self._poll = woken

    def _give(self, parameters: dict[str, str], respond: Callable[[bytes], None]) -> None:
        limit = min(BATCH, int(parameters.get("limit", BATCH)))
        given = [self._pending[at] for at in range(min(limit, len(self._pending)))]
        if given and self._first_given is None:
            self._first_given = time.monotonic()
        respond(_result(given))

    def _wake_poll(self) -> None:
        poll, self._poll = self._poll, None
        if poll is not None:
            poll()

    # --- what the bot writes ------------------------------------------------------------------------------------

    def _send_message(self, chat: int, text: str) -> bytes:
        now = time.monotonic()
        taken = self._takes(chat, now)
        self._messages.append(Message(chat, text, now, taken))
        if not taken:
            return _TOO_MANY
        self._taken += 1
        for number, event in self._awaited:
            if self._taken >= number:
                event.set()
        sent = {"message_id": 1_000_000 + self._taken, "date": 1_774_924_200, "text": text}
        return _result({**sent, "chat": {"id": chat, "type": "private", "first_name": "Pegawai"}, "from": _BOT})

    def _takes(self, chat: int, now: float) -> bool:
        if not self._behaviour.overall:
            return True
        of_chat = self._chats.setdefault(chat, _Window(self._behaviour.per_chat))
        if now < self._silent_until:
            return False
        if not (self._overall.has_room(now) and of_chat.has_room(now)):
            self._silent_until = now + RETRY_AFTER
            return False
        self._overall.times.append(now)
        of_chat.times.append(now)
        return True

    async def _await(self, number: int, within: float) -> int:
        """Return when so many messages were taken in all, or when the time is over: how many were."""
        event = asyncio.Event()
        self._awaited.append((number, event))
        if self._taken < number:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), within)
        return self._taken


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, one request at a time, bodies of a stated length."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        end = self._read.find(_HEAD_END)
        if end < 0:
            return
        head = self._read[:end]
        at = head.lower().find(_LENGTH)
        length = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        begin = end + len(_HEAD_END)
        if len(self._read) < begin + length:
            return
        body, self._read = self._read[begin : begin + length], self._read[begin + length :]
        path, _, query = head.split(b" ", 2)[1].decode().partition("?")
        self._server.answer(path.rpartition("/")[2], _parameters(query, body), self._respond)

    def _respond(self, answer: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        status = b"200 OK" if answer is not _TOO_MANY else b"429 Too Many Requests"
        length = str(len(answer)).encode()
        head = b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\nContent-Length: " + length
        self._transport.write(head + _HEAD_END + answer)


def _parameters(query: str, body: bytes) -> dict[str, str]:
    """The Bot API takes JSON and forms."""
    return json.loads(body) if body.startswith(b"{") else dict(parse_qsl(f"{query}&{body.decode()}"))


def _result(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


_TOO_MANY = json.dumps(
    {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {RETRY_AFTER}",
        "parameters": {"retry_after": RETRY_AFTER},
    }
).encode()


async def _serve(behaviour: Behaviour) -> None:
    """Until standard input ends. The first line that is written is the port."""
    loop = asyncio.get_running_loop()
    server = Server(behaviour)
    listening = await loop.create_server(lambda: Connection(server), "127.0.0.1", 0, backlog=1024)
    _say({"port": listening.sockets[0].getsockname()[1]})
    told = asyncio.StreamReader(limit=1 << 26)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
    async for line in told:
        _say(await server.carry_out(json.loads(line)))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve(Behaviour(**json.loads(sys.argv[1]))))
