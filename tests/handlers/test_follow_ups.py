"""What is said of open follow-ups without being asked: by their dates, in a period's first reminder, to the camat."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from domain.deadlines import Deadline
from domain.explaining import Asked
from domain.ladder import Stage, StageDay
from domain.message_plan import Call
from domain.office_rules import OfficeRules
from domain.periods import Period
from handlers import digest, unasked
from handlers.dialogue import Begin
from handlers.follow_ups import after_sending, open_ones, words
from handlers.follow_ups.telling import FOLLOW_UP, compose, due, reminder_line
from handlers.messages import Chart, Choose, Notice, Say
from handlers.occasions import Before
from handlers.texts import follow_ups as texts
from storage.desk import Desk
from storage.engine import writing
from storage.follow_ups import NewFollowUp
from storage.reports import NewReport
from tests.offices import BUKU, KASI, PERDES, MadeOffice, desk_of, make_office
from tests.transcripts.plans import SMALL_PLANS

RATNA, SARI, JOKO = "Ratna Dewanti", "Sari Andini", "Joko Santosa"
FEBRUARY, MARCH, APRIL = (Period.month(2022, month) for month in (2, 3, 4))
FRIDAY = date(2022, 4, 29)


def at(day: int, hour: int = 8, month: int = 4) -> datetime:
    """That hour of a day of 2022 in the office, WITA."""
    return datetime(2022, month, day, hour - 8, tzinfo=UTC)


def say(connection: Connection, made: MadeOffice, until: date | None, code: str = BUKU, month: Period = MARCH) -> int:
    new = NewFollowUp(made.indicators[code], month, Asked.OBSTACLE, "Menunggu desa", "Surat ke desa", "", until)
    return desk_of(connection, made, SARI, at(30, month=3)).follow_ups.add(new)


def nothing_told(_counted: object) -> Mapping[tuple[int, str], Sequence[Mapping[str, Any]]]:
    return {}


# --- its date ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "month", "hour", "told"),
    [(27, 4, 8, 0), (28, 4, 8, 1), (28, 4, 17, 0), (29, 4, 8, 0), (30, 4, 8, 0), (2, 5, 8, 1), (3, 5, 8, 0)],
)
def test_a_date_is_told_the_working_day_before_and_after(
    engine: Engine, day: int, month: int, hour: int, told: int
) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        say(connection, made, FRIDAY)
        found = [
            one
            for one in unasked.due(desk_of(connection, made, now=at(day, hour, month)), Before({}, nothing_told))
            if one.occasion["kind"] == FOLLOW_UP
        ]
        assert len(found) == told
        assert {one.person_id for one in found} <= {made.people[SARI]}


def test_several_of_a_day_are_one_message(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        ids = [say(connection, made, FRIDAY), say(connection, made, FRIDAY, PERDES)]
        (one,) = due(desk_of(connection, made, now=at(28)))
        assert one.occasion == {"kind": FOLLOW_UP, "ids": ids}
        notice = unasked.compose(desk_of(connection, made, SARI, at(28)), one.occasion)
        assert isinstance(notice, Notice)
        assert notice.text == (
            "Bu Sari Andini, tindak lanjut ini segera jatuh tempo dan belum ditandai selesai:\n"
            "• Desa yang memiliki buku wajib administrasi: Surat ke desa (s/d Jumat 29 April)\n"
            "• Peraturan desa yang diterbitkan: Surat ke desa (s/d Jumat 29 April)\n"
            "Bila sudah selesai, tandai di sini."
        )
        assert [option.key for option in notice.options] == ["!tindak"]


def test_what_is_done_meanwhile_is_not_told(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        done, left = say(connection, made, FRIDAY), say(connection, made, FRIDAY, PERDES)
        (one,) = due(desk_of(connection, made, now=at(2, month=5)))
        sari = desk_of(connection, made, SARI, at(2, month=5))
        sari.follow_ups.end(done, "Selesai")
        notice = compose(sari, one.occasion)
        assert notice is not None
        assert [option.key for option in notice.options] == [f"!tindak:{left}"]
        assert "sudah lewat waktunya" in notice.text
        sari.follow_ups.end(left, "Selesai")
        assert compose(sari, one.occasion) is None


# --- in what is said anyway ---------------------------------------------------------------------------------------


def _call(made: MadeOffice, stage: Stage) -> Call:
    day = StageDay(stage, date(2022, 4, 27), date(2022, 5, 5), (APRIL,), Deadline.INTERNAL)
    return Call(day, (made.posts[KASI],), False)


def test_the_first_reminder_of_the_next_period_tells_what_has_no_date(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        say(connection, made, None)
        say(connection, made, FRIDAY, PERDES)
        sari = desk_of(connection, made, SARI, at(27))
        assert reminder_line(sari, _call(made, Stage.NOTICE)) == (
            "1 tindak lanjut masih terbuka (ketik tindak lanjut)."
        )
        assert reminder_line(sari, _call(made, Stage.DUE)) == ""


def test_what_nobody_explained_is_one_line_of_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        report(desk_of(connection, made, SARI, at(1)), made, BUKU, MARCH, 0)
        sari = desk_of(connection, made, SARI, at(27))
        assert reminder_line(sari, _call(made, Stage.NOTICE)) == "1 kendala belum dijelaskan (ketik kendala)."


def report(desk: Desk, made: MadeOffice, code: str, month: Period, value: int) -> None:
    desk.submit([NewReport(made.indicators[code], month, Decimal(value))])


def test_the_camat_reads_how_many_are_open_and_late(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        say(connection, made, FRIDAY)
        say(connection, made, None, PERDES)
        chart = digest.summary(desk_of(connection, made, RATNA, at(2, month=5)))
        assert isinstance(chart, Chart)
        assert chart.caption.splitlines()[-1] == "Tindak lanjut terbuka: 2, lewat waktu 1"
        assert "!tindak" in [option.key for option in chart.options]


# --- asking after figures were sent --------------------------------------------------------------------------------


def _asked(desk: Desk, made: MadeOffice, *sent: tuple[str, Period]) -> list[tuple[int, str]]:
    ending = after_sending("Terkirim.", [(made.indicators[code], month) for code, month in sent], desk)
    return list(ending.draft.asked) if isinstance(ending, Begin) else []


def test_the_worst_are_asked_about_and_no_more_than_the_office_wants(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari = desk_of(connection, made, SARI)
        report(sari, made, BUKU, MARCH, 1)
        report(sari, made, PERDES, MARCH, 0)
        sent = ((BUKU, MARCH), (PERDES, MARCH))
        perdes, buku = (made.indicators[PERDES], "2022-03"), (made.indicators[BUKU], "2022-03")
        assert _asked(sari, made, *sent) == [perdes, buku]
        rules = {**sari.office.rules.to_json(), "explaining": {"most": 1}}
        sari.settings.choose(OfficeRules.from_json(rules), sari.office.zone)
        assert _asked(desk_of(connection, made, SARI), made, *sent) == [perdes]


def test_what_was_explained_is_asked_again_only_when_it_became_worse(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari = desk_of(connection, made, SARI)
        report(sari, made, BUKU, MARCH, 2)
        (duty,) = [duty for duty in sari.duties if duty.code == BUKU]
        capaian = duty.figures[MARCH].capaian_to_date
        sari.follow_ups.add(NewFollowUp(duty.id, MARCH, Asked.OBSTACLE, "Menunggu desa", capaian=capaian))
        assert _asked(sari, made, (BUKU, MARCH)) == []
        report(sari, made, BUKU, MARCH, 1)
        assert _asked(desk_of(connection, made, SARI), made, (BUKU, MARCH)) == [(duty.id, "2022-03")]


def test_nothing_is_asked_of_a_figure_that_is_good_or_somebody_elses(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari = desk_of(connection, made, SARI)
        report(sari, made, BUKU, FEBRUARY, 2)
        assert _asked(sari, made, (BUKU, FEBRUARY)) == []
        report(sari, made, BUKU, MARCH, 0)
        joko = desk_of(connection, made, JOKO)
        assert _asked(joko, made, (BUKU, MARCH)) == []
        assert isinstance(after_sending("Terkirim.", (), sari), Say)


# --- reading and listing -------------------------------------------------------------------------------------------


def test_its_owner_explains_a_figure_by_its_button_and_others_read_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        report(desk_of(connection, made, SARI), made, BUKU, MARCH, 1)
        button = words.key_of(made.indicators[BUKU], MARCH).removeprefix("!kendala:")
        asked = words.start(desk_of(connection, made, SARI), button)
        assert isinstance(asked, Begin)
        assert asked.draft.asked == ((made.indicators[BUKU], "2022-03"),)
        ratna = desk_of(connection, made, RATNA)
        assert "belum ada kendala" in text_of(words.start(ratna, button))
        say(connection, made, FRIDAY)
        for typed in (button, "buku wajib maret"):
            assert text_of(words.start(ratna, typed)) == (
                "Desa yang memiliki buku wajib administrasi, Maret 2022\n"
                "Kendala: Menunggu desa\n"
                "Tindak lanjut: Surat ke desa (s/d Jumat 29 April)"
            )
        assert text_of(words.start(desk_of(connection, made, JOKO), button)) == texts.NOT_YOURS
        assert text_of(words.start(ratna, "999:2022-03")) == texts.GONE
        assert text_of(words.start(ratna, f"{made.indicators[BUKU]}:2022-99")) == texts.GONE


def text_of(answer: object) -> str:
    assert isinstance(answer, Say)
    return answer.text


def test_many_are_listed_by_pages(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=SMALL_PLANS["dua-belas"])
        for code in made.indicators:
            say(connection, made, None, code)
        sari = desk_of(connection, made, SARI)
        first, second = (open_ones.start(sari, page) for page in ("", "hal:2"))
        assert isinstance(first, Choose)
        assert isinstance(second, Choose)
        assert [len(first.options), len(second.options)] == [10, 3]
        assert (first.options[-1].key, first.title) == ("!tindak:hal:2", "Tindak lanjut terbuka: 12")
        assert len({option.key for option in (*first.options[:-1], *second.options)}) == 12
        assert open_ones.start(sari, "hal:9") == first


def test_one_that_is_not_theirs_is_read_only(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        follow_up_id = say(connection, made, FRIDAY)
        assert text_of(open_ones.start(desk_of(connection, made, RATNA), str(follow_up_id))).startswith("Desa yang")
        assert text_of(open_ones.start(desk_of(connection, made, JOKO), str(follow_up_id))) == texts.NO_SUCH
        sari = desk_of(connection, made, SARI)
        assert isinstance(open_ones.start(sari, str(follow_up_id)), Begin)
        sari.follow_ups.end(follow_up_id, "Selesai")
        assert text_of(open_ones.start(sari, str(follow_up_id))).endswith("Sudah selesai.")
