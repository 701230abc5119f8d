"""The real program with WhatsApp: one office, an emulated Meta, a Telegram beside it, and what serves them."""

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.engine import open_engine, reading, writing
from storage.people import new_invite
from storage.tables import table
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.whatsapp.graph_server import GraphServer
from tests.bot.whatsapp.people import Person, Shown
from tests.kill.processes import Nursery, Process
from tests.kill.zygote import Run
from tests.offices import PEOPLE, make_office

MORNING = datetime(2022, 3, 27, 23, 45, tzinfo=UTC)
"""Monday 28 March 2022, 7.45 WITA: before anything is said unasked."""
SECRET = "rahasia_webhook"


class World:
    """One office, one WhatsApp, one Telegram, and the programs that serve it."""

    def __init__(self, nursery: Nursery, graph: GraphServer, telegram: BotApiServer, url: str, folder: Path) -> None:
        self.graph, self.telegram = graph, telegram
        self.port = free_port()
        self.engine = open_engine(url)
        self._nursery = nursery
        with writing(self.engine) as connection:
            self.made = make_office(connection, MORNING)
        (folder / "clock").write_text(MORNING.isoformat())
        settings = {
            "database_url": url,
            "evidence_url": str(folder / "evidence"),
            "http_port": self.port,
            "whatsapp_token": graph.token,
            "whatsapp_phone_id": graph.phone_id,
            "whatsapp_business_id": graph.business_id,
            "whatsapp_app_secret": graph.app_secret,
            "whatsapp_verify_token": graph.verify_token,
            "whatsapp_api_url": graph.url,
        }
        self._run = Run("", settings, str(folder / "clock"), str(folder))
        self._processes: list[Process] = []
        graph.post_to(f"http://127.0.0.1:{self.port}/whatsapp")

    async def start(self, *, fatal: tuple[str, int] | None = None, ahead: float = 0, **settings: Any) -> Process:
        """Start a program, which kills itself at the point `fatal`; its machine's clock is `ahead` by some seconds."""
        run = replace(self._run, settings={**self._run.settings, **settings}, fatal=fatal, ahead=ahead)
        self._processes.append(await self._nursery.start(run))
        return self._processes[-1]

    async def start_with_telegram(self) -> Process:
        """Start with both channels, Telegram by its webhook."""
        self.telegram.tunnel = f"http://127.0.0.1:{self.port}/telegram"
        return await self.start(
            telegram_token=self.telegram.token,
            telegram_api_url=self.telegram.url,
            telegram_webhook_url="https://renaksi.example/telegram",
            telegram_webhook_secret=SECRET,
        )

    async def stop(self) -> None:
        """Stop every program in order; each ends well."""
        statuses = [await process.stop() for process in self._processes if not process.ended.done()]
        self.engine.dispose()
        assert set(statuses) <= {0}, self.log()

    def log(self) -> str:
        return (Path(self._run.folder) / "log").read_text()

    def code(self, name: str) -> str:
        """An invitation for somebody of the office."""
        post = next(person.post for person in PEOPLE if person.name == name)
        with writing(self.engine) as connection:
            return new_invite(connection, self.made.id, self.made.posts[post], MORNING, MORNING + timedelta(days=400))

    async def join(self, name: str) -> Person:
        """Somebody sends the code of their invitation by WhatsApp and says yes."""
        person = self.graph.person(name)
        await dialogue(person, (self.code(name), "Benar untuk Anda"), ("[Ya, saya]", "Terima kasih"))
        return person

    def rows(self, model: Any) -> list[Any]:
        of = table(model)
        with reading(self.engine) as connection:
            return list(connection.execute(select(of).order_by(*of.primary_key.columns)))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def dialogue(person: Person, *lines: tuple[str, str]) -> Shown:
    """Say each first and hear each second; a line in brackets is a button. Return what was heard last."""
    heard = Shown("", "", "")
    for said, expected in lines:
        if said.startswith("["):
            person.taps(said.strip("[]"))
        else:
            person.types(said)
        heard = await person.hears()
        assert expected in heard.text, f"{said!r} was answered with {heard.text!r}"
    return heard
