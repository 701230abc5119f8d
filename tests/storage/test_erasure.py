"""Erasing a person: who they are and what they wrote goes from every table, the archive stays and still holds."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import NoResultFound

from domain.periods import Period
from storage import audit_chain, conversations, inbox, jobs, outbox
from storage.conversations import AfterTurn
from storage.engine import writing
from storage.erasure import AlreadyErased, Erasure, StillServing
from storage.evidence import NewEvidence
from storage.inbox import NewMessage
from storage.mentions import ERASED, Marks
from storage.outbox import NewSending
from storage.personal_columns import FATES, Fate
from storage.privacy import find_people
from storage.reports import NewReport
from storage.rows import add
from storage.tables import METADATA, Evidence, Inbox, Outbox, Person, Question, Signer, Tenure, table
from tests.offices import BUKU, NOW, MadeOffice, desk_of, make_office

SARI, DEWI = "Sari Andini", "Dewi Lestari"
PHONE, SHOWN = "+6281200000004", "+62 812-0000-0004"
TELEGRAM, WHATSAPP, OLD = "90010001", "6281200000004", "6281200000044"
MARKS = (SARI, SARI.lower(), PHONE, SHOWN, "81200000004", TELEGRAM, OLD)
MARCH = Period.month(2022, 3)
LEFT = NOW + timedelta(days=400)
LITTLE = frozenset({
    ("account", "channel"), ("conversation", "dialogue"), ("conversation", "step"), ("inbox", "external_id"),
    ("inbox", "message_id"), ("outbox", "dedup_key"), ("outbox", "error"), ("outbox", "occasion"),
    ("outbox", "provider_id"), ("person", "preferred_channel"), ("person", "salutation"), ("signer", "number"),
    ("signer", "rank"),
})  # fmt: skip
"""Columns that go, and are not found by a name."""


def said(words: str) -> dict[str, Any]:
    return {"kind": "text", "body": words}


def join(connection: Connection, made: MadeOffice, name: str, channel: str, address: str) -> int:
    """Somebody of the office who has written from an address; return their conversation."""
    key = f"{channel}-{address}"
    inbox.store(connection, [NewMessage(channel, address, key, key, said(f"halo, saya {name}"))], NOW)
    row = connection.execute(select(table(Inbox)).order_by(table(Inbox).c.id.desc()).limit(1)).one()
    inbox.finish(connection, [row.id], NOW)
    return conversations.give_to_person(
        connection, row.conversation_id, channel, address, made.id, made.people[name], NOW
    )


def send(connection: Connection, made: MadeOffice, name: str, chat: int, address: str, words: str, key: str) -> None:
    """Something that waits to be sent."""
    letter = NewSending(made.id, chat, made.people[name], "telegram", address, "answer", key, said(words), NOW, NOW)
    assert outbox.enqueue(connection, letter) is not None


def live(connection: Connection) -> MadeOffice:
    """An office in which Sari has worked for a year: she is in every table that can know her, and mentioned wherever
    somebody can be."""
    made = make_office(connection)
    sari, dewi = made.people[SARI], made.people[DEWI]
    chat = join(connection, made, SARI, "telegram", TELEGRAM)
    join(connection, made, SARI, "whatsapp", OLD)
    admins = join(connection, made, DEWI, "telegram", "90020002")
    desk = desk_of(connection, made, SARI)
    desk.submit([NewReport(made.indicators[BUKU], MARCH, Decimal(1), message_id="wamid.HBgNNjI4MTIwMDAwMDAwNBUC")])
    piece = NewEvidence(made.indicators[BUKU], MARCH, "ab" * 32, "photo", 9, f"{SARI}.jpg", f"Foto {SARI.lower()}")
    desk.add_evidence([piece])
    desk.privacy.ask()
    numbers = desk_of(connection, made, DEWI).numbers
    numbers.agree(numbers.ask(sari, "whatsapp", WHATSAPP))
    numbers.ask(sari, "whatsapp", "6281200000144")
    send(connection, made, SARI, chat, TELEGRAM, f"Bu {SARI}, laporan Maret ditunggu", "k-1")
    send(connection, made, DEWI, admins, "90020002", f"Nomor Bu {SARI} ({SHOWN}) berganti", "k-2")
    connection.execute(update(table(Outbox)).values(error=f"{WHATSAPP} refused", provider_id="p", occasion={"a": 1}))
    inbox.store(connection, [NewMessage("telegram", "90020002", "x", "x", said(f"cuti {SARI.upper()}"))], NOW)
    media = NewMessage("telegram", TELEGRAM, "y", "y", media={"file_id": "f", "caption": f"oleh {SARI}"})
    inbox.store(connection, [media], NOW)
    state = {"trails": {"x": [{"draft": {"names": [SARI], "phone": "0812 0000 0004"}}]}}
    for one in (chat, admins):
        conversations.save_all(connection, [AfterTurn(one, "report", "value", state)])
    jobs.begin(connection, sari, "read", {"caption": f"dari {SARI}"}, NOW)
    add(connection, table(Signer), _signer(made.id))
    connection.execute(
        update(table(Question)).values(
            text=f"Kata {SARI}?", answered_by=f"{SARI}, Kasi", reason=f"Sesuai WA {SHOWN}", answered_at=NOW
        )
    )
    words = {"office_id": made.id, "period": "2022-03", "reason": f"{SARI} sakit"}
    asked = {"post_id": made.posts["Camat"], "wanted": date(2022, 4, 9), "asked_on": date(2022, 4, 1), "asked_by": sari}
    add(connection, METADATA.tables["extension"], {**words, **asked, "decision": "asked"})
    locked = {"locks": True, "keeper": "admin", "person_id": dewi, "day": date(2022, 4, 20)}
    add(connection, METADATA.tables["periodturn"], {**words, **locked})
    sent = {"office_id": made.id, "person_id": dewi, "hash": "cd" * 32, "sent_at": NOW, "state": "review"}
    plan = {"name": f"Renaksi {SARI}.docx", "reading": {"people": [SARI]}, "answers": {"mode a": {"by": SARI}}}
    add(connection, METADATA.tables["planupload"], {**sent, **plan, "reason": f"Usul {SARI}", "document": ""})
    audit_chain.seal(connection, made.id, NOW)
    return made


def _signer(office_id: int) -> dict[str, Any]:
    named = {"name": f"Dra. {SARI.upper()}, M.Si", "rank": "Penata", "number": "123"}
    return {"office_id": office_id, "position": 0, "role": "Disusun oleh", "title": "Kasi", **named}


def leave(connection: Connection, made: MadeOffice, name: str) -> None:
    """The tenure ends before `LEFT`."""
    tenure = table(Tenure)
    connection.execute(update(tenure).where(tenure.c.person_id == made.people[name]).values(ends=date(2022, 12, 31)))


def erasure(connection: Connection, made: MadeOffice, name: str) -> Erasure:
    actor = desk_of(connection, made, DEWI).actor()
    return Erasure(connection, made.id, made.people[name], actor, LEFT, LEFT.date())


def mentioned(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every table and column in which something of Sari's stands."""
    for name, one in METADATA.tables.items():
        for row in connection.execute(select(one)).mappings():
            for column, value in row.items():
                if any(mark.casefold() in str(value).casefold() for mark in MARKS):
                    yield name, str(column)


def test_nothing_of_the_person_is_left_in_any_table(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        leave(connection, made, SARI)
        going = {
            (name, column)
            for name, fates in FATES.items()
            for column, fate in fates.items()
            if fate not in (Fate.NONE, Fate.ARCHIVE)
        }
        assert set(mentioned(connection)) >= going - LITTLE
        erased = erasure(connection, made, SARI).run()
        assert set(mentioned(connection)) == set()
        person = connection.execute(select(table(Person)).where(table(Person).c.id == made.people[SARI])).one()
        assert (person.name, person.salutation, person.phone, person.preferred_channel) == (ERASED, "", "", "")
        assert (erased.messages, erased.evidence, erased.sealed) == (4, 0, 0)
        assert erased.mentions >= 6


def test_the_archive_stays_and_the_chain_still_holds(engine: Engine) -> None:
    kept = ("tenure", "report", "audit", "auditseal", "absence", "achievement", "review", "post", "indicator")
    with writing(engine) as connection:
        made = live(connection)
        leave(connection, made, SARI)
        before = {name: connection.execute(select(METADATA.tables[name])).all() for name in kept}
        erasure(connection, made, SARI).run()
        after = {name: connection.execute(select(METADATA.tables[name])).all() for name in kept}
        assert after["audit"][:-1] == before.pop("audit")
        assert after["audit"][-1].action == "person erased"
        assert after["audit"][-1].subject == f"person {made.people[SARI]}"
        assert {name: after[name] for name in before} == before
        audit_chain.seal(connection, made.id, LEFT)
        chain = audit_chain.state(connection, made.id)
        assert (chain.broken, chain.unsealed) == (None, 0)
        piece = connection.execute(select(table(Evidence))).one()
        assert (piece.hash, piece.removed_at, piece.caption) == ("ab" * 32, None, f"Foto {ERASED}")


def test_evidence_goes_where_that_is_asked_for(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        leave(connection, made, SARI)
        assert erasure(connection, made, SARI).run(with_evidence=True).evidence == 1
        piece = connection.execute(select(table(Evidence))).one()
        assert (piece.removed_at, piece.removed_by, piece.name, piece.caption) == (LEFT, made.people[DEWI], "", "")


def test_what_was_not_sent_or_answered_yet_is_not_any_more(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        leave(connection, made, SARI)
        erasure(connection, made, SARI).run()
        waiting = connection.execute(select(table(Inbox).c.address).where(table(Inbox).c.state != "done")).scalars()
        assert set(waiting) == {"90020002"}
        due = connection.execute(select(table(Outbox).c.address).where(table(Outbox).c.state == "due")).scalars()
        assert set(due) == {"90020002"}
        assert jobs.due_count(connection) == 0
        inbox.store(connection, [NewMessage("telegram", TELEGRAM, "new", "new", said("halo"))], LEFT)
        chat = connection.execute(select(table(Inbox).c.conversation_id).order_by(table(Inbox).c.id.desc())).scalars()
        assert conversations.get(connection, next(iter(chat))).person_id is None


def test_who_holds_a_post_is_not_erased_by_mistake(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        with pytest.raises(StillServing):
            erasure(connection, made, SARI).run()
        assert SARI in str(connection.execute(select(table(Person))).all())
        erasure(connection, made, SARI).run(even_serving=True)
        assert set(mentioned(connection)) == set()
        with pytest.raises(AlreadyErased):
            erasure(connection, made, SARI).run(even_serving=True)


def test_nobody_of_another_office_is_erased(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        other = make_office(connection, name="Sebelah")
        there = Erasure(connection, other.id, made.people[SARI], desk_of(connection, other).actor(), LEFT, LEFT.date())
        with pytest.raises(NoResultFound):
            there.run()


def test_what_the_sealed_archive_says_of_the_person_is_counted(engine: Engine) -> None:
    with writing(engine) as connection:
        made = live(connection)
        desk = desk_of(connection, made, SARI)
        desk.notes.add(made.indicators[BUKU], f"Ditanyakan kepada {SARI}", desk.actor())
        leave(connection, made, SARI)
        assert erasure(connection, made, SARI).run().sealed == 2, "the note, and its entry in the record"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Bu Sari  Andini, hadir", f"Bu {ERASED}, hadir"),
        ("SARI ANDINI", ERASED),
        ("Sari Andiniwati dan Sari", "Sari Andiniwati dan Sari"),
        ("wa 0812-0000-0004.", f"wa {ERASED}."),
        ("081200000004 / +62 812 0000 0004", f"{ERASED} / {ERASED}"),
        ("812000000045", "812000000045"),
        ("chat 90010001, Rp190010001", f"chat {ERASED}, Rp190010001"),
    ],
)
def test_a_person_is_found_however_they_are_written(words: str, kept: str) -> None:
    pattern = Marks(SARI, PHONE, frozenset({TELEGRAM, "12"})).pattern
    assert pattern is not None
    assert pattern.sub(ERASED, words) == kept


def test_somebody_is_found_by_name_or_number(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        for words in (SARI, "sari  andini", PHONE, "0812-0000-0004", "62 812 0000 0004"):
            assert find_people(connection, made.id, words) == {made.people[SARI]: SARI}
        for words in ("Sari", "", "4", ERASED, "+62"):
            assert find_people(connection, made.id, words) == {}
