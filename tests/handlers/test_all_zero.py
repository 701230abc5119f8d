"""What "nihil semua" records: a zero with its mark for each amount that was listed, and nothing else."""

from decimal import Decimal

from handlers.messages import Choose
from storage.tables import Report
from tests.handlers.scenes import JOKO, SARI
from tests.transcripts.chat import Town, words_of

ZERO = Decimal(0)


def town_of(url: str, plan: str, clock: str) -> Town:
    town = Town(url)
    town.load(plan)
    town.set_clock(clock)
    return town


def reports(town: Town) -> list[tuple[object, ...]]:
    return town.rows(Report, "period", "value", "confirmed_doubt", "note", "provisional", "late")


def test_every_zero_carries_the_mark(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "kecil", "2022-02-25 09:00")
    town.hear(SARI, "nihil semua")
    town.hear(SARI, "ya, nihil semua")
    assert reports(town) == [("2022-02", ZERO, "nihil semua", "", True, False)] * 2


def test_the_second_time_running_keeps_what_stood_in_the_way(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "dua-belas", "2022-03-29 09:00")
    for line in ("nihil februari", "ya, nihil semua", "nihil maret", "Desa belum mengirim berkas", "ya, nihil semua"):
        town.hear(SARI, line)
    february, march = reports(town)[:12], reports(town)[12:]
    assert february == [("2022-02", ZERO, "nihil semua", "", False, True)] * 12
    assert march == [("2022-03", ZERO, "nihil semua", "Desa belum mengirim berkas", True, False)] * 12


def test_it_is_not_the_second_time_where_one_figure_was_reported_by_itself(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "dua-belas", "2022-03-29 09:00")
    for line in ("lapor februari", "3", "lewati", *["lewati"] * 10, "kirim", "nihil februari", "ya, nihil semua"):
        town.hear(SARI, line)
    assert len(reports(town)) == 12
    (reply,) = town.hear(SARI, "nihil maret")
    assert isinstance(reply, Choose)
    assert "12 indikator" in words_of(reply)


def test_a_locked_month_takes_no_zero(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "kecil", "2022-04-29 09:00")
    town.choose("lock_after", 1)
    (reply,) = town.hear(SARI, "nihil februari")
    assert "sudah dikunci" in words_of(reply)
    assert reports(town) == []


def test_what_was_locked_after_it_was_listed_is_not_reported(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "kecil", "2022-04-29 09:00")
    town.hear(SARI, "nihil februari")
    town.choose("lock_after", 1)
    (reply,) = town.hear(SARI, "ya, nihil semua")
    assert "sudah dikunci" in words_of(reply)
    assert reports(town) == []


def test_a_position_is_never_zero_with_the_others(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "kecil", "2022-03-29 09:00")
    (reply,) = town.hear(JOKO, "nihil")
    assert "ASN yang menerima gaji" in words_of(reply)
    assert "Arsip" not in words_of(reply)
    assert reports(town) == []


def test_nihil_answers_the_open_question_before_it_starts_anything(sqlite_url: str) -> None:
    town = town_of(sqlite_url, "triwulan", "2022-06-28 09:00")
    town.hear(SARI, "lapor tw i")
    for line in ("3", "25"):
        town.hear(SARI, line)
    assert town.state_of(SARI).dialogue == "report"
    (reply,) = town.hear(SARI, "nihil")
    assert town.state_of(SARI).dialogue == "report"
    assert "0 orang" in words_of(reply)
