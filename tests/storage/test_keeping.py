"""What an office keeps no longer is cleared away: words of old chats and old files, a bit at a time, once a day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, update

from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.retention import KeepRule
from domain.standing import Standing
from storage import inbox, jobs, keeping, outbox
from storage.desk import Desk
from storage.engine import writing
from storage.evidence import NewEvidence
from storage.inbox import NewMessage
from storage.keeping import Cleared, clear, named_files
from storage.outbox import NewSending
from storage.reports import NewReport
from storage.rows import add
from storage.tables import Audit, Conversation, Evidence, Inbox, Job, Outbox, Report, Review, table
from tests.joined import join
from tests.offices import BUKU, NOW, PERDES, MadeOffice, desk_of, make_office

SARI, DEWI = "Sari Andini", "Dewi Lestari"
MARCH = Period.month(2022, 3)
LATER = datetime(2022, 7, 10, 17, 30, tzinfo=UTC)
"""Half past one at night of Monday 11 July 2022, WITA."""
_audit, _evidence, _inbox, _outbox = table(Audit), table(Evidence), table(Inbox), table(Outbox)


def keep(connection: Connection, made: MadeOffice, rule: KeepRule) -> None:
    """What the office chooses."""
    desk = desk_of(connection, made)
    desk.settings.choose(replace(desk.office.rules, keeping=rule), desk.office.zone)


def office(connection: Connection, rule: KeepRule) -> MadeOffice:
    made = make_office(connection)
    join(connection, made.id, made.people[SARI], "1001", NOW)
    keep(connection, made, rule)
    return made


def say(connection: Connection, number: int, at: datetime, address: str = "1001", state: str = "done") -> None:
    """Somebody wrote, and was answered."""
    said: dict[str, Any] = {"kind": "text", "body": "12 desa"}
    inbox.store(connection, [NewMessage("telegram", address, f"x{number}", f"m{number}", said, said_at=at)], at)
    key = connection.execute(select(_inbox.c.id).where(_inbox.c.external_id == f"x{number}")).scalar_one()
    connection.execute(update(_inbox).where(_inbox.c.id == key).values(state=state))


def answer(connection: Connection, made: MadeOffice, number: int, at: datetime, state: str = "sent") -> None:
    chat = connection.execute(select(func.min(table(Conversation).c.id))).scalar_one()
    said = {"kind": "say", "text": "Tersimpan"}
    letter = NewSending(made.id, chat, made.people[SARI], "telegram", "1001", "answer", f"r{number}", said, at, at)
    key = outbox.enqueue(connection, letter)
    connection.execute(update(_outbox).where(_outbox.c.id == key).values(state=state, settled_at=at))


def night(connection: Connection, made: MadeOffice, at: datetime = LATER) -> Desk:
    """The program's own desk."""
    return desk_of(connection, made, now=at)


def kept_words(connection: Connection) -> tuple[int, int]:
    """How many messages that came and went still have words."""
    counted = (select(func.count()).where(column.is_not(None)) for column in (_inbox.c.said, _outbox.c.message))
    received, sent = (connection.execute(one).scalar_one() for one in counted)
    return received, sent


def test_words_of_old_chats_go_and_their_rows_stay(engine: Engine) -> None:
    with writing(engine) as connection:
        made = office(connection, KeepRule(messages=3))
        for number, at in enumerate((datetime(2022, 4, 10, 15, tzinfo=UTC), datetime(2022, 4, 10, 17, tzinfo=UTC))):
            say(connection, number, at)
            answer(connection, made, number, at)
        assert clear(night(connection, made)) == Cleared(messages=3, evidence=0, more=False)
        assert kept_words(connection) == (1, 1), "what was said on the 11th of April, WITA, is not three months old"
        assert connection.execute(select(func.count()).select_from(_inbox)).scalar_one() == 3
        recorded = connection.execute(select(_audit).where(_audit.c.action == "old data cleared")).one()
        assert (recorded.subject, recorded.new, recorded.person_id) == (
            f"office {made.id}", "messages 3, evidence 0", None,
        )  # fmt: skip


def test_what_waits_is_not_cleared(engine: Engine) -> None:
    with writing(engine) as connection:
        made = office(connection, KeepRule(messages=1))
        say(connection, 1, NOW, state="ready")
        answer(connection, made, 1, NOW, "waiting")
        answer(connection, made, 2, NOW, "due")
        jobs.begin(connection, made.people[SARI], "read", {"caption": "x"}, NOW)
        clear(night(connection, made))
        assert kept_words(connection) == (1, 2)
        assert jobs.due_count(connection) == 1


def test_work_that_is_done_and_strangers_go_along(engine: Engine) -> None:
    with writing(engine) as connection:
        made = office(connection, KeepRule(messages=1))
        say(connection, 1, NOW, "9999")
        jobs.begin(connection, made.people[SARI], "read", {"caption": "x"}, NOW)
        connection.execute(update(table(Job)).values(state="done", done_at=NOW))
        clear(night(connection, made))
        assert kept_words(connection) == (0, 0)
        assert connection.execute(select(func.count()).select_from(table(Job))).scalar_one() == 0


def test_another_office_keeps_what_it_chose(engine: Engine) -> None:
    with writing(engine) as connection:
        made = office(connection, KeepRule(messages=1))
        other = make_office(connection, name="Sebelah")
        keep(connection, other, KeepRule(messages=None))
        assert clear(night(connection, other)) == Cleared()
        assert kept_words(connection) == (1, 0)
        assert clear(night(connection, made)).messages == 1


def test_it_is_done_once_a_day_and_so_much_at_a_time(engine: Engine) -> None:
    with writing(engine) as connection:
        made = office(connection, KeepRule(messages=1))
        chat = connection.execute(select(_inbox.c.conversation_id)).scalar_one()
        blank = {"conversation_id": chat, "channel": "telegram", "address": "1001", "message_id": "", "attempts": 0}
        rows = [
            {**blank, "external_id": f"many{at}", "state": "done", "said": {}, "received_at": NOW, "said_at": NOW}
            for at in range(keeping.AT_ONCE)
        ]
        connection.execute(insert(_inbox), rows)
        assert clear(night(connection, made)) == Cleared(keeping.AT_ONCE, 0, more=True)
        assert clear(night(connection, made)) == Cleared(1, 0, more=False)
        say(connection, 1, NOW)
        assert clear(night(connection, made, LATER + timedelta(hours=3))) == Cleared()
        assert clear(night(connection, made, LATER + timedelta(days=1))).messages == 1


def report(connection: Connection, made: MadeOffice, *codes: str) -> None:
    desk = desk_of(connection, made, SARI)
    desk.submit([NewReport(made.indicators[code], MARCH, Decimal(1)) for code in codes])
    desk.add_evidence([NewEvidence(made.indicators[code], MARCH, code[0] * 64, "photo", 9) for code in codes])


def verify(connection: Connection, made: MadeOffice, code: str) -> None:
    wanted = select(table(Report).c.id).where(table(Report).c.indicator_id == made.indicators[code])
    review = {"report_id": connection.execute(wanted).scalar_one(), "verdict": Standing.VERIFIED.value, "reason": ""}
    who = {"person_id": made.people[DEWI], "post_id": made.posts["Kasubbag Perencanaan"], "capacity": "definitif"}
    add(connection, table(Review), {"office_id": made.id, "at": NOW, **review, **who})


def without_file(connection: Connection, made: MadeOffice) -> list[str]:
    """The indicators whose piece of evidence has lost its file."""
    names = {key: code for code, key in made.indicators.items()}
    gone = select(_evidence.c.indicator_id).where(_evidence.c.removed_at.is_not(None)).order_by(_evidence.c.id)
    return [names[key] for key in connection.execute(gone).scalars()]


def test_old_files_of_verified_figures_go_and_their_rows_stay(engine: Engine) -> None:
    with writing(engine) as connection:
        made = office(connection, KeepRule(evidence=3))
        report(connection, made, BUKU, PERDES)
        verify(connection, made, BUKU)
        assert clear(night(connection, made, NOW + timedelta(days=60))).evidence == 0
        assert clear(night(connection, made)).evidence == 1
        assert without_file(connection, made) == [BUKU], "the other figure is still to be checked"
        piece = connection.execute(select(_evidence).where(_evidence.c.removed_at.is_not(None))).one()
        assert (piece.hash, piece.removed_at, piece.removed_by) == (BUKU[0] * 64, LATER, None)


def test_what_is_locked_need_not_be_verified_any_more(engine: Engine) -> None:
    with writing(engine) as connection:
        made = office(connection, KeepRule(evidence=3))
        report(connection, made, BUKU, PERDES)
        desk = desk_of(connection, made)
        desk.settings.choose(replace(desk.office.rules, lock_after=5), desk.office.zone)
        assert clear(night(connection, made)).evidence == 2


def test_evidence_is_kept_for_ever_unless_the_office_says_otherwise(engine: Engine) -> None:
    assert OfficeRules().keeping == KeepRule(messages=24, evidence=None)
    with writing(engine) as connection:
        made = make_office(connection)
        report(connection, made, BUKU)
        verify(connection, made, BUKU)
        assert clear(night(connection, made, LATER + timedelta(days=3000))).evidence == 0


# --- files in the store ---------------------------------------------------------------------------------------------

REFS = tuple(digit * 64 for digit in "0123456789")


def test_a_file_is_named_by_whatever_still_needs_it(engine: Engine) -> None:
    week = timedelta(days=7)
    with writing(engine) as connection:
        made = office(connection, KeepRule())
        desk = desk_of(connection, made, SARI)
        piece = NewEvidence(made.indicators[BUKU], MARCH, REFS[0], "photo", 9, shown=REFS[1])
        taken_back = NewEvidence(made.indicators[PERDES], MARCH, REFS[2], "photo", 9)
        desk.add_evidence([piece, taken_back])
        connection.execute(update(_evidence).where(_evidence.c.hash == REFS[2]).values(removed_at=NOW))
        for number, (ref, state) in enumerate(((REFS[3], "ready"), (REFS[4], "done"))):
            said = {"kind": "photo", "ref": ref, "size": 9}
            inbox.store(connection, [NewMessage("telegram", "1001", f"p{number}", "", said)], NOW)
            connection.execute(update(_inbox).where(_inbox.c.external_id == f"p{number}").values(state=state))
        answer(connection, made, 1, NOW)
        connection.execute(update(_outbox).values(message={"kind": "file", "ref": REFS[5], "name": "x"}))
        jobs.begin(connection, made.people[SARI], "read", {"ref": REFS[6]}, NOW)
        draft = {"trails": {"report:": [{"draft": {"evidence": [REFS[7]]}}]}}
        connection.execute(update(table(Conversation)).values(state=draft))
        assert named_files(connection, REFS, NOW - week) == frozenset(REFS[:8])
        assert named_files(connection, REFS, NOW + week) == {REFS[0], REFS[1], REFS[3], REFS[6], REFS[7]}
        assert named_files(connection, REFS[8:], NOW - week) == frozenset()


@pytest.mark.parametrize("number", [1, 1100])
def test_many_files_are_asked_for_at_once(number: int, engine: Engine) -> None:
    refs = [f"{at:064x}" for at in range(number)]
    with writing(engine) as connection:
        made = office(connection, KeepRule())
        last = NewEvidence(made.indicators[BUKU], MARCH, refs[-1], "photo", 9)
        desk_of(connection, made, SARI).add_evidence([last])
        assert named_files(connection, refs, NOW) == {refs[-1]}
