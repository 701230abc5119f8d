"""Turns: in order within a conversation, all or nothing, and one bad message stops nobody."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from bot.turns import TRIES
from handlers.messages import Text, Unknown
from handlers.texts.general import BROKEN, STRANGER, YOU_ARE_WELCOME
from handlers.texts.operations import poison_reported
from storage.engine import reading, writing
from storage.inbox import NewMessage, store
from storage.tables import Audit, Conversation, Report, table
from tests.bot.edge import CHANNEL, Edge, arrival
from tests.offices import NOW
from tests.statements import noted

SARI, DEWI, TAMU, JOKO = "1001", "1002", "1003", "1004"
_conversation = table(Conversation)


def store_nonsense(engine: Engine, address: str, external_id: str = "bad") -> None:
    """A message that no version of the program can read."""
    with writing(engine) as connection:
        store(connection, [NewMessage(CHANNEL, address, external_id, "9", {"kind": "nonsense"})], NOW)


def refuse(engine: Engine, statement: str) -> Callable[[], None]:
    """Let every statement that begins like this raise, until what is returned is called."""

    def before(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith(statement):
            raise RuntimeError("a bug")

    event.listen(engine, "before_cursor_execute", before)
    return lambda: event.remove(engine, "before_cursor_execute", before)


async def test_a_message_is_stored_before_it_is_acknowledged(edge: Edge) -> None:
    await edge.receive(TAMU, Text(body="halo"))
    assert [(row.state, row.said) for row in edge.inbox_rows()] == [("ready", {"kind": "text", "body": "halo"})]
    assert edge.phones.sent == []


async def test_a_message_that_comes_twice_is_answered_once(edge: Edge) -> None:
    same = arrival(TAMU, Text(body="halo"))
    for _time in range(2):
        await edge.program.inbox.store([same, same])
        await edge.program.settle()
    assert edge.phones.heard(TAMU) == [STRANGER]
    assert edge.states() == ["sent"]


async def test_messages_of_one_conversation_are_answered_in_their_order(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.receive(SARI, *(Text(body=body) for body in ("lapor", "1", "0", "25")))
    await edge.receive(TAMU, Text(body="halo"))
    await edge.program.settle()
    headings = ("1 dari 3", "2 dari 3", "3 dari 3", "Periksa sebelum dikirim")
    for heading, heard in zip(headings, edge.phones.shown(SARI)[-4:], strict=True):
        assert heading in heard
    assert edge.phones.heard(TAMU) == [STRANGER]
    assert {row.state for row in edge.inbox_rows()} == {"done"}


async def test_state_effects_and_reply_of_a_turn_are_one_commit(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.say(SARI, "lapor", "1", "0", "25")
    written: list[str] = []
    committed: list[set[str]] = []

    def note(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith(("INSERT INTO", "UPDATE")):
            written.append(sql.split()[2 if sql.startswith("INSERT") else 1])

    def commit(_connection: Any) -> None:
        committed.append(set(written))
        written.clear()

    event.listen(edge.engine, "before_cursor_execute", note)
    event.listen(edge.engine, "commit", commit)
    await edge.receive(SARI, Text(body="kirim 3 laporan"))
    await edge.program.turns.drain()
    turn = next(tables for tables in committed if "report" in tables)
    assert turn >= {"report", "achievement", "audit", "conversation", "inbox", "outbox"}
    assert sum("report" in tables for tables in committed) == 1


async def test_nothing_of_a_turn_remains_when_a_part_of_it_fails(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.say(SARI, "lapor", "1", "0", "25")
    before = edge.count(Audit)
    mend = refuse(edge.engine, "INSERT INTO outbox")
    await edge.receive(SARI, Text(body="kirim 3 laporan"))
    with pytest.raises(RuntimeError):  # also what should say so cannot be written
        await edge.program.settle()
    mend()
    assert (edge.count(Report), edge.count(Audit)) == (0, before)
    await edge.program.settle()
    assert edge.count(Report) == 3
    assert "terkirim" in edge.phones.heard(SARI)[-1]


async def test_a_message_whose_turn_always_raises_is_set_aside_and_sender_and_admin_are_told(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.join("Dewi Lestari", DEWI)
    edge.phones.sent.clear()
    store_nonsense(edge.engine, SARI)
    await edge.receive(SARI, Text(body="bantuan"))
    await edge.program.settle()
    bad = next(row for row in edge.inbox_rows() if row.external_id == "bad")
    assert (bad.state, bad.attempts) == ("poison", TRIES)
    assert edge.phones.heard(SARI)[0] == BROKEN
    assert "lapor:" in edge.phones.heard(SARI)[1]
    assert edge.phones.heard(DEWI) == [poison_reported(bad.id)]


async def test_a_turn_that_raises_twice_and_then_not_is_answered_as_ever(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.receive(SARI, Text(body="lapor"))
    failures = iter(range(TRIES - 1))

    def twice(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith("UPDATE conversation") and next(failures, None) is not None:
            raise RuntimeError("a bug that passes")

    event.listen(edge.engine, "before_cursor_execute", twice)
    await edge.program.settle()
    assert "1 dari 3" in edge.phones.shown(SARI)[-1]
    assert BROKEN not in edge.phones.heard(SARI)


async def test_what_one_turn_leaves_that_cannot_be_written_stops_nobody_else(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.join("Dewi Lestari", DEWI)
    await edge.receive(SARI, Text(body="lapor"))
    await edge.receive(DEWI, Text(body="bantuan"))
    sari = next(row.conversation_id for row in edge.inbox_rows() if row.address == SARI)

    def before(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_rest: Any) -> None:
        told = parameters if isinstance(parameters, list) else [parameters]
        if sql.startswith("UPDATE conversation") and any(sari in _values(row) for row in told):
            raise RuntimeError("this state cannot be written")

    event.listen(edge.engine, "before_cursor_execute", before)
    await edge.program.settle()
    assert edge.phones.heard(SARI)[-1] == BROKEN
    assert "lapor: mengisi" in edge.phones.shown(DEWI)[-1]


def _values(row: Any) -> list[Any]:
    return list(row.values()) if isinstance(row, dict) else list(row)


async def test_of_several_who_are_amid_a_report_it_is_asked_together_what_has_changed(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.join("Joko Santosa", JOKO)
    await edge.say(SARI, "lapor")
    await edge.say(JOKO, "lapor", "1")  # the way of counting that is asked first is right
    await edge.receive(SARI, Text(body="1"))
    await edge.receive(JOKO, Text(body="10"))
    with noted(edge.engine) as statements:
        await edge.program.settle()
    assert len([one for one in statements if one.startswith("SELECT indicator")]) == 1
    assert "2 dari 3" in edge.phones.shown(SARI)[-1]
    assert "2 dari 2" in edge.phones.shown(JOKO)[-1]


async def test_of_several_who_write_unasked_it_is_asked_together_what_they_see(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.join("Joko Santosa", JOKO)
    await edge.say(SARI, "grafik")
    await edge.receive(SARI, Text(body="1"))  # a button below that picture
    await edge.receive(JOKO, Text(body="terima kasih"))
    with noted(edge.engine) as statements:
        await edge.program.settle()
    assert len([one for one in statements if one.startswith("SELECT inbox.id, (SELECT outbox.message")]) == 1
    assert "Indikator mana?" in edge.phones.shown(SARI)[-1]
    assert edge.phones.heard(JOKO)[-1] == YOU_ARE_WELCOME


async def test_a_bad_message_of_a_stranger_is_told_to_nobody_else(edge: Edge) -> None:
    await edge.join("Dewi Lestari", DEWI)
    store_nonsense(edge.engine, TAMU)
    edge.phones.sent.clear()
    await edge.program.settle()
    assert edge.phones.sent == [(TAMU, edge.phones.sent[0][1])]
    assert edge.phones.heard(TAMU) == [BROKEN]


async def test_a_bad_message_leaves_the_open_question_open(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.say(SARI, "lapor")
    store_nonsense(edge.engine, SARI)
    await edge.program.settle()
    await edge.say(SARI, "1")
    assert "2 dari 3" in edge.phones.shown(SARI)[-1]


async def test_a_state_that_this_version_cannot_read_begins_anew(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    with writing(edge.engine) as connection:
        connection.execute(_conversation.update().values(state={"trails": "of another version"}))
    await edge.say(SARI, "lapor")
    assert "1 dari 3" in edge.phones.shown(SARI)[-1]
    assert {row.state for row in edge.inbox_rows()} == {"done"}


async def test_every_kind_of_message_gets_an_answer(edge: Edge) -> None:
    await edge.receive(TAMU, Unknown(what="sticker"), Text(body="x" * 4096), Text(body="=1+1 <p>"))
    await edge.program.settle()
    assert edge.phones.heard(TAMU) == [STRANGER] * 3


async def test_a_reply_belongs_to_the_conversation_that_the_person_has_after_joining(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    await edge.join("Sari Andini", "2001")
    with reading(edge.engine) as connection:
        owner = connection.execute(
            select(_conversation.c.id).where(_conversation.c.person_id.is_not(None))
        ).scalar_one()
    assert edge.outbox_rows()[-1].conversation_id == owner
    assert json.dumps(edge.outbox_rows()[-1].message).count("Terima kasih") == 1
