"""Sections and indicators as people call them."""

import pytest

from handlers.by_name import find_indicators, find_sections
from tests.duties import duty

SECTIONS = ("Sekretariat", "Seksi Pemerintahan", "Seksi Pembangunan dan Pemerintahan Desa", "Seksi Sosial Budaya")
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
DUTIES = (
    duty("Desa yang memiliki buku wajib", MONTHLY, number=1),
    duty("Buku wajib", MONTHLY, number=2),
    duty("Realisasi PBB", MONTHLY, number=3),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Seksi Pemerintahan", (1,)),
        ("  seksi   PEMERINTAHAN ", (1,)),
        ("pemerintahan", (1, 2)),
        ("pemerintahan desa", (2,)),
        ("budaya sosial", (3,)),
        ("sekretarat", (0,)),
        ("hantu", ()),
        ("", ()),
        ("  ", ()),
    ],
)
def test_a_section_is_found(words: str, found: tuple[int, ...]) -> None:
    assert find_sections(words, SECTIONS) == tuple(SECTIONS[at] for at in found)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("buku wajib", (2,)),
        ("buku", (1, 2)),
        ("KODE-3", (3,)),
        ("kode-9", ()),
        ("pbb", (3,)),
        ("pb", (3,)),
        ("qq", ()),
        ("Indikator buku wajib", (2,)),
        ("indikator kode-3", (3,)),
        ("indikator qq", ()),
        ("indikator", ()),
    ],
)
def test_an_indicator_is_found_by_code_name_or_words(words: str, found: tuple[int, ...]) -> None:
    assert tuple(one.id for one in find_indicators(words, DUTIES)) == found
