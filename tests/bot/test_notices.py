"""What is said unasked: once, to those who need it, within the office's hours, as things stand at that moment."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from bot.channels.base import RecipientGone, TryLater
from bot.clock import machine_now
from bot.holiday_dates import NationalAlmanac
from bot.notices import Ticker
from domain.deadlines import CutOff, CutOffKind
from domain.ladder import DEFAULT_RUNGS, LadderRule, Rung, Stage
from domain.office_rules import OfficeRules
from handlers.messages import Notice, Text
from storage.engine import writing
from storage.offices import all_offices
from storage.outbox import RETRY_DELAYS
from storage.tables import Office, Snapshot, table
from tests.bot.edge import Edge, tick, wita
from tests.offices import make_office
from tests.together import together

pytestmark = pytest.mark.sampled_on_postgresql

SARI, JOKO, CAMAT = "1001", "1005", "1006"
AGUS, DEWI = "1002", "1003"
KASI_NAME, PELAKSANA_NAME, CAMAT_NAME = "Sari Andini", "Joko Santosa", "Ratna Dewanti"
_office = table(Office)


EARLY = wita(28, 7, 45, month=3)
"""A Monday before anything is said."""
DAY_BEFORE = wita(4, 8)
"""Monday 4 April, the working day before March closes."""


@pytest.fixture
async def office(edge: Edge) -> Edge:
    """Kasi and Pengelola Gaji have joined; nothing has been said unasked yet."""
    edge.office_now.now = EARLY
    await edge.join(KASI_NAME, SARI)
    await edge.join(PELAKSANA_NAME, JOKO)
    edge.phones.sent.clear()
    return edge


async def report_march(edge: Edge) -> None:
    """Sari reports everything that March asks of her."""
    await edge.say(SARI, "lapor", "1", "1", "25", "kirim 3 laporan")
    assert "terkirim" in edge.phones.heard(SARI)[-1]


def notices(edge: Edge) -> list[tuple[str, str]]:
    """Lane and state of what was said unasked, by address."""
    return [(row.address, row.state) for row in edge.outbox_rows() if row.lane == "notice"]


async def test_who_has_not_reported_is_reminded_once_however_often_the_clock_ticks(office: Edge) -> None:
    for minutes in (0, 1, 30, 300):
        await tick(office, DAY_BEFORE + timedelta(minutes=minutes))
    assert notices(office) == [(SARI, "sent"), (JOKO, "sent")]
    reminder = office.phones.sent[0][1]
    assert isinstance(reminder, Notice)
    assert "Selasa 5 April" in reminder.text


async def test_who_has_reported_everything_is_not_reminded(office: Edge) -> None:
    await report_march(office)
    await tick(office, DAY_BEFORE)
    assert notices(office) == [(JOKO, "sent")]


async def test_who_has_not_joined_cannot_be_reminded(edge: Edge) -> None:
    assert edge.made
    await tick(edge, DAY_BEFORE)
    assert edge.outbox_rows() == []


async def test_two_processes_that_tick_at_once_remind_once(
    office: Edge, database_url: str, open_url: Callable[[str], Engine]
) -> None:
    engines = [open_url(database_url), open_url(database_url)]

    def tick_in(engine: Engine) -> int:
        with writing(engine) as connection:
            return Ticker(NationalAlmanac(), machine_now).tick(connection, DAY_BEFORE)

    assert sum(together([lambda: tick_in(engines[0]), lambda: tick_in(engines[1])])) == 2
    assert notices(office) == [(SARI, "due"), (JOKO, "due")]


@pytest.mark.parametrize(
    "moment",
    [wita(4, 7, 59), wita(4, 16), wita(4, 20), wita(3, 9), wita(2, 9)],
    ids=["before the sending time", "at closing", "at night", "on a Sunday", "on a Saturday"],
)
async def test_nobody_is_written_to_outside_the_hours(office: Edge, moment: datetime) -> None:
    await tick(office, moment)
    assert notices(office) == []


async def test_a_program_that_was_down_in_the_morning_reminds_when_it_is_back_and_only_of_that_day(
    office: Edge,
) -> None:
    await tick(office, wita(5, 14))
    assert notices(office) == [(SARI, "sent"), (JOKO, "sent")]
    assert "hari ini" in office.phones.heard(SARI)[0]


async def test_a_period_brings_no_more_reminders_than_the_office_wants(office: Edge) -> None:
    for day in (29, 30, 31):
        await tick(office, wita(day, 8, month=3))
    for day in range(1, 15):
        await tick(office, wita(day, 8))
    reminders = [row for row in office.outbox_rows() if row.address == SARI and row.lane == "notice"]
    about_march = [row.occasion["calls"][0]["stage"] for row in reminders if row.counted_as == "2022-03"]
    assert about_march == ["notice", "H-1", "H", "H+1"]


async def test_a_stage_that_a_change_of_rules_moves_is_not_told_twice(office: Edge) -> None:
    await tick(office, wita(29, 8, month=3))
    assert notices(office) == [(SARI, "sent"), (JOKO, "sent")]
    later = OfficeRules(ladder=LadderRule((Rung(Stage.NOTICE, -1), *DEFAULT_RUNGS[1:])))
    with writing(office.engine) as connection:
        connection.execute(update(_office).values(rules=later.to_json()))
    await tick(office, wita(30, 8, month=3))
    assert notices(office) == [(SARI, "sent"), (JOKO, "sent")]
    moved = OfficeRules(internal=CutOff(CutOffKind.DAY, 7))
    with writing(office.engine) as connection:
        connection.execute(update(_office).values(rules=moved.to_json()))
    await tick(office, wita(6, 8))
    assert len(notices(office)) == 4


async def test_the_weekly_summary_goes_to_whom_the_office_added_too_and_to_nobody_who_may_not_see_it(
    office: Edge,
) -> None:
    for name, address in (("Ratna Dewanti", CAMAT), ("Agus Prasetya", AGUS), ("Dewi Lestari", DEWI)):
        await office.join(name, address)
    chosen = OfficeRules(digest_posts=("Sekretaris Kecamatan", "Kasubbag Perencanaan", "Kasi Pemerintahan"))
    with writing(office.engine) as connection:
        connection.execute(update(_office).values(rules=chosen.to_json()))
    for minute in (0, 1):
        await tick(office, wita(4, 8, minute))
    written = [row for row in office.outbox_rows() if row.dedup_key.startswith("digest:")]
    assert sorted(row.address for row in written) == [AGUS, DEWI, CAMAT]


async def test_a_reminder_that_was_not_sent_in_time_expires(office: Edge) -> None:
    office.phones.refusals[SARI].append(TryLater("down"))
    await tick(office, wita(4, 15, 59))
    office.office_now.now = wita(4, 16)
    office.machine.pass_by(RETRY_DELAYS[0])
    await office.program.settle()
    assert notices(office) == [(SARI, "expired"), (JOKO, "sent")]
    assert office.phones.heard(SARI) == []


async def test_a_reminder_is_dropped_when_everything_was_reported_before_it_could_be_sent(office: Edge) -> None:
    office.office_now.now = DAY_BEFORE
    await office.program.writer.do(lambda connection: office.program.ticker.tick(connection, DAY_BEFORE))
    for body in ("lapor", "1", "1", "25", "kirim 3 laporan"):
        await answer(office, body)
    await office.program.settle()
    assert notices(office) == [(SARI, "not_needed"), (JOKO, "sent")]


async def answer(edge: Edge, body: str) -> None:
    """Sari writes, and the turn is taken before anything unasked is sent."""
    await edge.receive(SARI, Text(body=body))
    await edge.program.turns.drain()


async def test_a_reminder_that_must_be_tried_again_tells_what_is_missing_by_then(office: Edge) -> None:
    office.phones.refusals[SARI].append(TryLater("down"))
    await tick(office, DAY_BEFORE)
    for body in ("lapor", "1", "belum", "belum", "kirim 1 laporan"):
        await answer(office, body)
    office.machine.pass_by(RETRY_DELAYS[0])
    await office.program.settle()
    reminder = next(message for to, message in office.phones.sent if to == SARI and isinstance(message, Notice))
    assert "2 dari 3" in reminder.text


async def test_who_has_blocked_the_assistant_is_not_reminded_again(office: Edge) -> None:
    office.phones.refusals[SARI].append(RecipientGone("blocked"))
    await tick(office, DAY_BEFORE)
    await tick(office, DAY_BEFORE + timedelta(days=1))
    assert [state for address, state in notices(office) if address == SARI] == ["to_call"]


async def test_the_camat_gets_one_summary_a_week(edge: Edge) -> None:
    edge.office_now.now = EARLY
    await edge.join(CAMAT_NAME, CAMAT)
    for day in range(4, 12):
        for hour in (8, 9, 15):
            await tick(edge, wita(day, hour))
    assert [chart.title.split(", ")[-1] for chart in edge.phones.sent_charts()] == [
        "ringkasan Senin 4 April 2022",
        "ringkasan Senin 11 April 2022",
    ]
    assert edge.count(Snapshot) == 2


@pytest.mark.parametrize(
    ("days", "title"),
    [((16, 17, 18), "ringkasan Selasa 17 Mei 2022"), (range(2, 11), "ringkasan Senin 9 Mei 2022")],
    ids=["Waisak", "a week of Lebaran"],
)
async def test_a_summary_due_on_a_holiday_comes_on_the_next_working_day(
    edge: Edge, days: Sequence[int], title: str
) -> None:
    edge.office_now.now = EARLY
    await edge.join(CAMAT_NAME, CAMAT)
    for day in days:
        await tick(edge, wita(day, 8, 30, month=5))
    assert [chart.title.split(", ")[-1] for chart in edge.phones.sent_charts()] == [title]


async def test_a_program_that_was_down_for_a_week_sends_one_summary(edge: Edge) -> None:
    edge.office_now.now = EARLY
    await edge.join(CAMAT_NAME, CAMAT)
    await tick(edge, wita(18, 7, 45))
    await tick(edge, wita(18, 8))
    assert len(edge.phones.sent_charts()) == 1


async def test_a_summary_that_must_be_tried_again_keeps_its_figures(edge: Edge) -> None:
    edge.office_now.now = EARLY
    await edge.join(CAMAT_NAME, CAMAT)
    edge.phones.refusals[CAMAT].append(TryLater("down"))
    await tick(edge, wita(4, 8))
    edge.machine.pass_by(RETRY_DELAYS[0])
    await tick(edge, wita(4, 8, 1))
    assert len(edge.phones.sent_charts()) == 1
    assert edge.count(Snapshot) == 1


async def test_an_office_whose_settings_cannot_be_read_does_not_silence_another(office: Edge) -> None:
    with writing(office.engine) as connection:
        broken = make_office(connection, EARLY, name="Kecamatan Sukarusak").id
        connection.execute(update(_office).where(_office.c.id == broken).values(rules={"workdays": 9}))
        assert len(all_offices(connection)) == 2
    await tick(office, DAY_BEFORE)
    assert notices(office) == [(SARI, "sent"), (JOKO, "sent")]


async def test_a_notice_that_cannot_be_written_does_not_hold_up_the_others(office: Edge) -> None:
    office.office_now.now = DAY_BEFORE
    await office.program.writer.do(lambda connection: office.program.ticker.tick(connection, DAY_BEFORE))
    with writing(office.engine) as connection:
        connection.exec_driver_sql("UPDATE outbox SET occasion = '{\"kind\": \"reminder\"}' WHERE address = '1001'")
    await office.program.settle()
    assert notices(office) == [(SARI, "due"), (JOKO, "sent")]


async def test_the_next_moment_at_which_something_may_fall_due(edge: Edge) -> None:
    rules = OfficeRules()
    assert rules.hours.sending_time.hour == rules.digest_at.hour == 8
    assert edge.made

    async def following(after: datetime) -> datetime | None:
        return await edge.program.writer.do(lambda connection: edge.program.ticker.next_instant(connection, after))

    assert await following(wita(1, 7)) == wita(1, 8)
    assert await following(wita(1, 8)) == wita(4, 8)


async def test_without_an_office_nothing_falls_due(edge: Edge) -> None:
    ticker = edge.program.ticker
    assert await edge.program.writer.do(lambda connection: ticker.next_instant(connection, EARLY)) is None
    assert await edge.program.writer.do(lambda connection: ticker.tick(connection, EARLY)) == 0
