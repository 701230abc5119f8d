"""A reminder that was put off comes at its time, once, with what is left by then, and not if nothing is."""

from datetime import timedelta

import pytest

from bot.channels.base import TryLater
from handlers.messages import Notice
from storage.outbox import RETRY_DELAYS
from tests.bot.edge import Edge, tick, wita

pytestmark = pytest.mark.sampled_on_postgresql

SARI, SARI_NAME = "1001", "Sari Andini"


@pytest.fixture
async def sari(edge: Edge) -> Edge:
    """Sari was reminded of March at eight on Monday 4 April and asked for two hours more at a quarter past."""
    edge.office_now.now = wita(4, 7, 45)
    await edge.join(SARI_NAME, SARI)
    await tick(edge, wita(4, 8))
    edge.office_now.now = wita(4, 8, 15)
    await edge.say(SARI, "ingatkan nanti", "2 jam lagi")
    assert edge.phones.heard(SARI)[-1] == "Baik, saya ingatkan lagi Senin 4 April 10.15 WITA."
    edge.phones.sent.clear()
    return edge


def put_off(edge: Edge) -> list[str]:
    """The states of the reminders that were put off."""
    return [row.state for row in edge.outbox_rows() if row.dedup_key.startswith("snooze:")]


async def test_it_is_among_what_the_schedule_waits_for(sari: Edge) -> None:
    ticker = sari.program.ticker
    following = await sari.program.writer.do(lambda connection: ticker.next_instant(connection, wita(4, 8, 16)))
    assert following == wita(4, 10, 15)


async def test_it_comes_at_its_time_and_once(sari: Edge) -> None:
    await tick(sari, wita(4, 10, 14))
    assert sari.phones.heard(SARI) == []
    for minutes in (0, 1, 60, 300):
        await tick(sari, wita(4, 10, 15) + timedelta(minutes=minutes))
    assert len(sari.phones.heard(SARI)) == 1
    assert put_off(sari) == ["sent"]
    reminder = sari.phones.sent[0][1]
    assert isinstance(reminder, Notice)
    assert [option.key for option in reminder.options] == ["!lapor:2022-03", "!tunda:2022-03", "!lainnya:2022-03"]


async def test_it_tells_what_is_left_by_then(sari: Edge) -> None:
    await sari.say(SARI, "lapor", "1", "belum", "belum", "kirim 1 laporan")
    sari.phones.sent.clear()
    await tick(sari, wita(4, 10, 15))
    (told,) = sari.phones.heard(SARI)
    assert "Masih kurang 2 dari 3" in told
    assert "buku wajib" not in told


async def test_it_is_not_needed_when_everything_was_reported_meanwhile(sari: Edge) -> None:
    await sari.say(SARI, "lapor", "1", "1", "25", "kirim 3 laporan")
    sari.phones.sent.clear()
    await tick(sari, wita(4, 10, 15))
    assert sari.phones.heard(SARI) == []
    assert put_off(sari) == ["not_needed"]


async def test_the_next_morning_brings_one_message_where_the_ladder_tells_the_same(sari: Edge) -> None:
    await sari.say(SARI, "tunda", "besok pagi")
    await tick(sari, wita(4, 10, 15))
    sari.phones.sent.clear()
    await tick(sari, wita(5, 8))
    (told,) = sari.phones.heard(SARI)
    assert "hari ini" in told
    assert put_off(sari) == ["sent", "not_needed"]


async def test_a_morning_without_a_message_of_the_ladder_brings_what_was_asked_for(sari: Edge) -> None:
    await tick(sari, wita(12, 8))
    await sari.say(SARI, "tunda maret", "besok pagi")
    sari.phones.sent.clear()
    await tick(sari, wita(13, 8))
    (told,) = sari.phones.heard(SARI)
    assert "sudah lewat" in told
    assert put_off(sari) == ["expired", "sent"]


async def test_a_program_that_was_down_then_reminds_when_it_is_back_the_same_day(sari: Edge) -> None:
    await tick(sari, wita(4, 14))
    assert put_off(sari) == ["sent"]


async def test_a_program_that_was_down_until_the_next_day_does_not(sari: Edge) -> None:
    await tick(sari, wita(5, 7, 45))
    assert put_off(sari) == ["expired"]


async def test_a_reminder_that_could_not_be_sent_is_tried_again(sari: Edge) -> None:
    sari.phones.refusals[SARI].append(TryLater("down"))
    await tick(sari, wita(4, 10, 15))
    assert sari.phones.heard(SARI) == []
    sari.machine.pass_by(RETRY_DELAYS[0])
    await tick(sari, wita(4, 10, 16))
    assert len(sari.phones.heard(SARI)) == 1
