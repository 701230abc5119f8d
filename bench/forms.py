"""The quarterly form of 150 indicators, from its snapshot to the file, beside the same cells by openpyxl."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Row, medians
from bench.offices import INDICATORS, NOW, YEAR, load
from bench.peers import openpyxl_form
from bot import drawing
from bot.holiday_dates import NationalAlmanac
from domain.periods import Period
from storage import migrate, snapshots
from storage.desk import Desk
from storage.engine import open_engine, writing
from storage.form_book import FormBook, NoForm

ROUNDS = 5


def rows(*, long: bool = False) -> Iterator[Row]:
    """The spreadsheet of the third quarter."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(engine)
        with writing(engine) as connection:
            desk = Desk(connection, load(connection), NOW, NationalAlmanac())
            number = FormBook(desk).make("renaksi", Period.quarter(YEAR, 3))
            if isinstance(number, NoForm):
                raise TypeError(f"there is no form: {number}")
            snapshot, zone = snapshots.load(connection, number), desk.office.zone
        engine.dispose()
    cells = openpyxl_form.cells_of(drawing.form(snapshot, zone, "xlsx"))
    _check(cells)
    taken = medians(
        lambda _round: drawing.form(snapshot, zone, "xlsx"), lambda _round: openpyxl_form.write(cells), ROUNDS
    )
    yield Row(f"quarterly form, {INDICATORS} indicators", "the same cells by openpyxl", *taken, "ms", 0.5)


def _check(cells: Sequence[Sequence[openpyxl_form.Cell]]) -> None:
    """Show that the peer's file holds the same cells. Raises ValueError."""
    if openpyxl_form.cells_of(openpyxl_form.write(cells)) != cells:
        raise ValueError("product and peer differ")
    count = sum(map(len, cells))
    print(f"forms: product and openpyxl wrote the same {count} cells", file=sys.stderr)  # noqa: T201
