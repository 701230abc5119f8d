"""What is said about indicators: kept for those who may see them, through a new version of the plan."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from storage.desk import Desk
from storage.engine import writing
from storage.plans import apply_plan
from storage.tables import Audit, table
from tests.offices import BUKU, GAJI, KASI, NOW, PLAN, desk_of, make_office

RATNA, DEWI, SARI, JOKO = "Ratna Dewanti", "Dewi Lestari", "Sari Andini", "Joko Santosa"
_audit = table(Audit)


def _add(desk: Desk, indicator_id: int, text: str) -> None:
    desk.notes.add(indicator_id, text, desk.actor(desk.held_posts[0].post.id))


def _texts(desk: Desk, indicator_id: int) -> list[str]:
    return [note.text for note in desk.notes.thread(indicator_id)]


def _id(desk: Desk, code: str) -> int:
    return next(duty.id for duty in desk.office_duties if duty.code == code)


def _actions(connection: Connection) -> list[str]:
    return list(connection.execute(select(_audit.c.action)).scalars())


def test_a_thread_is_kept_in_order_with_its_authors(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        buku = made.indicators[BUKU]
        _add(desk_of(connection, made, RATNA), buku, "Mohon dikejar")
        _add(desk_of(connection, made, SARI), buku, "Baik, Bu")
        thread = desk_of(connection, made, SARI).notes.thread(buku)
        assert [(note.text, note.person_id, note.post_id) for note in thread] == [
            ("Mohon dikejar", made.people[RATNA], made.posts["Camat"]),
            ("Baik, Bu", made.people[SARI], made.posts[KASI]),
        ]
        assert _actions(connection)[-2:] == ["note written"] * 2


def test_nobody_writes_or_reads_about_what_they_may_not_see(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        _add(desk_of(connection, made, RATNA), made.indicators[GAJI], "Cek lagi")
        sari = desk_of(connection, made, SARI)
        with pytest.raises(PermissionError):
            _add(sari, made.indicators[GAJI], "Bukan punya saya")
        assert _texts(sari, made.indicators[GAJI]) == []
        assert _texts(desk_of(connection, made, JOKO), made.indicators[GAJI]) == ["Cek lagi"]
        assert _texts(desk_of(connection, made, DEWI), made.indicators[GAJI]) == ["Cek lagi"]


def test_the_program_itself_writes_none(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, RATNA)
        program = Desk(connection, made.id, NOW, desk.almanac)
        with pytest.raises(PermissionError):
            desk.notes.add(made.indicators[BUKU], "Siapa?", program.actor())


def test_a_new_version_of_the_plan_keeps_the_thread(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        _add(desk_of(connection, made, RATNA), made.indicators[BUKU], "Mohon dikejar")
        apply_plan(connection, replace(PLAN, reason="PK Perubahan"), NOW + timedelta(days=1))
        desk = desk_of(connection, made, SARI)
        now_id = _id(desk, BUKU)
        assert now_id != made.indicators[BUKU]
        assert _texts(desk, now_id) == ["Mohon dikejar"]
        _add(desk, now_id, "Baik, Bu")
        assert _texts(desk, now_id) == ["Mohon dikejar", "Baik, Bu"]


def test_the_thread_with_the_newest_note_is_the_last(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, RATNA)
        for code in (BUKU, GAJI, BUKU):
            _add(desk, made.indicators[code], "Catatan")
        assert list(desk.notes.threads()) == [made.indicators[GAJI], made.indicators[BUKU]]
