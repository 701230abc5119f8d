"""What is shown of figures to check fits a message, however much there is to say."""

from dataclasses import replace
from decimal import Decimal

from domain.checking import Given, Mark
from domain.evidence import EvidenceKind
from domain.explaining import ExplainRule
from handlers.messages import BODY_LIMIT
from handlers.texts import verification as texts
from tests.given import MARCH, NOW, duty, given

LONG = "Persentase desa dengan pengelolaan keuangan dan aset yang tertib serta tepat waktu menurut peraturan bupati"
WORDS = " ".join(["alasan"] * 50)
HEADING = 130
"""Characters of the longest title above it."""


def longest() -> Given:
    values = {month: Decimal("123456789012") for month in given().duty.values}
    named = replace(duty(values), name=LONG, unit="Rp", late=frozenset({MARCH}))
    return replace(
        given(),
        duty=named,
        value=Decimal("123456789012"),
        numerator=Decimal("123456789012"),
        denominator=Decimal("123456789012"),
        note=WORDS,
        reason=WORDS,
        confirmed_doubt="far_above_target, above_annual, same_again, far_above_average",
        verified_before=Decimal("123456789012"),
    )


def test_one_figure_with_everything_unusual_fits() -> None:
    figure = longest()
    twins = [(LONG, MARCH)] * 3
    marked = [texts.mark_line(mark, figure, ExplainRule(), 3, twins) for mark in Mark]
    others = [
        texts.evidence(dict.fromkeys(EvidenceKind, 3)),
        texts.mended("Rp123.456.789.012", WORDS, LONG),
        texts.explained(WORDS, WORDS),
    ]
    sender = texts.Sender(f"Bu {LONG} (Plh {LONG})", NOW, "Asia/Makassar")
    assert len(texts.figure(figure, sender, marked, others)) + HEADING <= BODY_LIMIT


def test_the_figures_of_one_person_fit_and_all_of_them_are_shown() -> None:
    figures = [(longest(), tuple(Mark))] * 7
    shown = texts.to_see(figures, 20, LONG)
    assert len(shown) + HEADING <= BODY_LIMIT
    assert "\n7 Persentase desa" in shown


def test_a_page_of_many_posts_fits() -> None:
    lines = [texts.PostLine(f"{LONG} {number}", 12, 12) for number in range(40)]
    assert len(texts.page(lines, lines, 40, 12, 40)) + HEADING <= BODY_LIMIT
