"""The first report after opening the link: as few messages as there can be, each answered by one."""

from collections.abc import Sequence

import pytest

from storage.tables import Report
from tests.transcripts.chat import Town, words_of

CODE = "ABCDE23456"
ONE_BY_ONE = (f"/start {CODE}", "(Ya, saya)", "(Lapor sekarang)", "1", "nihil", "25", "(Kirim 3 laporan)")
TOGETHER = (f"/start {CODE}", "(Ya, saya)", "(Lapor sekarang)", "1. 1  2. nihil  3. 25", "(Kirim 3 laporan)")
BY_NUMBER = ("[kontak: +6281200000004]", *ONE_BY_ONE[1:])
KNOWN_NUMBER = ("halo", *ONE_BY_ONE[1:])


@pytest.mark.parametrize(
    ("said", "most", "speaker"),
    [(ONE_BY_ONE, 4 + 3, "Sari"), (TOGETHER, 5, "Sari"), (BY_NUMBER, 7, "Sari"), (KNOWN_NUMBER, 7, "Sari (WhatsApp)")],
    ids=["one by one", "together", "by the own number", "by a number that is known"],
)
def test_a_kasi_with_three_indicators_has_reported_after_few_messages(
    said: Sequence[str], most: int, speaker: str, sqlite_url: str
) -> None:
    town = Town(sqlite_url, auto_join=False)
    town.load("kecil")
    town.set_clock("2022-03-29 09:00")
    town.invite("Kasi Pemerintahan", CODE)
    town.take_number("Sari", "6281200000004")
    answers = [town.hear(speaker, line) for line in said]
    assert [len(one) for one in answers] == [1] * len(said)
    assert len(said) <= most
    assert words_of(answers[-1][0]).startswith("3 laporan terkirim")
    assert len(town.rows(Report, "id")) == 3
