"""Messages out: in order within a chat, at least once, and one chat's trouble is not the others'."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.channels.base import AddressMoved, RecipientGone, Rejected, TryLater
from bot.outbox import RENEW_AFTER
from bot.pace import Limits
from handlers.messages import Outgoing, Say, Text, outgoing_json
from storage import outbox
from storage.conversations import address_of_person
from storage.engine import reading, writing
from storage.outbox import ANSWER, LEASE, NOTICE, RETRY_DELAYS, NewSending
from storage.tables import Account, Conversation, table
from tests.bot.edge import CHANNEL, Clock, Edge, until
from tests.offices import NOW

A, B = "1001", "1002"
SECOND = timedelta(seconds=1)


def put(edge: Edge, address: str, text: str, lane: str = ANSWER, message: Outgoing | None = None) -> int:
    """A message that waits in the table."""
    plain = outgoing_json.dump_python(message or Say(text=text), mode="json")
    with writing(edge.engine) as connection:
        conversation = connection.execute(
            table(Conversation).insert().values(dialogue="", step="", wrong_codes=0)
        ).inserted_primary_key
        assert conversation is not None
        now = edge.machine()
        sending = NewSending(None, conversation[0], None, CHANNEL, address, lane, text, plain, now, NOW)
        written = outbox.enqueue(connection, sending)
        assert written is not None
        return written


async def drain(edge: Edge) -> None:
    await edge.program.delivery.drain()


async def test_messages_of_a_chat_go_in_their_order(edge: Edge) -> None:
    for number in range(5):
        put(edge, A, f"a{number}")
        put(edge, B, f"b{number}")
    await drain(edge)
    assert edge.phones.heard(A) == [f"a{number}" for number in range(5)]
    assert edge.phones.heard(B) == [f"b{number}" for number in range(5)]
    assert [row.provider_id != "" for row in edge.outbox_rows()] == [True] * 10


async def test_a_message_that_went_as_a_template_says_so(edge: Edge) -> None:
    edge.phones.templates[A] = "undangan"
    put(edge, A, "a")
    put(edge, B, "b")
    await drain(edge)
    assert {row.address: row.template for row in edge.outbox_rows()} == {A: "undangan", B: ""}


async def test_a_busy_channel_holds_back_what_follows_in_the_chat_and_nothing_else(edge: Edge) -> None:
    edge.phones.refusals[A].append(TryLater("busy", timedelta(seconds=7)))
    for address, text, lane in ((A, "a1", ANSWER), (A, "a2", ANSWER), (A, "a3", NOTICE), (B, "b1", NOTICE)):
        put(edge, address, text, lane)
    await drain(edge)
    assert edge.phones.heard(B) == ["b1"]
    assert edge.phones.heard(A) in ([], ["a3"])
    edge.machine.pass_by(6 * SECOND)
    await drain(edge)
    assert "a1" not in edge.phones.heard(A)
    edge.machine.pass_by(SECOND)
    await drain(edge)
    assert [text for text in edge.phones.heard(A) if text != "a3"] == ["a1", "a2"]
    assert edge.states() == ["sent"] * 4


async def test_a_reply_handed_over_waits_behind_one_that_must_be_tried_again(edge: Edge) -> None:
    edge.phones.refusals[A].append(TryLater("down"))
    await edge.receive(A, Text(body="halo"), Text(body="halo lagi"))
    await edge.program.settle()
    assert edge.phones.heard(A) == []
    assert [row.lease_until for row in edge.outbox_rows()] == [None, None]
    edge.machine.pass_by(RETRY_DELAYS[0])
    await drain(edge)
    assert len(edge.phones.heard(A)) == 2
    assert [row.provider_id for row in edge.outbox_rows()] == ["1", "2"]


async def test_a_message_that_never_gets_through_fails_in_the_end_and_lets_the_next_pass(edge: Edge) -> None:
    edge.phones.refusals[A].extend(TryLater("down") for _ in range(len(RETRY_DELAYS) + 1))
    put(edge, A, "a1")
    put(edge, A, "a2")
    for pause in (timedelta(0), *RETRY_DELAYS):
        edge.machine.pass_by(pause)
        await drain(edge)
    assert edge.states() == ["failed", "sent"]
    assert edge.outbox_rows()[0].error == "down"


async def test_who_blocked_the_assistant_is_not_reachable_until_they_write_again(edge: Edge) -> None:
    await edge.join("Sari Andini", A)
    edge.phones.refusals[A].append(RecipientGone("bot was blocked by the user"))
    await edge.receive(A, Text(body="bantuan"))
    await edge.program.settle()
    assert edge.states()[-1] == "to_call"
    assert reach(edge) is None
    await edge.receive(A, Text(body="status"))
    assert reach(edge) == A


def reach(edge: Edge) -> str | None:
    with reading(edge.engine) as connection:
        address = address_of_person(connection, edge.made.people["Sari Andini"])
    return None if address is None else address.address


async def test_a_chat_that_moved_gets_this_and_what_follows_at_its_new_address(edge: Edge) -> None:
    await edge.receive(A, Text(body="halo"))
    await edge.program.settle()
    edge.phones.refusals[A].append(AddressMoved("-100777"))
    for text in ("a1", "a2"):
        put(edge, A, text)
    put(edge, A, "a3", NOTICE)
    await drain(edge)
    assert sorted(edge.phones.heard("-100777")) == ["a1", "a2", "a3"] or (
        edge.phones.heard("-100777") == ["a1", "a2"] and edge.phones.heard(A)[-1] == "a3"
    )
    with reading(edge.engine) as connection:
        assert connection.execute(table(Account).select()).one().address == "-100777"


async def test_a_message_that_is_refused_for_good_does_not_stop_the_next(edge: Edge) -> None:
    edge.phones.refusals[A].append(Rejected("message is too long"))
    put(edge, A, "a1")
    put(edge, A, "a2")
    await drain(edge)
    assert edge.states() == ["failed", "sent"]
    assert edge.outbox_rows()[0].error == "message is too long"


async def test_a_fault_of_our_own_is_tried_again_and_other_chats_go_on(edge: Edge) -> None:
    edge.phones.refusals[A].append(ValueError("a bug"))
    put(edge, A, "a1")
    put(edge, B, "b1")
    await drain(edge)
    assert edge.states() == ["due", "sent"]
    assert edge.outbox_rows()[0].error == "ValueError"
    edge.machine.pass_by(RETRY_DELAYS[0])
    await drain(edge)
    assert edge.states() == ["sent", "sent"]


async def test_a_picture_whose_snapshot_is_gone_fails_without_stopping_anybody(edge: Edge) -> None:
    lost = outgoing_json.validate_python({"kind": "chart", "chart": "overview", "snapshot": 99, "caption": "x"})
    put(edge, A, "a1", NOTICE, lost)
    put(edge, B, "b1", NOTICE)
    await drain(edge)
    assert edge.phones.heard(B) == ["b1"]
    assert edge.outbox_rows()[0].attempts == 1


async def test_what_a_crashed_process_held_is_sent_by_another_when_its_lease_has_lapsed(
    open_edge: Callable[..., Edge],
) -> None:
    clock = Clock()
    crashed, other = open_edge(machine=clock), open_edge(machine=clock)
    crashed.phones.hanging[A] = asyncio.Event()
    put(crashed, A, "a1")
    put(crashed, A, "a2")
    await crashed.program.delivery.sweep()
    await drain(other)
    for _look in range(3):  # who looks less often first waits whether the holder lives
        clock.pass_by(LEASE / 3)
        await drain(other)
    assert other.phones.sent == []
    clock.pass_by(SECOND)
    await drain(other)
    assert other.phones.heard(A) == ["a1", "a2"]


async def test_a_living_process_keeps_what_it_is_still_sending(open_edge: Callable[..., Edge]) -> None:
    clock = Clock()
    slow, other = open_edge(machine=clock), open_edge(machine=clock)
    slow.phones.hanging[A] = asyncio.Event()
    put(slow, A, "a1")
    await slow.program.delivery.sweep()
    for _renewal in range(9):
        clock.pass_by(RENEW_AFTER)
        await slow.program.delivery.sweep()
        await drain(other)
    assert other.phones.sent == []
    slow.phones.hanging[A].set()
    await drain(slow)
    assert slow.phones.heard(A) == ["a1"]


async def test_a_reply_does_not_overtake_the_one_that_another_process_is_sending(
    open_edge: Callable[..., Edge],
) -> None:
    clock = Clock()
    first, second = open_edge(machine=clock), open_edge(machine=clock)
    first.phones.hanging[A] = asyncio.Event()
    await first.receive(A, Text(body="halo"))
    await first.program.turns.drain()
    await second.receive(A, Text(body="/start AAAAAAAAAA"))
    await second.program.settle()
    assert second.phones.sent == []
    first.phones.hanging[A].set()
    await until(lambda: len(first.phones.sent) == 1)
    await until(lambda: first.states() == ["sent", "due"])
    await drain(second)
    assert len(second.phones.heard(A)) == 1


async def test_answers_pass_reminders_that_wait_for_the_channels_pace(open_edge: Callable[..., Edge]) -> None:
    edge = open_edge(limits={CHANNEL: Limits(overall=0.001)})
    put(edge, B, "b1", NOTICE)
    await drain(edge)
    put(edge, A, "pengingat", NOTICE)
    await edge.program.delivery.sweep()
    await edge.receive(A, Text(body="halo"))
    await edge.program.turns.drain()
    await until(lambda: edge.states() == ["sent", "due", "sent"])
    assert len(edge.phones.heard(A)) == 1


async def test_one_process_at_a_time_sends_what_comes_unasked_and_each_its_answers(
    open_edge: Callable[..., Edge],
) -> None:
    clock = Clock()
    speaker, other = open_edge(machine=clock), open_edge(machine=clock)
    put(speaker, A, "a1", NOTICE)
    await drain(speaker)
    put(speaker, A, "a2", NOTICE)
    put(speaker, B, "b1")
    await drain(other)
    assert (other.phones.heard(A), other.phones.heard(B)) == ([], ["b1"])
    clock.pass_by(LEASE - SECOND)
    await drain(other)
    assert other.phones.heard(A) == []
    await drain(speaker)
    assert speaker.phones.heard(A) == ["a1", "a2"]


@pytest.mark.parametrize("is_orderly", [True, False])
async def test_another_process_sends_what_comes_unasked_when_the_one_that_did_has_ended(
    open_edge: Callable[..., Edge], is_orderly: bool
) -> None:
    clock = Clock()
    speaker, other = open_edge(machine=clock), open_edge(machine=clock)
    put(speaker, B, "b1", NOTICE)
    await drain(speaker)
    put(speaker, A, "a1", NOTICE)
    if is_orderly:
        await speaker.program.delivery.stop()
    else:
        clock.pass_by(LEASE + SECOND)
    await drain(other)
    assert other.phones.heard(A) == ["a1"]


async def test_a_process_that_ends_finishes_what_it_is_sending_and_gives_back_the_rest(
    open_edge: Callable[..., Edge],
) -> None:
    ending, other = open_edge(), open_edge()
    ending.phones.hanging = {A: asyncio.Event()}
    for number in range(3):
        await ending.receive(A, Text(body=f"halo {number}"))
    await ending.program.turns.drain()
    stopping = asyncio.create_task(ending.program.delivery.stop())
    await asyncio.sleep(0)
    ending.phones.hanging[A].set()
    await stopping
    assert ending.states() == ["sent", "due", "due"]
    assert [(row.holder, row.lease_until) for row in ending.outbox_rows()[1:]] == [("", None)] * 2
    await drain(other)
    assert len(other.phones.heard(A)) == 2


async def test_no_reply_passes_what_was_claimed_when_the_connection_was_lost(edge: Edge) -> None:
    put(edge, A, "a1")

    @event.listens_for(edge.engine, "commit", once=True)
    def _lose(connection: Connection) -> None:
        """The claim comes to pass, and nobody learns of it."""
        lost: Any = connection.connection.driver_connection
        lost.commit()
        lost.close()

    assert await edge.program.delivery.sweep() == 0
    await edge.receive(A, Text(body="halo"))
    await edge.program.turns.drain()
    await drain(edge)
    assert edge.phones.heard(A) == []
    assert [(row.state, bool(row.holder)) for row in edge.outbox_rows()] == [("due", True), ("due", False)]


async def test_a_process_that_ends_does_not_wait_for_a_channel_that_hangs(open_edge: Callable[..., Edge]) -> None:
    ending, other = open_edge(), open_edge()
    ending.phones.hanging = {A: asyncio.Event()}
    put(ending, A, "a1")
    await ending.program.delivery.sweep()
    await ending.program.delivery.stop()
    assert [(row.state, row.lease_until) for row in ending.outbox_rows()] == [("due", None)]
    await drain(other)
    assert other.phones.heard(A) == ["a1"]


async def test_a_message_for_a_channel_that_is_not_set_up_waits(edge: Edge) -> None:
    put(edge, A, "a1")
    with writing(edge.engine) as connection:
        connection.exec_driver_sql("UPDATE outbox SET channel = 'whatsapp'")
    await drain(edge)
    assert (edge.states(), edge.outbox_rows()[0].attempts) == (["due"], 1)


@pytest.mark.parametrize("lane", [ANSWER, NOTICE])
async def test_many_messages_of_many_chats_go_once_each(open_edge: Callable[..., Edge], lane: str) -> None:
    clock = Clock()
    edges = [open_edge(machine=clock), open_edge(machine=clock)]
    for number in range(40):
        put(edges[0], str(number % 8), f"{number:02}", lane)
    await asyncio.gather(*map(drain, edges))
    while "due" in edges[0].states():
        await asyncio.gather(*map(drain, edges))
    for address in map(str, range(8)):
        both = sorted(edges[0].phones.heard(address) + edges[1].phones.heard(address))
        assert both == [f"{number:02}" for number in range(40) if str(number % 8) == address]
