"""A period named at the end of other words."""

from datetime import date

import pytest

from handlers.period_words import split_period

TODAY = date(2022, 4, 6)


@pytest.mark.parametrize(
    ("words", "name", "period"),
    [
        ("maret", "", "2022-03"),
        ("Maret 2021", "", "2021-03"),
        ("seksi pemerintahan tw i", "seksi pemerintahan", "2022-TW1"),
        ("seksi pemerintahan TW 2 2021", "seksi pemerintahan", "2021-TW2"),
        ("buku wajib s/d feb", "buku wajib", "2022-02"),
        ("keuangan bulan januari 2022", "keuangan", "2022-01"),
        ("ketepatan 2025", "ketepatan", "2025"),
        ("ketepatan tahun 2021", "ketepatan", "2021"),
        ("tahun maret", "tahun", "2022-03"),
        ("pemerintahan 2022-03", "pemerintahan", "2022-03"),
        ("pemerintahan desember", "pemerintahan", "2021-12"),
        ("pemerintahan nop", "pemerintahan", "2021-11"),
        ("peraturan desa", "peraturan desa", None),
        ("juniarti", "juniarti", None),
        ("margasari", "margasari", None),
        ("tahun", "tahun", None),
        ("12 desa", "12 desa", None),
        ("", "", None),
    ],
)
def test_the_name_and_the_period(words: str, name: str, period: str | None) -> None:
    rest, found = split_period(words, TODAY)
    assert (rest, None if found is None else found.code) == (name, period)
