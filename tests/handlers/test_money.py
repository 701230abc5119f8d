"""The conversation about money beyond what the transcripts show: months, what is stored, locks, and who may."""

from decimal import Decimal

import pytest

from handlers.messages import Document
from handlers.money import is_meant
from handlers.money.from_file import is_spreadsheet
from handlers.money.reading import split
from storage.tables import BudgetReport, Inbox
from tests.transcripts.chat import Town, words_of

JOKO, DEWI, SARI = "Pak Joko Santosa", "Bu Dewi Lestari", "Bu Sari Andini"


@pytest.fixture
def town(sqlite_url: str) -> Town:
    """The office with a budget of four lines, on the first day of March."""
    made = Town(sqlite_url)
    made.load("anggaran")
    made.set_clock("2022-03-01 09:00")
    return made


def says(town: Town, *lines: str, speaker: str = JOKO) -> str:
    """What is answered to the last of several lines."""
    replies = [town.hear(speaker, line) for line in lines]
    return words_of(replies[-1][-1])


def reports(town: Town) -> list[tuple[str, Decimal, Decimal | None, str, str]]:
    """Month, rupiah, percent, reason and confirmed doubt of everything that was reported."""
    return [tuple(row) for row in town.rows(BudgetReport, "period", "spent", "physical", "reason", "confirmed_doubt")]


# --- which month --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "words", "month"),
    [
        ("2022-01-17 09:00", "keuangan", "Januari 2022"),
        ("2022-03-01 09:00", "keuangan", "Februari 2022"),
        ("2022-03-31 16:00", "keuangan", "Februari 2022"),
        ("2022-03-01 09:00", "keuangan januari", "Januari 2022"),
        ("2022-03-01 09:00", "keuangan tw 1", "Maret 2022"),
        ("2023-01-10 09:00", "keuangan", "Desember 2022"),
    ],
)
def test_the_last_month_that_is_over_is_asked_or_the_one_that_is_named(
    clock: str, words: str, month: str, town: Town
) -> None:
    town.set_clock(clock)
    assert says(town, words).startswith(f"Keuangan {month} · 1 dari 4")


def test_the_running_month_is_asked_once_the_last_one_is_complete(town: Town) -> None:
    says(town, "keuangan", "145 juta 16%", "1 juta 20%", "nihil", "lewati", "5 juta 40%", "kirim")
    assert says(town, "keuangan").startswith("Keuangan Maret 2022")


def test_a_month_before_that_is_read_from_the_newest_one_reported(town: Town) -> None:
    says(town, "keuangan januari", "70 juta 8%", "daftar", "kirim")
    asked = says(town, "keuangan maret")
    assert "s/d Januari Rp70.000.000 (fisik 8%)" in asked


# --- what is stored -----------------------------------------------------------------------------------------------


def test_nothing_is_saved_before_it_is_sent_and_skipped_lines_never(town: Town) -> None:
    says(town, "keuangan", "145 juta 16%", "lewati", "nihil 0%", "belum")
    assert reports(town) == []
    says(town, "kirim")
    assert reports(town) == [
        ("2022-02", Decimal(145_000_000), Decimal(16), "", ""),
        ("2022-02", Decimal(0), Decimal(0), "", ""),
    ]


def test_the_doubts_that_were_confirmed_are_kept(town: Town) -> None:
    says(town, "keuangan januari", "70 juta 8%", "6 juta 50%", "memang rp6.000.000", "daftar", "kirim")
    says(town, "keuangan", "60 juta", "memang rp60.000.000", "5", "memang 5%", "daftar", "kirim")
    assert [row[4] for row in reports(town)] == ["", "far_above_target", "below_previous,physical_below_previous"]


def test_a_figure_that_changes_carries_the_reason_and_an_unchanged_one_is_not_sent_again(town: Town) -> None:
    says(town, "keuangan", "145 juta 16%", "1 juta 20%", "daftar", "kirim")
    says(town, "keuangan februari", "daftar", "1", "146 juta 16%", "2", "1 juta 20%", "kirim", "salah ketik nilai")
    assert [(row[1], row[3]) for row in reports(town)] == [
        (Decimal(145_000_000), ""),
        (Decimal(1_000_000), ""),
        (Decimal(146_000_000), "salah ketik nilai"),
    ]


def test_the_state_stays_small_however_many_lines_there_are(sqlite_url: str) -> None:
    town = Town(sqlite_url)
    town.load("anggaran-panjang")
    town.set_clock("2022-03-01 09:00")
    says(town, "keuangan", *["500.000 50%"] * 30)
    (trail,) = town.state_of(JOKO).trails.values()
    assert len(trail) == 1


# --- locks and other people ---------------------------------------------------------------------------------------


def test_a_locked_month_says_since_when_and_who_opens_it(town: Town) -> None:
    town.choose("lock_after", 10)
    town.set_clock("2022-06-01 09:00")
    assert "dikunci sejak" in says(town, "keuangan februari")
    assert says(town, "keuangan").startswith("Keuangan Mei 2022")


def test_a_month_that_is_locked_while_it_is_filled_in_is_not_sent(town: Town) -> None:
    town.choose("lock_after", 10)
    says(town, "keuangan", "145 juta 16%", "daftar")
    town.set_clock("2022-06-01 09:00")
    assert "tidak dikirim" in says(town, "kirim")
    assert reports(town) == []


def test_lines_that_are_somebody_elses_by_now_are_not_sent(town: Town) -> None:
    says(town, "keuangan", "145 juta 16%", "daftar")
    town.vacate("Pengelola Gaji")
    assert "tidak dikirim" in says(town, "kirim")
    assert reports(town) == []


def test_the_word_stands_in_the_menu_of_who_reports_or_may_send(town: Town) -> None:
    said = {speaker: "keuangan:" in says(town, "bantuan", speaker=speaker) for speaker in (JOKO, DEWI, SARI)}
    assert said == {JOKO: True, DEWI: True, SARI: False}


def test_the_admin_sends_a_file_for_whoever_reports(town: Town) -> None:
    town.set_clock("2022-04-01 09:00")
    assert "4 baris terbaca." in says(town, "[dokumen: rfk-maret.xlsx]", speaker=DEWI)
    says(town, "kirim", speaker=DEWI)
    assert len(reports(town)) == 4


def test_a_file_sent_again_replaces_the_one_that_waits(town: Town) -> None:
    town.set_clock("2022-04-01 09:00")
    says(town, "[dokumen: rfk-maret.xlsx]", "1", "200 juta 20%")
    again = says(town, "[dokumen: rfk-maret.xlsx]")
    assert "Rp217.500.000" in again
    assert [row for (row,) in town.rows(Inbox, "external_id") if row.startswith("internal:")] == [
        "internal:job:1",
        "internal:job:2",
    ]


# --- small things -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12.350.000 60%", ("12.350.000", "60%")),
        ("12,35 juta, 62,5 %", ("12,35 juta", "62,5%")),
        ("Rp 12.350.000,- fisik 60", ("Rp 12.350.000,-", "60%")),
        ("12.350.000 / 60 persen", ("12.350.000", "60%")),
        ("3.000.000 fisik 30%", ("3.000.000", "30%")),
        ("3 juta dan fisiknya 30 persen.", ("3 juta", "30%")),
        ("1 500 000 60%", ("1 500 000", "60%")),
        ("nihil 0%", ("nihil", "0%")),
        ("12.350.000", ("12.350.000", "")),
        ("60%", ("60%", "")),
        ("fisik 60%", ("fisik 60%", "")),
    ],
)
def test_rupiah_and_percent_may_come_together(typed: str, expected: tuple[str, str]) -> None:
    assert split(typed) == expected


@pytest.mark.parametrize(
    ("name", "mime", "expected"),
    [
        ("RFK.XLSX", "", True),
        ("rfk.xls", "application/octet-stream", True),
        ("", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True),
        ("rfk.pdf", "application/pdf", False),
        ("", "", False),
    ],
)
def test_a_spreadsheet_is_told_by_name_or_kind(name: str, mime: str, expected: bool) -> None:
    assert is_spreadsheet(Document(ref="x", size=1, name=name, mime=mime)) is expected


def test_a_caption_says_that_a_file_is_about_money() -> None:
    assert is_meant(Document(ref="x", size=1, caption="/Keuangan maret"))
    assert not is_meant(Document(ref="x", size=1, caption="bukti keuangan"))
