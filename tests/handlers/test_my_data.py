"""Who is told that somebody asked to be erased, when they are told again, and when nobody needs to be any more."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine

from handlers import my_data, unasked
from handlers.messages import Notice, Say, Worked
from handlers.occasions import Before
from storage.engine import writing
from tests.handlers.test_number_change import join
from tests.offices import NOW, MadeOffice, desk_of, make_office
from tests.storage.test_erasure import LEFT, leave

SARI, DEWI, RATNA, JOKO = "Sari Andini", "Dewi Lestari", "Ratna Dewanti", "Joko Santosa"


def asked(connection: Connection, *joined: str) -> MadeOffice:
    """An office in which Sari asked to be erased."""
    made = make_office(connection)
    join(connection, made, SARI, *joined)
    desk_of(connection, made, SARI).privacy.ask()
    return made


@pytest.mark.parametrize(("joined", "told"), [((DEWI, RATNA), DEWI), ((RATNA, JOKO), RATNA), ((JOKO,), None)])
def test_admins_are_told_else_the_camat(joined: tuple[str, ...], told: str | None, engine: Engine) -> None:
    with writing(engine) as connection:
        made = asked(connection, *joined)
        found = [one.person_id for one in my_data.due(desk_of(connection, made))]
        assert found == ([] if told is None else [made.people[told]])


def test_who_decides_is_told_again_when_the_person_has_left(engine: Engine) -> None:
    with writing(engine) as connection:
        made = asked(connection, DEWI)
        (first,) = my_data.due(desk_of(connection, made))
        dewi = desk_of(connection, made, DEWI)
        notice = unasked.compose(dewi, first.occasion)
        assert isinstance(notice, Notice)
        assert notice.params == ("Bu Sari Andini (Kasi Pemerintahan)",)
        assert [option.key for option in notice.options] == [f"!data:tolak:{made.people[SARI]}"]
        leave(connection, made, SARI)
        later = desk_of(connection, made, DEWI, LEFT)
        assert unasked.compose(later, first.occasion) is None
        (second,) = my_data.due(later)
        assert second.key != first.key
        again = unasked.compose(later, second.occasion)
        assert isinstance(again, Notice)
        assert again.params == ("Bu Sari Andini (mantan Kasi Pemerintahan)",)
        assert [option.key.split(":")[1] for option in again.options] == ["setuju", "tolak"]


def test_nobody_is_told_once_it_is_decided_or_withdrawn(engine: Engine) -> None:
    with writing(engine) as connection:
        made = asked(connection, DEWI)
        (one,) = my_data.due(desk_of(connection, made))
        desk_of(connection, made, SARI).privacy.withdraw()
        assert unasked.compose(desk_of(connection, made, DEWI), one.occasion) is None
        assert my_data.due(desk_of(connection, made)) == ()


def test_it_waits_for_the_hours_of_the_office(engine: Engine) -> None:
    with writing(engine) as connection:
        made = asked(connection, DEWI)
        night = desk_of(connection, made, now=NOW + timedelta(hours=12))
        assert unasked.due(night, Before({}, lambda _kinds: {})) == ()
        day = [one.occasion["kind"] for one in unasked.due(desk_of(connection, made), Before({}, lambda _kinds: {}))]
        assert my_data.ERASURE in day


def test_who_holds_a_post_is_not_erased_by_an_old_button(engine: Engine) -> None:
    with writing(engine) as connection:
        made = asked(connection, DEWI)
        dewi = desk_of(connection, made, DEWI)
        for word in ("setuju", "pasti"):
            answer = my_data.start(dewi, f"{word}:{made.people[SARI]}")
            assert "Masih memegang jabatan" in getattr(answer, "text", "")
        assert dewi.people[made.people[SARI]].name == SARI


@pytest.mark.parametrize("words", ["lihat:0", "lihat:x", "pasti:999999", "tolak:", "pasti:" + "9" * 40])
def test_a_button_about_nobody_shows_one_s_own(words: str, engine: Engine) -> None:
    with writing(engine) as connection:
        made = asked(connection, DEWI)
        answer = my_data.start(desk_of(connection, made, DEWI), words)
        assert getattr(answer, "title", "") == "Data Anda di Renaksi"


def test_somebody_of_another_office_is_nobody(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = asked(connection, DEWI), make_office(connection, name="Sebelah")
        dewi = desk_of(connection, made, DEWI)
        answer = my_data.start(dewi, f"pasti:{other.people[SARI]}")
        assert getattr(answer, "title", "") == "Data Anda di Renaksi"
        assert desk_of(connection, other).people[other.people[SARI]].name == SARI


@pytest.mark.parametrize(
    ("words", "meant"),
    [("saya", True), ("Salinan", True), ("pegawai sari", True), ("belum ada", False), ("nihil", False), ("12", False)],
)
def test_an_answer_that_begins_like_the_word_is_left_alone(words: str, meant: bool) -> None:
    assert my_data.takes(words) == meant


def test_a_copy_that_could_not_be_made_is_said(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, asked(connection), SARI)
        assert isinstance(my_data.copied(desk, Worked(job=my_data.COPY, result={"ref": ""})), Say)
