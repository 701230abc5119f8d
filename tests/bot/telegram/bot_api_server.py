"""An emulated Bot API server over real HTTP, which refuses what Telegram refuses, in Telegram's words.

    async with BotApiServer() as api:
        sari = api.person("Sari")
        sari.types("/lapor")                  # ... a bot with api.token polls api.url and answers
        reply = await sari.hears()
        sari.taps(reply.labels[0])
        sari.blocks()

What is asked of it: `api.calls` (every call, in order), `api.answered_taps`, `api.commands`, `api.pending`.
What can go wrong on demand: `api.fail(Failure.DROP, method="sendMessage")`, `api.redeliver()`, `api.shuffle`,
`api.expire_paths()`.
"""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.bot.telegram.people import PATIENCE, Button, Group, Person, SentMessage
from tests.bot.telegram.telegram_html import BrokenHtml, Formatted, parse_html

TOKEN = "1200000000:invented-Token_of-a-bot-nobody-owns"
FILE_LIMIT = 20 * 1024 * 1024
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
DATA_LIMIT = 64
BATCH = 100
FUTURE = 10
"""An offset that lies further ahead than this is ignored, and all that waits is delivered."""
FIRST_UPDATE = 800_000_001
DATE = 1_648_526_400
"""29 March 2022, 12.00 WITA."""
RETRY_PAUSE = 0.01
"""Seconds before a refused update is posted to the webhook again."""
DEFAULT_UPDATES = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "channel_post", "poll"})

OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
UNDER_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
OLD_TAP = "Bad Request: query is too old and response timeout expired or query ID is invalid"
GONE_FILE = "Bad Request: wrong file_id or the file is temporarily unavailable"


class Failure(Enum):
    """What can go wrong with a call, whatever it asks."""

    SERVER_ERROR = auto()
    """500, as JSON."""
    BAD_GATEWAY = auto()
    """502, as a page of a proxy that quotes the URL."""
    INDISCREET = auto()
    """500, as JSON that quotes the URL."""
    HANG = auto()
    """No answer until the caller gives up."""
    DROP = auto()
    """The connection breaks before anything is done."""
    DROP_AFTER = auto()
    """Done, but the connection breaks before the answer: the caller cannot know."""
    HANG_AFTER = auto()
    """Done, and then no answer until the caller gives up."""
    FLOOD = auto()
    """429 with `retry_after`."""
    FLOOD_UNTOLD = auto()
    """429 that does not say for how long."""
    GARBAGE = auto()
    """200 with what is no answer of the Bot API; nothing is done."""


DONE_UNANSWERED = (Failure.DROP_AFTER, Failure.HANG_AFTER)


@dataclass(frozen=True)
class Call:
    """One call as it arrived; nested values are still JSON text. `files` are (name, bytes) by field."""

    method: str
    parameters: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class Refusal(Exception):
    """An answer with ok = false."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class _Fault:
    failure: Failure
    method: str | None
    times: int
    retry_after: int


@dataclass
class _File:
    data: bytes
    path: str
    declared: int | None
    is_expired: bool = False


class BotApiServer:
    """One bot on one server at 127.0.0.1, on a free port."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        clock: Callable[[], float] = time.monotonic,
        burst: int = 5,
        window: float = 5.0,
    ) -> None:
        """More than `burst` messages to one chat within `window` seconds of `clock` are refused with 429."""
        self.token = token
        self.username = "renaksi_contoh_bot"
        self.date = DATE
        self.calls: list[Call] = []
        self.answered_taps: list[str] = []
        self.commands: list[dict[str, str]] = []
        self.group_commands: list[dict[str, str]] = []
        self.people: dict[int, Person] = {}
        self.moved_chats: dict[int, int] = {}
        self.unanswered: set[int] = set()
        """Messages that were sent, and whose sender never got an answer."""
        self.shuffle: Callable[[list[Any]], None] | None = None
        """Brings the updates of a batch out of order; None where they come as they were written."""
        self.tunnel = ""
        """Where the https address of a webhook really listens, as behind a proxy; empty for at that address."""
        self._clock, self._burst, self._window = clock, burst, window
        self._sent_at: dict[int, deque[float]] = {}
        self._pending: list[dict[str, Any]] = []
        self._issued: list[dict[str, Any]] = []
        self._again: list[dict[str, Any]] = []
        self._next_update = FIRST_UPDATE
        self._next_message = 1
        self._next_tap = 1
        self._taps: set[str] = set()
        self._files: dict[str, _File] = {}
        self._faults: list[_Fault] = []
        self._allowed = DEFAULT_UPDATES
        self._poll: asyncio.Future[None] | None = None
        self._webhook: tuple[str, str] | None = None
        self._courier: asyncio.Task[None] | None = None
        self._stirred = asyncio.Event()
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.url = ""
        self._methods: dict[str, Callable[[Call], Any]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "setmycommands": self._set_my_commands,
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "senddocument": self._send_document,
            "editmessagetext": self._edit_message_text,
            "answercallbackquery": self._answer_callback_query,
            "getfile": self._get_file,
        }

    # --- its life ---------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen; sets `url`. A port other than 0 lets a server come back where it was."""
        self._closing.clear()
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        if self._webhook is not None:
            self._courier = asyncio.create_task(self._post_updates())

    async def stop(self) -> None:
        """Stop listening; people, updates and files stay for another `start`."""
        self._closing.set()
        self._end_poll(None)
        await self._dismiss_courier()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    # --- for tests --------------------------------------------------------------------------------------------

    def group(self, title: str, chat_id: int = -4001) -> Group:
        """A group that the bot is not in yet."""
        group = Group(self, chat_id, title)
        self.people[chat_id] = group
        return group

    def person(self, first_name: str, chat_id: int | None = None) -> Person:
        """Somebody new, whom the bot cannot write to before they write."""
        number = len(self.people) + 1
        person = Person(self, chat_id or 1_200_000_000 + number, first_name, f"+6281200000{number:03}")
        self.people[person.chat_id] = person
        return person

    @property
    def pending(self) -> list[int]:
        """Numbers of the updates that are not confirmed."""
        return [update["update_id"] for update in self._pending]

    @property
    def last_update(self) -> dict[str, Any]:
        """The newest update."""
        return self._issued[-1]

    def called(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def fail(self, failure: Failure, *, method: str | None = None, times: int = 1, retry_after: int = 3) -> None:
        """Let the next calls (of one method) go wrong."""
        self._faults.append(_Fault(failure, method and method.lower(), times, retry_after))

    def recover(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()

    def redeliver(self) -> None:
        """Deliver every update so far once more, confirmed or not."""
        self._again.extend(self._issued)
        self._stir()

    def renumber(self, first: int) -> None:
        """Number the coming updates from here, as Telegram does after a week of silence."""
        self._next_update = first

    def expire_paths(self) -> None:
        """Make every path that getFile gave lead nowhere (Telegram: after an hour)."""
        for file in self._files.values():
            file.is_expired = True

    def forget_files(self) -> None:
        """Make every file_id unknown."""
        self._files.clear()

    async def delivered(self) -> None:
        """Wait until every update is confirmed."""
        await self._until(lambda: not self._pending and not self._again)

    async def polled(self) -> None:
        """Wait until a long poll hangs."""
        await self._until(lambda: self._poll is not None)

    async def answers_tap(self, tap: str) -> None:
        """Wait until the bot has answered a tap."""
        await self._until(lambda: tap in self.answered_taps)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                self._stirred.clear()
                await self._stirred.wait()

    async def call(self, method: str, **parameters: object) -> tuple[int, dict[str, Any]]:
        """Call a method over HTTP as any program could: status and answer."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/bot{self.token}/{method}", data=form) as response,
        ):
            return response.status, await response.json()

    # --- for people -------------------------------------------------------------------------------------------

    @property
    def bot_user(self) -> dict[str, Any]:
        bot_id = int(self.token.partition(":")[0])
        return {"id": bot_id, "is_bot": True, "first_name": "Renaksi (contoh)", "username": self.username}

    def enqueue(self, kind: str, content: dict[str, Any]) -> None:
        """A new update, unless the bot did not ask for its kind."""
        if kind not in self._allowed:
            return
        update = {"update_id": self._next_update, kind: content}
        self._next_update += 1
        self._pending.append(update)
        self._issued.append(update)
        self._stir()

    def enqueue_raw(self, update: dict[str, Any]) -> None:
        """An update with any content; it gets the next number unless it brings one."""
        self._pending.append({"update_id": self._next_update, **update})
        self._next_update += 1
        self._issued.append(self._pending[-1])
        self._stir()

    def new_message_id(self) -> int:
        self._next_message += 1
        return self._next_message - 1

    def new_tap(self) -> str:
        self._next_tap += 1
        tap = f"52000000000{self._next_tap:06}"
        self._taps.add(tap)
        return tap

    def store_file(self, data: bytes, path: str, **size: int | None) -> dict[str, Any]:
        """Keep a file; returns its description as updates carry it."""
        number = len(self._files) + 1
        file_id, declared = f"AgACAgUAAxkBAAM{number:04}", size.get("declared", len(data))
        self._files[file_id] = _File(data, path.format(number), declared)
        described = {"file_id": file_id, "file_unique_id": f"AQAD{number:04}"}
        return described if declared is None else {**described, "file_size": declared}

    # --- HTTP -------------------------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _refused(Refusal(401, "Unauthorized"))
        parameters, files = await _read(request)
        call = Call(method, parameters, files)
        self.calls.append(call)
        fault = self._fault_for(method)
        if fault is not None and fault.failure not in DONE_UNANSWERED:
            return await self._fail(request, fault)
        answer = await self._answer(call)
        return answer if fault is None else await self._withhold(request, fault, answer)

    async def _withhold(self, request: web.Request, fault: _Fault, answer: web.Response) -> web.StreamResponse:
        """It is done, and the caller will not learn it."""
        result = json.loads(answer.body if isinstance(answer.body, bytes) else b"{}").get("result")
        if isinstance(result, dict) and "message_id" in result:
            self.unanswered.add(result["message_id"])
        if fault.failure is Failure.HANG_AFTER:
            await self._closing.wait()
        return _dropped(request)

    async def _answer(self, call: Call) -> web.Response:
        handler = self._methods.get(call.method.lower())
        if handler is None:
            return _refused(Refusal(404, "Not Found: method not found"))
        try:
            result = handler(call)
            if isinstance(result, Awaitable):
                result = await result
        except Refusal as refusal:
            return _refused(refusal)
        return web.json_response({"ok": True, "result": result})

    def _fault_for(self, method: str) -> _Fault | None:
        for fault in self._faults:
            if fault.method in (None, method.lower()):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None

    async def _fail(self, request: web.Request, fault: _Fault) -> web.StreamResponse:
        match fault.failure:
            case Failure.SERVER_ERROR:
                return _refused(Refusal(500, "Internal Server Error"))
            case Failure.INDISCREET:
                return _refused(Refusal(500, f"Internal Server Error: {request.path}"))
            case Failure.BAD_GATEWAY:
                page = f"<html><h1>502 Bad Gateway</h1>{request.path}</html>"
                return web.Response(status=502, text=page, content_type="text/html")
            case Failure.FLOOD:
                return _refused(_too_many(fault.retry_after))
            case Failure.FLOOD_UNTOLD:
                return _refused(Refusal(429, "Too Many Requests"))
            case Failure.GARBAGE:
                return web.Response(body=b"\x00\xff{]", content_type="application/json")
            case Failure.HANG:
                await self._closing.wait()
                return _dropped(request)
            case _:
                return _dropped(request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        file = next((file for file in self._files.values() if file.path == path), None)
        if request.match_info["token"] != self.token or file is None or file.is_expired:
            return _refused(Refusal(404, "Not Found"))
        fault = self._fault_for("file")
        if fault is not None and fault.failure is not Failure.DROP_AFTER:
            return await self._fail(request, fault)
        response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
        response.content_length = len(file.data)
        await response.prepare(request)
        if fault is not None:
            await response.write(file.data[: len(file.data) // 2])
            return _dropped(request)
        await response.write(file.data)
        return response

    # --- updates ----------------------------------------------------------------------------------------------

    async def _get_updates(self, call: Call) -> list[dict[str, Any]]:
        if self._webhook is not None:
            raise Refusal(409, UNDER_WEBHOOK)
        self._end_poll(Refusal(409, OTHER_POLLER))
        self._allow(call)
        self._confirm(int(call.parameters.get("offset", 0)))
        batch = self._batch(call)
        wait = min(int(call.parameters.get("timeout", 0)), 50)
        if not batch and wait:
            await self._wait_for_update(wait)
            batch = self._batch(call)
        return batch

    async def _wait_for_update(self, seconds: int) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        self._stirred.set()
        try:
            await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def _confirm(self, offset: int) -> None:
        """Forget what lies below the offset; a negative one keeps that many from the end."""
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset <= self._next_update + FUTURE:
            self._pending = [update for update in self._pending if update["update_id"] >= offset]
        if not self._pending:
            self._stirred.set()

    def _batch(self, call: Call) -> list[dict[str, Any]]:
        again, self._again = self._again, []
        batch = [*again, *self._pending][: int(call.parameters.get("limit", BATCH))]
        if self.shuffle is not None:
            self.shuffle(batch)
        return batch

    def _allow(self, call: Call) -> None:
        kinds = call.parameters.get("allowed_updates")
        if kinds:
            self._allowed = frozenset(json.loads(kinds)) or DEFAULT_UPDATES

    def _stir(self) -> None:
        self._stirred.set()
        self._end_poll(None)

    def _end_poll(self, refusal: Refusal | None) -> None:
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        if refusal is None:
            poll.set_result(None)
        else:
            poll.set_exception(refusal)

    # --- webhook ----------------------------------------------------------------------------------------------

    async def _set_webhook(self, call: Call) -> bool:
        url, secret = call.parameters.get("url", ""), call.parameters.get("secret_token", "")
        if len(secret) > 256:
            raise Refusal(400, "Bad Request: secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self._allow(call)
        self._end_poll(Refusal(409, "Conflict: terminated by setWebhook request"))
        await self._dismiss_courier()
        self._webhook = (url, secret) if url else None
        if url:
            self._courier = asyncio.create_task(self._post_updates())
        return True

    async def _delete_webhook(self, call: Call) -> bool:
        await self._dismiss_courier()
        self._webhook = None
        if call.parameters.get("drop_pending_updates", "").lower() == "true":
            self._pending.clear()
        return True

    def _get_webhook_info(self, call: Call) -> dict[str, Any]:
        url = self._webhook[0] if self._webhook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self._pending)}

    async def _post_updates(self) -> None:
        """Post one update after the other; one that is not taken is posted again before the next."""
        async with aiohttp.ClientSession() as session:
            while True:
                self._stirred.clear()
                queue = self._again or self._pending
                if not queue:
                    await self._stirred.wait()
                elif await self._post(session, queue[0]):
                    del queue[0]
                    self._stirred.set()
                else:
                    await asyncio.sleep(RETRY_PAUSE)

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        assert self._webhook is not None
        url, secret = self._webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with session.post(self.tunnel or url, json=update, headers=headers) as response:
                return 200 <= response.status < 300
        except aiohttp.ClientError:
            return False

    async def _dismiss_courier(self) -> None:
        if self._courier is not None:
            self._courier.cancel()
            await asyncio.gather(self._courier, return_exceptions=True)
            self._courier = None

    # --- messages of the bot ----------------------------------------------------------------------------------

    def _send_message(self, call: Call) -> dict[str, Any]:
        return self._sent(call, "text", _text(call))

    def _send_photo(self, call: Call) -> dict[str, Any]:
        return self._sent(call, "photo", _caption(call))

    def _send_document(self, call: Call) -> dict[str, Any]:
        return self._sent(call, "document", _caption(call))

    def _sent(self, call: Call, kind: str, content: Formatted) -> dict[str, Any]:
        person = self._recipient(call)
        rows = _rows(call)
        name, data = _uploaded(call, kind)
        self._count(person.chat_id)
        message = SentMessage(
            self.new_message_id(), person.chat_id, kind, content, rows, data, name, dict(call.parameters)
        )
        person.receive(message)
        return self._shown(person, message)

    def _recipient(self, call: Call) -> Person:
        raw = call.parameters.get("chat_id", "")
        if not raw:
            raise Refusal(400, "Bad Request: chat_id is empty")
        chat_id = int(raw) if re.fullmatch(r"-?\d+", raw) else 0
        if chat_id in self.moved_chats:
            moved = self.moved_chats[chat_id]
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, text, migrate_to_chat_id=moved)
        person = self.people.get(chat_id)
        if person is None or not person.is_known:
            raise Refusal(400, "Bad Request: chat not found")
        if person.has_blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if person.is_deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        return person

    def _count(self, chat_id: int) -> None:
        now = self._clock()
        times = self._sent_at.setdefault(chat_id, deque())
        while times and times[0] <= now - self._window:
            times.popleft()
        if len(times) >= self._burst:
            raise _too_many(max(1, round(times[0] + self._window - now)))
        times.append(now)

    def _edit_message_text(self, call: Call) -> dict[str, Any]:
        content, rows = _text(call), _rows(call)
        person = self._recipient(call)
        wanted = call.parameters.get("message_id", "")
        message = next((one for one in person.messages if str(one.message_id) == wanted), None)
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if (message.content, message.rows) == (content, rows):
            raise Refusal(400, NOT_MODIFIED)
        message.content, message.rows = content, rows
        return self._shown(person, message)

    def _shown(self, person: Person, message: SentMessage) -> dict[str, Any]:
        """The message as the Bot API returns it."""
        shown: dict[str, Any] = {
            "message_id": message.message_id, "from": self.bot_user, "chat": person.chat, "date": self.date,
        }  # fmt: skip
        words = "text" if message.kind == "text" else "caption"
        if message.text:
            shown[words] = message.text
        if message.content.entities:
            shown["entities" if words == "text" else "caption_entities"] = list(message.content.entities)
        if message.kind == "photo":
            shown["photo"] = [{**self.store_file(message.file, "photos/file_{}.png"), "width": 1080, "height": 1350}]
        if message.kind == "document":
            shown["document"] = {**self.store_file(message.file, "documents/file_{}"), "file_name": message.file_name}
        if message.rows:
            keys = [[{"text": key.label, "callback_data": key.data} for key in row] for row in message.rows]
            shown["reply_markup"] = {"inline_keyboard": keys}
        return shown

    # --- the rest ---------------------------------------------------------------------------------------------

    def _get_me(self, call: Call) -> dict[str, Any]:
        return {**self.bot_user, "can_join_groups": True, "can_read_all_group_messages": False}

    def _set_my_commands(self, call: Call) -> bool:
        commands = json.loads(call.parameters.get("commands", "[]"))
        if len(commands) > 100:
            raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            _check_command(command["command"], command["description"])
        if "scope" in call.parameters:
            self.group_commands = commands
        else:
            self.commands = commands
        return True

    def _answer_callback_query(self, call: Call) -> bool:
        tap = call.parameters.get("callback_query_id", "")
        if tap not in self._taps:
            raise Refusal(400, OLD_TAP)
        self._taps.remove(tap)
        self.answered_taps.append(tap)
        self._stirred.set()
        return True

    def _get_file(self, call: Call) -> dict[str, Any]:
        file_id = call.parameters.get("file_id", "")
        file = self._files.get(file_id)
        if file is None:
            raise Refusal(400, GONE_FILE)
        if file.declared is not None and file.declared > FILE_LIMIT:
            raise Refusal(400, "Bad Request: file is too big")
        described = {"file_id": file_id, "file_unique_id": file_id[-8:], "file_path": file.path}
        return described if file.declared is None else {**described, "file_size": file.declared}


def _text(call: Call) -> Formatted:
    content = _formatted(call, call.parameters.get("text", ""))
    if not content.text:
        raise Refusal(400, "Bad Request: message text is empty")
    if len(content.text) > TEXT_LIMIT:
        raise Refusal(400, "Bad Request: message is too long")
    return content


def _caption(call: Call) -> Formatted:
    content = _formatted(call, call.parameters.get("caption", ""))
    if len(content.text) > CAPTION_LIMIT:
        raise Refusal(400, "Bad Request: message caption is too long")
    return content


def _formatted(call: Call, source: str) -> Formatted:
    mode = call.parameters.get("parse_mode", "")
    if mode.upper() not in ("", "HTML"):
        raise Refusal(400, "Bad Request: unsupported parse_mode")
    try:
        return (parse_html(source) if mode else Formatted(source)).stripped()
    except BrokenHtml as broken:
        raise Refusal(400, f"Bad Request: can't parse entities: {broken}") from broken


def _rows(call: Call) -> tuple[tuple[Button, ...], ...]:
    markup = json.loads(call.parameters.get("reply_markup") or "{}")
    return tuple(tuple(map(_key, row)) for row in markup.get("inline_keyboard", ()))


def _key(raw: dict[str, str]) -> Button:
    data = raw.get("callback_data", "")
    if not data:
        text = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        raise Refusal(400, f"Bad Request: {text}")
    if len(data.encode()) > DATA_LIMIT:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return Button(raw["text"], data)


def _uploaded(call: Call, kind: str) -> tuple[str, bytes]:
    if kind == "text":
        return "", b""
    if kind not in call.files:
        raise Refusal(400, f"Bad Request: there is no {kind} in the request")
    name, data = call.files[kind]
    if not data:
        raise Refusal(400, "Bad Request: file must be non-empty")
    return name, data


def _check_command(name: str, description: str) -> None:
    if not name:
        raise Refusal(400, "Bad Request: command must be non-empty")
    if len(name) > 32:
        raise Refusal(400, "Bad Request: command length must not exceed 32")
    if not description:
        raise Refusal(400, "Bad Request: command description must be non-empty")
    if len(description) > 256:
        raise Refusal(400, "Bad Request: command description length must not exceed 256")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")


def _too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _refused(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.code)


def _dropped(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _read(request: web.Request) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """Parameters from the query, a form or JSON, as the Bot API takes them; and uploaded files."""
    parameters, files = dict(request.query), dict[str, tuple[str, bytes]]()
    if request.content_type == "application/json":
        body = await request.json()
        parameters |= {key: value if isinstance(value, str) else json.dumps(value) for key, value in body.items()}
        return parameters, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            parameters[name] = str(value)
    return parameters, files
