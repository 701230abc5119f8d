"""The office behind the simulator's phones: the same inbox, outbox and tables as in production, and a movable clock."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import uuid4

from bot.channels.base import Arrival, Media, picture_mime
from bot.channels.simulator.albums import Albums
from bot.channels.simulator.backstage import (
    Actor,
    Bubble,
    BubbleKind,
    BubbleState,
    Choice,
    OfficeCard,
    UnknownAddress,
    media_url,
)
from bot.channels.simulator.channel import SimulatorChannel
from bot.channels.simulator.clock_words import parse_clock
from bot.channels.simulator.uploads import UploadTooLarge
from bot.clock import OfficeClock
from bot.enclosures import picture_name
from bot.evidence_store import TooLarge
from bot.qr_picture import qr_picture
from bot.wiring import Program
from domain.zones import Zone, local
from handlers.messages import (
    Chart,
    Choose,
    Document,
    File,
    Form,
    Incoming,
    MediaFailed,
    Notice,
    Option,
    Outgoing,
    Photo,
    Press,
    Text,
    incoming_json,
    outgoing_json,
)
from handlers.texts.clock import moved
from handlers.texts.formats import office
from storage import transcript
from storage.desk import Desk
from storage.engine import Connection, Engine, reading
from storage.people import new_invite
from storage.snapshots import load
from storage.transcript import Line

CHANNEL = "simulator"
_STATES: dict[str, BubbleState] = {"fetching": "sending", "ready": "sending", "done": "sent", "poison": "failed"}
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Simulation:
    """Fills `Backstage` over the database."""

    def __init__(
        self,
        engine: Engine,
        program: Program,
        channel: SimulatorChannel,
        clock: OfficeClock,
        office_id: int,
        plan_name: str,
        plans: Sequence[str],
    ) -> None:
        self._engine = engine
        self._program = program
        self._channel = channel
        self._clock = clock
        self._office_id = office_id
        self._plan_name = plan_name
        self._plans = tuple(plans)
        self._addresses: dict[str, Actor] = {}
        self._lines: dict[int, tuple[bool, int]] = {}
        self._moving = asyncio.Lock()
        self._albums = Albums(self._store)
        with reading(engine) as connection:
            desk = self._desk(connection)
            self._zone = desk.office.zone
            self._card = OfficeCard(
                office(desk.office.name),
                desk.office.kabupaten,
                desk.today.year,
                Zone.of(desk.office.zone).name,
                plan_name,
                self._plans,
            )

    def _desk(self, connection: Connection) -> Desk:
        return Desk(connection, self._office_id, self._clock(), self._program.almanac)

    async def open_phones(self) -> None:
        """Invite every holder of a post and let them join, as people do."""
        codes = await self._program.writer.do(self._invite_all)
        for address, code in codes.items():
            await self.say(address, f"/start {code}")
        await self._program.settle()
        for address in codes:
            bubbles = await self.history(address)
            yes = next(option for bubble in reversed(bubbles) for option in bubble.options)
            await self.press(address, yes.token, yes.label)
        await self._program.settle()

    def _invite_all(self, connection: Connection) -> dict[str, str]:
        desk = self._desk(connection)
        expires = desk.now.replace(year=desk.now.year + 1)
        for post in desk.posts:
            if post.id in desk.holders:
                person = desk.people[desk.holders[post.id]]
                actor = Actor(f"sim-{post.id}", person.name, post.title, post.role, post.section)
                self._addresses[actor.address] = actor
        return {
            address: new_invite(connection, self._office_id, int(address.removeprefix("sim-")), desk.now, expires)
            for address in self._addresses
        }

    # --- Backstage ------------------------------------------------------------------------------------------------

    async def office(self) -> OfficeCard:
        return self._card

    async def cast(self) -> list[Actor]:
        return list(self._addresses.values())

    async def history(self, address: str, after: int = 0) -> list[Bubble]:
        self._check(address)
        return [bubble for bubble in await asyncio.to_thread(self._read, address) if bubble.id > after]

    def _read(self, address: str) -> list[Bubble]:
        with reading(self._engine) as connection:
            return [self._bubble(connection, line) for line in transcript.of_address(connection, CHANNEL, address)]

    def _bubble(self, connection: Connection, line: Line) -> Bubble:
        bubble_id = int(line.came_at.timestamp() * 1_000_000) * 2 + line.mine
        self._lines[bubble_id] = (line.mine, line.row_id)
        at = local(line.said_at, self._zone)
        if line.mine:
            return _own(bubble_id, at, line)
        return _received(bubble_id, at, outgoing_json.validate_python(line.content), connection)

    async def say(self, address: str, body: str) -> None:
        await self._take(address, Text(body=body))

    async def press(self, address: str, token: str, label: str) -> None:
        await self._take(address, Press(token=token, label=label))

    async def upload(self, address: str, name: str, mime: str, album: str, data: AsyncIterator[bytes]) -> None:
        self._check(address)
        is_photo = mime in _PICTURES
        media = Media("", is_photo, name=name, mime=mime, album=album or None)
        async with self._albums.coming(address, album) as place:
            try:
                held = await self._program.store.hold(data)
            except TooLarge as large:
                raise UploadTooLarge from large
            place.said = await self._program.admission.admit(held, media)

    async def _take(self, address: str, said: Incoming) -> None:
        self._check(address)
        await self._store(address, [said])

    async def _store(self, address: str, every: Sequence[Incoming]) -> None:
        """Store messages together, so that the turn of the first knows of the others."""
        keys = [uuid4().hex for _ in every]
        arrivals = [Arrival(CHANNEL, address, key, key, said) for key, said in zip(keys, every, strict=True)]
        await self._program.inbox.store(arrivals)
        self._channel.changed(address)

    async def media(self, bubble_id: int) -> tuple[bytes, str, str] | None:
        mine, row_id = self._lines.get(bubble_id, (False, 0))
        return await asyncio.to_thread(self._media, mine, row_id)

    def _media(self, mine: bool, row_id: int) -> tuple[bytes, str, str] | None:
        with reading(self._engine) as connection:
            content = (transcript.received if mine else transcript.delivered)(connection, CHANNEL, row_id)
        if content is None:
            return None
        match incoming_json.validate_python(content) if mine else outgoing_json.validate_python(content):
            case Photo(ref=ref, shown=shown):
                return self._program.store.read(shown or ref), "image/jpeg", "foto.jpg"
            case Document(ref=ref, mime=mime, name=name):
                return self._program.store.read(ref), mime or "application/octet-stream", name or "berkas"
            case File(scans=scans, name=name) if scans:
                return qr_picture(scans), "image/png", name
            case File(ref=ref, name=name, is_picture=is_picture):
                data = self._program.store.read(ref)
                return data, picture_mime(data) if is_picture else "application/octet-stream", name
            case Chart(snapshot=number, page=page):
                return self._picture(number, page), "image/png", picture_name(number, page)
            case Form(snapshot=number, ending=ending, name=name):
                return self._form(number, ending), "application/octet-stream", name
            case _:
                return None

    @lru_cache(maxsize=64)  # noqa: B019  # one simulation lives as long as its process
    def _picture(self, number: int, page: int) -> bytes:
        return self._program.enclosures.picture(number, page)

    @lru_cache(maxsize=16)  # noqa: B019  # one simulation lives as long as its process
    def _form(self, number: int, ending: str) -> bytes:
        return self._program.enclosures.form(number, ending)

    def now(self) -> datetime:
        return local(self._clock(), self._zone)

    async def move_clock(self, words: str) -> str:
        async with self._moving:
            before = self._sent()
            target = parse_clock(words, self.now())
            await self._step_to(target)
            return moved(self.now(), self._zone, self._sent() - before)

    async def _step_to(self, target: datetime) -> None:
        """Through every instant at which something falls due, in order: tick, work off, next."""
        while True:
            following = await self._program.writer.do(
                lambda connection: self._program.ticker.next_instant(connection, self._clock())
            )
            if following is None or following > target:
                break
            await self._stand_at(following)
        await self._stand_at(target)

    async def _stand_at(self, moment: datetime) -> None:
        self._clock.move_to(moment)
        self._channel.clock_moved(self.now(), moving=True)
        await self._program.tick()
        await self._program.settle()

    def _sent(self) -> int:
        with reading(self._engine) as connection:
            return transcript.delivered_count(connection, CHANNEL)

    def _check(self, address: str) -> None:
        if address not in self._addresses:
            raise UnknownAddress(address)


def _own(bubble_id: int, at: datetime, line: Line) -> Bubble:
    state = _STATES[line.state]
    if not line.content:
        return Bubble(bubble_id, True, at, "document", "", state=state)
    said = incoming_json.validate_python(line.content)
    match said:
        case Text(body=body):
            return Bubble(bubble_id, True, at, "text", body, state=state)
        case Press(label=label, token=token):
            return Bubble(bubble_id, True, at, "text", label or token, state=state)
        case Photo(caption=caption):
            return Bubble(bubble_id, True, at, "photo", caption, media_url=media_url(bubble_id), state=state)
        case Document(caption=caption, name=name):
            return Bubble(
                bubble_id, True, at, "document", caption, media_url=media_url(bubble_id), name=name, state=state
            )
        case MediaFailed(name=name):
            return Bubble(bubble_id, True, at, "document", "", name=name, state=state)
        case _:
            return Bubble(bubble_id, True, at, "text", f"({said.kind})", state=state)


def _received(bubble_id: int, at: datetime, message: Outgoing, connection: Connection) -> Bubble:
    kinds: dict[str, BubbleKind] = {
        "say": "text", "choose": "choose", "chart": "chart", "file": "file", "notice": "notice",
    }  # fmt: skip
    choices = tuple(Choice(option.label, option.hint, option.token or option.key) for option in _options(message))
    match message:
        case Chart():
            sample = bool(load(connection, message.snapshot).figures.get("sample"))
            return Bubble(
                bubble_id, False, at, "chart", message.caption, message.title, choices, media_url(bubble_id),
                sample=sample,
            )  # fmt: skip
        case File(name=name, caption=caption, title=title, is_picture=is_picture):
            kind = "photo" if is_picture else "file"
            return Bubble(bubble_id, False, at, kind, caption, title, choices, media_url(bubble_id), name)
        case Form(name=name, caption=caption):
            return Bubble(bubble_id, False, at, "file", caption, media_url=media_url(bubble_id), name=name)
        case _:
            return Bubble(bubble_id, False, at, kinds[message.kind], message.text, message.title, choices)


def _options(message: Outgoing) -> tuple[Option, ...]:
    match message:
        case Choose(options=options) | Notice(options=options) | Chart(options=options) | File(options=options):
            return options
        case _:
            return ()
