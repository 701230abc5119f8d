"""An emulated Graph API over real HTTP: it refuses what Meta refuses, in Meta's codes, and posts signed webhooks.

    async with GraphServer() as graph:                 # channel: graph.token, graph.phone_id, graph.url
        graph.post_to(webhook_url)                     # messages and statuses go there, signed with graph.app_secret
        sari = graph.person("Sari")
        sari.types("lapor"); reply = await sari.hears(); sari.taps(reply.labels[0])
        graph.approve({"name": ..., "language": "id", "category": "UTILITY", "components": [...]})
        graph.report(reply, "delivered"); graph.report(reply, "failed", code=131047)

Limits: those of `graph_rules`; 24 hours since the person wrote; 80 messages a second; to one person 45 at once and
then one in 6 seconds, all on `clock`. What goes wrong on demand: `graph.refuse(131048)`, `graph.fail(Failure.HANG)`,
`graph.refuses_late = True` (free text after 24 hours is taken and fails later, as Meta mostly does).
What is asked of it: `graph.calls`, `graph.sent`, `graph.posts`.
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from types import TracebackType
from typing import Any, Literal, Self

import aiohttp
from aiohttp import web

from tests.bot.whatsapp.graph_rules import (
    KnownTemplate,
    Refusal,
    Upload,
    check_message,
    check_new_template,
    check_upload,
    filled,
)
from tests.bot.whatsapp.people import PATIENCE, Person, Shown, Tap

TOKEN = "EAAinvented-token-of-a-number-nobody-owns"
APP_SECRET = "invented-app-secret"
VERIFY_TOKEN = "invented-verify-token"
PHONE_ID = "120000000000001"
BUSINESS_ID = "120000000000002"
NUMBER = "6281200000000"
DATE = 1_648_526_400
"""29 March 2022, 12.00 WITA: the time that webhooks name."""
WINDOW = 24 * 60 * 60
"""Seconds after what a person wrote in which they may be sent free text."""
OVERALL = 80
"""Messages a second of one number."""
PAIR_BURST, PAIR_STEP = 45, 6.0
"""Messages to one person at once, and the seconds in which one more may follow."""
LINK_LIFE = 5 * 60
"""Seconds for which the link to a file holds."""
RETRY_PAUSE = 0.01
"""Seconds before a webhook that was not taken is posted again."""

Fate = Literal["sent", "delivered", "read", "failed"]


class Failure(Enum):
    """What can go wrong with a call, whatever it asks."""

    SERVER_ERROR = auto()
    """500, in the Graph API's shape."""
    BAD_GATEWAY = auto()
    """502, as a page of a proxy."""
    FOREIGN = auto()
    """403, as JSON of some other program."""
    HANG = auto()
    """No answer until the caller gives up."""
    DROP = auto()
    """The connection breaks before anything is done."""
    DROP_AFTER = auto()
    """Done, but the connection breaks before the answer: the caller cannot know."""


@dataclass(frozen=True)
class Call:
    """One call as it arrived; `path` without the version, `body` is JSON or empty."""

    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Fault:
    what: Failure | Refusal
    path: str
    times: int
    skip: int


@dataclass(frozen=True)
class Post:
    """One call of the webhook, and what it was answered; 0 where nobody answered."""

    body: bytes
    status: int


class GraphServer:
    """One number of one business account at 127.0.0.1, on a free port."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds, for the window, the rates and the links."""
        self.token, self.app_secret, self.verify_token = TOKEN, APP_SECRET, VERIFY_TOKEN
        self.phone_id, self.business_id, self.number = PHONE_ID, BUSINESS_ID, NUMBER
        self.url = ""
        self.now = clock
        self.people: dict[str, Person] = {}
        self.templates: list[KnownTemplate] = []
        self.uploads: dict[str, Upload] = {}
        self.calls: list[Call] = []
        self.sent: list[Shown] = []
        self.posts: list[Post] = []
        self.public_address = "https://renaksi.example/whatsapp"
        """Where Meta posts to, as it tells; `post_to` is where it does."""
        self.apps = ["120000000000003"]
        self.quality = "GREEN"
        self.rights = ("whatsapp_business_management", "whatsapp_business_messaging")
        self.token_ends_at = 0
        """In seconds since 1970; 0 for never."""
        self.refuses_late = False
        self.batch = 1
        """Changes that one call of the webhook holds at most."""
        self._to: dict[str, Person] = {}
        self._waiting: deque[dict[str, Any]] = deque()
        self._webhook = ""
        self._stirred = asyncio.Event()
        self._closing = asyncio.Event()
        self._courier: asyncio.Task[None] | None = None
        self._faults: list[_Fault] = []
        self._second: deque[float] = deque()
        self._full_at: dict[str, float] = {}
        self._numbered = 0
        self._runner: web.AppRunner | None = None

    # --- its life -------------------------------------------------------------------------------------------------

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
        app = web.Application(client_max_size=120 * 1024 * 1024)
        app.router.add_route("*", "/{version:v\\d+\\.\\d+}/{path:.+}", self._handle)
        app.router.add_get("/files/{media}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening and posting; people, templates and files stay for another `start`."""
        self._closing.set()
        if self._courier is not None:
            self._courier.cancel()
            await asyncio.gather(self._courier, return_exceptions=True)
            self._courier = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # --- for tests ------------------------------------------------------------------------------------------------

    def person(self, name: str, *, shows_number: bool = True, number: str = "") -> Person:
        """Somebody new, who has not written yet, with a `number` in digits or an invented one; one who hides it has
        only an id of WhatsApp's."""
        at = len(self.people) + 1
        wa_id = (number or f"628120000{at:04}") if shows_number else ""
        person = Person(self, name, wa_id, f"ID.1200000000000{at:04}")
        self.people[person.address] = person
        return person

    def approve(self, template: dict[str, Any], status: str = "APPROVED") -> KnownTemplate:
        """Give a template a status, whether it is known or new."""
        found = self.template(template["name"], template["language"])
        if found is None:
            found = KnownTemplate(
                template["name"], template["language"], template["category"], list(template["components"])
            )
            self.templates.append(found)
        found.status = status
        return found

    def template(self, name: str, language: str = "id") -> KnownTemplate | None:
        return next((one for one in self.templates if (one.name, one.language) == (name, language)), None)

    def fail(self, failure: Failure, *, path: str = "", times: int = 1, skip: int = 0) -> None:
        """Let the next calls whose path holds `path` go wrong, `skip` of them excepted."""
        self._faults.append(_Fault(failure, path, times, skip))

    def refuse(self, code: int, *, times: int = 1, skip: int = 0, retry_after: int | None = None) -> None:
        """Let Meta refuse the next messages with a code."""
        self._faults.append(_Fault(Refusal(code, "refused", retry_after=retry_after), "messages", times, skip))

    def report(self, shown: Shown, fate: Fate, *, code: int | None = None) -> None:
        """Say over the webhook what became of a message; `code` is why it failed."""
        errors = {} if code is None else {"errors": [{"code": code, "title": "refused", "message": "refused"}]}
        status = {"id": shown.id, "status": fate, "timestamp": str(DATE), **errors}
        self._change({"statuses": [{**status, "recipient_id": self._to[shown.id].address}]})

    def post_to(self, url: str) -> None:
        """Post messages and statuses there from now on, in order, each until it is answered with 200."""
        self._webhook = url
        if self._courier is None:
            self._courier = asyncio.create_task(self._post_changes())

    async def delivered(self) -> None:
        """Wait until every change has been posted and taken."""
        async with asyncio.timeout(PATIENCE):
            while self._waiting:
                await asyncio.sleep(RETRY_PAUSE)

    async def post(self, body: bytes, signature: str | None = None) -> int:
        """Post any body to the webhook, signed unless told otherwise; the status of the answer."""
        signed = self.sign(body) if signature is None else signature
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signed}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._webhook, data=body, headers=headers) as response,
        ):
            return response.status

    async def verify(self, token: str = VERIFY_TOKEN, challenge: str = "1158201444") -> tuple[int, str]:
        """Meta's handshake when a webhook is set up: status and body of the answer."""
        asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": challenge}
        async with aiohttp.ClientSession() as session, session.get(self._webhook, params=asked) as response:
            return response.status, await response.text()

    def sign(self, body: bytes) -> str:
        """The signature of a body."""
        return f"sha256={hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()}"

    def envelope(self, *values: dict[str, Any]) -> bytes:
        """One call of the webhook that holds these values, one change each."""
        changes = [{"field": "messages", "value": value} for value in values]
        entry = {"id": self.business_id, "changes": changes}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()

    # --- for people -----------------------------------------------------------------------------------------------

    def hear(self, person: Person, content: dict[str, Any]) -> str:
        """A person sends something; return its id."""
        wamid = self._new_id()
        sender = {"from": person.wa_id} if person.wa_id else {"from_user_id": person.user_id}
        ids = {"user_id": person.user_id} | ({"wa_id": person.wa_id} if person.wa_id else {})
        contact = {"profile": {"name": person.name}, **ids}
        message = {**sender, "id": wamid, "timestamp": str(DATE), **content}
        self._change({"contacts": [contact], "messages": [message]})
        return wamid

    def keep(self, data: bytes, mime: str, name: str = "") -> str:
        """Keep a file at Meta; return its id."""
        media_id = f"98{len(self.uploads) + 1:013}"
        self.uploads[media_id] = Upload(data, mime, name)
        return media_id

    # --- webhooks -------------------------------------------------------------------------------------------------

    def _change(self, value: dict[str, Any]) -> None:
        metadata = {"display_phone_number": self.number, "phone_number_id": self.phone_id}
        self._waiting.append({"messaging_product": "whatsapp", "metadata": metadata, **value})
        self._stirred.set()

    async def _post_changes(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                while not self._waiting:
                    self._stirred.clear()
                    await self._stirred.wait()
                values = [self._waiting[at] for at in range(min(self.batch, len(self._waiting)))]
                if await self._posted(session, self.envelope(*values)):
                    for _value in values:
                        self._waiting.popleft()
                else:
                    await asyncio.sleep(RETRY_PAUSE)

    async def _posted(self, session: aiohttp.ClientSession, body: bytes) -> bool:
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": self.sign(body)}
        try:
            async with session.post(self._webhook, data=body, headers=headers) as response:
                status = response.status
        except aiohttp.ClientError:
            status = 0
        self.posts.append(Post(body, status))
        return status == 200

    # --- HTTP -----------------------------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return _refused(Refusal(190, "Error validating access token"))
        body = await request.json() if request.content_type == "application/json" else {}
        self.calls.append(Call(request.method, path, body))
        fault = self._fault_for(path)
        if isinstance(fault, Refusal):
            return _refused(fault)
        if fault is not None and fault is not Failure.DROP_AFTER:
            return await self._fail(request, fault)
        try:
            answer = await self._answer(request, path, body)
        except Refusal as refusal:
            return _refused(refusal)
        return _dropped(request) if fault is not None else web.json_response(answer)

    async def _answer(self, request: web.Request, path: str, body: dict[str, Any]) -> dict[str, Any]:
        match request.method, path.split("/"):
            case "POST", [self.phone_id, "messages"]:
                return self._take(body)
            case "POST", [self.phone_id, "media"]:
                return await self._upload(request)
            case "GET", [self.phone_id]:
                return self._about_number()
            case "GET", ["debug_token"]:
                return self._about_token(request)
            case "GET", [self.business_id, "subscribed_apps"]:
                return {"data": [{"whatsapp_business_api_data": {"id": app, "name": "Renaksi"}} for app in self.apps]}
            case "GET", [self.business_id, "message_templates"]:
                return self._list_templates(request)
            case "POST", [self.business_id, "message_templates"]:
                return self._new_template(body)
            case "GET", [media] if media in self.uploads:
                return self._link(media)
            case _:
                raise Refusal(100, f"Unsupported request: {path} does not exist or cannot be loaded")

    def _fault_for(self, path: str) -> Failure | Refusal | None:
        for fault in self._faults:
            if fault.path in path:
                if fault.skip:
                    fault.skip -= 1
                    return None
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault.what
        return None

    async def _fail(self, request: web.Request, failure: Failure) -> web.StreamResponse:
        match failure:
            case Failure.SERVER_ERROR:
                return _refused(Refusal(131000, "Something went wrong"))
            case Failure.BAD_GATEWAY:
                return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
            case Failure.FOREIGN:
                return web.json_response({"error": "forbidden"}, status=403)
            case Failure.HANG:
                await self._closing.wait()
                return _dropped(request)
            case _:
                return _dropped(request)

    # --- messages -------------------------------------------------------------------------------------------------

    def _take(self, message: dict[str, Any]) -> dict[str, Any]:
        check_message(message, self.uploads, self.templates)
        person = self.people.get(str(message.get("to") or message.get("recipient")).lstrip("+"))
        if person is None:
            raise Refusal(131026, "Message undeliverable")
        self._check_pace(person)
        is_late = message["type"] != "template" and not self.is_open(person)
        if is_late and not self.refuses_late:
            raise Refusal(131047, "More than 24 hours have passed since the customer last replied to this number")
        shown = self._shown(message)
        self._to[shown.id] = person
        self.sent.append(shown)
        if is_late:
            self.report(shown, "failed", code=131047)
        else:
            person.receive(shown)
        contact = {"input": person.address, **({"wa_id": person.wa_id} if person.wa_id else {})}
        contact |= {} if person.wa_id else {"user_id": person.user_id}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": shown.id}]}

    def is_open(self, person: Person) -> bool:
        """Whether a person may be sent free text."""
        return person.wrote_at is not None and self.now() - person.wrote_at < WINDOW

    def _check_pace(self, person: Person) -> None:
        now = self.now()
        while self._second and now - self._second[0] >= 1:
            self._second.popleft()
        if len(self._second) >= OVERALL:
            raise Refusal(130429, "Rate limit hit")
        full_at = max(self._full_at.get(person.address, 0.0), now)
        if full_at - now > (PAIR_BURST - 1) * PAIR_STEP:
            raise Refusal(131056, "(Business Account, Consumer Account) pair rate limit hit")
        self._second.append(now)
        self._full_at[person.address] = full_at + PAIR_STEP

    def _shown(self, message: dict[str, Any]) -> Shown:
        wamid, kind = self._new_id(), message["type"]
        content = message[kind]
        match kind:
            case "text":
                return Shown(wamid, kind, content["body"], raw=message)
            case "interactive":
                return self._shown_interactive(wamid, message)
            case "template":
                return self._shown_template(wamid, message)
            case _:
                upload = self.uploads[content["id"]]
                about = (upload.data, content.get("filename", upload.name), upload.mime)
                return Shown(wamid, kind, content.get("caption", ""), (), *about, raw=message)

    def _shown_interactive(self, wamid: str, message: dict[str, Any]) -> Shown:
        content = message["interactive"]
        text, action = content["body"]["text"], content["action"]
        if content["type"] == "list":
            rows = [row for section in action["sections"] for row in section["rows"]]
            taps = tuple(Tap(row["title"], row["id"], row.get("description", "")) for row in rows)
            return Shown(wamid, "list", text, taps, raw=message)
        taps = tuple(Tap(one["reply"]["title"], one["reply"]["id"]) for one in action["buttons"])
        above = content.get("header", {"type": "text"})
        media: dict[str, str] = above[above["type"]] if above["type"] != "text" else {}
        upload = self.uploads[media["id"]] if media else Upload(b"", "")
        name = media.get("filename", upload.name)
        return Shown(wamid, "buttons", text, taps, upload.data, name, upload.mime, raw=message)

    def _shown_template(self, wamid: str, message: dict[str, Any]) -> Shown:
        content = message["template"]
        template = self.template(content["name"], content["language"]["code"])
        assert template is not None
        body = template.component("BODY")
        assert body is not None
        given = content.get("components", [])
        parameters = [one["text"] for part in given if part["type"] == "body" for one in part["parameters"]]
        payloads = {int(one["index"]): one["parameters"][0]["payload"] for one in given if one["type"] == "button"}
        buttons = (template.component("BUTTONS") or {"buttons": []})["buttons"]
        taps = tuple(Tap(one["text"], payloads.get(at, one["text"])) for at, one in enumerate(buttons))
        headers = [one["parameters"][0]["image"]["id"] for one in given if one["type"] == "header"]
        upload = self.uploads[headers[0]] if headers else Upload(b"", "")
        return Shown(
            wamid,
            "template",
            filled(body["text"], parameters),
            taps,
            upload.data,
            upload.name,
            upload.mime,
            template=template.name,
            parameters=tuple(parameters),
            raw=message,
        )

    def _new_id(self) -> str:
        self._numbered += 1
        return f"wamid.HBgNNjI4MTIwMDAwMDAwMFUCABEYEj{self._numbered:08}="

    # --- files ----------------------------------------------------------------------------------------------------

    async def _upload(self, request: web.Request) -> dict[str, Any]:
        form = await request.post()
        file = form.get("file")
        if form.get("messaging_product") != "whatsapp" or not isinstance(file, web.FileField):
            raise Refusal(100, "The parameters messaging_product and file are required.")
        data = file.file.read()
        check_upload(data, file.content_type)
        return {"id": self.keep(data, file.content_type, file.filename)}

    def _link(self, media_id: str) -> dict[str, Any]:
        upload = self.uploads[media_id]
        upload.link_made_at = self.now()
        about = {"mime_type": upload.mime, "sha256": hashlib.sha256(upload.data).hexdigest()}
        link = {"url": f"{self.url}/files/{media_id}", "messaging_product": "whatsapp"}
        return {**link, **about, "file_size": len(upload.data), "id": media_id}

    async def _download(self, request: web.Request) -> web.StreamResponse:
        upload = self.uploads.get(request.match_info["media"])
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        if upload is None or self.now() - upload.link_made_at > LINK_LIFE:
            return web.Response(status=404)
        fault = self._fault_for("files")
        if isinstance(fault, Failure) and fault is not Failure.DROP_AFTER:
            return await self._fail(request, fault)
        response = web.StreamResponse(headers={"Content-Type": upload.mime})
        response.content_length = len(upload.data)
        await response.prepare(request)
        if fault is not None:
            await response.write(upload.data[: len(upload.data) // 2])
            return _dropped(request)
        await response.write(upload.data)
        return response

    # --- the account ----------------------------------------------------------------------------------------------

    def _about_number(self) -> dict[str, Any]:
        return {
            "display_phone_number": f"+{self.number[:2]} {self.number[2:5]}-{self.number[5:9]}-{self.number[9:]}",
            "verified_name": "Renaksi (contoh)",
            "quality_rating": self.quality,
            "webhook_configuration": {"application": self.public_address},
            "id": self.phone_id,
        }

    def _about_token(self, request: web.Request) -> dict[str, Any]:
        is_valid = request.query.get("input_token") == self.token
        return {"data": {"is_valid": is_valid, "expires_at": self.token_ends_at, "scopes": list(self.rights)}}

    def _list_templates(self, request: web.Request) -> dict[str, Any]:
        limit, after = int(request.query.get("limit", "25")), int(request.query.get("after", "0"))
        page = self.templates[after : after + limit]
        more = after + limit < len(self.templates)
        paging = {"cursors": {"before": str(after), "after": str(after + limit)}}
        return {"data": [one.as_json() for one in page], "paging": paging | ({"next": "more"} if more else {})}

    def _new_template(self, template: dict[str, Any]) -> dict[str, Any]:
        check_new_template(template)
        if self.template(template["name"], template["language"]) is not None:
            raise Refusal(100, "Content in This Language Already Exists")
        made = self.approve(template, "PENDING")
        return {"id": made.id, "status": made.status, "category": made.category}


def _refused(refusal: Refusal) -> web.Response:
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    return web.json_response(refusal.as_json(), status=refusal.status, headers=headers)


def _dropped(request: web.Request) -> web.StreamResponse:
    """Break the connection."""
    if request.transport is not None:
        request.transport.abort()
    return web.StreamResponse()
