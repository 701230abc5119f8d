"""Each kind of picture beside one that somebody has looked at; `--update` keeps the pictures as they are now.

A difference is shown as where it lies, and both pictures are left in the test's own folder.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter

from bot.charts.canvas import LEFT, NEUTRAL, ROOM, Marks, Page
from bot.charts.catalogue import CHARTS
from bot.charts.rating import draw_bar
from domain.modes import Mode
from domain.scales import GREEN, ORANGE
from tests.bot.charts.perceptual import difference, shrunk
from tests.bot.charts.summaries import (
    BUDGET,
    FOOTER,
    ROWS,
    checked_comparison,
    checked_compliance,
    checked_detail,
    checked_office,
    checked_year,
    comparison,
    compliance,
    detail,
    office,
    spending,
    year,
)

FOLDER = Path(__file__).parent / "golden"
MONTHS = ("1",) * 5 + ("2",) + ("1",) * 6
MONTHLY = year(Mode.SUM, MONTHS, ("1", "0", "3", *(None,) * 9), due=4, revised=(2,))
FIGURES: Mapping[str, Any] = {
    "overview": checked_office(office(6), 9, 4, 0, 3, 0, 9),
    "section": checked_detail(detail(*ROWS[:5]), 0, 3),
    "indicator": checked_year(MONTHLY, 0, 2),
    "compliance": checked_compliance(compliance(9, due=5)),
    "budget": spending(*BUDGET),
    "years": checked_comparison(comparison(5)),
}


def drawn(kind: str, shown: Any) -> bytes:
    """The first page."""
    return CHARTS[kind].draw(shown, FOOTER)[0]


@cache
def today(kind: str) -> bytes:
    """The picture beside the golden one, as it is drawn now."""
    return drawn(kind, FIGURES[kind])


def golden(kind: str) -> Image.Image:
    return Image.open(FOLDER / f"{kind}.png").convert("RGB")


@pytest.mark.parametrize("kind", CHARTS)
def test_a_picture_looks_as_it_did(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    now = shrunk(today(kind))
    if request.config.getoption("--update"):
        now.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(FOLDER / f"{kind}.png", optimize=True)
    now.save(tmp_path / f"{kind}.png")
    found = difference(now, golden(kind))
    assert not found.seen, f"{kind} differs by {found.worst:.0f} at {found.left}, {found.top}: see {tmp_path}"


@pytest.mark.parametrize("kind", CHARTS)
def test_what_is_kept_is_small(kind: str) -> None:
    assert (FOLDER / f"{kind}.png").stat().st_size < 60_000


# --- what must be seen --------------------------------------------------------------------------------------------


def _moved_overview() -> Any:
    first, *rest = FIGURES["overview"].sections
    return replace(FIGURES["overview"], sections=(replace(first, mean=Decimal("95.4")), *rest))


CHANGED: Mapping[str, tuple[str, Any]] = {
    "a bar of the overview by two percent": ("overview", _moved_overview()),
    "an indicator of a section": ("section", checked_detail(detail(*ROWS[:4], ROWS[5]), 0, 3)),
    "a letter of a name": ("overview", replace(FIGURES["overview"], office="Kecamatan Kubutambahas")),
    "the rating word": (
        "overview",
        replace(FIGURES["overview"], sections=(
            replace(FIGURES["overview"].sections[0], predicate="Tinggi"), *FIGURES["overview"].sections[1:]
        )),
    ),
    "a line of the indicator": (
        "indicator",
        checked_year(year(Mode.SUM, MONTHS, ("1", "0", "3.1", *(None,) * 9), due=4, revised=(2,)), 0, 2),
    ),
    "a mark of a revision": (
        "indicator", checked_year(year(Mode.SUM, MONTHS, ("1", "0", "3", *(None,) * 9), due=4), 0, 2)
    ),
    "a section that is verified": ("overview", checked_office(office(6), 9, 4, 9, 3, 0, 9)),
    "an indicator that is verified": ("section", checked_detail(detail(*ROWS[:5]), 0, 1, 3)),
    "a month that is verified": ("indicator", checked_year(MONTHLY, 0, 1, 2)),
    "reports that are not verified": ("compliance", compliance(9, due=5)),
    "a sign of punctuality": ("compliance", checked_compliance(compliance(9, due=4))),
    "the pagu of a line": ("budget", spending(*BUDGET[:3], replace(BUDGET[3], pagu=Decimal(68_000_000)), *BUDGET[4:])),
    "a year of a section": ("years", replace(FIGURES["years"], sections=FIGURES["years"].sections[::-1])),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
def test_a_change_that_somebody_would_see_is_found(what: str) -> None:
    kind, changed = CHANGED[what]
    assert difference(shrunk(drawn(kind, changed)), golden(kind)).seen


@pytest.mark.parametrize(("wide", "colour"), [(190, ORANGE), (190, GREEN), (ROOM, NEUTRAL)])
def test_a_bar_that_is_two_percent_longer_is_found(wide: int, colour: str) -> None:
    """Alone, without the number beside it, on its narrowest track and on the widest."""
    assert difference(_bar(wide, colour, "50"), _bar(wide, colour, "52")).seen


def _bar(wide: int, colour: str, percent: str) -> Image.Image:
    page = Page("Kecamatan Kubutambahan", "Satu batang", FOOTER, Marks(provisional=True, sample=True))
    draw_bar(page, LEFT, 400, wide, 22, percent=Decimal(percent), colour=colour)
    return shrunk(page.png())


# --- what must not be -----------------------------------------------------------------------------------------------

UNSEEN: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "softer letters": lambda picture: picture.filter(ImageFilter.GaussianBlur(1)),
    "sharper letters": lambda picture: picture.filter(ImageFilter.UnsharpMask(1, 80, 0)),
    "a pixel to the right": lambda picture: ImageChops.offset(picture, 1, 0),
    "a pixel down": lambda picture: ImageChops.offset(picture, 0, 1),
}
"""What a patch release of the drawing library may change, and more."""


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("what", UNSEEN)
def test_a_change_that_nobody_would_see_is_not_one(what: str, kind: str) -> None:
    picture = UNSEEN[what](Image.open(BytesIO(today(kind))).convert("RGB"))
    with BytesIO() as file:
        picture.save(file, "PNG")
        assert not difference(shrunk(file.getvalue()), golden(kind)).seen


def test_pictures_of_two_sizes_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="is not the size"):
        difference(golden("years"), golden("years").crop((0, 0, 60, 60)))
