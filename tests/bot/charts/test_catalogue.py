"""Every kind of picture by its name."""

import subprocess
import sys

from bot.charts.catalogue import CHARTS, of_snapshot
from domain.modes import Mode
from storage.figures_json import to_json
from tests.bot.charts.summaries import BUDGET, FOOTER, ROWS, comparison, compliance, detail, office, spending, year

FIGURES = {
    "overview": office(5),
    "section": detail(*ROWS),
    "indicator": year(Mode.SUM, ("1",) * 4, ("1", None, None, None)),
    "compliance": compliance(5),
    "budget": spending(*BUDGET),
    "years": comparison(5),
}


def test_every_kind_draws_pages_of_its_figures() -> None:
    assert CHARTS.keys() == FIGURES.keys()
    for name, kind in CHARTS.items():
        figures = FIGURES[name]
        assert isinstance(figures, kind.figures)
        pages = kind.draw(figures, FOOTER)  # pyright: ignore[reportArgumentType] - the type was checked a line above
        assert pages and all(page.startswith(b"\x89PNG") for page in pages)


def test_a_snapshot_is_drawn_as_its_figures_are() -> None:
    for name, kind in CHARTS.items():
        pages = kind.draw(FIGURES[name], FOOTER)  # pyright: ignore[reportArgumentType] - as above
        assert of_snapshot(kind.snapshots).pages(to_json(FIGURES[name]), FOOTER) == pages


def test_pyplot_and_sql_are_never_imported_and_matplotlib_only_with_the_pictures() -> None:
    """In a process of its own, as other tests may have imported more."""
    program = (
        "import sys, bot.charts, bot.charts.footer; assert 'matplotlib' not in sys.modules;"
        "import bot.charts.catalogue, bot.documents.forms.catalogue, bot.drawing;"
        "assert not {'matplotlib.pyplot', 'sqlalchemy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
