"""Printed forms: whole words on every page, nothing beyond its edges, the signatures together."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from bot.documents.forms.as_pdf import as_pdf
from bot.documents.forms.paper import FootLine, Paper
from tests.bot.documents.forms.papers import EVIL, LONG, monitoring, services

F4 = (935.4, 609.4)
"""Points, across."""
NOTE = " ".join(f"kendala {number} di desa" for number in range(400))
"""What nobody should write into a small column, and somebody will."""


def pages(paper: Paper) -> list[str]:
    """The words of each page."""
    with pypdfium2.PdfDocument(as_pdf(paper)) as document:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]


def plain(text: str) -> str:
    """Words without the breaks between lines."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def printed() -> list[str]:
    return pages(monitoring())


def test_every_page_has_the_head_and_its_number(printed: list[str]) -> None:
    assert len(printed) > 3
    for number, words in enumerate(printed, start=1):
        assert f"Halaman {number} dari {len(printed)}" in words
        assert "Renaksi data no. 123 · A1B2 C3D4 · dibuat 6 April 2022 09.00 WITA · versi formulir 1" in words
    assert all("Faktor penghambat" in words and "Penanggung" in words for words in printed[:-1])


def test_no_word_is_lost(printed: list[str]) -> None:
    whole = plain("".join(printed))
    assert whole.count("dokumen") == 60
    assert whole.count(plain(LONG)) >= 60 // 4 + 60 // 5
    assert plain(EVIL) in whole and "A" * 90 in whole
    assert "114.989.171.340" in whole and "83,33%" in whole
    assert "SEMENTARA·DATACONTOH" in whole


@pytest.mark.parametrize("paper", [monitoring(), services(), monitoring(0), services(0)])
def test_nothing_goes_over_the_edge(paper: Paper) -> None:
    with pypdfium2.PdfDocument(as_pdf(paper)) as document:
        for page in document:
            assert page.get_size() == pytest.approx(F4, abs=0.1)
            words = page.get_textpage()
            boxes = [words.get_charbox(at) for at in range(words.count_chars())]
            assert min(left for left, *_ in boxes) > 30 and max(right for _, _, right, _ in boxes) < F4[0] - 30
            assert min(bottom for _, bottom, *_ in boxes) > 15 and max(top for *_, top in boxes) < F4[1] - 25


@pytest.mark.parametrize("lines", range(0, 30, 3))
def test_signatures_stand_together_with_the_last_of_what_is_signed(lines: int) -> None:
    paper = replace(monitoring(lines), foot=(FootLine("Predikat", "-"), FootLine("Tindak lanjut", ruled=3)))
    last = pages(paper)[-1]
    assert all(words in last for words in ("Mengetahui,", "NIP. 000001", "Kasubbag Perencanaan", "Tindak lanjut"))


def test_a_line_higher_than_a_page_goes_on_over_the_next() -> None:
    form = monitoring(1)
    [*head, line] = form.lines
    long = replace(line, cells={**line.cells, "hambat": NOTE})
    printed = pages(replace(form, lines=(*head, long)))
    assert len(printed) > 2
    whole = plain("".join(printed))
    assert all(plain(f"kendala {number} di desa") in whole for number in (0, 399))


def test_a_form_of_few_columns_stands_upright() -> None:
    with pypdfium2.PdfDocument(as_pdf(replace(services(2), landscape=False))) as document:
        assert document[0].get_size() == pytest.approx(F4[::-1], abs=0.1)


def test_the_same_paper_is_the_same_file() -> None:
    assert as_pdf(monitoring(5)) == as_pdf(monitoring(5))
