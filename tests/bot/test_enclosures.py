"""What goes along with a message: the page of a picture, the file of a form, and words where neither can be made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.channels.base import Attachment, Picture
from bot.charts.catalogue import CHARTS, of_snapshot
from bot.drawers import NotDrawn
from bot.enclosures import Enclosures
from bot.evidence_store import EvidenceStore
from domain.periods import Period
from handlers.messages import Chart, Form
from handlers.picture_pages import compliance_pages
from handlers.undrawn import instead_of
from storage.engine import writing
from storage.figures_json import to_json
from storage.form_book import FormBook
from storage.picture_book import COMPLIANCE
from storage.snapshots import keep
from tests.bot.charts.summaries import compliance
from tests.offices import NOW, desk_of, make_office

POSTS = 12


@pytest.fixture
def enclosures(engine: Engine, tmp_path: Path) -> Iterator[Enclosures]:
    made = Enclosures(engine, EvidenceStore(tmp_path))
    yield made
    made.close()


@pytest.fixture
def number(engine: Engine) -> int:
    """A snapshot whose picture has two pages."""
    table = compliance(POSTS)
    assert len(compliance_pages(table.posts)) == 2
    with writing(engine) as connection:
        return keep(connection, make_office(connection).id, COMPLIANCE, table.period, to_json(table), NOW)


async def test_a_message_brings_the_page_it_names(enclosures: Enclosures, number: int) -> None:
    pages = {page: await enclosures.of(_chart(number, page)) for page in (1, 2, 3)}
    first, second, beyond = (pages[page] for page in (1, 2, 3))
    assert isinstance(first, Picture) and isinstance(second, Picture) and isinstance(beyond, Picture)
    assert (first.name, second.name) == (f"renaksi-{number}.png", f"renaksi-{number}-2.png")
    assert first.png != second.png == beyond.png


async def test_a_form_is_the_same_file_however_often_it_is_sent(engine: Engine, enclosures: Enclosures) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection), None, NOW)
        made = FormBook(desk).make("renaksi", Period.quarter(2022, 1))
    assert isinstance(made, int)
    form = Form(form="renaksi", snapshot=made, ending="pdf", name="renaksi.pdf")
    first, second = [await enclosures.complete(form) for _ in range(2)]
    assert first == second
    message, file = first
    assert message == form
    assert isinstance(file, Attachment)
    assert (file.name, file.data[:5]) == ("renaksi.pdf", b"%PDF-")


async def test_what_cannot_be_drawn_is_said_in_words(enclosures: Enclosures, number: int) -> None:
    broken = Form(form="renaksi", snapshot=number, ending="pdf", name="renaksi.pdf")
    with pytest.raises(NotDrawn):
        await enclosures.of(broken)
    assert await enclosures.complete(broken) == (instead_of(broken), None)


def _chart(number: int, page: int) -> Chart:
    return Chart(chart=COMPLIANCE, snapshot=number, page=page, caption="Siapa lapor kapan")


def test_every_kind_of_snapshot_has_its_picture() -> None:
    assert {of_snapshot(kind.snapshots) for kind in CHARTS.values()} == set(CHARTS.values())
    with pytest.raises(KeyError):
        of_snapshot("hantu")
