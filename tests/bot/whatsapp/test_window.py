"""The 24 hours, the whole way: tables, delivery, channel, HTTP. One message of ours is one message on the phone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Row, select

from bot.approvals import Approvals
from bot.channels.base import Channel
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.channels.whatsapp.templates import CATALOGUE
from bot.evidence_store import EvidenceStore
from bot.pace import UNLIMITED
from bot.templates_command import submission
from bot.window import Window
from bot.wiring import Program, build
from handlers.messages import Notice, Option, Text, outgoing_json
from storage import outbox, undelivered
from storage.engine import reading, writing
from storage.outbox import NOTICE, NewSending
from storage.people import new_invite
from storage.tables import Account, Outbox, table
from storage.templates import status_of
from tests.bot.edge import Clock, arrival
from tests.bot.whatsapp.graph_server import GraphServer
from tests.bot.whatsapp.people import Person
from tests.offices import make_office

REMINDER = Notice(
    name="reminder",
    params=("Bu Sari Andini", "2", "Selasa 5 April"),
    text="Bu Sari Andini, masih kurang 2.",
    options=(Option(key="!lapor:2022-03", label="Lapor sekarang"),),
)
_account, _outbox = table(Account), table(Outbox)


@dataclass
class Office:
    """A process over a database, and Sari, who has just joined on WhatsApp."""

    engine: Engine
    program: Program
    graph: GraphServer
    machine: Clock
    sari: Person
    id: int

    async def remind(self) -> int:
        """Write a reminder to Sari and send what is due; return its number."""
        with writing(self.engine) as connection:
            account = connection.execute(select(_account).where(_account.c.address == self.sari.address)).one()
            to = (account.conversation_id, account.person_id, account.channel, account.address)
            words, now = outgoing_json.dump_python(REMINDER, mode="json"), self.machine()
            written = outbox.enqueue(connection, NewSending(self.id, *to, NOTICE, "reminder:1", words, now, now))
        assert written is not None
        await self.program.settle()
        return written

    def row(self, number: int) -> Row[Any]:
        with reading(self.engine) as connection:
            return connection.execute(select(_outbox).where(_outbox.c.id == number)).one()


@pytest.fixture
async def office(engine: Engine, graph: GraphServer, tmp_path: Path) -> AsyncIterator[Office]:
    machine, channels = Clock(), dict[str, Channel]()
    graph.now = lambda: machine().timestamp()
    program = build(engine, EvidenceStore(tmp_path / "evidence"), channels, {"whatsapp": UNLIMITED}, machine, machine)
    window, approvals = Window(program.writer, machine), Approvals(program.writer, machine)
    channel = WhatsAppChannel(graph.token, graph.phone_id, window, approvals, graph.url)
    channels["whatsapp"] = channel
    with writing(engine) as connection:
        made = make_office(connection, machine())
        code = new_invite(connection, made.id, made.posts["Kasi Pemerintahan"], machine(), machine() + timedelta(1))
    sari = graph.person("Sari")
    for words in (code, "ya, saya"):
        sari.types(words)
        await program.inbox.store([arrival(sari.address, Text(body=words), "whatsapp")])
        await program.settle()
    assert "Terima kasih" in sari.messages[-1].text
    sari.messages.clear()
    yield Office(engine, program, graph, machine, sari, made.id)
    await program.close()
    await channel.close()


def approve(graph: GraphServer, status: str = "APPROVED") -> None:
    graph.approve(submission(CATALOGUE["reminder"]), status)


async def test_within_the_day_a_reminder_is_free_text(office: Office) -> None:
    approve(office.graph)
    office.machine.pass_by(timedelta(hours=23, minutes=59))
    row = office.row(await office.remind())
    assert [message.kind for message in office.sari.messages] == ["buttons"]
    assert (row.state, row.template, row.provider_id) == ("sent", "", office.sari.messages[0].id)


async def test_after_it_the_reminder_is_a_template_and_the_ledger_says_so(office: Office) -> None:
    approve(office.graph)
    office.machine.pass_by(timedelta(hours=24))
    row = office.row(await office.remind())
    [shown] = office.sari.messages
    assert (shown.template, shown.taps[0].token) == ("renaksi_reminder", "!lapor:2022-03")
    assert (row.state, row.template, row.provider_id) == ("sent", "renaksi_reminder", shown.id)


@pytest.mark.parametrize("is_told_late", [False, True], ids=["at once", "later"])
async def test_free_text_that_meta_refuses_comes_as_a_template_once(office: Office, is_told_late: bool) -> None:
    approve(office.graph)
    office.sari.wrote_at, office.graph.refuses_late = None, is_told_late  # Meta counts otherwise than we
    number = await office.remind()
    if is_told_late:
        assert office.sari.messages == []
        with writing(office.engine) as connection:
            told = (connection, "whatsapp", office.row(number).provider_id, 131047, office.machine())
            assert undelivered.refused_later(*told)
            assert not undelivered.refused_later(*told)
        await office.program.settle()
    assert [message.template for message in office.sari.messages] == ["renaksi_reminder"]
    assert (office.row(number).state, office.row(number).template) == ("sent", "renaksi_reminder")


@pytest.mark.parametrize(("status", "known"), [("PAUSED", "paused"), ("DISABLED", "disabled"), ("", "missing")])
async def test_without_a_template_somebody_is_to_call(office: Office, status: str, known: str) -> None:
    if status:
        approve(office.graph, status)
    office.machine.pass_by(timedelta(hours=30))
    number = await office.remind()
    assert (office.sari.messages, office.row(number).state) == ([], "to_call")
    with reading(office.engine) as connection:
        noted = status_of(connection, "whatsapp", "renaksi_reminder")
    assert noted is not None
    assert noted.status == known
