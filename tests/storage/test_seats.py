"""Somebody of two offices at one address: who is heard, what becomes of buttons, numbers and erased data."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from storage import conversations, inbox, kabupaten, outbox, seats
from storage.desk import Desk
from storage.engine import writing
from storage.inbox import NewMessage
from storage.numbers import note_change
from storage.outbox import ANSWER, NewSending
from storage.seats import SeatBook
from storage.tables import Account, Inbox, Tenure, table
from tests.joined import join
from tests.offices import NO_HOLIDAYS, NOW, MadeOffice, make_office

SARI, JOKO = "Sari Andini", "Joko Santosa"
HERE, CHANNEL = "6281200000004", "whatsapp"
_account, _inbox = table(Account), table(Inbox)


class Two:
    """Two offices, and the conversation of somebody who works for both, from one address."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.first, self.second = make_office(connection), make_office(connection, name="Sebelah")
        join(connection, self.first.id, self.first.people[SARI], HERE, NOW, CHANNEL)
        self.one = self._now()
        guest = self.say("kode")
        seats.receive_guest(connection, guest.id)
        inbox.finish(connection, [guest.id], NOW)
        conversations.give_to_person(
            connection, self._now(), CHANNEL, HERE, self.second.id, self.second.people[SARI], NOW
        )
        seats.note_shared(connection, CHANNEL, HERE)
        self.other = self._now()

    def say(self, body: str, **about: Any) -> Any:
        """Something that was written; its row."""
        said = about.pop("said", {"kind": "text", "body": body})
        inbox.store(self.connection, [NewMessage(CHANNEL, HERE, body, body, said, **about)], NOW)
        return self.connection.execute(select(_inbox).where(_inbox.c.external_id == body)).one()

    def press(self, name: str, answers: str) -> Any:
        return self.say(name, said={"kind": "press", "token": "!lapor", "label": "Lapor"}, answers=answers)

    def sent(self, conversation_id: int, provider_id: str) -> None:
        sending = NewSending(None, conversation_id, None, CHANNEL, HERE, ANSWER, provider_id, {"text": "?"}, NOW, NOW)
        key = outbox.enqueue(self.connection, sending)
        assert key is not None
        outbox.settle(self.connection, key, "sent", NOW, provider_id=provider_id)

    def _now(self) -> int:
        wanted = select(_account.c.conversation_id).where(_account.c.address == HERE, _account.c.chosen)
        return self.connection.execute(wanted).scalar_one()

    @property
    def chosen(self) -> int:
        return self._now()


@pytest.fixture
def two(engine: Engine) -> Any:
    with writing(engine) as connection:
        yield Two(connection)


def test_each_office_has_a_conversation_and_one_is_heard(two: Two) -> None:
    assert two.one != two.other
    assert two.say("satu").conversation_id == two.other
    found = seats.at(two.connection, CHANNEL, HERE)
    assert [(seat.office, seat.conversation_id, seat.chosen) for seat in found] == [
        ("Sukamaju", two.one, False),
        ("Sebelah", two.other, True),
    ]
    assert all(conversations.get(two.connection, key).shared for key in (two.one, two.other))
    reached = [conversations.address_of_person(two.connection, made.people[SARI]) for made in (two.first, two.second)]
    assert [found and (found.address, found.conversation_id) for found in reached] == [
        (HERE, two.one),
        (HERE, two.other),
    ]


def test_a_button_belongs_to_the_office_of_its_message_and_chooses_it(two: Two) -> None:
    two.sent(two.one, "w1")
    two.sent(two.other, "w2")
    assert two.press("tekan 1", "w1").conversation_id == two.one
    assert two.chosen == two.one
    assert two.say("sesudahnya").conversation_id == two.one
    assert two.press("tekan 2", "w2").conversation_id == two.other


@pytest.mark.parametrize("answers", ["", "w-unknown"])
def test_a_button_of_which_nobody_knows_the_message_is_no_offices(two: Two, answers: str) -> None:
    row = two.press("tekan", answers)
    assert (row.conversation_id, row.said["token"]) == (two.other, "")
    assert two.chosen == two.other


def test_choosing_takes_along_what_was_written_meanwhile_but_not_what_was_before(two: Two) -> None:
    before, now, after = (two.say(body) for body in ("dulu", "kantor", "sesudah"))
    moved: list[int] = []
    book = SeatBook(two.connection, now.id, moved)
    book.take(book.all()[0])
    of = {row.external_id: row.conversation_id for row in two.connection.execute(select(_inbox))}
    assert (of["dulu"], of["kantor"], of["sesudah"]) == (two.other, two.other, two.one)
    assert (moved, two.chosen, before.id < after.id) == ([two.one], two.one, True)


def test_nobody_takes_a_seat_at_another_address(two: Two) -> None:
    join(two.connection, two.first.id, two.first.people[JOKO], "6281200000005", NOW, CHANNEL)
    row = two.say("kantor")
    joko = seats.at(two.connection, CHANNEL, "6281200000005")[0]
    with pytest.raises(PermissionError):
        SeatBook(two.connection, row.id, []).take(joko)
    assert two.chosen == two.other


def test_who_looks_at_an_invitation_and_declines_it_goes_on_where_they_were(two: Two) -> None:
    row = two.say("kode lain")
    later = two.say("berikutnya")
    seats.receive_guest(two.connection, row.id)
    guest = two.chosen
    assert guest not in (two.one, two.other)
    inbox.finish(two.connection, [row.id], NOW)
    seats.dismiss_guest(two.connection, guest, row.id)
    assert two.chosen == two.other
    wanted = select(_inbox.c.conversation_id).where(_inbox.c.id == later.id)
    assert two.connection.execute(wanted).scalar_one() == two.other


def test_a_new_number_in_one_office_leaves_the_other_where_it_was(two: Two) -> None:
    desk = desk_of(two.connection, two.first)
    change = desk.numbers.ask(two.first.people[SARI], CHANNEL, "6281200000044")
    desk.numbers.agree(change)
    moved = conversations.address_of_person(two.connection, two.first.people[SARI])
    stays = conversations.address_of_person(two.connection, two.second.people[SARI])
    assert (moved and moved.address, stays and stays.address) == ("6281200000044", HERE)
    assert two.say("lanjut").conversation_id == two.other
    other = desk_of(two.connection, two.second)
    assert not other.numbers.is_taken(CHANNEL, "6281200000044")
    other.numbers.agree(other.numbers.ask(two.second.people[SARI], CHANNEL, "6281200000044"))
    assert len(seats.at(two.connection, CHANNEL, "6281200000044")) == 2
    assert seats.at(two.connection, CHANNEL, HERE) == ()


def test_who_is_erased_in_one_office_is_still_heard_in_the_other(two: Two) -> None:
    desk = desk_of(two.connection, two.second)
    leave(two.connection, two.second.people[SARI])
    desk.privacy.erase(two.second.people[SARI])
    assert two.say("masih di sini").conversation_id == two.one
    kept = conversations.address_of_person(two.connection, two.first.people[SARI])
    assert kept is not None
    assert kept.address == HERE


def test_who_looks_after_a_kabupaten_from_there_goes_on_doing_so(two: Two) -> None:
    code = kabupaten.new_invite(two.connection, "Wanasari", NOW, NOW + timedelta(days=9))
    invite = kabupaten.open_invite(two.connection, code, NOW)
    assert invite is not None
    row = two.say("kode kabupaten")
    seats.receive_guest(two.connection, row.id)
    inbox.finish(two.connection, [row.id], NOW)
    hall = two.chosen
    assert kabupaten.join(two.connection, invite.id, hall, NOW)
    assert not kabupaten.join(two.connection, invite.id, two.one, NOW)
    for made in (two.first, two.second):
        leave(two.connection, made.people[SARI])
        desk_of(two.connection, made).privacy.erase(made.people[SARI])
    assert [seat.kabupaten for seat in seats.at(two.connection, CHANNEL, HERE)] == ["Wanasari"]
    assert two.say("peringkat").conversation_id == hall


def test_a_changed_number_that_a_channel_tells_is_asked_in_both_offices(two: Two) -> None:
    assert note_change(two.connection, CHANNEL, HERE, "6281200000055", NOW)
    for made in (two.first, two.second):
        assert [card.new for card in desk_of(two.connection, made).numbers.open()] == ["+6281200000055"]
    assert not note_change(two.connection, CHANNEL, HERE, "6281200000055", NOW)


def leave(connection: Connection, person_id: int) -> None:
    """Somebody's last day was yesterday."""
    tenure, ended = table(Tenure), NOW.date() - timedelta(days=1)
    connection.execute(tenure.update().where(tenure.c.person_id == person_id).values(ends=ended))


def desk_of(connection: Connection, made: MadeOffice) -> Desk:
    return Desk(connection, made.id, NOW, NO_HOLIDAYS, made.people["Ratna Dewanti"])


def test_every_row_of_an_address_knows_when_it_was_heard(two: Two) -> None:
    later = NOW + timedelta(hours=1)
    inbox.store(two.connection, [NewMessage(CHANNEL, HERE, "nanti", "nanti", {"kind": "text", "body": "?"})], later)
    heard = two.connection.execute(select(_account.c.last_inbound_at).where(_account.c.address == HERE)).scalars()
    assert set(heard) == {later}
    assert conversations.window_since(two.connection, CHANNEL, HERE) == later
    conversations.close_window(two.connection, CHANNEL, HERE, later)
    assert conversations.window_since(two.connection, CHANNEL, HERE) is None
