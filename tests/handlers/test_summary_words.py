"""The five lines of the summary: what changed since last week is said in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.summary import SectionFigures
from handlers.texts.summary import lines
from tests.bot.charts.summaries import section, summary

BOTH = {"Seksi Pembangunan": "6", "Seksi Sosial Budaya": "-2"}
DOWN = {"Seksi Pembangunan": "1", "Seksi Sosial Budaya": "-7.4"}


def _changed(name: str, change: str | None) -> SectionFigures:
    return replace(section(name, "80", 4, 4), change=None if change is None else Decimal(change))


@pytest.mark.parametrize(
    ("whole", "sections", "said"),
    [
        ("3", BOTH, ", naik 3 poin, Seksi Pembangunan naik 6 poin"),
        ("-1", DOWN, ", turun 1 poin, Seksi Sosial Budaya turun 7 poin"),
        ("0.2", {"Seksi Pembangunan": "0.4"}, ""),
        (None, {"Seksi Pembangunan": None}, ""),
    ],
    ids=["both", "downwards", "less than a point", "the first week"],
)
def test_the_change_since_last_week_names_the_section_that_moved_most(
    whole: str | None, sections: dict[str, str | None], said: str
) -> None:
    figures = summary(*(_changed(name, change) for name, change in sections.items()), change=whole, mean="92")
    line = lines(replace(figures, closed_period="2022-03")).splitlines()[1]
    assert line == f"Capaian s/d Maret: 92% Sangat Tinggi{said}"
