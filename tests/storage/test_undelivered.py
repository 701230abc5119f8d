"""What one address did not take: to the other one, back for another try, or to be called about; in one place always."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Row, select

from storage import conversations, outbox, people
from storage.engine import writing
from storage.inbox import NewMessage, store
from storage.outbox import NOTICE, RETRY_DELAYS, NewSending
from storage.tables import Account, Outbox, table
from storage.templates import status_of
from storage.undelivered import CallBook, refused_later, send_elsewhere
from tests.offices import NOW, MadeOffice, make_office
from tests.together import together

SARI, JOKO = "Sari Andini", "Joko Santosa"
TELEGRAM, WHATSAPP = ("telegram", "1001"), ("whatsapp", "6281200000004")
LATER = NOW + timedelta(days=2)
MINUTE = timedelta(minutes=1)
FAULTS = (131000, 100, 131009, 131051)
TEMPLATE_FAULTS = {132001: "missing", 132012: "differs", 132015: "paused", 132016: "disabled"}
_outbox = table(Outbox)


class Sent:
    """An office whose Kasi has joined on some channels, in the order in which she wrote; a message to her."""

    def __init__(self, connection: Connection, *lines: tuple[str, str]) -> None:
        self.connection = connection
        self.made: MadeOffice = make_office(connection)
        self.person = self.made.people[SARI]
        for minutes, line in enumerate(lines):
            self.writes(line, NOW + minutes * MINUTE)
            conversation = self.account(line).conversation_id
            conversations.give_to_person(connection, conversation, *line, self.made.id, self.person, NOW)

    def writes(self, line: tuple[str, str], at: datetime) -> None:
        store(self.connection, [NewMessage(*line, f"{line} {at}", "1", {"kind": "text", "body": "halo"})], at)

    def account(self, line: tuple[str, str]) -> Row[Any]:
        account = table(Account)
        wanted = select(account).where(account.c.channel == line[0], account.c.address == line[1])
        return self.connection.execute(wanted).one()

    def put(self, line: tuple[str, str], key: str = "k", *, template: str = "", sent: bool = False) -> int:
        """A message to her, taken by the channel already where it was `sent`."""
        conversation = self.account(line).conversation_id
        message = {"kind": "say", "text": key}
        sending = NewSending(self.made.id, conversation, self.person, *line, NOTICE, key, message, NOW, NOW)
        written = outbox.enqueue(self.connection, sending)
        assert written is not None
        if sent:
            self.take(written, template)
        return written

    def take(self, outbox_id: int, template: str = "", at: datetime = NOW) -> None:
        """The channel takes it."""
        identity = f"wamid.{outbox_id}"
        outbox.settle(self.connection, outbox_id, "sent", at, provider_id=identity, template=template)

    def refused(self, outbox_id: int, code: int, at: datetime = LATER) -> bool:
        return refused_later(self.connection, "whatsapp", f"wamid.{outbox_id}", code, at)

    def row(self, outbox_id: int) -> Row[Any]:
        return self.connection.execute(select(_outbox).where(_outbox.c.id == outbox_id)).one()

    def place(self, outbox_id: int) -> tuple[str, str, str]:
        """State and address."""
        row = self.row(outbox_id)
        return row.state, row.channel, row.address


@pytest.fixture
def both(engine: Engine) -> Any:
    with writing(engine) as connection:
        yield Sent(connection, TELEGRAM, WHATSAPP)


@pytest.fixture
def one(engine: Engine) -> Any:
    with writing(engine) as connection:
        yield Sent(connection, WHATSAPP)


# --- refused at once ------------------------------------------------------------------------------------------------


def test_what_one_address_refuses_goes_to_the_other_with_its_turn_and_its_key(both: Sent) -> None:
    moved, behind = both.put(WHATSAPP, "a"), both.put(TELEGRAM, "b")
    assert send_elsewhere(both.connection, moved, "whatsapp", "no template", LATER)
    row = both.row(moved)
    assert (row.state, row.channel, row.address) == ("due", *TELEGRAM)
    assert (row.dedup_key, row.due_at, row.error) == ("a", LATER, "whatsapp: no template")
    claimed = outbox.claim_due(both.connection, NOTICE, "p", LATER, 9)
    assert [sending.id for sending in claimed] == [moved]
    outbox.settle(both.connection, moved, "sent", LATER)
    assert [sending.id for sending in outbox.claim_due(both.connection, NOTICE, "p", LATER, 9)] == [behind]


def test_without_another_address_somebody_is_to_call(one: Sent) -> None:
    sending = one.put(WHATSAPP)
    assert not send_elsewhere(one.connection, sending, "whatsapp", "no template", LATER)
    row = one.row(sending)
    assert (row.state, row.error, row.settled_at) == ("to_call", "whatsapp: no template", LATER)
    assert outbox.claim_due(one.connection, NOTICE, "p", LATER, 9) == []


def test_an_address_that_is_gone_is_no_other_one(both: Sent) -> None:
    conversations.mark_unreachable(both.connection, *TELEGRAM)
    sending = both.put(WHATSAPP)
    assert not send_elsewhere(both.connection, sending, "whatsapp", "closed", LATER)
    assert both.row(sending).state == "to_call"


def test_a_message_to_nobody_of_an_office_has_failed(engine: Engine) -> None:
    with writing(engine) as connection:
        conversation = conversations.new_conversation(connection)
        stranger = NewSending(None, conversation, None, "whatsapp", "1", "answer", "k", {}, NOW, NOW)
        sending = outbox.enqueue(connection, stranger)
        assert sending is not None
        assert not send_elsewhere(connection, sending, "whatsapp", "closed", LATER)
        assert connection.execute(select(_outbox.c.state)).scalar_one() == "failed"


def test_what_was_sent_or_moved_meanwhile_stays_where_it_is(both: Sent) -> None:
    sent, moved = both.put(WHATSAPP, "a", sent=True), both.put(WHATSAPP, "b")
    assert not send_elsewhere(both.connection, sent, "whatsapp", "closed", LATER)
    assert send_elsewhere(both.connection, moved, "whatsapp", "closed", LATER)
    assert not send_elsewhere(both.connection, moved, "whatsapp", "closed", LATER)
    assert both.place(sent) == ("sent", *WHATSAPP)
    assert both.place(moved) == ("due", *TELEGRAM)


def test_addresses_that_pass_a_message_to_each_other_end_at_the_call_list(both: Sent) -> None:
    sending, channel = both.put(WHATSAPP), "whatsapp"
    for _move in range(len(RETRY_DELAYS) + 1):
        assert send_elsewhere(both.connection, sending, channel, "closed", LATER)
        channel = both.row(sending).channel
    assert not send_elsewhere(both.connection, sending, channel, "closed", LATER)
    assert both.row(sending).state == "to_call"


# --- refused later --------------------------------------------------------------------------------------------------


def test_free_text_outside_the_window_goes_again_at_once_and_the_window_is_known_to_be_closed(both: Sent) -> None:
    sending = both.put(WHATSAPP, sent=True)
    assert conversations.window_since(both.connection, *WHATSAPP) == NOW + MINUTE
    both.take(sending, at=NOW + 2 * MINUTE)
    assert both.refused(sending, 131047)
    row = both.row(sending)
    assert (row.state, row.channel, row.due_at, row.error) == ("due", "whatsapp", LATER, "whatsapp: 131047")
    assert (row.provider_id, row.template, row.fate) == ("", "", "")
    assert conversations.window_since(both.connection, *WHATSAPP) is None
    both.writes(WHATSAPP, NOW + 3 * MINUTE)
    assert conversations.window_since(both.connection, *WHATSAPP) == NOW + 3 * MINUTE


def test_a_template_that_was_refused_for_the_window_goes_elsewhere(both: Sent) -> None:
    sending = both.put(WHATSAPP, template="renaksi_reminder", sent=True)
    assert both.refused(sending, 131047)
    assert both.place(sending) == ("due", *TELEGRAM)


def test_who_is_not_on_whatsapp_is_unreachable_there_and_written_to_elsewhere(both: Sent) -> None:
    sending = both.put(WHATSAPP, sent=True)
    assert both.refused(sending, 131026)
    assert both.place(sending) == ("due", *TELEGRAM)
    assert not both.account(WHATSAPP).reachable


def test_who_is_not_on_whatsapp_and_nowhere_else_is_to_be_called(one: Sent) -> None:
    sending = one.put(WHATSAPP, sent=True)
    assert one.refused(sending, 131026)
    assert one.row(sending).state == "to_call"


@pytest.mark.parametrize("code", [130429, 131048, 131056])
def test_a_busy_channel_is_tried_again_later_and_in_the_end_another(both: Sent, code: int) -> None:
    sending, now = both.put(WHATSAPP, sent=True), NOW
    for pause in RETRY_DELAYS:
        assert both.refused(sending, code, now)
        assert both.place(sending) == ("due", *WHATSAPP)
        assert both.row(sending).due_at == now + pause
        now += pause
        both.take(sending)
    assert both.refused(sending, code, now)
    assert both.place(sending) == ("due", *TELEGRAM)


@pytest.mark.parametrize("code", TEMPLATE_FAULTS)
def test_a_template_that_was_refused_is_noted_and_the_channel_asked_again(both: Sent, code: int) -> None:
    sending = both.put(WHATSAPP, template="renaksi_reminder", sent=True)
    assert both.refused(sending, code)
    assert both.place(sending) == ("due", *WHATSAPP)
    noted = status_of(both.connection, "whatsapp", "renaksi_reminder")
    assert noted is not None and (noted.status, noted.checked_at) == (TEMPLATE_FAULTS[code], LATER)


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_of_the_message_ends_it(both: Sent, code: int) -> None:
    sending = both.put(WHATSAPP, sent=True)
    assert both.refused(sending, code)
    row = both.row(sending)
    assert (row.state, row.error, row.settled_at) == ("failed", f"whatsapp: {code}", LATER)


@pytest.mark.parametrize("code", [131047, 131026, 130429, 132015, 131000])
def test_a_report_that_comes_twice_counts_once(both: Sent, code: int) -> None:
    sending = both.put(WHATSAPP, template="renaksi_reminder" if code == 132015 else "", sent=True)
    assert both.refused(sending, code)
    before = both.row(sending)
    assert not both.refused(sending, code)
    assert both.row(sending) == before


def test_a_report_about_nothing_we_know_changes_nothing(both: Sent) -> None:
    both.put(WHATSAPP, sent=True)
    assert not refused_later(both.connection, "whatsapp", "wamid.999", 131047, LATER)
    assert not refused_later(both.connection, "telegram", "wamid.1", 131047, LATER)
    assert not refused_later(both.connection, "whatsapp", "", 131047, LATER)


# --- two processes, and one that dies -------------------------------------------------------------------------------


def test_two_processes_that_move_the_same_message_move_it_once(
    database_url: str, open_url: Callable[[str], Engine]
) -> None:
    engines = [open_url(database_url), open_url(database_url)]
    with writing(engines[0]) as connection:
        both = Sent(connection, TELEGRAM, WHATSAPP)
        ids = [both.put(WHATSAPP, f"k{number}") for number in range(20)]

    def move(engine: Engine) -> int:
        moved = 0
        for key in ids:
            with writing(engine) as connection:
                moved += send_elsewhere(connection, key, "whatsapp", "closed", LATER)
        return moved

    assert sum(together([lambda: move(engines[0]), lambda: move(engines[1])])) == len(ids)
    with writing(engines[0]) as connection:
        rows = connection.execute(select(_outbox)).all()
    assert [(row.state, row.channel, row.attempts) for row in rows] == [("due", "telegram", 1)] * len(ids)


class Killed(Exception):
    """The process dies before it has committed."""


@pytest.mark.parametrize("code", [131047, 131026, 130429, 131000])
def test_a_move_that_was_not_committed_did_not_happen(engine: Engine, code: int) -> None:
    with writing(engine) as connection:
        both = Sent(connection, TELEGRAM, WHATSAPP)
        sending = both.put(WHATSAPP, sent=True)
        before, account = both.row(sending), both.account(WHATSAPP)
    with pytest.raises(Killed), writing(engine) as connection:
        refused_later(connection, "whatsapp", f"wamid.{sending}", code, LATER)
        raise Killed
    with writing(engine) as connection:
        both.connection = connection
        assert (both.row(sending), both.account(WHATSAPP)) == (before, account)
        assert refused_later(connection, "whatsapp", f"wamid.{sending}", code, LATER)
        assert len(connection.execute(select(_outbox)).all()) == 1


# --- whom to call ---------------------------------------------------------------------------------------------------


def test_the_call_list_is_of_one_office_and_ends_when_the_person_was_told(one: Sent) -> None:
    other = make_office(one.connection, name="Lain")
    sending = one.put(WHATSAPP)
    send_elsewhere(one.connection, sending, "whatsapp", "closed", LATER)
    calls = CallBook(one.connection, one.made.id, LATER)
    (call,) = calls.open()
    assert (call.id, call.person_id, call.said_at) == (sending, one.person, NOW)
    assert calls.open(one.person) == (call,)
    assert calls.open(one.made.people[JOKO]) == ()
    strange = CallBook(one.connection, other.id, LATER)
    assert strange.open() == ()
    strange.settle([call])
    assert calls.open() == (call,)
    calls.settle([call])
    assert calls.open() == ()
    assert (one.row(sending).state, one.row(sending).error) == ("not_needed", "whatsapp: closed")


def test_the_call_list_is_found_through_its_index(engine: Engine) -> None:
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        wanted = "SELECT * FROM outbox WHERE office_id = 1 AND state = 'to_call' AND person_id = 1 ORDER BY id"
        steps = " ".join(str(line) for line in connection.exec_driver_sql(f"{explain} {wanted}"))
    assert "ix_outbox_to_call" in steps


# --- where a person is written to -----------------------------------------------------------------------------------


def where(sent: Sent) -> str:
    address = conversations.address_of_person(sent.connection, sent.person)
    assert address is not None
    return address.channel


def test_the_channel_that_was_chosen_comes_before_the_one_that_was_used_last(both: Sent) -> None:
    assert where(both) == "whatsapp"
    people.prefer_channel(both.connection, both.person, "telegram")
    assert where(both) == "telegram"
    conversations.mark_unreachable(both.connection, *TELEGRAM)
    assert where(both) == "whatsapp"


def test_how_many_messages_of_the_month_went_as_templates(both: Sent) -> None:
    both.put(WHATSAPP, "a", template="renaksi_reminder", sent=True)
    both.put(WHATSAPP, "b", sent=True)
    both.put(TELEGRAM, "c", sent=True)
    both.put(WHATSAPP, "d")
    assert outbox.templates_since(both.connection, both.made.id, NOW) == {"telegram": (1, 0), "whatsapp": (2, 1)}
    assert outbox.templates_since(both.connection, both.made.id, NOW + MINUTE) == {}
