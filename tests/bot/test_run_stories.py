"""The real program with an office's clock that the test sets: a month, its evidence, its reminders, its mishaps."""

import hashlib
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Engine, select

from handlers.messages import MediaFailed
from handlers.texts.general import media_failed
from handlers.texts.operations import FOREIGN_POLLER
from storage.engine import open_engine, reading, writing
from storage.people import new_invite
from storage.tables import Account, Evidence, Inbox, Outbox, Report, table
from tests.bot.edge import until
from tests.bot.telegram.bot_api_server import TOKEN, BotApiServer, Failure
from tests.bot.telegram.people import Person
from tests.kill.processes import Nursery, Process
from tests.kill.zygote import Run
from tests.offices import BUKU, PEOPLE, make_office
from tests.photos import photo

MORNING = datetime(2022, 3, 27, 23, 45, tzinfo=UTC)
"""Monday 28 March 2022, 7.45 WITA: before anything is said unasked."""
SECRET = "rahasia_webhook"
PUBLIC = "https://renaksi.example/telegram"
JPEG, PDF = photo(), b"%PDF-1.7 " + b"perdes" * 5000


class World:
    """One office, one Telegram, and the programs that serve it."""

    def __init__(self, nursery: Nursery, api: BotApiServer, engine: Engine, url: str, folder: Path) -> None:
        self.api = api
        self.engine = engine
        self._nursery = nursery
        self._clock = folder / "clock"
        with writing(engine) as connection:
            self.made = make_office(connection, MORNING)
        settings = {
            "database_url": url,
            "evidence_url": str(folder / "evidence"),
            "telegram_token": api.token,
            "telegram_api_url": api.url,
            "log_level": "DEBUG",
        }
        self._run = Run("", settings, str(self._clock), str(folder), counted=False)
        self._processes: list[Process] = []
        self.set_clock(MORNING)

    def set_clock(self, moment: datetime) -> None:
        written = self._clock.with_suffix(".new")
        written.write_text(moment.isoformat())
        written.replace(self._clock)

    async def start(
        self, *, lease_seconds: float = 30, only: str = "", look_seconds: float | None = None, **settings: Any
    ) -> Process:
        """Start a program; `lease_seconds` is how long its role outlives it, the others are those of `Run`."""
        of_all = {**self._run.settings, **settings}
        run = replace(self._run, settings=of_all, lease_seconds=lease_seconds, only=only, look_seconds=look_seconds)
        self._processes.append(await self._nursery.start(run))
        return self._processes[-1]

    async def stop(self) -> None:
        """Stop every program in order; each ends well."""
        statuses = [await process.stop() for process in self._processes if not process.ended.done()]
        assert set(statuses) <= {0}, self.log()

    def log(self) -> str:
        return (self._clock.parent / "log").read_text()

    async def join(self, name: str) -> Person:
        """Somebody opens their invitation and says yes."""
        post = next(person.post for person in PEOPLE if person.name == name)
        with writing(self.engine) as connection:
            expires = MORNING + timedelta(days=400)
            code = new_invite(connection, self.made.id, self.made.posts[post], MORNING, expires)
        person = self.api.person(name)
        person.starts(code)
        await person.hears()
        person.taps("Ya, saya")
        await person.hears()
        return person

    def rows(self, model: Any) -> list[Any]:
        of = table(model)
        with reading(self.engine) as connection:
            return list(connection.execute(select(of).order_by(*of.primary_key.columns)))


@pytest.fixture
async def world(database_url: str, engine: Engine, tmp_path: Path) -> AsyncIterator[World]:
    async with Nursery() as nursery, BotApiServer(burst=1000) as api:
        world = World(nursery, api, engine, database_url, tmp_path)
        yield world
        await world.stop()


@dataclass
class TelegramsClock:
    """What Telegram counts messages by; it stands still until it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def small_world(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """On SQLite alone."""
    async with BotApiServer(burst=1000) as api, served_by(api, sqlite_template, tmp_path) as world:
        yield world


@asynccontextmanager
async def served_by(api: BotApiServer, sqlite_template: Path, folder: Path) -> AsyncGenerator[World]:
    """A world on SQLite with this Telegram."""
    path = folder / "renaksi.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    async with Nursery() as nursery:
        world = World(nursery, api, engine, f"sqlite:///{path}", folder)
        yield world
        await world.stop()
    engine.dispose()


async def dialogue(person: Person, *lines: tuple[str, str]) -> None:
    """Say each first and hear each second; a line in brackets is a button."""
    for said, expected in lines:
        if said.startswith("["):
            person.taps(said.strip("[]"))
        else:
            person.types(said)
        heard = (await person.hears()).text
        assert expected in heard, f"{said!r} was answered with {heard!r}"


async def test_a_month_with_its_evidence_a_correction_a_reminder_and_the_camats_picture(world: World) -> None:
    first = await world.start()
    sari, joko, camat = [await world.join(name) for name in ("Sari Andini", "Joko Santosa", "Ratna Dewanti")]
    await dialogue(sari, ("lapor", "1 dari 3"))
    sari.uploads_photo(JPEG, caption="buku")
    assert "1 bukti dicatat" in (await sari.hears()).text
    sari.uploads_document(PDF, "perdes.pdf", "application/pdf")
    assert "2 bukti dicatat" in (await sari.hears()).text
    edited = sari.types("1")
    assert "2 dari 3" in (await sari.hears()).text
    await first.stop()
    await world.start()  # a restart in the middle of a sitting is not noticed
    await dialogue(sari, ("1", "3 dari 3"), ("25", "Periksa sebelum dikirim"), ("[Kirim 3 laporan]", "terkirim"))
    proofs = world.rows(Evidence)
    assert [(proof.kind, proof.hash, proof.name, proof.caption) for proof in proofs] == [
        ("photo", hashlib.sha256(JPEG).hexdigest(), "", "buku"),
        ("document", hashlib.sha256(PDF).hexdigest(), "perdes.pdf", ""),
    ]

    sari.edits(edited, "2")
    offered = await sari.hears()
    assert "2 desa" in offered.text
    sari.taps(offered.labels[0])
    await sari.hears()
    buku = world.made.indicators[BUKU]
    assert [int(row.value) for row in world.rows(Report) if row.indicator_id == buku] == [1, 2]

    world.set_clock(datetime(2022, 4, 4, 0, 5, tzinfo=UTC))
    picture = await camat.hears()
    assert (picture.kind, picture.file[:4], "Senin 4 April 2022" in picture.text) == ("photo", b"\x89PNG", True)
    reminded = await joko.hears()
    assert "batas laporan Maret" in reminded.text
    heard = len(sari.messages)
    await dialogue(joko, ("[Lapor sekarang]", "ASN yang menerima gaji"))
    assert len(sari.messages) == heard
    await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
    assert {row.state for row in world.rows(Inbox)} == {"done"}
    assert TOKEN.partition(":")[2] not in world.log()


async def test_a_file_that_is_too_large_or_gone_is_told_and_the_question_stays_open(small_world: World) -> None:
    await small_world.start()
    sari = await small_world.join("Sari Andini")
    await dialogue(sari, ("lapor", "1 dari 3"))
    sari.uploads_document(b"x", "video.mp4", declared=30 * 1024 * 1024)
    assert media_failed(MediaFailed(reason="too_large", name="video.mp4")) in (await sari.hears()).text
    sari.uploads_photo(JPEG)
    small_world.api.forget_files()
    assert "1 dari 3" in (await sari.hears()).text
    await dialogue(sari, ("1", "2 dari 3"))


async def test_quick_messages_are_all_answered_in_order_although_telegram_refuses_the_sixth(
    sqlite_template: Path, tmp_path: Path
) -> None:
    clock = TelegramsClock()
    async with (
        BotApiServer(burst=5, window=1, clock=clock) as api,
        served_by(api, sqlite_template, tmp_path) as world,
    ):
        await world.start()
        tamu = api.person("Tamu")
        for _message in range(8):
            tamu.types("halo")
        await until(lambda: any(row.attempts for row in world.rows(Outbox)))
        clock.now += 1
        for _message in range(8):
            await tamu.hears()
        await until(lambda: {row.state for row in world.rows(Outbox)} == {"sent"})
        sent = world.rows(Outbox)
        assert [int(row.provider_id) for row in sent] == sorted(int(row.provider_id) for row in sent)
        assert len(api.called("sendMessage")) > 8
        assert len(tamu.messages) == 8


async def test_a_pause_that_telegram_asks_for_is_kept(small_world: World) -> None:
    await small_world.start()
    tamu = small_world.api.person("Tamu")
    small_world.api.fail(Failure.FLOOD, method="sendMessage", retry_after=1)
    tamu.types("halo")
    await until(lambda: small_world.rows(Outbox) != [] and small_world.rows(Outbox)[0].attempts == 1)
    waiting = small_world.rows(Outbox)[0]
    await tamu.hears()
    await until(lambda: small_world.rows(Outbox)[0].state == "sent")
    assert small_world.rows(Outbox)[0].settled_at >= waiting.due_at
    assert len(small_world.api.called("sendMessage")) == 2


async def test_a_foreign_program_with_the_same_token_is_told_to_the_admin_once(small_world: World) -> None:
    await small_world.start()
    dewi, sari = await small_world.join("Dewi Lestari"), await small_world.join("Sari Andini")
    for _time in range(2):
        await small_world.api.polled()
        await small_world.api.call("getUpdates")
    assert (await dewi.hears()).text == FOREIGN_POLLER
    await small_world.api.call("getUpdates")
    await until(lambda: {row.state for row in small_world.rows(Outbox)} == {"sent"})
    assert [message.text for message in dewi.messages].count(FOREIGN_POLLER) == 1
    assert FOREIGN_POLLER not in [message.text for message in sari.messages]


async def test_an_account_that_was_deleted_is_known_to_be_out_of_reach(small_world: World) -> None:
    await small_world.start()
    joko = await small_world.join("Joko Santosa")
    joko.leaves()
    small_world.set_clock(datetime(2022, 4, 4, 0, 5, tzinfo=UTC))
    await until(lambda: [row.reachable for row in small_world.rows(Account)] == [False])
    assert [row.state for row in small_world.rows(Outbox) if row.lane == "notice"] == ["to_call"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def test_a_webhook_takes_only_what_brings_its_secret_and_stores_it_before_it_says_yes(
    small_world: World,
) -> None:
    port = free_port()
    small_world.api.tunnel = url = f"http://127.0.0.1:{port}/telegram"
    await small_world.start(telegram_webhook_url=PUBLIC, telegram_webhook_secret=SECRET, http_port=port)
    sari = await small_world.join("Sari Andini")
    await dialogue(sari, ("bantuan", "lapor:"))
    update = {
        "update_id": 900_000_000,
        "message": {"message_id": 9000, "from": sari.user, "chat": sari.chat, "date": 1, "text": "status"},
    }
    async with aiohttp.ClientSession() as session:
        for secret, status in (("wrong", 401), (None, 401), (SECRET, 200), (SECRET, 200)):
            headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with session.post(url, json=update, headers=headers) as response:
                assert response.status == status
            stored = [row for row in small_world.rows(Inbox) if row.message_id == "9000"]
            assert len(stored) == (status == 200)
    assert "Kasi Pemerintahan" in (await sari.hears()).text
    await until(lambda: {row.state for row in small_world.rows(Inbox)} == {"done"})
    assert [message.text for message in sari.messages].count(sari.messages[-1].text) == 1
