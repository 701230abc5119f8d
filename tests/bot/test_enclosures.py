"""What goes along with a message: the page of a picture that the message names."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.channels.base import Picture
from bot.charts.catalogue import CHARTS, of_snapshot
from bot.evidence_store import EvidenceStore
from bot.enclosures import Enclosures
from handlers.messages import Chart
from handlers.picture_pages import compliance_pages
from storage.engine import writing
from storage.figures_json import to_json
from storage.picture_book import COMPLIANCE
from storage.snapshots import keep
from tests.bot.charts.summaries import compliance
from tests.offices import NOW, make_office

POSTS = 12


@pytest.fixture
def number(engine: Engine) -> int:
    """A snapshot whose picture has two pages."""
    table = compliance(POSTS)
    assert len(compliance_pages(table.posts)) == 2
    with writing(engine) as connection:
        return keep(connection, make_office(connection).id, COMPLIANCE, table.period, to_json(table), NOW)


async def test_a_message_brings_the_page_it_names(engine: Engine, number: int, tmp_path: Path) -> None:
    enclosures = Enclosures(engine, EvidenceStore(tmp_path))
    pages = {page: await enclosures.of(_chart(number, page)) for page in (1, 2, 3)}
    enclosures.close()
    first, second, beyond = (pages[page] for page in (1, 2, 3))
    assert isinstance(first, Picture) and isinstance(second, Picture) and isinstance(beyond, Picture)
    assert (first.name, second.name) == (f"renaksi-{number}.png", f"renaksi-{number}-2.png")
    assert first.png != second.png == beyond.png


def _chart(number: int, page: int) -> Chart:
    return Chart(chart=COMPLIANCE, snapshot=number, page=page, caption="Siapa lapor kapan")


def test_every_kind_of_snapshot_has_its_picture() -> None:
    assert {of_snapshot(kind.snapshots) for kind in CHARTS.values()} == set(CHARTS.values())
    with pytest.raises(KeyError):
        of_snapshot("hantu")
