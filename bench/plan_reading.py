"""An office's own plan of 400 rows, from the file to indicators and questions, beside openpyxl reading its cells."""

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import plan_workbook
from bench.measure import Row, medians
from bench.peers import openpyxl_cells
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.judged.understood import PlanReading
from bot.documents.plan_reading.read_file import read_plan_file, reading_of

ROUNDS = 5
_WHAT = f"reading a plan of {plan_workbook.ROWS} rows with formats and questions"
_NUMBER, _TARGETS = 0, slice(7, 11)
"""Columns of the workbook."""


def rows(*, long: bool = False) -> Iterator[Row]:
    """The reader as it is, beside both ways of openpyxl; then with the start of its process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rencana.xlsx"
        plan_workbook.write(path)
        _check(path)

        def ours(_round: int) -> PlanReading:
            return reading_of(read_source(path))

        def apart(_round: int) -> PlanReading:
            return read_plan_file(path)

        def plain(_round: int) -> object:
            return openpyxl_cells.plain(path)

        def read_only(_round: int) -> object:
            return openpyxl_cells.read_only(path)

        yield Row(_WHAT, "openpyxl's load_workbook, cells alone", *medians(ours, plain, ROUNDS), "ms", 1.5)
        yield Row(_WHAT, "openpyxl read-only, cells alone", *medians(ours, read_only, ROUNDS), "ms")
        yield Row(f"{_WHAT}, its process begun", "openpyxl's load_workbook", *medians(apart, plain, ROUNDS), "ms")


def _check(path: Path) -> None:
    """Show that both read the same targets, and that questions are asked. Raises ValueError."""
    reading = reading_of(read_source(path))
    ours = {one.place.row: [one.targets.get(period) for period in one.periods] for one in reading.indicators}
    peer = {
        at: [None if value is None else Decimal(str(value)) for value in values[_TARGETS]]
        for at, values in enumerate(openpyxl_cells.plain(path), start=1)
        if isinstance(values[_NUMBER], int)
    }
    in_percent = {at: [None if each is None else each * 100 for each in values] for at, values in peer.items()}
    differing = [at for at in peer if ours.get(at) not in (peer[at], in_percent[at])]
    if differing or not reading.questions:
        raise ValueError(f"product and openpyxl differ in rows {differing[:5]}")
    print(  # noqa: T201
        f"plan_reading: product and openpyxl read the same targets of {len(peer)} rows, {len(reading.questions)} asked",
        file=sys.stderr,
    )
