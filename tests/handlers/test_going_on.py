"""What "lapor" goes on with: the report that is under way, not one of long ago whose first question stands open."""

from tests.handlers.scenes import SARI
from tests.transcripts.chat import Town, words_of


def town_after(url: str, *said: str) -> Town:
    """On 28 February Sari says this; then it is 5 April."""
    town = Town(url)
    town.load("kecil")
    town.set_clock("2022-02-28 09:00")
    for line in said:
        town.hear(SARI, line)
    town.set_clock("2022-04-05 09:00")
    return town


def report(town: Town) -> str:
    (reply,) = town.hear(SARI, "lapor")
    return words_of(reply)


def test_an_untouched_question_of_an_earlier_period_makes_room(sqlite_url: str) -> None:
    assert report(town_after(sqlite_url, "lapor februari")).startswith("Maret dan TW I 2022 · 1 dari 3")


def test_a_report_that_was_begun_is_gone_on_with(sqlite_url: str) -> None:
    answer = report(town_after(sqlite_url, "lapor februari", "1"))
    assert answer.startswith("Kita lanjutkan: 1 dari 2 sudah terisi.")
    assert "Februari 2022 · 2 dari 2" in answer


def test_after_the_turn_of_the_year_status_says_that_nothing_is_open_and_why(sqlite_url: str) -> None:
    town = town_after(sqlite_url)
    town.set_clock("2023-03-20 09:00")
    (status,) = town.hear(SARI, "status")
    assert "Tidak ada periode yang terbuka" in words_of(status)
    assert "rencana aksi tahun ini belum dimuat" in words_of(status)
    (summary,) = town.hear("Bu Ratna Dewanti", "ringkasan")
    assert "Tidak ada periode yang terbuka di kantor ini." in words_of(summary)
