"""Who is asked about a changed number, and when nobody needs to be any more."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, Engine

from handlers import number_change, unasked
from handlers.messages import Choose, Notice, Press, Say
from handlers.occasions import Before, Unasked
from storage import conversations, inbox
from storage.engine import writing
from storage.inbox import NewMessage
from storage.numbers import note_change
from storage.tables import NumberChange
from tests.offices import NOW, MadeOffice, desk_of, make_office
from tests.transcripts.chat import Town, words_of

SARI, DEWI, RATNA, JOKO = "Sari Andini", "Dewi Lestari", "Ratna Dewanti", "Joko Santosa"
NEW = "6281200000099"


def join(connection: Connection, made: MadeOffice, *names: str) -> None:
    """On WhatsApp, each from a number of their own."""
    for name in names:
        address = f"628120000{made.people[name]:04}"
        inbox.store(connection, [NewMessage("whatsapp", address, address, address, said={})], NOW)
        conversation_id = inbox.waiting_conversations(connection, 99)[-1].id
        conversations.give_to_person(connection, conversation_id, "whatsapp", address, made.id, made.people[name], NOW)


def change(connection: Connection, made: MadeOffice, name: str) -> None:
    assert note_change(connection, "whatsapp", f"628120000{made.people[name]:04}", NEW, NOW)


def asked(connection: Connection, made: MadeOffice) -> Sequence[Unasked]:
    return number_change.due(desk_of(connection, made))


@pytest.mark.parametrize(
    ("joined", "changed", "deciders"),
    [
        ((SARI, DEWI, RATNA), SARI, [DEWI]),
        ((SARI, RATNA), SARI, [RATNA]),
        ((DEWI, RATNA), DEWI, [RATNA]),
        ((DEWI, SARI), DEWI, [DEWI]),
        ((SARI, JOKO), SARI, []),
        ((RATNA, DEWI), RATNA, [DEWI]),
        ((RATNA,), RATNA, []),
    ],
)
def test_admins_are_asked_else_the_camat(
    joined: tuple[str, ...], changed: str, deciders: list[str], engine: Engine
) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        join(connection, made, *joined)
        change(connection, made, changed)
        assert [one.person_id for one in asked(connection, made)] == [made.people[name] for name in deciders]


def test_it_is_said_with_both_numbers_and_two_buttons_that_last(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        join(connection, made, SARI, DEWI)
        change(connection, made, SARI)
        (one,) = asked(connection, made)
        notice = unasked.compose(desk_of(connection, made, DEWI), one.occasion)
    assert isinstance(notice, Notice)
    old = f"+62 812-0000-{made.people[SARI]:04}"
    assert notice.params == ("Bu Sari Andini (Kasi Pemerintahan)", old, "+62 812-0000-0099")
    assert all(param in notice.text for param in notice.params)
    assert [option.key for option in notice.options] == ["!nomor:1:benar", "!nomor:1:salah"]


def test_it_is_not_said_any_more_once_it_is_decided(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        join(connection, made, SARI, DEWI)
        change(connection, made, SARI)
        (one,) = asked(connection, made)
        desk = desk_of(connection, made, DEWI)
        desk.numbers.decline(1)
        assert unasked.compose(desk, one.occasion) is None
        assert asked(connection, made) == ()


def test_it_waits_for_the_hours_of_the_office(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        join(connection, made, SARI, DEWI)
        change(connection, made, SARI)
        night = desk_of(connection, made, now=NOW.replace(hour=15))
        before = Before({}, lambda _kinds: {})
        kinds = [
            {one.occasion["kind"] for one in unasked.due(desk, before)} for desk in (night, desk_of(connection, made))
        ]
    assert [number_change.NUMBER_CHANGE in found for found in kinds] == [False, True]


def test_several_at_once_are_told_apart(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        join(connection, made, SARI, JOKO, DEWI)
        change(connection, made, SARI)
        assert note_change(connection, "whatsapp", f"628120000{made.people[JOKO]:04}", "6281200000098", NOW)
        desk = desk_of(connection, made, DEWI)
        which = number_change.start(desk, "benar")
        assert isinstance(which, Choose)
        assert [option.key for option in which.options] == ["!nomor:1:benar", "!nomor:2:benar"]
        assert isinstance(number_change.start(desk, "2:benar"), Say)
        assert desk.numbers.present(made.people[JOKO], "whatsapp") == "6281200000098"


@pytest.mark.parametrize("token", ["!nomor:99:benar", "!nomor:x:benar", "!nomor:-1:salah", f"!nomor:{'9' * 30}:benar"])
def test_a_change_that_is_none_is_answered(token: str, sqlite_url: str) -> None:
    town = Town(sqlite_url)
    town.load("kecil")
    town.join("Bu Dewi Lestari")
    (reply,) = town.say("Bu Dewi Lestari", Press(token=token))
    assert words_of(reply).startswith("Permintaan ganti nomor itu tidak ditemukan")


def test_nobody_else_decides(sqlite_url: str) -> None:
    town = Town(sqlite_url)
    town.load("kecil")
    for name in ("Bu Dewi Lestari", "Pak Joko Santosa", "Bu Sari Andini (WhatsApp)"):
        town.join(name)
    town.hear("Bu Sari Andini (WhatsApp)", "nomor 0812-0000-0099")
    for name in ("Pak Joko Santosa", "Bu Sari Andini (WhatsApp)"):
        (reply,) = town.say(name, Press(token="!nomor:1:benar"))
        assert words_of(reply).startswith("Nomor baru diputuskan oleh admin atau camat")
    assert town.rows(NumberChange, "decision") == [("",)]


def test_a_number_of_somebody_else_is_not_asked_for(sqlite_url: str) -> None:
    town = Town(sqlite_url)
    town.load("kecil")
    sari, joko = "Bu Sari Andini (WhatsApp)", "Pak Joko Santosa (WhatsApp)"
    town.join(sari)
    town.join(joko)
    (reply,) = town.hear(sari, f"nomor +{town.account(joko)[1]}")
    assert words_of(reply).startswith("Nomor itu sudah dipakai orang lain.")
    assert town.rows(NumberChange, "id") == []
