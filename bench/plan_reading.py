"""An office's own plan of 400 rows, from the file to indicators and questions, beside openpyxl reading its cells."""

import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import plan_workbook
from bench.measure import Row, collected, medians
from bench.peers import openpyxl_cells
from bot.collecting import collect_never
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.judged.understood import PlanReading
from bot.documents.plan_reading.read_file import read_plan_file, reading_of

ROUNDS = 15
_WHAT = f"reading a plan of {plan_workbook.ROWS} rows with formats and questions"
_NUMBER, _TARGETS = 0, slice(7, 11)
"""Columns of the workbook."""


def rows(*, long: bool = False) -> Iterator[Row]:
    """The reader as it is, beside both ways of openpyxl; then with the start of its process. No file is read twice."""
    with TemporaryDirectory() as folder:
        files = _files(Path(folder))
        _check(next(files))
        for what, ours, beside, peer, reach in (
            (_WHAT, _read_here, "openpyxl's load_workbook, cells alone", openpyxl_cells.plain, 1.5),
            (_WHAT, _read_here, "openpyxl read-only, cells alone", openpyxl_cells.read_only, None),
            (f"{_WHAT}, its process begun", _read_apart, "openpyxl's load_workbook", openpyxl_cells.plain, None),
        ):
            paths = list(islice(files, ROUNDS + 1))
            taken = medians(partial(_nth, ours, paths), partial(_nth, peer, paths), ROUNDS, collected)
            yield Row(what, beside, *taken, "ms", reach)


def _files(folder: Path) -> Iterator[Path]:
    for number in count():
        path = folder / f"rencana-{number}.xlsx"
        plan_workbook.write(path, number)
        yield path


def _nth(work: Callable[[Path], object], paths: Sequence[Path], number: int) -> None:
    work(paths[number])


def _read_here(path: Path) -> PlanReading:
    """With circles looked for as in the product: never in the process that reads the cells, seldom in the program."""
    with collected(collect_never):
        source = read_source(path)
    return reading_of(source)


def _read_apart(path: Path) -> PlanReading:
    """The whole of it."""
    return read_plan_file(path)


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
